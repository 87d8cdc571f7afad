"""Lettering for posters: a variable font when one is at hand, set by optical width. `ILLUSTRATOR_FONTS` names a folder."""

import os
from functools import lru_cache
from pathlib import Path
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(os.environ["ILLUSTRATOR_FONTS"]) if "ILLUSTRATOR_FONTS" in os.environ else Path()
FACES = {"sans": "geist-latin-wght-normal.woff2", "serif": "newsreader-latin-wght-normal.woff2"}


@lru_cache(maxsize=64)
def face(size, weight=900, name="sans"):
    try:
        f = ImageFont.truetype(str(FOLDER / FACES[name]), size)
        axis = f.get_variation_axes()[0]
        f.set_variation_by_axes([min(axis["maximum"], max(axis["minimum"], weight))])
        return f
    except OSError:
        return ImageFont.load_default(size)


def fit_lines(text, width, height):
    """Break into 1-4 lines so that every line, scaled to the same width, fills the block best: [(line, size)]."""
    words, best = text.split(), None
    n = len(words)
    for cut in range(1 << max(0, n - 1)):
        lines, row = [], [words[0]]
        for i in range(1, n):
            if cut >> (i - 1) & 1:
                lines.append(" ".join(row))
                row = []
            row.append(words[i])
        lines.append(" ".join(row))
        if len(lines) > 4:
            continue
        sizes = [width / face(100).getlength(l) * 100 for l in lines]
        k = min(1, height / (sum(sizes) * 0.8))
        score = -abs(np.log(sum(sizes) * 0.8 / height)) - 0.25 * np.log(max(sizes) / min(sizes))
        if best is None or score > best[0]:
            best = (score, [(l, s * k) for l, s in zip(lines, sizes)])
    return best[1]


def text_mask(sc, text, x, y, size, weight=900, track=-0.01, name="sans", centre=False):
    """A mask with `text` whose capital height starts at y; `track` is letter-spacing in em."""
    f = face(int(size), weight, name)
    img = Image.new("L", (sc.w, sc.h))
    d = ImageDraw.Draw(img)
    total = sum(f.getlength(c) + track * size for c in text)
    x = (sc.w - total) / 2 if centre else x
    top = f.getbbox("H")[1]
    for c in text:
        d.text((x, y - top), c, 255, f)
        x += f.getlength(c) + track * size
    return np.asarray(img)
