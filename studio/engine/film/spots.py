"""Stars, windows and beams: lights that change while their plate stands still."""

from typing import cast

import cv2
import numpy as np

from studio.engine.film.arrays import Array, Pair
from studio.engine.film.blend import dimmed
from studio.engine.film.plates import Plate

TAU = 2 * np.pi
LARGE = 900  # pixels of a sign: such a one does not go out


def glint(plate: Plate, t: float) -> Array:
    """The plate as it shines now: every spot has a phase of its own, a table of 256 says how bright each is."""
    if plate.phases is None:
        plate.phases = _phases(plate)
    k = np.arange(256)
    if plate.kind == "star":
        light = 0.62 + 0.38 * np.sin(TAU * (t * (0.25 + 0.35 * (k % 7) / 7) + k / 256 * 5))
    else:  # most lamps breathe, a few tremble, some go out and come back
        light = 0.95 + 0.05 * np.sin(TAU * (t * 0.5 + k / 37))
        trembling = 0.72 + 0.28 * np.sin(TAU * (t * 3.1 + k / 50)) * np.sin(TAU * (t * 1.3 + k / 20))
        light = np.where(k % 11 == 3, trembling, light)
        light = np.where(k % 13 == 5, np.clip(0.5 + 4 * np.sin(TAU * (t * 0.07 + k / 64)), 0.12, 1), light)
    return dimmed(plate.image, cv2.LUT(plate.phases, (np.clip(light, 0, 1) * 255).astype(np.uint8)))


def _phases(plate: Plate) -> Array:
    lit = (plate.image[..., 3] > 20).astype(np.uint8)
    _count, labels, sizes, _centres = cv2.connectedComponentsWithStats(lit)
    of = np.random.default_rng(plate.number + 5).integers(0, 256, len(sizes)).astype(np.uint8)
    of[(sizes[:, 4] > LARGE) & (of % 13 == 5)] = 14
    around = cv2.dilate(labels.astype(np.float32), np.ones((3, 3)))
    return cast("Array", of[around.astype(int)])


def beam_tip(plate: Plate) -> Pair:
    """The narrow end of a beam, which is its lamp; found once, when it is also faded out towards its wide end."""
    if plate.tip is None:
        x, y, w, _h = plate.box
        cover = plate.image[..., 3]
        tall = [int((cover[:, column] > 8).sum()) for column in (w // 8, w - 1 - w // 8)]
        right = tall[0] > tall[1]
        columns = np.flatnonzero((cover > 8).any(0))
        ends = columns[-6:] if right else columns[:6]
        rows = np.flatnonzero((cover[:, ends] > 8).any(1))
        plate.tip = float(x + (columns[-1] if right else columns[0])), float(y + rows.mean())
        fade = np.clip(np.linspace(0, 1.15, w) if right else np.linspace(1.15, 0, w), 0, 1) ** 1.3
        plate.image = np.ascontiguousarray((plate.image * fade[None, :, None]).astype(np.uint8))
    return plate.tip
