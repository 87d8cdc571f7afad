"""The four moves of credits: grant, hold, settle, release. Nothing else changes a wallet.

Each is one transaction of conditional updates, so it is safe to call twice and from many processes at once: the count
of changed rows says who won. A hold's account and amount never change, so that a copy read long ago still says them
truly; whether it is open, only the update knows. Amounts are integers in hundredths of a credit.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studio.accounts.models import Team, User
from studio.credits.models import CreditAccount, Entry, Hold


class InsufficientCreditsError(Exception):
    """The wallet has `available` hundredths, `needed` were asked for."""

    def __init__(self, *, needed: int, available: int) -> None:
        super().__init__(f"{needed} needed, {available} available")
        self.needed, self.available = needed, available


def account_of(team: Team) -> CreditAccount:
    """The team's wallet, made empty on first use."""
    account, _ = CreditAccount.objects.get_or_create(team=team)
    return account


@transaction.atomic
def grant(*, team: Team, amount: int, note: str = "", by: User | None = None) -> Entry:
    """Add `amount` > 0 to the wallet."""
    if amount <= 0:
        raise ValueError("a grant adds something")
    account = account_of(team)
    CreditAccount.objects.filter(pk=account.pk).update(available=F("available") + amount)
    return Entry.objects.create(account=account, kind=Entry.Kind.GRANT, amount=amount, note=note[:200], by=by)


@transaction.atomic
def hold(*, team: Team, amount: int, note: str = "", by: User | None = None) -> Hold:
    """Set `amount` aside. Raises InsufficientCreditsError, and then nothing has changed."""
    if amount < 0:
        raise ValueError("a hold is not negative")
    account = account_of(team)
    enough = CreditAccount.objects.filter(pk=account.pk, available__gte=amount)
    if not enough.update(available=F("available") - amount, held=F("held") + amount):
        account.refresh_from_db()
        raise InsufficientCreditsError(needed=amount, available=account.available)
    return Hold.objects.create(account=account, amount=amount, note=note[:200], by=by)


def part_of(amount: int, *, kept: int, pieces: int) -> int:
    """What is charged of `amount` when `kept` of `pieces` outputs were kept: in proportion, and a fraction of a
    hundredth is the team's. More outputs than were asked for cost no more."""
    return amount * min(kept, pieces) // pieces


@transaction.atomic
def settle(held: Hold, *, amount: int) -> bool:
    """Charge `amount` (0 to what was held) of an open hold and return the rest; False when the hold had ended."""
    if not 0 <= amount <= held.amount:
        raise ValueError("a charge is at most what was held")
    return _end(held, Hold.State.SETTLED, amount)


@transaction.atomic
def release(held: Hold) -> bool:
    """Return all of an open hold; False when the hold had ended."""
    return _end(held, Hold.State.RELEASED, 0)


def _end(held: Hold, state: Hold.State, charge: int) -> bool:
    now = timezone.now()
    still_open = Hold.objects.filter(pk=held.pk, state=Hold.State.OPEN)
    if not still_open.update(state=state, charged=charge, ended_at=now):
        return False
    CreditAccount.objects.filter(pk=held.account_id).update(
        held=F("held") - held.amount, available=F("available") + held.amount - charge
    )
    if charge:
        Entry.objects.create(
            account_id=held.account_id,
            kind=Entry.Kind.CHARGE,
            amount=-charge,
            hold=held,
            note=held.note,
            by=held.by,
            created_at=now,
        )
    held.state, held.charged, held.ended_at = state, charge, now
    return True
