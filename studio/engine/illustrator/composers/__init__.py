"""Places and pages: each module enters the layouts of one or two of them."""

from studio.engine.illustrator.composers import (
    desert,
    field,
    forest,
    harbour,
    lake,
    launch,
    night,
    ridges,
    sea,
    underwater,
)
from studio.engine.illustrator.composers.registry import LAYOUTS, choose, compose

__all__ = ["LAYOUTS", "PLACES", "choose", "compose"]

PLACES = (desert, field, forest, harbour, lake, launch, night, ridges, sea, underwater)  # each enters its layouts
