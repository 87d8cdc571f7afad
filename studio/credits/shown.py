"""How credits are shown to people."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def shown(hundredths: int) -> str:
    """`1234050` as `12,340.5`: at most two decimals, no trailing zeros, in the active language's separators."""
    places = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return number_format(Decimal(hundredths) / 100, decimal_pos=places, use_l10n=True, force_grouping=True)


def in_words(hundredths: int) -> str:
    """`12 credits`, `1 credit`, `0.4 credits`."""
    if hundredths == 100:
        return _("1 credit")
    return _("%(amount)s credits") % {"amount": shown(hundredths)}
