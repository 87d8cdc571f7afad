"""`python -m studio.engine.illustrator "words" out.png [--ratio 3:2] [--seed 2]`, or `sheet out.webp` for the contact
sheet of the prompts that the studio promises."""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from studio.engine.illustrator.draw import Picture, PictureSpec, draw
from studio.engine.illustrator.lettering import face

CONTACT = (
    ("a lighthouse on a cliff at dusk, gouache", "1:1"),
    ("red fox in a snowy forest under northern lights, watercolour", "1:1"),
    ("harbour at dawn with three boats", "3:2"),
    ("desert dunes at noon, minimal poster", "2:3"),
    ("neon city street in the rain, pixel art", "1:1"),
    ("still life of pears and a blue jug, oil", "1:1"),
    ("moon over a calm sea, linocut", "2:3"),
    ("whale below a small boat, paper-cut", "1:1"),
    ("repeating pattern of ferns, two inks", "1:1"),
    ("abstract, jazz at midnight", "1:1"),
    ("mountain lake in autumn, pencil", "3:2"),
    ("space rocket leaving a field at night, vintage poster", "2:3"),
)
CELL, CAPTION, GAP = 480, 36, 16  # pixels
WALL, WORDS = (238, 238, 236), (60, 60, 58)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="illustrator", description=__doc__)
    parser.add_argument("prompt", help='the words, or "sheet"')
    parser.add_argument("out", type=Path)
    parser.add_argument("--ratio", default="1:1")
    parser.add_argument("--seed", type=int, default=2)
    given = parser.parse_args(arguments)
    if given.prompt == "sheet":
        sheet(given.seed).save(given.out, quality=82, method=6)
    else:
        draw(PictureSpec(prompt=given.prompt, ratio=given.ratio, seed=given.seed)).save(given.out)


def sheet(seed: int, columns: int = 4) -> Image.Image:
    """The contact prompts on one wall, each with its words beneath."""
    rows = -(-len(CONTACT) // columns)
    wall = Image.new("RGB", (columns * (CELL + GAP) + GAP, rows * (CELL + CAPTION + GAP) + GAP), WALL)
    pen = ImageDraw.Draw(wall)
    for number, (prompt, ratio) in enumerate(CONTACT):
        began = time.perf_counter()
        picture = draw(PictureSpec(prompt=prompt, ratio=ratio, seed=seed))
        sys.stdout.write(_line(time.perf_counter() - began, prompt, picture))
        small = Image.fromarray(picture.pixels)
        small.thumbnail((CELL, CELL), Image.Resampling.LANCZOS)
        x, y = GAP + number % columns * (CELL + GAP), GAP + number // columns * (CELL + CAPTION + GAP)
        wall.paste(small, (x + (CELL - small.width) // 2, y + (CELL - small.height) // 2))
        pen.text((x + CELL / 2, y + CELL + 10), prompt, WORDS, face(15, 450), anchor="ma")
    return wall


def _line(seconds: float, prompt: str, picture: Picture) -> str:
    reading, (height, width) = picture.reading, np.shape(picture.pixels)[:2]
    names = ", ".join(f"{subject.count} {subject.name}" for subject in reading.subjects)
    return f"{seconds:5.1f} s  {width}x{height}  {reading.setting:10} {reading.medium:11} {prompt}  [{names}]\n"


if __name__ == "__main__":
    main(sys.argv[1:])
