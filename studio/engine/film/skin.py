"""Other media than gouache: each plate takes on the rendered still wherever it is seen in it.

What the still shows of a plate is that plate in the medium; what others hide of it stays gouache, and comes to light
only as far as things pass each other.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from studio.engine.film.arrays import Array
from studio.engine.film.plates import Plate
from studio.engine.illustrator.arrays import Box
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.media import RENDER

PLAIN = "gouache"
PIXEL = "pixel"
SOLID, THIN = 250, 10
FAINT = {"star", "aurora", "mist"}  # so thin that the still behind them is right
LOOSE = {"star", "aurora", "glitter", "flicker", "beam", "smoke", "mist", "mirror"}  # lights and veils: seen through


def still_of(scene: Scene) -> Array | None:
    """The scene in its medium, blue first; None where the plates are in it already. Before the layers are gone."""
    if scene.brief.medium in {PLAIN, PIXEL}:
        return None
    kept, scene.layers = scene.layers, [layer for layer in scene.layers if layer.kind not in {"weather", "text"}]
    try:
        image = RENDER[scene.brief.medium](scene)
    finally:
        scene.layers = kept
    return np.ascontiguousarray((np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)[..., ::-1])


def dress(plates: Sequence[Plate], still: Array) -> None:
    """From the front to the back: what nothing lies over, not even thinly, is seen. Parts of one plane move as one, so
    what lies thinly on it is in the still already, and leaves."""
    free, veiled = np.ones(still.shape[:2], bool), np.zeros(still.shape[:2], bool)
    veils: list[Plate] = []
    for plate in reversed(plates):
        x, y, w, h = plate.box
        here, thin = free[y : y + h, x : x + w], veiled[y : y + h, x : x + w]
        cover = plate.image[..., 3].copy()
        if plate.kind == "plane":
            seen = here & (cover > SOLID)
            _lift(veils, plate.box, seen & thin)
            veils.append(plate)
            thin |= here & (cover > THIN) & ~seen
            here &= ~seen
        elif plate.kind in LOOSE:
            seen = np.zeros_like(here)
            here &= (cover <= THIN) | (plate.kind in FAINT)
        else:
            seen = here & (cover > SOLID) & ~thin
            here &= cover <= THIN
        plate.image[..., :3][seen] = still[y : y + h, x : x + w][seen]


def _lift(veils: Sequence[Plate], box: Box, where: Array) -> None:
    """Take away what the plates show at `where`, a mask of that box."""
    x, y, w, h = box
    for plate in veils:
        px, py, pw, ph = plate.box
        x0, y0, x1, y1 = max(x, px), max(y, py), min(x + w, px + pw), min(y + h, py + ph)
        if x1 > x0 and y1 > y0:
            plate.image[y0 - py : y1 - py, x0 - px : x1 - px][where[y0 - y : y1 - y, x0 - x : x1 - x]] = 0


def pixelled(frame: Array, size: int) -> Array:
    """In squares of that many pixels."""
    h, w = frame.shape[:2]
    small = cv2.resize(frame, (w // size, h // size), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_NEAREST)
