"""Linocut: a key block carved by tone. Line width follows tone, line direction the form; a second flat ink under it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.media.paper import (
    blur,
    border,
    contours,
    fibre,
    grid,
    laid,
    light_of,
    luma,
    noise,
    of_kind,
    shifted,
    tiles,
    warp,
)
from studio.engine.illustrator.media.registry import medium

PAPER = rgb((0.945, 0.025, 88))
PITCH = 0.0125  # of u: from one gouge to the next


@dataclass
class Block:
    tone: Floats  # 0 black .. 1 paper
    idx: NDArray[np.int32]
    angle: Floats


@medium("linocut")
def linocut(sc: Scene) -> Floats:
    sc.monitor.printing(passes=10)
    block = _block(sc)
    sc.monitor.step()
    white = _gouges(sc, block)
    sc.monitor.step()
    white = _keylines(sc, block, white)
    sc.monitor.step()
    white = np.clip((blur(sc, warp(sc, white.astype(np.float32), 1.6, 7), 0.8) - 0.5) * 3 + 0.5, 0, 1)
    sc.monitor.step()
    out = _under_ink(sc, block)
    sc.monitor.step()
    salt = np.clip(0.97 - 0.55 * np.clip(fibre(sc, 2.0, 14) - 0.72, 0, 1), 0, 1)
    sc.monitor.step()
    key = rgb((0.24, 0.045, 262)) if sc.pal.night else mix(sc.pal.key, rgb((0.25, 0.03, 40)), 0.3)
    out = laid(out, key, (1 - white) * salt)
    sc.monitor.step()
    out = laid(PAPER, out, border(sc, 0.045, 1))
    sc.monitor.step()
    out += fibre(sc)[..., None] * 0.006
    sc.monitor.step()
    return out


def _block(sc: Scene) -> Block:
    tone = blur(sc, luma(sc.flat()), 1.0)
    sc.monitor.step()
    low, high = np.quantile(tone, (0.03, 0.97))
    tone = np.clip((tone - low) / (high - low + 1e-4), 0, 1)
    idx, angle, _, _ = sc.maps()
    tone = np.where(of_kind(sc, idx, "sky"), np.minimum(tone, 0.80), tone)
    tone = np.where(of_kind(sc, idx, "water"), np.clip(tone * 0.75 + 0.16, 0, 0.8), tone)
    return Block(tone, idx, angle)


def _gouges(sc: Scene, block: Block) -> Floats:
    """White lines: rings around the light in the sky, rows in the water, along the form elsewhere."""
    t, pitch = block.tone, sc.u * PITCH
    scale = np.where(of_kind(sc, block.idx, "sky", "water"), 1.0, 0.8)
    phase = _tiling_phase(sc, pitch) if tiles(sc) else _phase(sc, block) / (pitch * scale)
    wave = np.abs(phase % 1 - 0.5) * 2  # 0 centre of a gouge .. 1 edge
    taper = noise(sc, sc.u * 0.028, 2, 0.5, 2.5) * 0.22
    cut = np.clip((t - 0.10) * 1.22 + taper * (t > 0.06) * (t < 0.93), 0, 1)
    white = np.clip((cut - wave) * pitch * 0.5, 0, 1)
    return np.where(t > 0.88, 1, np.where(t < 0.07, 0, white)).astype(np.float32)


def _phase(sc: Scene, block: Block) -> Floats:
    x, y = grid(sc)
    sx, sy = light_of(sc, sc.w * 0.5, -sc.h * 0.2)
    wobble = noise(sc, sc.u * 0.09, 3) * sc.u * 0.012
    radius = np.hypot(x - sx, y - sy) + wobble
    far = np.clip((y / sc.h - sc.horizon) / (1.001 - sc.horizon), 0, 1)
    # waves widen towards us: the integral of 1 / width
    swell = sc.h * (1 - sc.horizon) / 0.9 * np.log(0.5 + 0.9 * far) + wobble * 0.7
    along = x * -np.sin(block.angle) + y * np.cos(block.angle) + wobble
    return np.where(
        of_kind(sc, block.idx, "sky", "light", "cloud"), radius, np.where(of_kind(sc, block.idx, "water"), swell, along)
    )


def _tiling_phase(sc: Scene, pitch: float) -> Floats:
    """Level rows, a whole number of them."""
    rows = round(sc.h / pitch)
    return (grid(sc)[1] + noise(sc, sc.u * 0.09, 3) * sc.u * 0.012) * rows / sc.h


def _keylines(sc: Scene, block: Block, white: Floats) -> Floats:
    """White lines between dark forms, black flecks that the gouge left in large whites."""
    t = block.tone
    lines = np.where(t > 0.72, 0, contours(sc, 0.03))
    white = np.maximum(white, (blur(sc, lines, 0.9) > 0.38) * 1.0)
    flecks = (noise(sc, 7, 1, 0.5, 3.0) > 0.78) & (t > 0.86) & ~of_kind(sc, block.idx, "light")
    return np.where(flecks, 0, white)


def _under_ink(sc: Scene, block: Block) -> Floats:
    """The paper, with the second ink under all but the highlights, and the light's own."""
    out: Floats = np.ones((sc.h, sc.w, 3), np.float32) * PAPER
    if sc.brief.inks == 1:
        return out
    second = rgb((0.72, 0.055, 225)) if sc.pal.night else rgb((0.83, 0.07, 70))
    light = of_kind(sc, block.idx, "light") & (block.tone > 0.5)
    middle = (block.tone < 0.84) & ~light
    out = laid(out, second, blur(sc, middle.astype(np.float32), 1.2))
    warm = rgb((0.80, 0.10, 80)) if sc.pal.night else mix(sc.pal.accent, PAPER, 0.25)
    lit = shifted(sc, blur(sc, light.astype(np.float32), 1.0), 2, -1.5)
    return laid(out, mix(warm, PAPER, 0.35), lit)
