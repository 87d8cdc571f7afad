"""The wallet's history as people read it: grants and holds in one list, newest first."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.accounts.models import Team, User
from studio.credits import ledger
from studio.credits.models import CreditAccount, Entry, Hold

PAGE = 50
NOTE = 200  # letters that a hold keeps of it


@dataclass(frozen=True, slots=True)
class Figures:
    """Hundredths of a credit; `spent` is this month's."""

    available: int
    held: int
    spent: int


@dataclass(frozen=True, slots=True)
class Line:
    """`state` is granted, open, settled or released; `amount` is what it changed, or what is held, signed."""

    at: datetime
    state: str
    kind: str
    label: str
    member: str
    amount: int


def figures(team: Team) -> Figures:
    account = ledger.account_of(team)
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    charges = Entry.objects.filter(account=account, kind=Entry.Kind.CHARGE, created_at__gte=month)
    return Figures(account.available, account.held, -(charges.aggregate(sum=Sum("amount"))["sum"] or 0))


def lines(team: Team, before: datetime | None = None) -> tuple[list[Line], datetime | None]:
    """The newest lines older than `before`, and where the next page begins (None at the end)."""
    account = ledger.account_of(team)
    both = merge(_grants(account, before), _holds(account, before), key=lambda line: line.at, reverse=True)
    found = list(islice(both, PAGE + 1))
    if len(found) <= PAGE:
        return found, None
    # What happened at one moment stays on one page: the next begins with what is older than the last line here.
    page = [line for line in found[:PAGE] if line.at > found[PAGE].at] or found[:PAGE]
    return page, page[-1].at


def _grants(account: CreditAccount, before: datetime | None) -> list[Line]:
    rows = Entry.objects.filter(account=account, kind=Entry.Kind.GRANT).select_related("by").order_by("-created_at")
    rows = rows.filter(created_at__lt=before) if before else rows
    return [
        Line(row.created_at, "granted", _("Added"), _(row.note), _name(row.by), row.amount) for row in rows[: PAGE + 1]
    ]


def _holds(account: CreditAccount, before: datetime | None) -> list[Line]:
    rows = Hold.objects.filter(account=account).select_related("by").order_by("-created_at")
    rows = rows.filter(created_at__lt=before) if before else rows
    return [_line_of(row) for row in rows[: PAGE + 1]]


def _line_of(hold: Hold) -> Line:
    amount = (
        -hold.charged if hold.state == Hold.State.SETTLED else 0 if hold.state == Hold.State.RELEASED else -hold.amount
    )
    return Line(
        hold.created_at, hold.state, str(hold.get_state_display()), _whole_words(hold.note), _name(hold.by), amount
    )


def _whole_words(note: str) -> str:
    """A note is the beginning of what was asked for: where that was longer, it ends with a whole word."""
    if len(note) < NOTE:
        return note
    words, space, _rest = note.rpartition(" ")
    return f"{words if space and len(words) > NOTE // 2 else note}…"


def _name(user: User | None) -> str:
    return user.name if user else ""
