"""What a press of the button would do to the wallet, said before it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from studio.accounts.models import Member, Right
from studio.catalog.contract import Generator
from studio.credits import ledger
from studio.credits.shown import in_words, shown
from studio.library import space


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Amounts in hundredths of a credit. `note` says why the button is off; with `no_room` credits are no way out."""

    label: str
    price: int
    available: int
    note: str = ""
    no_room: bool = False

    @property
    def after(self) -> int:
        return self.available - self.price

    @property
    def affordable(self) -> bool:
        return not self.note


def quote_for(member: Member, generator: Generator, *, pieces: int, price: int) -> Quote:
    available = ledger.account_of(member.team).available
    note = full = ""
    if not member.may(Right.MAKE):
        note = _("Viewers can look, but not spend. An admin of the team can change your role.")
    elif full := space.why_not(member.team):
        note = full
    elif price > available:
        note = shortage(price, available)
    label = generator.wish(pieces)
    return Quote(label=label, price=price, available=available, note=note, no_room=bool(full))


def shortage(needed: int, available: int) -> str:
    """The sentence for a wallet that is too small."""
    return _("This costs %(needed)s, %(available)s are available.") % {
        "needed": in_words(needed),
        "available": shown(available),
    }
