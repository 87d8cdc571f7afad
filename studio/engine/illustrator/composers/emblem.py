"""Emblems: a roundel, a shield, a patch with a little landscape, a mark with its name, an icon's tile."""

import numpy as np

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.composers import type as lettered
from studio.engine.illustrator.composers.glyphs import glyph
from studio.engine.illustrator.composers.mark import mark
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline

SETS = (  # dark, hot, light
    ((0.28, 0.07, 262), (0.62, 0.17, 32), (0.95, 0.03, 85)),
    ((0.32, 0.06, 165), (0.76, 0.13, 82), (0.95, 0.03, 88)),
    ((0.24, 0.02, 60), (0.58, 0.14, 42), (0.94, 0.035, 82)),
    ((0.34, 0.07, 205), (0.74, 0.13, 55), (0.96, 0.025, 90)),
    ((0.30, 0.09, 330), (0.70, 0.13, 20), (0.95, 0.025, 70)),
)
Inks = tuple[Ink, Ink, Ink]


def _inks(sc: Scene) -> Inks:
    dark, hot, light = (rgb(ink) for ink in SETS[int(sc.rng.integers(len(SETS)))])
    named = sc.pal.named
    if named:
        dark = mix(named[0], rgb((0.2, 0.03, 265)), 0.35) if len(named) == 1 else named[0]
        hot = named[-1]
    if sc.brief.inks == 1:
        hot = dark
    return dark, hot, light


def _hero(brief: Brief) -> Subject | None:
    return brief.subjects[0] if brief.subjects else None


def _device(sc: Scene, x: float, y: float, room: float, inks: Inks, rim: Ink | None = None) -> None:
    """What the emblem shows: the thing, a sign of the place, or the first letter of the name."""
    hero = _hero(sc.brief)
    if hero:
        mark(sc, hero, x, y, (room * 1.1, room), inks, rim)
    elif sc.brief.scenery:
        glyph(sc, sc.brief.scenery, x, y, room * 0.5, inks)
    else:
        letter = (sc.brief.text or sc.brief.title or "S")[0].upper()
        size = room * 0.95
        mask = lettered.letter_mask(sc, letter, x, y, size)
        sc.add(mask, inks[1], kind="text", depth=1)


def _ring(sc: Scene, x: float, y: float, r0: float, r1: float, ink: Ink) -> None:
    sc.add(sc.mask([ellipse(x, y, r1, n=160)]) - sc.mask([ellipse(x, y, r0, n=160)]), ink, depth=0.5)


def _sheet(sc: Scene, light: Ink) -> tuple[float, float]:
    sc.add(sc.full(), light, kind="sky", depth=0)
    sc.horizon = 0.5
    return sc.w / 2, sc.h / 2


def star(x: float, y: float, r: float) -> Points:
    a = -np.pi / 2 + np.arange(10) * np.pi / 5
    k = np.where(np.arange(10) % 2 == 0, r, r * 0.42)
    return np.stack([x + k * np.cos(a), y + k * np.sin(a)], 1)


def _burst(sc: Scene, x: float, y: float, r: float, ink: Ink, inside: Points, n: int = 20) -> None:
    """Rays from a point, kept inside a shape."""
    clip = sc.mask([inside])
    fans = []
    for k in range(n):
        a = k / n * 2 * np.pi
        fans.append(
            np.array(
                [
                    (x, y),
                    *(
                        (x + r * 2 * np.cos(a + d), y + r * 2 * np.sin(a + d))
                        for d in (-0.5 * np.pi / n, 0.5 * np.pi / n)
                    ),
                ]
            )
        )
    sc.add(np.minimum(sc.mask(fans), clip), ink, depth=0.4)


def _laurel(sc: Scene, x: float, y: float, r: float, ink: Ink, spread: float = 1.15) -> None:
    """Two branches that rise from the foot of a circle."""
    out: list[Points] = []
    for side in (-1, 1):
        angles = np.linspace(0.18, spread * 2, 11)
        stem = [(x + side * r * np.sin(a), y + r * np.cos(a), 0.004 * sc.u) for a in angles]
        out += limb(stem, 4)
        for k, a in enumerate(angles[1:]):
            for way in (-1, 1):
                turn = side * (np.pi / 2 - a) + way * side * 0.6
                lx, ly = x + side * (r + way * 0.022 * sc.u) * np.sin(a), y + (r + way * 0.022 * sc.u) * np.cos(a)
                out.append(ellipse(lx, ly, 0.034 * sc.u * (1 - 0.03 * k), 0.012 * sc.u, -turn, 16))
    sc.poly(out, ink, depth=0.8)


@layout("emblem", when=lambda brief: brief.form != "icon")
def roundel(sc: Scene) -> None:
    """A ring with the name on its curve, rays and the mark inside it."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    r, text = 0.43 * sc.u, sc.brief.text
    sc.poly(ellipse(x, y, r, n=160), dark, depth=0.3)
    _ring(sc, x, y, r * 0.955, r * 0.97, light)
    inner = r * 0.7 if text else r * 0.84
    disc = ellipse(x, y, inner, n=140)
    field = light if sc.rng.random() < 0.5 else mix(hot, light, 0.2)
    sc.poly(disc, field, depth=0.35)
    _burst(sc, x, y, inner, mix(field, hot if field is light else light, 0.35), disc, 24)
    _ring(sc, x, y, inner * 0.955, inner * 0.975, dark)
    middle = hot if field is light else light
    _device(sc, x, y, inner * 1.28, (dark, middle, light), light if field is not light else None)
    if text:
        lettered.on_arc(sc, text.upper(), (x, y), r * 0.825, r * 0.155, light)
        sc.poly(
            [
                star(x + k * 0.09 * sc.u, y + r * (0.83 - 0.03 * abs(k)), 0.026 * sc.u * (1.25 if k == 0 else 0.8))
                for k in (-1, 0, 1)
            ],
            hot,
            depth=0.9,
        )
    else:
        dots = [
            ellipse(x + r * 0.9 * np.cos(a), y + r * 0.9 * np.sin(a), 0.009 * sc.u)
            for a in np.linspace(0, 2 * np.pi, 49)[:-1]
        ]
        sc.poly(dots, hot, depth=0.9)


@layout("emblem", when=lambda brief: brief.form != "icon")
def shield(sc: Scene) -> None:
    """A shield with a chief, and a ribbon for the name."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    u, text = sc.u, sc.brief.text
    y -= 0.05 * u if text else 0

    def outline(k: float) -> Points:
        half = [(0.0, -0.40), (0.2, -0.40), (0.37, -0.43), (0.36, -0.1), (0.3, 0.16), (0.16, 0.34), (0.0, 0.43)]
        curve = np.vstack([np.array(half[:3]), spline(half[2:], False, 10)])
        return np.vstack([curve, (curve * (-1, 1))[::-1]]) * k * u + (x, y)

    sc.poly(outline(1.0), dark, depth=0.3)
    sc.poly(outline(0.94), light, depth=0.32)
    body = outline(0.9)
    field = hot if sc.rng.random() < 0.5 or sc.brief.inks == 1 else mix(dark, hot, 0.25)
    sc.poly(body, field, depth=0.34)
    inside = sc.mask([body])
    chief = np.minimum(sc.mask([rect(x - u, y - u, x + u, y - 0.23 * u)]), inside)
    sc.add(chief, dark, depth=0.36)
    line = np.minimum(sc.mask([rect(x - u, y - 0.235 * u, x + u, y - 0.222 * u)]), inside)
    sc.add(line, light, depth=0.37)
    sc.poly([star(x + k * 0.16 * u, y - 0.295 * u, 0.034 * u) for k in (-1, 0, 1)], light, depth=0.9)
    middle = light if sc.brief.inks == 1 else mix(field, light, 0.45)
    _device(sc, x, y + 0.035 * u, 0.44 * u, (dark, middle, light), light)
    if text:
        _ribbon(sc, x, y + 0.41 * u, (dark, hot, light), text)
    else:
        _laurel(sc, x, y + 0.02 * u, 0.475 * u, dark, 0.62)


def _ribbon(sc: Scene, x: float, y: float, inks: Inks, text: str) -> None:
    """A banner with folded ends and the words on it."""
    u, (dark, hot, light) = sc.u, inks
    half, tall = 0.4 * u, 0.058 * u
    for side in (-1, 1):
        tail = [(half * 0.82, -0.2), (half * 1.12, -0.2), (half * 1.03, 0.85), (half * 1.12, 1.9), (half * 0.82, 1.9)]
        sc.poly(np.array([(x + side * dx, y + dy * tall) for dx, dy in tail]), mix(dark, hot, 0.3), depth=0.6)
    sc.poly(rect(x - half, y - tall, x + half, y + tall), dark, depth=0.7)
    lines = [
        rect(x - half, y + k * tall * 0.84 - 0.002 * u, x + half, y + k * tall * 0.84 + 0.002 * u) for k in (-1, 1)
    ]
    sc.poly(lines, light, depth=0.72)
    lettered.fitted(sc, text.upper(), (x, y), half * 1.8, tall * 1.25, light)


@layout("emblem", when=lambda brief: brief.form in ("badge", "emblem"))
def patch(sc: Scene) -> None:
    """A stitched patch: sun, hills and the mark before them."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    u, text = sc.u, sc.brief.text
    a = np.linspace(0, 2 * np.pi, 7)[:-1] + np.pi / 6

    def hexagon(r: float) -> Points:
        return np.stack([x + r * np.cos(a), y + r * np.sin(a)], 1)

    sc.poly(hexagon(0.46 * u), dark, depth=0.3)
    sc.poly(hexagon(0.435 * u), light, depth=0.31)
    body = hexagon(0.42 * u)
    sc.poly(body, mix(hot, light, 0.55), depth=0.32)
    inside = sc.mask([body])
    sun = sc.mask([ellipse(x, y + 0.02 * u, 0.22 * u, n=90)])
    sc.add(np.minimum(sun, inside), light, depth=0.34)
    for k, (level, ink) in enumerate(((0.1, hot), (0.2, mix(hot, dark, 0.5)))):
        xs = np.linspace(x - u, x + u, 60)
        ys = y + (level + 0.05 * np.sin(np.linspace(-4, 4, 60) * (1 + k) + k)) * u
        hill = np.vstack([np.stack([xs, ys], 1), [(x + u, y + u), (x - u, y + u)]])
        sc.add(np.minimum(sc.mask([hill]), inside), ink, depth=0.36 + 0.02 * k)
    _device(sc, x, y + 0.01 * u, 0.5 * u, (dark, hot, light), light)
    if text:
        band = np.minimum(sc.mask([rect(x - u, y + 0.24 * u, x + u, y + 0.36 * u)]), sc.mask([hexagon(0.46 * u)]))
        sc.add(band, dark, depth=0.9)
        lettered.fitted(sc, text.upper(), (x, y + 0.3 * u), 0.46 * u, 0.075 * u, light)
    stitches = [
        rect(px - 0.004 * u, py - 0.004 * u, px + 0.004 * u, py + 0.004 * u)
        for px, py in _along(hexagon(0.447 * u), 84)
    ]
    sc.poly(stitches, light, depth=0.95)


def _along(shape: Points, n: int) -> "list[tuple[float, float]]":
    closed = np.vstack([shape, shape[:1]])
    steps = np.r_[0, np.cumsum(np.hypot(*np.diff(closed, axis=0).T))]
    at = np.linspace(0, steps[-1], n, endpoint=False)
    return list(zip(np.interp(at, steps, closed[:, 0]), np.interp(at, steps, closed[:, 1]), strict=True))


@layout("emblem", when=lambda brief: brief.form in ("logo", "emblem"))
def with_its_name(sc: Scene) -> None:
    """A plain mark with the name under it."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    u, text = sc.u, sc.brief.text
    y -= 0.09 * u if text else 0
    half = ellipse(x, y, 0.27 * u, n=120)
    sc.poly(half, hot, depth=0.3)
    foot = sc.mask([half])
    foot[: int(y + 0.13 * u)] = 0
    sc.add(foot, dark, depth=0.32)
    _device(sc, x, y - 0.01 * u, 0.46 * u, (dark, mix(dark, hot, 0.45), light), light)
    if text:
        lettered.fitted(sc, text.upper(), (x, y + 0.40 * u), 0.8 * u, 0.115 * u, dark)
        sc.poly([rect(x - 0.06 * u, y + 0.49 * u, x + 0.06 * u, y + 0.497 * u)], hot, depth=0.9)


@layout("emblem", when=lambda brief: brief.form == "icon")
def tile(sc: Scene) -> None:
    """A tile with round corners."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    body = _squircle(x, y, 0.36 * sc.u)
    sc.poly(body, dark, depth=0.3)
    shine = sc.mask([body])
    shine[int(y) :] = 0
    sc.add(
        np.minimum(shine, sc.mask([ellipse(x - sc.side * 0.1 * sc.u, y - 0.35 * sc.u, 0.5 * sc.u, n=80)])),
        mix(dark, hot, 0.18),
        depth=0.31,
    )
    _device(sc, x, y, 0.5 * sc.u, (mix(dark, hot, 0.35), hot, light), light)


@layout("emblem", when=lambda brief: brief.form == "icon")
def coin(sc: Scene) -> None:
    """A disc in the warm ink with a rim."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    disc = ellipse(x, y, 0.38 * sc.u, n=140)
    sc.poly(disc, hot, depth=0.3)
    _burst(sc, x, y, 0.38 * sc.u, mix(hot, light, 0.2), disc, 16)
    _ring(sc, x, y, 0.345 * sc.u, 0.36 * sc.u, light)
    _device(sc, x, y, 0.48 * sc.u, (dark, mix(dark, hot, 0.3), light), light)


@layout("emblem", when=lambda brief: brief.form == "icon")
def bare(sc: Scene) -> None:
    """The mark alone over a half disc."""
    dark, hot, light = _inks(sc)
    x, y = _sheet(sc, light)
    half = sc.mask([ellipse(x, y + 0.1 * sc.u, 0.34 * sc.u, n=140)])
    half[int(y + 0.1 * sc.u) :] = 0
    sc.add(half, hot, depth=0.3)
    sc.poly(rect(x - 0.38 * sc.u, y + 0.1 * sc.u, x + 0.38 * sc.u, y + 0.118 * sc.u), dark, depth=0.32)
    for k, wide in enumerate((0.28, 0.16)):
        yy = y + (0.15 + 0.045 * k) * sc.u
        sc.poly(rect(x - wide * sc.u, yy, x + wide * sc.u, yy + 0.014 * sc.u), dark, depth=0.32)
    _device(sc, x, y - 0.07 * sc.u, 0.5 * sc.u, (dark, mix(dark, hot, 0.4), light), light)


def _squircle(x: float, y: float, r: float) -> Points:
    a = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    c, s = np.cos(a), np.sin(a)
    return np.stack([x + r * np.sign(c) * np.abs(c) ** 0.45, y + r * np.sign(s) * np.abs(s) ** 0.45], 1)
