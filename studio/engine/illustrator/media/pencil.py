"""Pencil: graphite contours and coloured-pencil hatching in layers; white of the paper for the lights."""

from typing import cast

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, rgb, rgb_of
from studio.engine.illustrator.media.paper import blur, border, contours, fibre, laid, luma, noise, smear, warp
from studio.engine.illustrator.media.registry import medium

PAPER = rgb((0.965, 0.012, 88))
GRAPHITE = rgb((0.30, 0.012, 260))
GREY_WORDS = ("graphite", "charcoal", "black and white", "sketch")
HATCHES = (  # angle without a form, angle across it, pitch (of u), tone from which on it is laid
    (-0.75, 0.0, 0.0052, 0.95),
    (-0.25, 0.3, 0.006, 0.72),
    (0.8, -0.5, 0.0056, 0.50),
    (1.35, 1.2, 0.005, 0.30),
)


@medium("pencil")
def pencil(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(HATCHES) + 6)
    img = sc.flat()
    tooth = fibre(sc, 1.8, 4)
    tone = luma(img)
    sc.monitor.step()
    hatch = _hatching(sc, tone) * np.clip(0.92 + 0.25 * tooth, 0.1, 1.5)
    fade = blur(sc, border(sc, 0.045, 3.5), sc.u * 0.004)
    sc.monitor.step()
    if any(word in sc.brief.prompt.lower() for word in GREY_WORDS):
        out = laid(PAPER, GRAPHITE, np.clip(hatch * 0.72, 0, 0.95) * fade)
    else:
        wash = np.clip(0.30 + 0.35 * (1 - tone), 0, 0.62) * np.clip(1 + 0.25 * tooth, 0, 1.6) * (tone < 0.93)
        out = laid(PAPER, _leads(sc, img), np.clip(wash + hatch * 0.68, 0, 1) * fade)
    sc.monitor.step()
    lines = _outline(sc)
    sc.monitor.step()
    uneven = np.clip(0.85 + 0.5 * noise(sc, sc.u * 0.06, 2) + 0.3 * tooth, 0, 1.2)
    out = laid(out, GRAPHITE, blur(sc, lines, 0.7) * uneven * fade * 0.68)
    sc.monitor.step()
    return out


def _hatching(sc: Scene, tone: Floats) -> Floats:
    """Up to four layers of strokes, the more the darker; they run along the form, or slant where it has no direction."""
    form = sc.maps(skip=("weather", "light"))[1]
    wobble = noise(sc, sc.u * 0.1, 2) * 0.108
    sc.monitor.step()
    hatch = np.zeros_like(tone)
    for k, (turn, across, pitch, start) in enumerate(HATCHES):
        angle = np.where(np.abs(form) > 0.05, form + across, turn)
        raw = noise(sc, sc.u * pitch * 0.45, 1) * 2
        stroke = smear(sc, raw, angle + wobble, sc.u * 0.02, 13) * 2.2
        dark = np.clip((start - tone) * 1.9, 0, 1)
        hatch += np.clip(stroke + 0.1 + dark * 0.55, 0, 1) * dark * (0.85 - 0.1 * k)
        sc.monitor.step()
    return np.clip(hatch, 0, 1.35)


def _leads(sc: Scene, img: Floats) -> Floats:
    """The coloured pencils: a little darker and stronger than what they draw."""
    lab = lab_of(np.clip(blur(sc, img, 1.5), 0, 1))
    lab[..., 1:] *= 1.25
    lab[..., 0] *= 0.86
    return rgb_of(lab)


def _outline(sc: Scene) -> Floats:
    """Every contour twice, never on the same path."""
    found = contours(sc, 0.028)
    first = warp(sc, found, sc.u * 0.0022, sc.u * 0.05) * 0.85
    second = warp(sc, found, sc.u * 0.0022, sc.u * 0.05) * 0.55
    return cast("Floats", np.maximum(first, second))
