"""Numbers and words as the style sheet wants them."""

import re
from unicodedata import east_asian_width

from django import template
from django.utils.safestring import SafeString, mark_safe

LONG = 200  # columns of text that need no folding; a wide letter takes two
SCRIPTS = {  # which letters tell a language, looked for in this order: Japanese and Korean use Chinese ones, too
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u3400-\u9fff\uf900-\ufaff]"),
}
register = template.Library()


@register.filter
def ratio(words: str) -> str:
    """`3:2`, as a person writes it, as the CSS number `3/2`."""
    return str(words).replace(":", "/")


@register.filter
def columns(count: int, shape: str) -> int:
    """Columns of a contact sheet: four stand in a row, fewer are shown larger, but upright ones not too tall."""
    width, _, height = str(shape).partition("/")
    if count > 2:
        return 4
    return 3 if float(width) < float(height or 1) else 2


@register.filter
def plain(number: float) -> str:
    """A number for CSS: with a point, whatever the language writes."""
    return repr(float(number))


@register.filter
def is_long(words: str) -> bool:
    """Whether only the beginning is shown at first."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in str(words)) > LONG


@register.filter
def lang(words: str) -> SafeString:
    """The attribute that names the language of what a person wrote, where its letters tell it."""
    found = next((name for name, letters in SCRIPTS.items() if letters.search(str(words))), "")
    return mark_safe(f' lang="{found}"' if found else "")  # noqa: S308  # one of our own names
