"""Numbers as the style sheet wants them."""

from django import template

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
