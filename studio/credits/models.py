"""The wallet of a team. All amounts are integers in hundredths of a credit; only `ledger` changes these rows."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Team, User


class AppendOnlyError(Exception):
    """Somebody tried to rewrite the ledger. What was wrong is put right by another entry."""


class LedgerRow(models.Model):
    """Written once and kept for ever. `ledger` changes what may change by conditional updates; a stale object that is
    saved again would undo what another process did meanwhile."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} {self.pk} is not saved a second time")
        super().save(**{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{self._meta.label} {self.pk} is not deleted")


class CreditAccount(LedgerRow):
    """What a team has: `available` may be spent, `held` waits for tasks to end. Their sum is the balance."""

    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="credit_account")
    available = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(available__gte=0), name="available_is_never_negative"),
            models.CheckConstraint(condition=Q(held__gte=0), name="held_is_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.available} + {self.held}"

    @property
    def balance(self) -> int:
        return self.available + self.held


class Hold(LedgerRow):
    """Credits set aside for one task: open, then settled (charged at most `amount`) or released, once."""

    class State(models.TextChoices):
        OPEN = "open", _("Held")
        SETTLED = "settled", _("Charged")
        RELEASED = "released", _("Returned")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="holds")
    amount = models.BigIntegerField()
    charged = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="hold_amount_is_not_negative"),
            models.CheckConstraint(
                condition=Q(charged__gte=0, charged__lte=F("amount")), name="charged_at_most_what_was_held"
            ),
            models.CheckConstraint(condition=Q(charged=0) | Q(state="settled"), name="only_a_settled_hold_is_charged"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | Q(state__in=["settled", "released"], ended_at__isnull=False),
                name="a_hold_has_an_end_when_it_is_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="holds_of_a_team"),  # the credits page
            models.Index(fields=["account"], condition=Q(state="open"), name="open_holds_of_a_team"),  # the badge
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.charged}/{self.amount}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Adds and reads."""

    def update(self, **changes: Any) -> int:
        raise AppendOnlyError("entries are not changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("entries are not deleted")

    def bulk_create(self, objs: Iterable["Entry"], *args: Any, **options: Any) -> list["Entry"]:
        if args or options.get("update_conflicts"):
            raise AppendOnlyError("entries are not changed")
        return super().bulk_create(objs, **options)


class Entry(LedgerRow):
    """One line of the ledger, only ever added. The entries of an account sum to its balance."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("Added")
        CHARGE = "charge", _("Charged")

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.BigIntegerField()
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="entry")
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="grant", amount__gt=0, hold__isnull=True)
                | Q(kind="charge", amount__lt=0, hold__isnull=False),
                name="grants_add_and_charges_belong_to_a_hold",
            ),
        ]
        indexes = [models.Index(fields=["account", "-created_at"], name="entries_of_a_team")]  # the credits page
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
