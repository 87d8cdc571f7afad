"""What the shell shows of the library."""

from typing import Any

from django import template

UNDO = "undo:"
register = template.Library()


@register.filter
def undo(message: Any) -> str:
    """The moment by which the things that a message tells of can be called back."""
    tags = str(getattr(message, "extra_tags", "") or "")
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
