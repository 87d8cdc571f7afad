"""Neon: glass tubes along the contours, their glow on a dark wall."""

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, rgb, rgb_of
from studio.engine.illustrator.media.paper import blur, contours
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
GLOW = ((0.004, 0.9), (0.014, 0.8), (0.05, 0.75))  # width (of u), strength


@medium("neon")
def neon(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(GLOW) + 5)
    lab = lab_of(sc.flat(skip=("cloud",)))
    sc.monitor.step()
    wall = np.stack([lab[..., 0] * 0.30 + 0.03, lab[..., 1] * 0.5 + 0.012, lab[..., 2] * 0.5 - 0.03], -1)
    out: Floats = rgb_of(wall)
    sc.monitor.step()
    group = sc.maps()[3]
    line = blur(sc, contours(sc, 0.05), sc.u * 0.0011)
    sc.monitor.step()
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    tube = blur(sc, TUBES[(group * 7 + (hue // 90).astype(int)) % len(TUBES)], 2) * line[..., None]
    sc.monitor.step()
    out = out + tube * 0.9
    for width, strength in GLOW:
        out += blur(sc, tube, sc.u * width) * strength
        sc.monitor.step()
    out += (np.clip(line - 0.55, 0, 1) * 1.1)[..., None]
    sc.monitor.step()
    return out
