"""Lettering: the studio's own faces, from their installed packages, set by optical width.

Chinese, Japanese and Korean need a face that is not installed by default; a character that no face has is left out.
"""

from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from studio.engine.illustrator.arrays import Mask

if TYPE_CHECKING:
    from studio.engine.illustrator.canvas import Scene

FACES = {"sans": ("fontpkg_geist", "Geist[wght].ttf"), "serif": ("fontpkg_newsreader", "Newsreader[opsz,wght].ttf")}
EASTERN = "cvttf_NotoSansCJK_Regular"  # an optional package
MOST_WORDS = 8  # more are set as they come, without trying every way to break them


@cache
def _file(name: str) -> str | None:
    """Where a face is; None for the eastern one when its package is not installed."""
    if name != "eastern":
        package, font = FACES[name]
        return str(files(package) / "files" / font)
    spec = find_spec(EASTERN)
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    return next((str(font) for folder in folders for font in sorted(folder.glob("*.otf"))), None)


@cache
def _repertoire(name: str) -> frozenset[int]:
    path = _file(name)
    if path is None:
        return frozenset()
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _voice(character: str, name: str = "sans") -> str | None:
    """The face that sets this character: the one that was asked for, the eastern one, or none."""
    return next((face for face in (name, "eastern") if ord(character) in _repertoire(face)), None)


def settable(text: str) -> str:
    """What of these words can be set here."""
    return "".join(c for c in text if _voice(c))


@lru_cache(maxsize=64)
def face(size: int, weight: int = 900, name: str = "sans") -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_file(name)), max(1, size))
    if name == "eastern":
        return font
    axes = font.get_variation_axes()
    values = [float(axis["default"] or axis["minimum"] or 0) for axis in axes]
    values[-1] = min(float(axes[-1]["maximum"] or weight), max(float(axes[-1]["minimum"] or weight), weight))
    font.set_variation_by_axes(values)
    return font


def fit_lines(text: str, width: float, height: float) -> list[tuple[str, float]]:
    """Break into 1-4 lines so that every line, scaled to the same width, fills the block best: [(line, size)]."""
    words = settable(text).split() or [" "]
    if len(words) > MOST_WORDS:
        quarter = -(-len(words) // 4)
        words = [" ".join(words[i : i + quarter]) for i in range(0, len(words), quarter)]
    return max((_set(lines, width, height) for lines in _breaks(words)), key=lambda found: found[0])[1]


def _breaks(words: list[str]) -> list[list[str]]:
    """Every way to break the words into at most four lines."""
    ways = []
    for cut in range(1 << (len(words) - 1)):
        lines = [[words[0]]]
        for i in range(1, len(words)):
            if cut >> (i - 1) & 1:
                lines.append([])
            lines[-1].append(words[i])
        if len(lines) <= 4:
            ways.append([" ".join(line) for line in lines])
    return ways


def _set(lines: list[str], width: float, height: float) -> tuple[float, list[tuple[str, float]]]:
    """How well the lines fill the block, and their sizes."""
    sizes = [width / max(1.0, sum(f.getlength(c) for c, f in _set_in(line, 100))) * 100 for line in lines]
    k = min(1.0, height / (sum(sizes) * 0.8))
    score = -abs(np.log(sum(sizes) * 0.8 / height)) - 0.25 * np.log(max(sizes) / min(sizes))
    return float(score), [(line, size * k) for line, size in zip(lines, sizes, strict=True)]


def _set_in(text: str, size: int, weight: int = 900, name: str = "sans") -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Each character that can be set, with its face."""
    voices = ((c, _voice(c, name)) for c in text)
    return [(c, face(size, weight, voice)) for c, voice in voices if voice]


def text_mask(
    sc: "Scene",
    text: str,
    x: float,
    y: float,
    size: float,
    weight: int = 900,
    track: float = -0.01,
    name: str = "sans",
    centre: bool = False,
) -> Mask:
    """A mask with `text` whose capital height starts at y; `track` is letter-spacing in em."""
    letters = _set_in(text, int(size), weight, name)
    image = Image.new("L", (sc.w, sc.h))
    pen = ImageDraw.Draw(image)
    total = sum(font.getlength(c) + track * size for c, font in letters)
    x = (sc.w - total) / 2 if centre else x
    baseline = y - face(int(size), weight, name).getbbox("H", anchor="ls")[1]
    for c, font in letters:
        thin = font is not face(int(size), weight, name) and weight > 600  # the eastern face has one weight
        pen.text((x, baseline), c, 255, font, anchor="ls", stroke_width=size * 0.022 if thin else 0)
        x += font.getlength(c) + track * size
    return cast("Mask", np.asarray(image))
