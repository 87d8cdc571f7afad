"""What every medium is made of: paper, tooth, margins, hand-cut edges, brushed directions.

A pattern must tile, so here everything wraps around its edges; other pictures mirror at theirs.
"""

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.shapes import noise2

LUMA = np.array([0.30, 0.59, 0.11], np.float32)


def tiles(sc: Scene) -> bool:
    return sc.brief.setting == "pattern"


def grid(sc: Scene) -> tuple[Floats, Floats]:
    """The columns and the rows of every pixel."""
    x, y = np.meshgrid(np.arange(sc.w, dtype=np.float32), np.arange(sc.h, dtype=np.float32))
    return x, y


def light_of(sc: Scene, x: float, y: float) -> tuple[float, float]:
    """Where the light stands, in pixels; (x, y) for a scene that shows none."""
    found = sc.sun or (x, y)
    return float(found[0]), float(found[1])  # plain floats: NumPy's own would make whole pictures twice as large


def noise(sc: Scene, cell: float, octaves: int = 4, fall: float = 0.5, stretch: float = 1.0) -> Floats:
    """Value noise over the whole picture, about -1..1; `cell` in pixels, `stretch` > 1 lengthens it sideways."""
    if not tiles(sc):
        return noise2(sc.h, sc.w, sc.rng, cell, octaves, fall, stretch)
    out, amount, total = np.zeros((sc.h, sc.w), np.float32), 1.0, 0.0
    for octave in range(octaves):
        size = max(1.0, cell / 2**octave)
        rows, columns = max(3, round(sc.h / size)), max(3, round(sc.w / (size * stretch)))
        knots = sc.rng.standard_normal((rows, columns)).astype(np.float32)
        out += np.float32(amount) * (_around(sc.h, rows) @ knots @ _around(sc.w, columns).T)
        total += amount * amount
        amount *= fall
    return out / np.float32(total**0.5 * 2)


def _around(pixels: int, knots: int) -> Floats:
    """(pixels, knots): what each knot on a ring gives to each pixel; a cubic, as `cv2.resize` has it."""
    at = (np.arange(pixels) + 0.5) * knots / pixels - 0.5
    whole = np.floor(at).astype(int)
    weights = np.zeros((pixels, knots), np.float32)
    rows = np.arange(pixels)
    for k in range(-1, 3):
        d, a = np.abs(at - whole - k), -0.75
        near = (a + 2) * d**3 - (a + 3) * d**2 + 1
        far = a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a
        np.add.at(weights, (rows, (whole + k) % knots), np.where(d <= 1, near, far).astype(np.float32))
    return weights


def blur(sc: Scene, img: Floats, sigma: float) -> Floats:
    """Gaussian; wide ones are made on a smaller picture, where nobody sees the difference."""
    sc.monitor.check()
    shrink = 1
    h, w = img.shape[:2]
    while sigma / shrink > 8 and not (h % (2 * shrink) or w % (2 * shrink)):
        shrink *= 2
    if shrink == 1 and not tiles(sc):
        return cast("Floats", cv2.GaussianBlur(img, (0, 0), sigma))
    size = (w // shrink, h // shrink)
    small = cv2.resize(img, size, interpolation=cv2.INTER_AREA) if shrink > 1 else img
    pad = min(int(sigma / shrink * 4) + 2, *size)
    wide = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_WRAP if tiles(sc) else cv2.BORDER_REFLECT_101)
    soft = cv2.GaussianBlur(wide, (0, 0), sigma / shrink)
    if shrink > 1:
        soft = cv2.resize(soft, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_LINEAR)
    pad *= shrink
    return cast("Floats", soft[pad : pad + h, pad : pad + w])


def sample(sc: Scene, img: Floats, x: Floats, y: Floats) -> Floats:
    mode = cv2.BORDER_WRAP if tiles(sc) else cv2.BORDER_REFLECT
    if x.dtype != np.float32 or y.dtype != np.float32:
        x, y = x.astype(np.float32), y.astype(np.float32)
    return cast("Floats", cv2.remap(img, x, y, cv2.INTER_LINEAR, borderMode=mode))


def shifted(sc: Scene, img: Floats, dx: float, dy: float) -> Floats:
    mode = cv2.BORDER_WRAP if tiles(sc) else cv2.BORDER_REPLICATE
    move = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    return cast("Floats", cv2.warpAffine(img, move, img.shape[1::-1], borderMode=mode))


def warp(sc: Scene, img: Floats, amp: float, cell: float, octaves: int = 2) -> Floats:
    """Hand-cut edges: displace by slow noise of `amp` pixels."""
    sc.monitor.check()
    x, y = grid(sc)
    dx, dy = noise(sc, cell, octaves), noise(sc, cell, octaves)
    return sample(sc, img, x + dx * amp, y + dy * amp)


def smear(sc: Scene, img: Floats, angle: Floats | float, length: float, steps: int = 9) -> Floats:
    """Average along a direction field: bristles, scratches, brushed paint."""
    x, y = grid(sc)
    c, s = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    out = np.zeros_like(img)
    for t in np.linspace(-length, length, steps, dtype=np.float32):
        sc.monitor.check()
        out += sample(sc, img, x + c * t, y + s * t)
    return out / steps


def luma(img: Floats) -> Floats:
    return cast("Floats", img @ LUMA)


def fibre(sc: Scene, fine: float = 2.2, coarse: float = 9) -> Floats:
    """Paper tooth, about -1..1."""
    return 0.65 * noise(sc, fine, 1) * 2 + 0.5 * noise(sc, coarse, 2)


def border(sc: Scene, share: float = 0.028, rough: float = 0.5) -> Floats:
    """1 inside the printed area, 0 on the paper margin, with an uneven edge; what tiles has no margin, nor has what is wanted without."""
    if tiles(sc) or not sc.border:
        return np.ones((sc.h, sc.w), np.float32)
    x, y = grid(sc)
    d = np.minimum(np.minimum(x, sc.w - 1 - x), np.minimum(y, sc.h - 1 - y)) / sc.u
    fine, coarse = noise(sc, sc.u * 0.01, 2), noise(sc, sc.u * 0.16, 2)
    n = fine * 0.0014 * rough + coarse * 0.004 * rough
    return np.clip((d - share + n) * sc.u / 1.6, 0, 1)


def contours(sc: Scene, contrast: float = 0.035, skip: Sequence[str] = ()) -> Floats:
    """Contours where the picture's tone really changes (not every hidden layer seam)."""
    g = blur(sc, sc.flat(skip), 0.7)
    sc.monitor.check()
    if tiles(sc):
        g = cast("Floats", cv2.copyMakeBorder(g, 1, 1, 1, 1, cv2.BORDER_WRAP))
    kernel = np.ones((3, 3), np.uint8)
    d = (cv2.dilate(g, kernel) - cv2.erode(g, kernel)).max(2)
    if tiles(sc):
        d = d[1:-1, 1:-1]
    return cast("Floats", np.clip((d - contrast) * 9, 0, 1))


def of_kind(sc: Scene, idx: NDArray[np.int32], *kinds: str) -> NDArray[np.bool_]:
    """Where the layer on top is one of these kinds; `idx` comes from `Scene.maps`."""
    found: NDArray[np.bool_] = np.array([layer.kind in kinds for layer in sc.layers])[idx]
    return found


def laid(under: Floats, ink: Floats, amount: Floats) -> Floats:
    """`ink` over `under`, as much of it as `amount` (h, w) says."""
    return under + (ink - under) * amount[..., None]
