"""People and the teams that they work in."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The instance admin is the superuser made at `/setup/`."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=100)
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM, blank=True)
    language = models.CharField(max_length=16, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.email]
        return "".join(word[0] for word in (words if len(words) < 3 else [words[0], words[-1]])).upper()

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Team name"), max_length=80)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")


class Right(models.TextChoices):
    """What a role may do. The one table of rights is `RIGHTS`, the one function that asks it `Member.may`."""

    LOOK = "look", _("Look at the team's work")
    MAKE = "make", _("Make things and spend credits")
    MANAGE_TASKS = "manage-tasks", _("Stop the tasks of others")
    MANAGE_ENGINES = "manage-engines", _("Connect engines and choose which makes what")
    MANAGE_MEMBERS = "manage-members", _("Invite, change roles, suspend and remove")
    SEE_AUDIT = "see-audit", _("Read the audit log")
    MANAGE_OWNERS = "manage-owners", _("Make and unmake owners, hand over the team")
    OPEN_TEAMS = "open-teams", _("Open a further team")


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset(Right) - {Right.MANAGE_OWNERS, Right.OPEN_TEAMS},
    Role.MEMBER: frozenset({Right.LOOK, Right.MAKE}),
    Role.VIEWER: frozenset({Right.LOOK}),
}


class Member(models.Model):
    """A person's place in one team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)  # some minutes behind: see services.note_seen
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_place_per_person_and_team")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    def may(self, right: Right) -> bool:
        return not self.is_suspended and right in RIGHTS[Role(self.role)]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> "InvitationQuerySet":
        """Neither used nor revoked; it may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def open(self) -> "InvitationQuerySet":
        return self.pending().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A way into a team, for whoever has the link, once. Only a hash of the link's token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("E-mail"), blank=True)
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "created_at"], name="invitations_of_a_team")]

    def __str__(self) -> str:
        return f"{self.email or 'a link'} ({self.role})"

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()


class AuditEvent(models.Model):
    """One administrative act, as it was when it was done. Rows are only added (accounts.audit.record)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="audit_events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=48)
    about = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=254, blank=True)  # what it was called then
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["team", "-id"], name="newest_audit_events_of_a_team")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the audit log is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the audit log is only added to")


class Connection(models.Model):
    """An account at an engine: the instance's, whose key is in the environment, or a team's own. Retired, never deleted:
    what runs on it finishes there.

    `secret` and `webhook_secret` are sealed (`secrets`); `fingerprint` tells two connections with one key, `hint` is its
    end, for people. `slot` is when the account may begin new work, in microseconds of the epoch
    (providers/kie/pace.py): only the oldest connection of a fingerprint keeps it. `balance` is what the engine said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="connections")
    provider = models.CharField(max_length=32)
    name = models.CharField(_("Name"), max_length=80, blank=True)
    secret = models.TextField(blank=True)
    webhook_secret = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    hint = models.CharField(max_length=8, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    rotated_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    slot = models.BigIntegerField(default=0)
    balance = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    balance_at = models.DateTimeField(null=True)
    trouble_code = models.CharField(max_length=32, blank=True)
    trouble_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider"], condition=models.Q(team=None), name="one_connection_of_the_instance"
            )
        ]
        indexes = [models.Index(fields=["fingerprint", "created_at"], name="connections_with_one_key")]

    def __str__(self) -> str:
        return f"{self.provider} ••••{self.hint}"


class EngineChoice(models.Model):
    """Which engine a team wants for a service; without a row the best that is connected."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="engine_choices")
    kind = models.CharField(max_length=16)
    provider = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "kind"], name="one_engine_per_team_and_service")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.kind}: {self.provider}"
