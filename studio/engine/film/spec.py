"""What a film may be: its words, its shape, and what it begins from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHAPES = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1), "3:4": (3, 4), "9:16": (9, 16)}
SIZES = {"720p": 720, "1080p": 1080}  # pixels of the short side
LONGEST = 10  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSpec:
    """What to make. With `picture` that still is set in motion; with `before` the film there goes on. Both decide the
    ratio themselves. Raises ValueError for words that are none, and for what no film is."""

    prompt: str
    ratio: str = "16:9"
    size: str = "720p"
    seconds: int = 5
    seed: int = 1
    mark: str = ""
    picture: Path | None = None
    before: Path | None = None

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise ValueError("a film needs words")
        if self.ratio not in SHAPES or self.size not in SIZES:
            raise ValueError("no film has this shape")
        if not 0 < self.seconds <= LONGEST or self.seed < 0:
            raise ValueError("no film is so long")


def frame_size(ratio: str, size: str) -> tuple[int, int]:
    """Width and height in pixels, both even as the coding wants them."""
    shape = SHAPES[ratio]
    wide, high = (round(SIZES[size] * side / min(shape) / 2) * 2 for side in shape)
    return wide, high


def nearest_ratio(width: int, height: int) -> str:
    return min(SHAPES, key=lambda name: abs(float(np.log(SHAPES[name][0] / SHAPES[name][1] * height / width))))
