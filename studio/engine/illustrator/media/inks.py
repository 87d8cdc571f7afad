"""Few inks: which ones a picture needs, and which of them each pixel gets."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.colour import lab_of

WEIGHTS = np.array([1, 1.6, 1.6], np.float32)  # hue counts more than lightness


def inks_of(img: Floats, n: int) -> Floats:
    """The n inks of a picture, in oklab: k-means over a thumbnail, with a fixed seed."""
    small = cast("Floats", cv2.resize(img, (96, 96), interpolation=cv2.INTER_AREA)).reshape(-1, 3)
    data = (lab_of(small) * WEIGHTS).astype(np.float32)
    cv2.setRNGSeed(7)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.001)
    start = np.zeros((len(data), 1), np.int32)
    _, _, centres = cv2.kmeans(data, n, start, stop, 3, cv2.KMEANS_PP_CENTERS)
    return cast("Floats", (centres / WEIGHTS).astype(np.float32))


def labels(img: Floats, inks: Floats, jitter: Floats) -> NDArray[np.int64]:
    """The nearest ink of each pixel; `jitter` (lightness) lets grain decide between neighbours."""
    lab = lab_of(img).astype(np.float32)
    lab[..., 0] += jitter
    half = (inks**2 @ WEIGHTS / 2)[:, None]
    which = np.empty(lab.shape[:2], np.int64)
    for rows, out in zip(lab, which, strict=True):
        (half - (inks * WEIGHTS) @ rows.T).argmin(0, out=out)
    return which
