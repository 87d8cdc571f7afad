"""Posters that carry words: rays behind a hero, a diagonal, a stack of type; or the named place with its words."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.composers import type as lettered
from studio.engine.illustrator.composers.inset import view
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.lettering import text_mask
from studio.engine.illustrator.nature import weather
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import ellipse, rect
from studio.engine.illustrator.staging.placed import Placed, extent

CREAM, WARM = rgb((0.94, 0.035, 88)), rgb((0.82, 0.14, 82))
KICKERS = (
    "jazz",
    "bar",
    "club",
    "café",
    "cafe",
    "festival",
    "market",
    "cinema",
    "bakery",
    "concert",
    "exhibition",
    "circus",
    "coffee",
)


def _placeless(brief: Brief) -> bool:
    return brief.scenery is None


def _words(sc: Scene) -> str:
    return sc.brief.text or sc.brief.title or "OPEN"


def _inks(sc: Scene) -> tuple[Ink, Ink]:
    """Dark and hot."""
    dark = rgb((0.21, 0.055, (265, 285, 225)[int(sc.rng.integers(3))]))
    hot = sc.pal.named[0] if sc.pal.named else rgb((0.60, 0.19, (30, 12, 45)[int(sc.rng.integers(3))]))
    return dark, hot


def _hero(sc: Scene) -> Subject:
    known = [s for s in sc.brief.subjects if s.name in subjects.DRAW]
    return known[0] if known else Subject(name="sax" if sc.brief.mood == "jazz" else "star")


def _draw(sc: Scene, x: float, y: float, room: float, flip: bool) -> None:
    """The hero, its base at (x, y), as large as the room allows."""
    hero = _hero(sc)
    e = extent(hero.name, hero.pose)
    size = room / max(e.right - e.left, e.top - e.bottom)
    placed = Placed(
        hero,
        hero.name,
        x - (e.left + e.right) / 2 * (-1 if flip else 1) * size * sc.u / sc.w,
        y,
        size,
        where="held",
        flip=flip,
    )
    placed.colour = hero.colour or ("raw:gold" if hero.name == "sax" else None)
    placed.draw(sc)
    sc.placed.append(placed)


def _kicker(sc: Scene, y: float, ink: Ink) -> None:
    """The small line: what kind of thing is announced."""
    text = sc.brief.prompt.lower()
    words = [word for word in KICKERS if word in text and word not in _words(sc).lower()]
    if words:
        mask = text_mask(sc, " ".join(words).upper(), sc.w * 0.07, sc.h * y, sc.u * 0.042, weight=700, track=0.2)
        sc.add(mask, ink, kind="text", depth=1)
    sc.poly(rect(sc.w * 0.07, sc.h * (y + 0.04), sc.w * 0.93, sc.h * (y + 0.0425)), ink, kind="form", depth=0.15)


def _rays(sc: Scene, x: float, y: float, ink: Ink, n: int = 18) -> None:
    for k in range(n):
        a = k / n * 2 * np.pi + 0.1
        far = [
            (x * sc.w + np.cos(a + d) * 2 * sc.u, y * sc.h + np.sin(a + d) * 2 * sc.u) for d in (-1.26 / n, 1.26 / n)
        ]
        sc.poly(np.array([(x * sc.w, y * sc.h), *far]), ink, kind="form", depth=0.1)


@layout("poster", when=_placeless)
def rays(sc: Scene) -> None:
    dark, hot = _inks(sc)
    w, h, u = sc.w, sc.h, sc.u
    sc.add(sc.full(), dark, kind="sky", depth=0)
    cx, cy = 0.5, 0.34
    _rays(sc, cx, cy, mix(dark, rgb((0.45, 0.09, 262)), 0.42))
    sc.poly(ellipse(cx * w, cy * h, 0.36 * u, n=90), hot, depth=0.2)
    hollow = 255 - sc.mask([ellipse(cx * w + sc.side * 0.085 * u, cy * h - 0.03 * u, 0.28 * u, n=90)])
    sc.add(np.minimum(sc.mask([ellipse(cx * w, cy * h, 0.31 * u, n=90)]), hollow), CREAM, depth=0.25)
    room, top = (0.66, 0.6) if h > w else (0.5, 0.68)
    _draw(sc, cx - sc.side * 0.03, cy + room / 2 * u / h, room, sc.side > 0)
    lettered.block(sc, _words(sc), (0.07, top, 0.86, 0.96 - top), [CREAM, WARM])
    _kicker(sc, 0.035, CREAM)
    weather(sc)


@layout("poster", when=_placeless)
def diagonal(sc: Scene) -> None:
    """Two colours that meet on a slant, the hero across the edge, words at the top."""
    dark, hot = _inks(sc)
    w, h, u, side = sc.w, sc.h, sc.u, sc.side
    sc.add(sc.full(), CREAM, kind="sky", depth=0)
    slant = np.array(
        [(0.5 - side * 0.6, 0.62), (0.5 + side * 0.6, 0.36), (0.5 + side * 0.6, 1.1), (0.5 - side * 0.6, 1.1)]
    )
    sc.poly(slant * (w, h), hot, kind="form", depth=0.1, angle=0.3)
    for k in range(5):
        y = 0.08 + 0.045 * k
        bar = slant[:2] + np.array((0, y))
        low = bar + np.array((0, 0.018))
        sc.poly(np.vstack([bar, low[::-1]]) * (w, h), mix(hot, dark, 0.25 + 0.12 * k), depth=0.12)
    sc.poly(ellipse((0.5 - side * 0.16) * w, 0.62 * h, 0.25 * u, n=90), dark, depth=0.2)
    sc.poly(ellipse((0.5 - side * 0.16) * w, 0.62 * h, 0.205 * u, n=90), WARM, depth=0.22)
    _draw(sc, 0.5 - side * 0.02, 0.95, 0.62 if h <= w else 0.78, side > 0)
    lettered.block(sc, _words(sc), (0.07, 0.1, 0.86, 0.3), [dark, mix(hot, dark, 0.15)], low=False)
    _kicker(sc, 0.03, dark)
    weather(sc)


@layout("poster", when=_placeless)
def stacked(sc: Scene) -> None:
    """Type over the whole height on one side of the picture's weight, the hero in a band of circles."""
    dark, hot = _inks(sc)
    w, h, u, side = sc.w, sc.h, sc.u, sc.side
    sc.add(sc.full(), hot, kind="sky", depth=0)
    cx, cy = 0.5 + side * 0.08, 0.52 if h > w else 0.42
    sc.poly(rect(0, cy * h, w, h), dark, kind="form", depth=0.05)
    for k, ink in enumerate((dark, CREAM, WARM, hot)):
        r = ((0.43 if h > w else 0.38) - 0.075 * k) * u
        top = sc.mask([ellipse(cx * w, cy * h, r, n=100)])
        top[int(cy * h) :] = 0
        sc.add(top, ink, depth=0.1 + 0.03 * k)
        low = sc.mask([ellipse(cx * w, cy * h, r, n=100)])
        low[: int(cy * h)] = 0
        sc.add(low, (hot, WARM, CREAM, dark)[k], depth=0.1 + 0.03 * k)
    _draw(sc, cx, cy + 0.25 * u / h, 0.56 if h > w else 0.5, side > 0)
    lettered.block(sc, _words(sc), (0.07, 0.74 if h > w else 0.82, 0.86, 0.225 if h > w else 0.145), [CREAM, WARM])
    _kicker(sc, 0.035, CREAM)
    weather(sc)


# --- with a place
def _place(sc: Scene) -> str:
    assert sc.brief.scenery is not None
    return sc.brief.scenery


def _paper(sc: Scene) -> tuple[Ink, Ink]:
    """The sheet and its type."""
    return rgb((0.945, 0.03, 86)), mix(sc.pal.key, rgb((0.3, 0.08, 30)), 0.25)


@layout("poster", when=lambda brief: not _placeless(brief))
def picture_above(sc: Scene) -> None:
    """The place fills most of the sheet; its words stand below on paper."""
    paper, key = _paper(sc)
    sc.add(sc.full(), paper, kind="sky", depth=0)
    view(sc, (0.06, 0.045 if sc.h >= sc.w else 0.06, 0.94, 0.74), _place(sc), sc.brief.subjects)
    lettered.block(sc, _words(sc), (0.06, 0.77, 0.88, 0.19), [key, mix(key, sc.pal.accent, 0.7)])


@layout("poster", when=lambda brief: not _placeless(brief))
def words_above(sc: Scene) -> None:
    """Words on a band of colour, the place under them to the edge."""
    dark, hot = _inks(sc)
    sc.add(sc.full(), dark, kind="sky", depth=0)
    view(sc, (0.0, 0.3, 1.0, 1.0), _place(sc), sc.brief.subjects)
    band = dark if sc.pal.night else hot
    sc.poly(rect(0, 0, sc.w, 0.302 * sc.h), band, kind="form", depth=0.9)
    sc.poly(rect(0, 0.302 * sc.h, sc.w, 0.316 * sc.h), CREAM, kind="form", depth=0.9)
    lettered.block(sc, _words(sc), (0.07, 0.05, 0.86, 0.22), [CREAM, WARM if sc.pal.night else CREAM])


@layout("poster", when=lambda brief: not _placeless(brief))
def in_a_disc(sc: Scene) -> None:
    """The place in a great circle, words under it, rays round it."""
    dark, hot = _inks(sc)
    w, h, u = sc.w, sc.h, sc.u
    cy, r = (0.42, 0.44) if h > w else (0.4, 0.36)
    half = r * u
    box = (0.5 - half / w, cy - half / h, 0.5 + half / w, cy + half / h)
    view(sc, box, _place(sc), sc.brief.subjects)
    hole = sc.mask([ellipse(0.5 * w, cy * h, half, n=140)])
    sc.add(255 - hole, dark, kind="form", depth=0.9)
    first = len(sc.layers)
    _rays(sc, 0.5, cy, mix(dark, hot, 0.3), 24)
    for layer in sc.layers[first:]:
        layer.mask = np.minimum(layer.mask, 255 - layer.part(hole))
    ring = sc.mask([ellipse(0.5 * w, cy * h, half * 1.05, n=140)]) - hole
    sc.add(ring, CREAM, kind="form", depth=0.92)
    lettered.block(sc, _words(sc), (0.07, 0.74, 0.86, 0.225), [CREAM, WARM])
