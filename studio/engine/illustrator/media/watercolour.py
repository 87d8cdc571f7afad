"""Watercolour: pigment density on white paper; it pools at its edges, bleeds where wet, leaves glints of bare paper."""

from typing import cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import rgb
from studio.engine.illustrator.media.paper import blur, border, contours, fibre, noise, tiles, warp
from studio.engine.illustrator.media.registry import medium

PAPER = rgb((0.972, 0.014, 88))


@medium("watercolour")
def watercolour(sc: Scene) -> Floats:
    sc.monitor.printing(passes=8)
    dry = sc.flat(skip=("weather",))
    base = warp(sc, dry, sc.u * 0.006, sc.u * 0.05, 3)
    sc.monitor.step()
    density = -np.log(np.clip(_calmed(sc, base), 0.035, 0.98) / PAPER)
    sc.monitor.step()
    d = _washes(sc, density)
    sc.monitor.step()
    tooth = fibre(sc, 2.4, 6)
    d *= 1 + (0.10 * tooth * np.clip(d.mean(2), 0, 1.0))[..., None]
    sc.monitor.step()
    gap = contours(sc, 0.10) * (noise(sc, sc.u * 0.03, 2) > 0.25)
    sc.monitor.step()
    d *= 1 - 0.3 * blur(sc, gap, 0.8)[..., None]
    d = np.clip(d, 0, None) ** 0.95 * 0.74
    sc.monitor.step()
    m = border(sc, 0.045, 1.6)
    rim = np.clip(m - blur(sc, m, 5), 0, 1) * 0.5  # the wash dries darker at the sheet's edge
    sc.monitor.step()
    out = PAPER * np.exp(-d * ((1 + rim) * m)[..., None])
    out += (sc.flat() - dry) * 0.8 * m[..., None]
    out *= 1 + 0.012 * tooth[..., None]
    sc.monitor.step()
    return out


def _calmed(sc: Scene, img: Floats) -> Floats:
    """Without the small differences inside a wash."""
    pad = 8 if tiles(sc) else 0
    wide = cv2.copyMakeBorder(img, pad, pad, pad, pad, cv2.BORDER_WRAP)
    return cast("Floats", cv2.bilateralFilter(wide, 7, 0.12, 5)[pad : pad + sc.h, pad : pad + sc.w])


def _washes(sc: Scene, density: Floats) -> Floats:
    """Wet into wet: bleeding, uneven washes, pigment gathered at edges, blooms."""
    wash = noise(sc, sc.u * 0.22, 4, 0.55)
    bloom = np.abs(noise(sc, sc.u * 0.16, 3))
    pool = np.clip(blur(sc, density, sc.u * 0.0022) - blur(sc, density, sc.u * 0.007), 0, None)
    bleed = np.clip(noise(sc, sc.u * 0.3, 2) * 1.4 - 0.1, 0, 0.55)[..., None]
    d: Floats = density * (1 - bleed)
    d += blur(sc, density, sc.u * 0.03) * bleed
    d *= 0.80 + 0.36 * wash[..., None]
    d += pool * 0.9
    ring = np.clip(1 - np.abs(bloom - 0.14) / 0.07, 0, 1) ** 2 * (bloom > 0.14) * 0.07
    d *= 1 + (ring * (density.mean(2) > 0.12))[..., None]
    return d
