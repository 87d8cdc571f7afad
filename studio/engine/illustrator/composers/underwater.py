"""Under water: stacked sheets of blue, a reef with rays of light, and a view half above and half below."""

import numpy as np

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, put, ridge_line
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.shapes import ellipse, limb, noise1, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed, extent
from studio.engine.illustrator.staging.sizes import alone
from studio.engine.illustrator.staging.stage import Stage

AFLOAT = ("boat", "rowboat", "sailboat", "ship")
LIVING = ("whale", "fish")


def _blues(sc: Scene) -> tuple[Ink, Ink]:
    top, deep = rgb((0.62, 0.085, 205)), rgb((0.26, 0.07, 250))
    if sc.pal.named:
        top = mix(top, sc.pal.named[0], 0.5)
    if sc.pal.night:
        top, deep = tone(top, -0.2), tone(deep, -0.06)
    return top, deep


def _boat(sc: Scene, boat: Subject, x: float, hz: float, scale: float) -> Placed:
    name = "rowboat" if boat.size < 1 and boat.name == "boat" else boat.name
    placed = Placed(boat, name, x, hz + 0.012, alone(boat.name) * boat.size * scale, 0.8, "held")
    placed.colour, placed.flip = boat.colour or "red", sc.side < 0
    placed.draw(sc)
    return placed


def _life(sc: Scene, whale: tuple[float, float, float], level: float, surface: float) -> list[Placed]:
    """The whale or the shoal, where the layout wants it: column, height, size; nothing reaches the surface."""
    b, r, out = sc.brief, sc.rng, []
    hero = b.find(*LIVING)
    if hero and hero.name == "whale":
        for i in range(min(hero.count, 3)):
            k = 1.0 if i == 0 else 0.5
            x, y = whale[0] + sc.side * 0.3 * i, whale[1] + (0.1, -0.16, 0.14)[i] * bool(i)
            room = (y - surface - 0.03) * sc.h / sc.u / extent("whale").top
            placed = Placed(hero, "whale", x, y, min(room, whale[2] * hero.size * k), 1.0 if i == 0 else 0.8, "deep")
            placed.flip = sc.side < 0
            placed.draw(sc)
            out.append(placed)
    school = hero is not None and hero.name == "fish"
    for k in range((hero.count if hero.count > 1 else 4) if hero and school else 9):
        if hero and school:
            x, y = 0.5 - sc.side * (0.02 + 0.17 * k * (-1) ** k), level + 0.075 * ((k * 2) % 5 - 2)
            placed = Placed(hero, "fish", x, y, 0.24 * hero.size * (1 if k == 0 else 0.62), 0.95, "deep")
            placed.flip = sc.side < 0
            placed.draw(sc)
            out.append(placed)
            continue
        x, y = r.uniform(0.1, 0.9), r.uniform(level - 0.16, 0.9)
        if not hero or abs(y - whale[1] + 0.08) > 0.17:
            put(sc, "fish", x, y, 0.045, 0.95, flip=sc.side < 0, ground=False)
    return out


def _rays(sc: Scene, hz: float, n: int, alpha: float) -> None:
    for _ in range(n):
        x, wide = sc.rng.uniform(0.05, 0.9), sc.rng.uniform(0.03, 0.07)
        shape = np.array([(x, hz), (x + wide, hz), (x - sc.side * 0.22 + wide * 2.4, 1), (x - sc.side * 0.22, 1)])
        sc.poly(shape * (sc.w, sc.h), sc.pal.light, kind="light", depth=0.3, alpha=alpha)


@layout("underwater")
def sheets_of_blue(sc: Scene) -> None:
    """Each sheet of water a wavy cut, darker as it goes down."""
    b, r, h = sc.brief, sc.rng, sc.h
    boat, fixed = b.find(*AFLOAT), []
    hz = 0.25 if boat else 0.0
    if boat:
        heaven(sc, hz, y=0.11, r=0.05)
        clouds(sc, hz, 2, 0.3, 0.7)
    top, deep = _blues(sc)
    xs = np.linspace(0, 1, sc.w)
    for i in range(7):
        y = hz + (1 - hz) * (i / 7) ** 0.9
        amp, phase = 0.008 if i == 0 else 0.012 + 0.012 * i / 7, r.uniform(0, 6.28)
        line = h * (y + amp * np.sin(xs * (9 - i * 0.6) + phase) + amp * 0.4 * np.sin(xs * 23 + phase * 2))
        band(sc, line, mix(top, deep, i / 6), 0.25 + 0.05 * i, kind="water")
        if i == 0 and boat:
            fixed.append(_boat(sc, boat, 0.5 + sc.side * r.uniform(-0.24, 0.22), hz, 1.15))
            band(sc, line + h * 0.016, mix(top, sc.pal.light, 0.12), 0.3, kind="water")
        if i == 1:
            _rays(sc, hz + 0.03, 4, 0.12)
        if i == 4:
            size = r.uniform(0.30, 0.37)
            fixed += _life(sc, (0.5 - sc.side * r.uniform(0.0, 0.06), r.uniform(0.66, 0.78), size), 0.62, hz + 0.02)
    _bottom(sc, deep, 0.93)
    for x in np.concatenate([r.uniform(0, 0.25, 5), r.uniform(0.75, 1, 5)]):
        ink = sc.pal.lit("red" if r.random() < 0.4 else "teal", 0.9)
        _weed(sc, x * sc.w, h * 1.01, r.uniform(0.1, 0.26) * sc.u, mix(ink, deep, 0.35))
    cast(sc, Stage(horizon=hz, deep=(0.35, 0.85), fixed=fixed))


def _bottom(sc: Scene, deep: Ink, y: float) -> None:
    for k in range(2):
        ink = mix(deep, sc.pal.key, 0.4 + 0.5 * k)
        band(sc, ridge_line(sc, y + 0.045 * k, 0.03, 5, 3), ink, 0.8 + 0.2 * k)


def _weed(sc: Scene, x: float, y: float, s: float, ink: Ink) -> None:
    out: list[Points] = []
    for k in range(3):
        a, phase = sc.rng.normal(0, 0.18), sc.rng.uniform(0, 6)
        knots = [
            (
                x + s * (a * t + 0.07 * np.sin(t * 5 + phase)) + (k - 1) * s * 0.12,
                y - s * t * (1 - 0.15 * k),
                s * 0.05 * (1.05 - t),
            )
            for t in np.linspace(0, 1, 6)
        ]
        out += limb(knots, 5)
    sc.poly(out, ink, kind="form", depth=0.97)


@layout("underwater")
def reef(sc: Scene) -> None:
    """On the sea bed: coral, rays that fall from a bright surface, a hull far above."""
    b, r = sc.brief, sc.rng
    boat, fixed = b.find(*AFLOAT), []
    hz = 0.15 if boat else 0.0
    top, deep = _blues(sc)
    if boat:
        heaven(sc, hz, y=0.05, r=0.035)
    full = np.zeros((sc.h, sc.w), np.uint8)
    full[int(hz * sc.h) :] = 255
    light = mix(top, sc.pal.light, 0.45)
    sc.add(full, sc.ramp([light, top, mix(top, deep, 0.55), deep], hz * sc.h, sc.h), kind="water", depth=0.25)
    if boat:
        fixed.append(_boat(sc, boat, 0.5 + sc.side * r.uniform(0.02, 0.22), hz, 0.8))
        xs = np.linspace(0, 1, sc.w)
        line = sc.h * (hz + 0.012 + 0.004 * np.sin(xs * 14 + r.uniform(0, 6)))
        band(sc, line, light, 0.3, kind="water", bottom=(hz + 0.035) * sc.h)
    _rays(sc, hz + 0.02, 7, 0.16)
    for k, y in enumerate((0.74, 0.8)):
        ys = ridge_line(sc, y, 0.05, 5, 3)
        band(sc, ys, mix(deep, top, 0.45 - 0.2 * k), 0.4 + 0.1 * k, fade=0.0)
    fixed += _life(sc, (0.5 - sc.side * 0.04, r.uniform(0.6, 0.68), r.uniform(0.36, 0.44)), 0.5, hz + 0.02)
    _bubbles(sc, 0.5 + sc.side * 0.28, deep)
    xs = np.linspace(-1, 1, sc.w)
    sand = mix(sc.pal.lit("sand", 0.8), top, 0.55)
    band(sc, (0.95 - 0.07 * xs**2) * sc.h - noise1(sc.w, r, 4, 4) * sc.u * 0.008, mix(sand, deep, 0.45), 0.85)
    _corals(sc, deep)
    cast(sc, Stage(horizon=hz, deep=(0.3, 0.8), fixed=fixed))


def _bubbles(sc: Scene, x: float, deep: Ink) -> None:
    r = sc.rng
    rings = [
        ellipse((x + r.normal(0, 0.03)) * sc.w, y * sc.h, sc.u * r.uniform(0.004, 0.013))
        for y in r.uniform(0.25, 0.8, 16)
    ]
    sc.poly(rings, mix(sc.pal.light, deep, 0.25), kind="light", depth=0.9, alpha=0.55)


def _corals(sc: Scene, deep: Ink) -> None:
    """Branching, fan and tube corals at both corners, and weed."""
    r, u = sc.rng, sc.u
    inks = [mix(sc.pal.lit(name, 1), deep, 0.22) for name in ("red", "pink", "gold", "rust", "sage")]
    for side in (-1, 1):
        for k in range(5):
            x = (0.5 + side * r.uniform(0.2, 0.52)) * sc.w
            y, s, ink = sc.h * r.uniform(0.96, 1.02), u * r.uniform(0.1, 0.2), inks[int(r.integers(5))]
            kind = (k + (side > 0)) % 3
            if kind == 0:
                _branching(sc, x, y, s, ink)
            elif kind == 1:
                tubes = [
                    limb([(x + dx * s, y, s * 0.09), (x + dx * s * 1.25, y - s * tall, s * 0.12)], 4)
                    for dx, tall in ((-0.3, 0.55), (0.0, 0.85), (0.3, 0.62))
                ]
                sc.poly([p for tube in tubes for p in tube], ink, depth=0.97)
                mouths = [
                    ellipse(x + dx * s * 1.25, y - s * tall - s * 0.04, s * 0.1, s * 0.045)
                    for dx, tall in ((-0.3, 0.55), (0.0, 0.85), (0.3, 0.62))
                ]
                sc.poly(mouths, mix(ink, sc.pal.key, 0.6), depth=0.97)
            else:
                _weed(sc, x, y, s * 1.5, mix(sc.pal.lit("teal", 0.9), deep, 0.3))


def _branching(sc: Scene, x: float, y: float, s: float, ink: Ink) -> None:
    out: list[Points] = []

    def grow(px: float, py: float, turn: float, long: float, left: int) -> None:
        ex, ey = px + np.sin(turn) * long, py - np.cos(turn) * long
        out.extend(limb([(px, py, s * 0.02 * left), (ex, ey, s * 0.02 * (left - 0.4))], 3))
        for way in (-0.5, 0.42) if left > 1 else ():
            grow(ex, ey, turn + way + sc.rng.normal(0, 0.1), long * 0.72, left - 1)

    for turn in (-0.55, 0.0, 0.55):
        grow(x, y, turn, s * 0.34, 4)
    sc.poly(out, ink, depth=0.97)


@layout("underwater")
def half_and_half(sc: Scene) -> None:
    """The surface across the middle: weather above, what swims below it, close and large."""
    b, r, h = sc.brief, sc.rng, sc.h
    boat, fixed = b.find(*AFLOAT), []
    hz = r.uniform(0.4, 0.44) if boat else r.uniform(0.24, 0.3)
    heaven(sc, hz, y=hz * 0.45, r=0.07, x=0.5 - sc.side * 0.22)
    clouds(sc, hz, 4, 0.2, 0.85)
    band(sc, ridge_line(sc, hz - 0.015, 0.025, 5, 3), sc.pal.lit("rock", 0.28), 0.2, bottom=hz * h)
    top, deep = _blues(sc)
    xs = np.linspace(0, 1, sc.w)
    swell = 0.016 * np.sin(xs * 7 + r.uniform(0, 6)) + 0.006 * np.sin(xs * 17)
    band(sc, (hz - 0.006 + 0.6 * swell) * h, mix(top, sc.pal.sky[-1], 0.45), 0.28, kind="water")
    if boat:
        fixed.append(_boat(sc, boat, 0.5 + sc.side * r.uniform(0.04, 0.2), hz + 0.005, 1.45))
    line = (hz + 0.012 + swell) * h
    m = np.clip(np.arange(h)[:, None] - line[None] + 0.5, 0, 1)
    sc.add(m, sc.ramp([top, mix(top, deep, 0.5), deep], hz * h, h), kind="water", depth=0.35)
    edge = np.clip(np.arange(h)[:, None] - line[None] + 0.5, 0, 1) * (np.arange(h)[:, None] < line + sc.u * 0.008)
    sc.add(edge, mix(sc.pal.light, top, 0.2), kind="water", depth=0.36)
    _rays(sc, hz + 0.05, 5, 0.13)
    for k in range(2):
        deeper = (hz + 0.2 + 0.2 * k + 0.02 * np.sin(xs * (6 - k) + k * 2)) * h
        band(sc, deeper, mix(top, deep, 0.5 + 0.3 * k), 0.4 + 0.1 * k, kind="water")
    size = r.uniform(0.4, 0.46) if boat else 0.5
    fixed += _life(sc, (0.5 - sc.side * 0.03, r.uniform(0.8, 0.85), size), hz + 0.3, hz + 0.025)
    _bottom(sc, deep, 0.96)
    for x in (0.04, 0.1, 0.9, 0.96):
        _kelp(sc, x, h * 1.01, r.uniform(0.35, 0.55) * sc.u, mix(sc.pal.lit("teal", 1, 0.5), deep, 0.3))
    cast(sc, Stage(horizon=hz, deep=(hz + 0.15, 0.85), fixed=fixed))


def _kelp(sc: Scene, x: float, y: float, s: float, ink: Ink) -> None:
    """A tall ribbon with leaves on both sides."""
    phase, r = sc.rng.uniform(0, 6), sc.rng
    stem = [(x * sc.w + s * 0.09 * np.sin(t * 4 + phase), y - s * t, s * 0.012) for t in np.linspace(0, 1, 9)]
    shapes = limb(stem, 5)
    for k, (sx, sy, _) in enumerate(stem[1:]):
        way, long = (-1) ** k, s * r.uniform(0.16, 0.22)
        tip = (sx + way * long, sy - long * 0.5)
        shapes.append(
            spline([(sx, sy), (sx + way * long * 0.5, sy - long * 0.55), tip, (sx + way * long * 0.5, sy - long * 0.1)])
        )
    sc.poly(shapes, ink, depth=0.97)
