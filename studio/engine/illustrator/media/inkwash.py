"""Ink wash: one black in many waters; forms start dark at their top edge and dissolve; dry brush; a red seal."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import rgb
from studio.engine.illustrator.media.paper import (
    blur,
    border,
    contours,
    fibre,
    laid,
    luma,
    noise,
    of_kind,
    smear,
    tiles,
    warp,
)
from studio.engine.illustrator.media.registry import medium

PAPER = rgb((0.945, 0.022, 85))
INK = rgb((0.24, 0.018, 250))
WARM = rgb((0.62, 0.17, 32))
SEAL = rgb((0.55, 0.18, 28))


@medium("inkwash")
def inkwash(sc: Scene) -> Floats:
    sc.monitor.printing(passes=8)
    tone = _tone(sc)
    sc.monitor.step()
    idx, angle, depth, _ = sc.maps(skip=("weather",))
    near = blur(sc, depth, sc.u * 0.01)
    d = _washes(sc, tone, near, ~of_kind(sc, idx, "sky"))
    sc.monitor.step()
    d = _dry_brush(sc, d, np.where(of_kind(sc, idx, "water"), 0, angle + 0.15).astype(np.float32))
    sc.monitor.step()
    d += _brush_line(sc, near)
    sc.monitor.step()
    _spare_snow(sc, d)
    fade = blur(sc, border(sc, 0.05, 6), sc.u * 0.02)
    sc.monitor.step()
    tooth = fibre(sc, 2, 8)
    d = np.clip(d * fade * (1 + 0.12 * tooth), 0, None)
    out = PAPER * np.exp(d[..., None] * np.log(np.clip(INK / PAPER, 0.05, 1)) * 1.05)
    sc.monitor.step()
    out = _warmed(sc, out)
    sc.monitor.step()
    if not tiles(sc):
        out = laid(out, SEAL, _seal(sc) * np.clip(0.95 + 0.2 * tooth, 0, 1))
    out *= 1 + 0.012 * tooth[..., None]
    sc.monitor.step()
    return out


def _tone(sc: Scene) -> Floats:
    t = luma(sc.flat(skip=("light", "weather") if not sc.pal.night else ("weather",)))
    low, high = np.quantile(t, (0.02, 0.985))
    t = np.clip((t - low) / (high - low + 1e-4), 0, 1)
    return cast("Floats", t**0.7 if sc.pal.night else t)


def _washes(sc: Scene, tone: Floats, near: Floats, on_land: NDArray[np.bool_]) -> Floats:
    """How much ink: far things are wet and soft, the sky is mostly paper, forms are darkest at their top."""
    u = sc.u
    d = (1 - tone) ** 1.25 * 1.55
    land = blur(sc, on_land.astype(np.float32), u * 0.004)
    wet = np.clip(0.75 - near * 0.75, 0, 1) * 0.9
    d = d * (1 - wet) + blur(sc, d, u * 0.022) * wet
    d *= 0.30 + 0.70 * land
    soft = blur(sc, d, u * 0.012)
    d = np.clip(d + np.clip(soft - np.roll(soft, int(u * 0.02), 0), 0, 1) * 0.45, 0, None)
    pool = np.clip(d - blur(sc, d, u * 0.006), 0, 1)
    d = d * (0.82 + 0.42 * noise(sc, u * 0.2, 4)) + pool * 0.55
    return warp(sc, d.astype(np.float32), u * 0.006, u * 0.03, 3)


def _dry_brush(sc: Scene, d: Floats, angle: Floats) -> Floats:
    streak = smear(sc, noise(sc, 3, 1) * 1.7, angle, sc.u * 0.02)
    dry: Floats = np.clip(1.05 + 0.5 * np.clip(streak - 0.25, -1, 0) * (d > 0.5), 0.2, 1.1)
    return d * dry


def _brush_line(sc: Scene, near: Floats) -> Floats:
    line = warp(sc, contours(sc, 0.05, ("weather",)), sc.u * 0.003, sc.u * 0.03)
    line = line * np.clip(0.35 + 0.9 * noise(sc, sc.u * 0.05, 2), 0, 1) * np.clip(near, 0.15, 1)
    return blur(sc, line.astype(np.float32), 1.0) * 0.9


def _spare_snow(sc: Scene, d: Floats) -> None:
    """Falling snow is bare paper."""
    for layer in sc.layers:
        if layer.kind == "weather" and layer.ink.min() > 0.5:
            roi = layer.part(d)
            roi *= 1 - layer.mask / 255.0 * 0.85


def _warmed(sc: Scene, out: Floats) -> Floats:
    """The one second ink: a red breath over what is red or orange."""
    warm = np.zeros((sc.h, sc.w), np.float32)
    for layer in sc.layers:
        if layer.kind == "form" and layer.ink.ndim == 1:
            red, green, blue = layer.ink
            if red - blue > 0.3 and red - green > 0.22:
                roi = layer.part(warm)
                np.maximum(roi, (layer.mask / 255.0 * 0.5).astype(np.float32), out=roi)
    warm = blur(sc, warp(sc, warm, sc.u * 0.006, sc.u * 0.03), 1.5)
    return laid(out, out * WARM * 1.35, warm)


def _seal(sc: Scene) -> Floats:
    x, y, s = int(sc.w * (0.5 + sc.side * 0.38)), int(sc.h * 0.86), int(sc.u * 0.022)
    seal = np.zeros((sc.h, sc.w), np.float32)
    cv2.rectangle(seal, (x - s, y - s), (x + s, y + s), 1, -1)
    thin = max(1, s // 9)
    for k in (-1, 0, 1):
        cv2.line(seal, (x - int(s * 0.6), y + k * s // 2), (x + int(s * 0.6), y + k * s // 2), 0, thin)
    cv2.line(seal, (x + int(s * 0.1), y - int(s * 0.7)), (x + int(s * 0.1), y + int(s * 0.7)), 0, thin)
    return blur(sc, warp(sc, seal, 2, 9), 0.8)
