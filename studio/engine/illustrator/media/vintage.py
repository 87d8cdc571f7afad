"""Vintage: a travel-poster lithograph. Few flat inks, sprayed grain in the transitions, cream border, a title."""

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, mix, rgb, rgb_of
from studio.engine.illustrator.lettering import settable, text_mask
from studio.engine.illustrator.media.inks import inks_of, labels
from studio.engine.illustrator.media.paper import blur, border, fibre, laid, noise, tiles, warp
from studio.engine.illustrator.media.registry import medium

CREAM = rgb((0.935, 0.035, 85))
INKS = 10


@medium("vintage")
def vintage(sc: Scene) -> Floats:
    sc.monitor.printing(passes=8)
    img = warp(sc, sc.flat(), sc.u * 0.0012, sc.u * 0.02)
    sc.monitor.step()
    lab = lab_of(img)
    lab[..., 1] += 0.006
    lab[..., 2] += 0.022
    lab[..., 0] = 0.08 + lab[..., 0] * 0.9
    sc.monitor.step()
    img = rgb_of(lab)
    sc.monitor.step()
    inks = inks_of(img, INKS)
    sc.monitor.step()
    out = rgb_of(inks)[labels(img, inks, noise(sc, 1.5, 1) * 0.085)]
    sc.monitor.step()
    out = blur(sc, out, 0.55) * 0.93 + CREAM * 0.07
    sc.monitor.step()
    out *= 1 + fibre(sc, 2, 30)[..., None] * 0.02
    sc.monitor.step()
    out = laid(CREAM, out, border(sc, 0.035, 0.2)) if sc.brief.text or tiles(sc) else _titled(sc, out)
    sc.monitor.step()
    return out


def _titled(sc: Scene, out: Floats) -> Floats:
    words = settable(sc.title or "").strip() or "PRINT"
    size = min(sc.u * 0.075, sc.w * 0.8 / max(1, len(words)) * 1.35)
    plate = int(sc.h - size * 1.9)
    out = laid(CREAM, out, border(sc, 0.03, 0.2))
    out[plate:] = CREAM
    key = mix(sc.pal.key, rgb((0.3, 0.08, 30)), 0.25)
    letters = text_mask(sc, words, 0, plate + size * 0.42, size, 800, 0.12, centre=True).astype(np.float32) / 255
    return laid(out, key, letters) * (1 + fibre(sc, 2, 30)[..., None] * 0.012)
