"""Pixel art: composed at the sprite's own size (see `draw`); here hard masks, few colours, ordered dither."""

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.colour import lab_of, rgb_of
from studio.engine.illustrator.media.inks import inks_of, labels
from studio.engine.illustrator.media.registry import medium

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47
INKS = 26


@medium("pixel")
def pixel(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(sc.layers) + 3)
    img: Floats = np.ones((sc.h, sc.w, 3), np.float32)
    for layer in sc.layers:
        roi = layer.part(img)
        roi += (layer.ink - roi) * _amount(layer)[..., None]
        sc.monitor.step()
    lab = lab_of(img)
    lab[..., 1:] *= 1.25
    lab[..., 0] = np.where(lab[..., 0] > 0.3, 0.3 + (lab[..., 0] - 0.3) * 1.2, lab[..., 0])
    img = rgb_of(lab)
    sc.monitor.step()
    inks = inks_of(img, INKS)
    sc.monitor.step()
    dither = np.tile(BAYER, (sc.h // 4 + 1, sc.w // 4 + 1))[: sc.h, : sc.w]
    out = rgb_of(inks)[labels(img, inks, dither * 0.035)]
    sc.monitor.step()
    return out


def _amount(layer: Layer) -> Floats:
    faint = 0.6 if layer.kind == "weather" else 1
    if layer.ink.ndim == 3:
        return layer.mask.astype(np.float32) / 255 * layer.alpha * faint
    hard = layer.mask > (60 if layer.kind in ("line", "light", "weather") else 115)
    return hard.astype(np.float32) * layer.alpha * faint
