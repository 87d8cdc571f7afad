"""Text → picture. `draw(prompt, aspect, seed)` is the whole interface; run as a program for files and the contact sheet."""

import sys
import time
import cv2
import numpy as np
from PIL import Image
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import palette
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.prompt import read
from studio.engine.illustrator.staging import COMPOSE
from studio.engine.illustrator import land  # noqa: F401  (each import registers its composers)
from studio.engine.illustrator import indoors  # noqa: F401
from studio.engine.illustrator import town  # noqa: F401

SIZES = {"1:1": (1024, 1024), "3:2": (1216, 811), "2:3": (811, 1216)}
SPRITE = 4  # screen pixels a sprite pixel

CONTACT = [
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
    ("a cat on a windowsill, rainy evening, screen-print", "1:1"),
    ("old church in a village under snow, ink wash", "1:1"),
    ("hot air balloons over ridges in haze at sunrise", "3:2"),
    ('"OPEN ALL NIGHT" poster for a jazz bar', "2:3"),
]


def compose(brief, w, h, seed):
    rng = np.random.default_rng([seed, *brief.prompt.encode()])
    scene = Scene(w, h, palette(brief, rng), rng, brief, side=1 if (seed + len(brief.prompt)) % 2 else -1)
    hero = brief.subjects[0].name if brief.subjects else brief.setting
    scene.title = {"rocket": "TO THE STARS", "lighthouse": "THE COAST"}.get(hero, "THE " + hero.upper())
    COMPOSE[brief.setting](scene)
    return scene


def draw(prompt, aspect="1:1", seed=1):
    """A picture (uint8 RGB array) and the brief it was drawn from."""
    brief = read(prompt)
    if brief.setting == "poster" and brief.medium == "gouache":
        brief.medium = "screenprint"
    if brief.setting == "pattern" and brief.medium == "gouache":
        brief.medium = "screenprint"
    w, h = SIZES[aspect]
    if brief.medium == "pixel":
        small = RENDER["pixel"](compose(brief, w // SPRITE, h // SPRITE, seed))
        img = np.repeat(np.repeat(small, SPRITE, 0), SPRITE, 1)
    else:
        img = RENDER[brief.medium](compose(brief, w, h, seed))
    return (np.clip(img, 0, 1) * 255 + 0.5).astype(np.uint8), brief


def sheet(path, seed=1, cell=640, only=None, columns=4, out=None):
    tiles = []
    for i, (prompt, aspect) in enumerate(CONTACT):
        if only and i not in only:
            continue
        t = time.time()
        img, brief = draw(prompt, aspect, seed)
        print(
            f"{time.time() - t:5.1f} s  {brief.setting:10} {brief.medium:12} {brief.time:6} {prompt}  {[(s.name, s.count, s.colour) for s in brief.subjects]}",
            flush=True,
        )
        if out:
            Image.fromarray(img).save(f"{out}/{i:02d}.png")
        k = cell / max(img.shape[:2])
        small = cv2.resize(img, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
        tile = np.full((cell + 16, cell + 16, 3), 238, np.uint8)
        y, x = (cell + 16 - small.shape[0]) // 2, (cell + 16 - small.shape[1]) // 2
        tile[y : y + small.shape[0], x : x + small.shape[1]] = small
        tiles.append(tile)
    while len(tiles) % columns:
        tiles.append(np.full_like(tiles[0], 238))
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    Image.fromarray(np.vstack(rows)).save(path, quality=80, method=6)


if __name__ == "__main__":
    if sys.argv[1] == "sheet":
        sheet(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    else:
        picture, _ = draw(
            sys.argv[1], sys.argv[3] if len(sys.argv) > 3 else "1:1", int(sys.argv[4]) if len(sys.argv) > 4 else 1
        )
        Image.fromarray(picture).save(sys.argv[2])
