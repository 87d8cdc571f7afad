"""Words to a picture: the illustrator's whole interface."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image

from studio.engine import Cancelled, Progress
from studio.engine.illustrator.arrays import Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import palette
from studio.engine.illustrator.composers import compose
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.monitor import Monitor
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.reading.read import read

SIZES = {"1:1": (1024, 1024), "3:2": (1536, 1024), "2:3": (1024, 1536)}  # width, height in pixels
SPRITE = 4  # picture pixels per sprite pixel


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSpec:
    """What to draw. Raises ValueError for words that are none, an unknown ratio or a negative seed."""

    prompt: str
    ratio: str = "1:1"
    seed: int = 1
    border: bool = True  # a margin of paper around it, where the medium has one; patterns never have

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise ValueError("a picture needs words")
        if self.ratio not in SIZES:
            raise ValueError(f"no picture is {self.ratio}")
        if self.seed < 0:
            raise ValueError("a seed is not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`pixels` is (height, width, 3) RGB; `reading` is how the words were understood."""

    pixels: Mask
    reading: Brief

    def save(self, path: Path) -> None:
        """Write it as PNG; nothing but pixels is in the file."""
        Image.fromarray(self.pixels).save(path, "PNG", compress_level=6)


def draw(
    spec: PictureSpec, *, progress: Progress = lambda _share: None, cancelled: Cancelled = lambda: False
) -> Picture:
    """Draw it: the same spec gives the same pixels. Raises studio.engine.Stopped when `cancelled` turns true."""
    monitor = Monitor(progress, cancelled)
    brief = read(spec.prompt)
    w, h = SIZES[spec.ratio]
    render = RENDER[brief.medium]
    if brief.medium == "pixel":
        small = render(_composed(brief, w // SPRITE, h // SPRITE, spec, monitor))
        image = np.repeat(np.repeat(small, SPRITE, 0), SPRITE, 1)
    else:
        image = render(_composed(brief, w, h, spec, monitor))
    pixels = cast("Mask", (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8))
    monitor.done()
    return Picture(pixels=pixels, reading=brief)


def _composed(brief: Brief, w: int, h: int, spec: PictureSpec, monitor: Monitor) -> Scene:
    return compose_scene(brief, w, h, seed=spec.seed, border=spec.border, monitor=monitor)


def compose_scene(brief: Brief, w: int, h: int, *, seed: int, border: bool, monitor: Monitor) -> Scene:
    """The whole stack of layers, not yet printed in any medium."""
    rng = np.random.default_rng([seed, *brief.prompt.encode("utf-8", "replace")])
    side = 1 if (seed + len(brief.prompt)) % 2 else -1
    scene = Scene(w, h, palette(brief, rng), rng, brief, side=side, border=border, monitor=monitor)
    scene.title = brief.title
    compose(scene, seed)
    return scene
