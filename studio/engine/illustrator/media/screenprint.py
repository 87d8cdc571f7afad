"""Screen print: a few flat inks, one plate each, a little out of register, dry where the paper's tooth is high."""

from typing import cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import rgb_of
from studio.engine.illustrator.media.inks import inks_of, labels
from studio.engine.illustrator.media.paper import blur, border, fibre, laid, noise, shifted, warp
from studio.engine.illustrator.media.registry import medium

INKS = 7  # unless the words say how many


@medium("screenprint")
def screenprint(sc: Scene) -> Floats:
    n = max(2, sc.brief.inks + 1 if sc.brief.inks else INKS)
    sc.monitor.printing(passes=n + 5)
    img = warp(sc, sc.flat(), sc.u * 0.0012, sc.u * 0.035)
    sc.monitor.step()
    inks = inks_of(img, n)
    sc.monitor.step()
    spray = noise(sc, 1.6, 1) * 0.05 + noise(sc, 5, 1) * 0.014
    sc.monitor.step()
    which = labels(img, inks, spray)
    sc.monitor.step()
    paper: Floats = np.ones_like(img) * sc.pal.paper
    tooth = fibre(sc)
    for rank, k in enumerate(np.argsort(-inks[:, 0])):
        plate = (which == k).astype(np.float32)
        if rank:
            plate = cast("Floats", cv2.dilate(plate, np.ones((2, 2), np.uint8)))  # trap under the next ink
        dx, dy = sc.rng.normal(0, sc.u * 0.0011, 2)
        plate = shifted(sc, blur(sc, plate, 0.6), dx, dy)
        plate *= np.clip(1.02 - 0.10 * np.clip(tooth - 1.0, 0, 1) * 3, 0.0, 1) * 0.98
        paper += (rgb_of(inks[k]) - paper) * plate[..., None]
        sc.monitor.step()
    out = laid(sc.pal.paper, paper, border(sc, 0.03, 0.15)) + tooth[..., None] * 0.006
    sc.monitor.step()
    return out
