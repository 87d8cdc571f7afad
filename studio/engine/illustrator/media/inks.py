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
    small = cast("Floats", cv2.resize(img, (128, 128), interpolation=cv2.INTER_AREA)).reshape(-1, 3)
    data = _votes((lab_of(small) * WEIGHTS).astype(np.float32), n)
    cv2.setRNGSeed(7)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.001)
    start = np.zeros((len(data), 1), np.int32)
    _, _, centres = cv2.kmeans(data, n, start, stop, 3, cv2.KMEANS_PP_CENTERS)
    return cast("Floats", (centres / WEIGHTS).astype(np.float32))


def _votes(lab: Floats, n: int) -> Floats:
    """Like colours vote together, by the root of their number: a small red thing counts against a large sky."""
    _, which, counts = np.unique(np.round(lab / 0.04).astype(int), axis=0, return_inverse=True, return_counts=True)
    which = which.ravel()
    means = np.stack([np.bincount(which, lab[:, k]) / counts for k in range(3)], 1)
    votes = np.where(counts > 2, np.ceil(np.sqrt(counts)), 0).astype(int)
    chosen = np.repeat(means, votes, axis=0).astype(np.float32)
    return chosen if len(chosen) >= 4 * n else lab


def labels(img: Floats, inks: Floats, jitter: Floats) -> NDArray[np.int64]:
    """The nearest ink of each pixel; `jitter` (lightness) lets grain decide between neighbours."""
    lab = lab_of(img).astype(np.float32)
    lab[..., 0] += jitter
    half = (inks**2 @ WEIGHTS / 2)[:, None]
    which = np.empty(lab.shape[:2], np.int64)
    for rows, out in zip(lab, which, strict=True):
        (half - (inks * WEIGHTS) @ rows.T).argmin(0, out=out)
    return which
