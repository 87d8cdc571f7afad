"""Neon: glass tubes along the contours, their glow on a dusky wall; the sky is lit from behind the horizon."""

from typing import cast

import numpy as np

from studio.engine.illustrator.arrays import Field, Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, rgb, rgb_of
from studio.engine.illustrator.media.paper import blur, contours, laid, noise, of_kind, tiles
from studio.engine.illustrator.media.registry import medium

TUBES = np.array(
    [
        rgb(lch)
        for lch in (
            (0.74, 0.21, 350),
            (0.86, 0.14, 200),
            (0.88, 0.16, 100),
            (0.74, 0.19, 45),
            (0.70, 0.18, 300),
            (0.85, 0.19, 150),
        )
    ]
)
GLOW = ((0.004, 0.9), (0.014, 0.8), (0.05, 0.6))  # width (of u), strength
AFTERGLOW = (  # the sky from its top down to the horizon
    rgb((0.15, 0.08, 278)),
    rgb((0.22, 0.12, 288)),
    rgb((0.34, 0.17, 318)),
    rgb((0.52, 0.20, 355)),
)


@medium("neon")
def neon(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(GLOW) + 5)
    lab = lab_of(sc.flat(skip=("cloud",)))
    sc.monitor.step()
    out = _wall(sc, lab)
    sc.monitor.step()
    line = blur(sc, np.sqrt(contours(sc, 0.026)), sc.u * 0.0011)
    sc.monitor.step()
    crowd = 1 / (0.9 + 2.5 * blur(sc, line, sc.u * 0.02))  # many tubes close together burn lower
    tube = blur(sc, _tubes(sc, lab), 2) * (line * np.minimum(crowd, 1))[..., None]
    sc.monitor.step()
    out += tube * 0.9
    for width, strength in GLOW:
        out += blur(sc, tube, sc.u * width) * strength
        sc.monitor.step()
    out += (np.clip(line - 0.55, 0, 1) * 1.1)[..., None]
    sc.monitor.step()
    return out


def _wall(sc: Scene, lab: Floats) -> Field:
    """What the tubes hang on: things as dark glass, light as light, the sky aglow."""
    shine = 0.12 if tiles(sc) else 0.34
    dark = np.stack([lab[..., 0] * shine + 0.05, lab[..., 1] * 0.7 + 0.012, lab[..., 2] * 0.7 - 0.035], -1)
    wall = rgb_of(dark)
    if tiles(sc):
        return wall
    idx = sc.maps(skip=("weather",))[0]
    glow = sc.ramp(AFTERGLOW, 0, sc.horizon * sc.h) * (1 + 0.10 * noise(sc, sc.u * 0.3, 3)[..., None])
    open_sky = blur(sc, of_kind(sc, idx, "sky", "cloud").astype(np.float32), 1.0)
    wall = laid(wall, glow, open_sky * 0.92)
    below = np.clip(1 - (np.arange(sc.h) / sc.h - sc.horizon) / 0.35, 0, 1)[:, None] * of_kind(sc, idx, "water")
    wall = laid(wall, AFTERGLOW[2], blur(sc, below.astype(np.float32), 1.0) * 0.55)
    lights = np.clip(sc.flat(skip=("cloud",)) - sc.flat(skip=("cloud", "light")), 0, 1)
    bright = of_kind(sc, idx, "light") * np.clip(lab[..., 0] * 1.6 - 0.8, 0, 0.8)
    return cast("Field", np.maximum(wall + lights * 0.75, laid(wall, rgb_of(lab), bright)).astype(np.float32))


def _tubes(sc: Scene, lab: Floats) -> Floats:
    """One colour of glass for each thing; in a pattern for each ink, as a thing may lie on both edges."""
    hue = (np.degrees(np.arctan2(lab[..., 2], lab[..., 1])) // 90).astype(int)
    group = np.round(lab[..., 0] * 5).astype(int) if tiles(sc) else sc.maps()[3]
    glass: Floats = TUBES[(group * 7 + hue) % len(TUBES)]
    return glass
