"""The Local engine: a plain library of crafts. Typed specs in, files and facts out; no Django, no database."""

from collections.abc import Callable

Progress = Callable[[float], None]  # called with a share of the work done, 0..1, never falling
Cancelled = Callable[[], bool]


class Stopped(Exception):  # noqa: N818  # not an error: somebody asked for it
    """The work was cancelled before it was done."""
