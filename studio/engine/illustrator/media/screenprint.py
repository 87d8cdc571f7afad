"""Screen print: a few flat inks, one plate each, a little out of register, dry where the paper's tooth is high."""

from typing import cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, rgb_of
from studio.engine.illustrator.media.inks import inks_of, labels
from studio.engine.illustrator.media.paper import blur, border, fibre, laid, noise, shifted, tiles, warp
from studio.engine.illustrator.media.registry import medium

INKS = 7  # unless the words say how many
DEEP, STRONG = 0.36, 0.13  # of counted inks: the most lightness of the darkest, the least chroma of the others
SAME = 0.77  # cosine of 40 degrees of hue
CONTRASTS = [np.array([np.cos(hue), np.sin(hue)]) for hue in np.radians((42.0, 200.0, 350.0))]  # orange, teal, pink


@medium("screenprint")
def screenprint(sc: Scene) -> Floats:
    n = sc.brief.inks + 1 if sc.brief.inks else INKS
    sc.monitor.printing(passes=n + 6)
    img = warp(sc, sc.flat(), sc.u * 0.0012, sc.u * 0.035)
    sc.monitor.step()
    found = inks_of(img, n)
    sc.monitor.step()
    spray = noise(sc, 1.6, 1) * 0.05 + noise(sc, 5, 1) * 0.014
    sc.monitor.step()
    which = labels(img, found, spray)
    sc.monitor.step()
    order = np.argsort(-found[:, 0])
    inks = _counted(sc, found[order]) if sc.brief.inks else found[order]
    out: Floats = np.ones_like(img) * sc.pal.paper
    tooth = fibre(sc)
    sc.monitor.step()
    for rank, k in enumerate(order):
        plate = (which == k).astype(np.float32)
        if rank:
            plate = _trapped(sc, plate)
        dx, dy = sc.rng.normal(0, sc.u * 0.0011, 2)
        if rank or not sc.brief.inks:  # when inks are counted, the lightest tone is bare paper
            plate = shifted(sc, blur(sc, plate, 0.6), dx, dy)
            plate *= np.clip(1.02 - 0.10 * np.clip(tooth - 1.0, 0, 1) * 3, 0.0, 1) * 0.98
            out += (rgb_of(inks[rank]) - out) * plate[..., None]
        sc.monitor.step()
    out = laid(sc.pal.paper, out, border(sc, 0.03, 0.15)) + tooth[..., None] * 0.006
    sc.monitor.step()
    return out


def _trapped(sc: Scene, plate: Floats) -> Floats:
    """A little wider, under the next ink."""
    if tiles(sc):
        plate = cast("Floats", cv2.copyMakeBorder(plate, 1, 1, 1, 1, cv2.BORDER_WRAP))
    plate = cast("Floats", cv2.dilate(plate, np.ones((2, 2), np.uint8)))
    return plate[1:-1, 1:-1] if tiles(sc) else plate


def _counted(sc: Scene, inks: Floats) -> Floats:
    """The lightest becomes the paper, the darkest a deep ink, and none of those between is timid.

    What two inks have to say they must say plainly: each keeps its hue, unless that is too near another's. Inks that
    were asked for by name are taken as they are.
    """
    inks = inks.astype(float)
    inks[0] = lab_of(sc.pal.paper)
    if len(sc.pal.named) >= len(inks) - 1:
        asked = sorted((lab_of(ink) for ink in sc.pal.named[: len(inks) - 1]), key=lambda ink: -float(ink[0]))
        return np.array([inks[0], *asked], np.float32)
    inks[-1][0] = min(inks[-1][0], DEEP)
    for i in range(len(inks) - 2, 0, -1):
        share = i / (len(inks) - 1)  # its lightness lies between the paper's and the deepest ink's
        lightness = inks[0][0] * (1 - share) + inks[-1][0] * share
        hue = inks[i][1:] / max(1e-6, np.hypot(*inks[i][1:]))
        chroma = max(np.hypot(*inks[i][1:]), STRONG)
        if _sameness(hue, inks[i + 1 :]) > SAME:
            hue = min(CONTRASTS, key=lambda ink: _sameness(ink, inks[i + 1 :]))
        inks[i] = np.array([lightness, *(hue * chroma)])
    return inks.astype(np.float32)


def _sameness(hue: Floats, others: Floats) -> float:
    """How much a hue looks like the nearest of the others: 1 is the same, -1 opposite; a grey is like none."""
    return max(float(hue @ other[1:]) / max(0.03, float(np.hypot(*other[1:]))) for other in others)
