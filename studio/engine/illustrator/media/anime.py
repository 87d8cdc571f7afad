"""Anime: a cel over a painted background. Clear colours, soft skies, clean lines round the forms, light that blooms."""

import math

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, mix, rgb, rgb_of
from studio.engine.illustrator.media.paper import blur, contours, grid, laid, light_of, of_kind, tiles
from studio.engine.illustrator.media.registry import medium

BACKGROUND = ("sky", "cloud", "light", "weather", "water")  # kinds that are painted, not outlined
INK = rgb((0.22, 0.05, 285))
BLOOM = ((0.006, 0.35), (0.03, 0.30), (0.09, 0.22))  # width (of u), strength


@medium("anime")
def anime(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(BLOOM) + 6)
    flat = sc.flat()
    sc.monitor.step()
    out = _clear(sc, flat)
    sc.monitor.step()
    idx, _, depth, _ = sc.maps(skip=("weather",))
    cel = blur(sc, (~of_kind(sc, idx, *BACKGROUND)).astype(np.float32), 1.2)
    sc.monitor.step()
    out = _lined(sc, out, cel * np.clip(depth * 1.5 - 0.35, 0.12, 1))
    sc.monitor.step()
    flat -= sc.flat(skip=("light",))
    lights = np.clip(flat, 0, 1, out=flat)
    lights += np.clip(out - 0.86, 0, 1)
    sc.monitor.step()
    np.subtract(1, np.clip(out, 0, 1, out=out), out=out)  # light adds up like on film: in what is still dark
    for width, strength in BLOOM:
        out *= 1 - np.clip(blur(sc, lights, sc.u * width) * strength, 0, 1)
        sc.monitor.step()
    out = _daylight(sc, 1 - out)
    sc.monitor.step()
    return out


def _clear(sc: Scene, flat: Floats) -> Floats:
    """Cel paint: stronger hues, open shadows that lean to violet."""
    lab = lab_of(flat)
    lab[..., 1:] *= 1.32
    dark = np.clip(0.5 - lab[..., 0], 0, 1)
    lab[..., 0] += dark * 0.16
    lab[..., 1] += dark * 0.02
    lab[..., 2] -= dark * 0.06
    return rgb_of(lab)


def _lined(sc: Scene, out: Floats, where: Floats) -> Floats:
    """Thin, even lines, nearly black around near things and the thing's own shade around far ones."""
    found = (blur(sc, contours(sc, 0.03, ("light", "weather")), 0.8) > 0.42).astype(np.float32)
    line = blur(sc, found, 0.7) * where
    return laid(out, mix(INK, sc.pal.key, 0.25), np.clip(line * 0.95, 0, 1))


def _daylight(sc: Scene, out: Floats) -> Floats:
    """Air between us and the light: a warm breath on its side, a cool one opposite."""
    if tiles(sc):
        return out
    x, y = grid(sc)
    sx, sy = light_of(sc, sc.w * (0.5 + sc.side * 0.5), 0.0)
    near = np.clip(1 - np.hypot(x - sx, y - sy) / math.hypot(sc.w, sc.h), 0, 1)
    warm = np.clip(near - 0.45, 0, 1) * (0.16 if sc.pal.night else 0.32)
    cool = np.clip(0.42 - near, 0, 1) * 0.6
    out += (1 - out) * (sc.pal.light * warm[..., None])
    out *= 1 - (1 - rgb((0.72, 0.06, 275))) * cool[..., None]
    return out
