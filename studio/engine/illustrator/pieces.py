"""Cuts a finished picture into flat pieces, so that the media can print it as if it had been composed."""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Field, Floats, Mask
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.media.inks import inks_of, labels

INKS = 13
SMALL = 0.0006  # of the picture: pieces below it are pooled with others of their ink
MOST = 90  # pieces of their own
DETAIL = 0.012  # of u: what is finer is smoothed away before the cut
FADE = 0.65  # how much of its own shading a piece keeps
SKY = (0.05, 0.42)  # share of the picture at least, height of its middle at most


@dataclass
class Sheet:
    """What the pieces are cut from."""

    image: Field
    soft: Field  # its slow shading
    angle: Field  # along the forms


def cut(sc: Scene, image: Field) -> None:
    """Fill the scene with the pieces of `image`, the largest first."""
    smooth = _smoothed(sc, image)
    inks = inks_of(smooth, INKS)
    which = labels(smooth, inks, np.zeros((sc.h, sc.w), np.float32)).astype(np.uint8)
    which = cast("NDArray[np.uint8]", cv2.medianBlur(which, _odd(sc.u * 0.006)))
    sheet = Sheet(smooth, _blurred(smooth, sc.u * 0.03), _flow(sc, smooth))
    sc.add(sc.full(), _blurred(smooth, sc.u * 0.02), "ground", depth=0.3)  # what shows where two pieces do not meet
    for mask in _pieces(sc, which):
        _lay(sc, sheet, mask)


def _smoothed(sc: Scene, image: Field) -> Field:
    """Without texture, with its edges: the filter runs on a smaller copy and the edges come back from the picture."""
    out = image
    for _ in range(2):
        out = cast("Field", cv2.bilateralFilter(out, 7, 0.11, max(1.5, sc.u * DETAIL * 0.5)))
    return out


def _pieces(sc: Scene, which: NDArray[np.uint8]) -> list[Mask]:
    found: list[tuple[int, Mask]] = []
    for ink in np.unique(which):
        count, marks, stats, _ = cv2.connectedComponentsWithStats((which == ink).astype(np.uint8), connectivity=4)
        sizes = stats[:, cv2.CC_STAT_AREA]
        large = [n for n in range(1, count) if sizes[n] > SMALL * sc.w * sc.h]
        found += [(int(sizes[n]), (marks == n).astype(np.uint8) * 255) for n in large]
        rest = (which == ink) & ~np.isin(marks, large)
        if rest.any():
            found.append((int(rest.sum()), rest.astype(np.uint8) * 255))
    found.sort(key=lambda piece: -piece[0])
    return [mask for _size, mask in found[:MOST]]


def _lay(sc: Scene, sheet: Sheet, mask: Mask) -> None:
    wide = cast("Mask", cv2.dilate(mask, np.ones((3, 3), np.uint8)))  # under its neighbours, so that no gap is left
    soft = cast("Mask", cv2.GaussianBlur(wide, (0, 0), 0.8))
    x, y, w, h = cv2.boundingRect(soft)
    part, inside = (slice(y, y + h), slice(x, x + w)), mask > 0
    mean = sheet.image[inside].mean(0)
    ink = (mean * (1 - FADE) + sheet.soft[part] * FADE).astype(np.float32)
    middle, share = float(np.nonzero(inside)[0].mean()) / sc.h, float(inside.mean())
    is_sky = share > SKY[0] and middle < SKY[1] and bool(inside[0].any())
    twice = sheet.angle[inside] * 2
    angle = float(np.arctan2(np.sin(twice).mean(), np.cos(twice).mean()) / 2)
    layer = Layer(
        soft[part].copy(),
        (x, y, w, h),
        ink,
        "sky" if is_sky else "form",
        depth=0.1 if is_sky else 0.35 + 0.65 * middle,
        angle=angle,
        group=sc.new_group(),
    )
    sc.layers.append(layer)
    sc.monitor.layer()


def _flow(sc: Scene, image: Field) -> Field:
    """The direction along the edges, from the structure tensor."""
    tone = cast("Floats", cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    gx, gy = cv2.Sobel(tone, cv2.CV_32F, 1, 0), cv2.Sobel(tone, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.GaussianBlur(it, (0, 0), sc.u * 0.02) for it in (gx * gx, gy * gy, gx * gy))
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    along = across + np.pi / 2
    return cast("Field", ((along + np.pi / 2) % np.pi - np.pi / 2).astype(np.float32))


def _blurred(image: Field, sigma: float) -> Field:
    """A wide blur, on a smaller copy."""
    h, w = image.shape[:2]
    step = max(1, int(sigma / 3))
    small = cv2.resize(image, (max(1, w // step), max(1, h // step)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return cast("Field", cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR))


def _odd(size: float) -> int:
    return max(3, int(size) | 1)
