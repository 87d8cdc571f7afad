"""Places and pages: each module enters the layouts of one or two of them."""

from studio.engine.illustrator.composers import (
    abstract,
    city,
    desert,
    emblem,
    field,
    forest,
    harbour,
    interior,
    lake,
    launch,
    night,
    pattern,
    portrait,
    poster,
    ridges,
    sea,
    still,
    underwater,
    village,
)
from studio.engine.illustrator.composers.registry import LAYOUTS, choose, compose

__all__ = ["LAYOUTS", "PLACES", "choose", "compose"]

PLACES = (  # each enters its layouts
    abstract,
    city,
    desert,
    emblem,
    field,
    forest,
    harbour,
    interior,
    lake,
    launch,
    night,
    pattern,
    portrait,
    poster,
    ridges,
    sea,
    still,
    underwater,
    village,
)
