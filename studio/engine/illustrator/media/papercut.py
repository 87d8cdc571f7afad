"""Paper-cut: sheets of card; each group casts a soft shadow on what lies under it and shows a lit cut edge."""

import math

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Box, Floats
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.media.paper import blur, fibre, grid, light_of, noise, shifted, tiles
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
    skies = 0 if tiles(sc) else sum(layers[0].kind == "sky" for layers in groups.values())
    sc.monitor.printing(passes=len(groups) + skies * (SHEETS - 1))
    for layers in groups.values():
        if layers[0].kind == "sky" and skies:
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
    wide = sc.u * 0.011 * 1.2  # the highest a sheet lies
    box = _around(sc, layers, int(wide * 4) + 2)
    x, y, w, h = box
    mask = np.zeros((h, w), np.float32)
    for layer in layers:
        roi = mask[layer.box[1] - y :, layer.box[0] - x :][: layer.box[3], : layer.box[2]]
        np.maximum(roi, layer.mask.astype(np.float32) / 255, out=roi)
    size = min(cv2.boundingRect((mask * 255).astype(np.uint8))[2:])
    lift = float(np.clip(size * 0.05, 1.2, sc.u * 0.011)) * (1.2 if layers[0].kind in ("ground", "water") else 1)
    under = out[y : y + h, x : x + w]
    cast = blur(sc, shifted(sc, mask, -sc.side * lift * 0.8, lift), lift * 0.9)
    under *= 1 - (0.42 * cast * (1 - mask))[..., None]
    for layer in layers:
        roi, a = layer.part(out), (layer.mask.astype(np.float32) / 255 * min(1, layer.alpha * 1.2))[..., None]
        ink = layer.ink
        if ink.ndim == 3:
            ink = np.broadcast_to(ink, (*layer.mask.shape, 3))[layer.mask > 0].mean(0)
        roi += (ink * (1 + 0.03 * layer.part(grain)[..., None]) - roi) * a
    edge = np.clip(mask - shifted(sc, mask, -sc.side * 1.2, 1.4), 0, 1)
    under += (edge * 0.13)[..., None]


def _around(sc: Scene, layers: list[Layer], margin: int) -> Box:
    """The part of the picture that a sheet and its shadow can touch; all of it for what tiles."""
    if tiles(sc):
        return 0, 0, sc.w, sc.h
    x0 = max(0, min(layer.box[0] for layer in layers) - margin)
    y0 = max(0, min(layer.box[1] for layer in layers) - margin)
    x1 = min(sc.w, max(layer.box[0] + layer.box[2] for layer in layers) + margin)
    y1 = min(sc.h, max(layer.box[1] + layer.box[3] for layer in layers) + margin)
    return x0, y0, x1 - x0, y1 - y0


def _sky(sc: Scene, out: Floats, grain: Floats) -> None:
    """The sky as stacked rings of card around the light (or as plain bands)."""
    top, middle, low = sc.pal.sky
    inks = [mix(mix(top, middle, min(1, 2 * t)), low, max(0, 2 * t - 1)) for t in np.linspace(0, 1, SHEETS)]
    rough = 1 + 0.03 * grain[..., None]
    x, y = grid(sc)
    sx, sy = light_of(sc, sc.w * 0.5, sc.horizon * sc.h)
    far = np.hypot(x - sx, y - sy) / math.hypot(sc.w, sc.h) * 1.5 + noise(sc, sc.u * 0.2, 1) * 0.012
    out[:] = inks[0] * rough
    for i in range(1, SHEETS):
        mask = np.clip((0.86 - i / SHEETS * 0.8 - far) * sc.u / 1.3 + 0.5, 0, 1)
        lift = sc.u * 0.007
        cast = blur(sc, shifted(sc, 1 - mask, -sc.side * lift, lift), lift) * mask  # outer sheets lie on top: a tunnel
        out += (inks[i] * rough - out) * mask[..., None]
        out *= 1 - 0.26 * cast[..., None]
        sc.monitor.step()
