"""Paper-cut: sheets of card; each group casts a soft shadow on what lies under it and shows a lit cut edge."""

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.media.paper import blur, fibre, grid, noise, shifted
from studio.engine.illustrator.media.registry import medium

SHEETS = 6  # of the sky


@medium("papercut")
def papercut(sc: Scene) -> Floats:
    out: Floats = np.ones((sc.h, sc.w, 3), np.float32) * sc.pal.paper
    grain = fibre(sc, 2, 7)
    groups: dict[int, list[Layer]] = {}
    for layer in sc.layers:
        if _is_card(layer):
            groups.setdefault(layer.group, []).append(layer)
    sc.monitor.printing(passes=len(groups) + SHEETS)
    for layers in groups.values():
        if layers[0].kind == "sky":
            _sky(sc, out, grain)
        else:
            _sheet(sc, layers, out, grain)
        sc.monitor.step()
    return out


def _is_card(layer: Layer) -> bool:
    """Thin rain, reflections and haloes are not cut from card."""
    least = {"weather": 0.6, "light": 0.3, "water": 0.7}.get(layer.kind, 0.0)
    return layer.alpha >= least or (layer.kind == "water" and layer.alpha <= 0)


def _sheet(sc: Scene, layers: list[Layer], out: Floats, grain: Floats) -> None:
    union = np.zeros((sc.h, sc.w), np.uint8)
    for layer in layers:
        np.maximum(layer.part(union), layer.mask, out=layer.part(union))
    size = min(cv2.boundingRect(union)[2:])
    lift = float(np.clip(size * 0.05, 1.2, sc.u * 0.011)) * (1.2 if layers[0].kind in ("ground", "water") else 1)
    mask = union.astype(np.float32) / 255
    cast = blur(sc, shifted(sc, mask, -sc.side * lift * 0.8, lift), lift * 0.9)
    out *= 1 - (0.42 * cast * (1 - mask))[..., None]
    for layer in layers:
        roi, a = layer.part(out), (layer.mask.astype(np.float32) / 255 * min(1, layer.alpha * 1.2))[..., None]
        ink = layer.ink
        if ink.ndim == 3:
            ink = np.broadcast_to(ink, (*layer.mask.shape, 3))[layer.mask > 0].mean(0)
        roi += (ink * (1 + 0.03 * layer.part(grain)[..., None]) - roi) * a
    edge = np.clip(mask - shifted(sc, mask, -sc.side * 1.2, 1.4), 0, 1)
    out += (edge * 0.13)[..., None]


def _sky(sc: Scene, out: Floats, grain: Floats) -> None:
    """The sky as stacked rings of card around the light (or as plain bands)."""
    top, middle, low = sc.pal.sky
    inks = [
        mix(mix(top, middle, min(1, 2 * t)), low, max(0, 2 * t - 1)) * (1 + 0.03 * grain[..., None])
        for t in np.linspace(0, 1, SHEETS)
    ]
    x, y = grid(sc)
    sx, sy = sc.sun or (sc.w * 0.5, sc.horizon * sc.h)
    far = np.hypot(x - sx, y - sy) / np.hypot(sc.w, sc.h) * 1.5 + noise(sc, sc.u * 0.2, 1) * 0.012
    out[:] = inks[0]
    for i in range(1, SHEETS):
        mask = np.clip((0.86 - i / SHEETS * 0.8 - far) * sc.u / 1.3 + 0.5, 0, 1)
        lift = sc.u * 0.007
        cast = blur(sc, shifted(sc, 1 - mask, -sc.side * lift, lift), lift) * mask  # outer sheets lie on top: a tunnel
        out += (inks[i] - out) * mask[..., None]
        out *= 1 - 0.26 * cast[..., None]
        sc.monitor.step()
