"""Media: each renderer reads the layer stack (not a finished photo) and prints it in its own way.

All share three ideas: edges are hand-cut (one slow displacement field), the paper is never pure white, and what varies
is physical (grain, plate shift, pigment pooling, carved direction), not a colour filter.
"""

from studio.engine.illustrator.media import (
    anime,
    gouache,
    inkwash,
    linocut,
    neon,
    oil,
    papercut,
    pencil,
    pixel,
    screenprint,
    vintage,
    watercolour,
)
from studio.engine.illustrator.media.registry import RENDER

__all__ = [
    "RENDER",
    "anime",
    "gouache",
    "inkwash",
    "linocut",
    "neon",
    "oil",
    "papercut",
    "pencil",
    "pixel",
    "screenprint",
    "vintage",
    "watercolour",
]
