"""Gouache: opaque paint in flat pieces, streaked by the brush along each form."""

from typing import cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.media.paper import border, fibre, laid, noise, smear
from studio.engine.illustrator.media.registry import medium

SOFT = ("light", "sky", "line", "text", "weather")  # kinds that are neither cut nor streaked


@medium("gouache")
def gouache(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(sc.layers) + 2)
    img: Floats = np.ones((sc.h, sc.w, 3), np.float32) * sc.pal.paper
    tooth = fibre(sc)
    streaks: dict[float, Floats] = {}
    cut = noise(sc, sc.u * 0.03, 2), noise(sc, sc.u * 0.03, 2)
    sc.monitor.step()
    for layer in sc.layers:
        angle = round(layer.angle, 1)
        if angle not in streaks:
            streaks[angle] = smear(sc, noise(sc, 3, 1) * 1.6, np.full((sc.h, sc.w), angle, np.float32), sc.u * 0.022)
        _paint(sc, img, layer, streaks[angle], cut)
        sc.monitor.step()
    img *= 1 + 0.018 * tooth[..., None] + 0.02 * noise(sc, sc.u * 0.3, 3)[..., None]
    margin = sc.pal.paper * (1 + 0.012 * tooth[..., None])
    sc.monitor.step()
    return laid(margin, img, border(sc))


def _paint(sc: Scene, img: Floats, layer: Layer, streak: Floats, cut: tuple[Floats, Floats]) -> None:
    amount: Floats = layer.mask.astype(np.float32) / 255
    soft = layer.kind in SOFT
    if not soft and min(layer.box[2:]) > 30:
        x, y = np.meshgrid(*(np.arange(side, dtype=np.float32) for side in layer.box[2:]))
        dx, dy = (layer.part(field) * sc.u * 0.0016 for field in cut)
        torn = cv2.remap(amount, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        amount = cast("Floats", torn)
    dry = layer.part(streak)
    amount = amount * layer.alpha * (1 if soft else np.clip(1.06 + 0.10 * dry, 0.0, 1))
    ink = layer.ink + (dry * (0.022 if layer.kind != "sky" else 0.012))[..., None]
    roi = layer.part(img)
    roi += (ink - roi) * amount[..., None]
