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


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset(Right),
    Role.MEMBER: frozenset({Right.LOOK, Right.MAKE}),
    Role.VIEWER: frozenset({Right.LOOK}),
}


class Member(models.Model):
    """A person's place in one team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_place_per_person_and_team")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def may(self, right: Right) -> bool:
        return right in RIGHTS[Role(self.role)]


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
