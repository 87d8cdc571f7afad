"""The night sky: the Milky Way over pines, one tree under the stars, and outer space."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, ridge_line, stars_over, trees
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.shapes import ellipse, noise2
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.stage import Stage, third

OUTER = frozenset(["space", "outer space", "galaxy", "cosmos", "universe", "nebula"])
PLANETS = frozenset(["planet"])


def _outer(brief: Brief) -> bool:
    return bool(brief.places & OUTER) or brief.find("planet", "astronaut") is not None or _landed(brief)


def _landed(brief: Brief) -> bool:
    """Somebody stands on the moon."""
    return any(s.relation in ("on", "in") and s.anchor == "moon" for s in brief.subjects)


def _afloat(brief: Brief) -> bool:
    return _outer(brief) and not _landed(brief)


def milky_way(sc: Scene, lean: float, y: float = 0.42, wide: float = 0.16) -> None:
    """A bright band of cloud across the sky."""
    n = noise2(sc.h, sc.w, sc.rng, sc.u * 0.3, 5, 0.6)
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w] / sc.u
    d = yy - y - lean * (xx - 0.5)
    veil = np.clip(np.exp(-((d / wide) ** 2)) * (0.55 + 0.7 * n), 0, 0.75)
    sc.add(veil, mix(sc.pal.sky[-1], sc.pal.light, 0.35), kind="cloud", depth=0.02)


@layout("sky", when=lambda brief: not _outer(brief))
def over_pines(sc: Scene) -> None:
    hz = 0.84
    heaven(sc, hz, r=0.07, over=(0.5 + sc.side * 0.2, 0.6))
    milky_way(sc, sc.side * 0.6)
    stars_over(sc, hz * sc.h, 420)
    for i in range(3):
        ys = ridge_line(sc, hz - 0.02 + i * 0.055, 0.05, 6, 3)
        band(sc, ys, sc.pal.lit("pine", 0.35 + 0.32 * i, 0.4), 0.3 + 0.3 * i)
    trees(sc, "pine", 16, 0.985, 0.15, 0.97)
    cast(sc, Stage(horizon=hz, ground=lambda _x: 0.955, back=hz))


@layout("sky", when=lambda brief: not _outer(brief))
def one_tree(sc: Scene) -> None:
    """A bare hill low in the picture; one tree, and a great sky behind it."""
    b, r = sc.brief, sc.rng
    hz, hero = 0.86, third(sc)
    heaven(sc, hz, r=0.15 if b.find("moon") else 0.06, x=0.5 + sc.side * 0.14, y=0.36, over=(hero, 0.6))
    milky_way(sc, -sc.side * 1.1, 0.36, 0.12)
    stars_over(sc, hz * sc.h, 520)
    x = np.linspace(0, 1, sc.w)
    band(sc, ridge_line(sc, hz, 0.02, 5, 3), sc.pal.lit("pine", 0.4, 0.3), 0.4, fade=0.5)
    ys = (0.97 - 0.09 * np.exp(-(((x - hero) / 0.4) ** 2))) * sc.h
    band(sc, ys, sc.pal.lit("pine", 1, 0.55), 1)
    if not b.subjects or b.find("person", "fox", "wolf", "deer", "cat"):
        subjects.draw(sc, "tree", (hero - sc.side * 0.04) * sc.w, 0.9 * sc.h, 0.4 * sc.u, 0.98, False, "pine")
    if not [s for s in b.subjects if s.name != "moon"]:
        subjects.draw(sc, "person", (hero + sc.side * 0.13) * sc.w, 0.905 * sc.h, 0.1 * sc.u, 0.98, sc.side < 0, "dark")
    cast(
        sc, Stage(horizon=hz, ground=lambda _x: 0.925, x=hero + sc.side * 0.13, back=0.9, scale=0.8 + 0.1 * r.random())
    )


@layout("sky", when=lambda brief: not _outer(brief))
def valley_of_stars(sc: Scene) -> None:
    """Slopes on both sides, a band of stars that pours into the gap, a lit window far below."""
    hz = 0.7
    heaven(sc, hz, r=0.05, x=0.5 + sc.side * 0.3, y=0.16, over=(0.5 + sc.side * 0.05, 0.6))
    milky_way(sc, sc.side * 2.2, 0.36, 0.15)
    stars_over(sc, hz * sc.h, 480)
    x = np.linspace(-1, 1, sc.w)
    for i in range(4):
        f = i / 3
        dip = (0.12 + 0.3 * f) * np.abs(x + 0.1 * (-1) ** i) ** 1.4
        ys = (hz + 0.06 + 0.17 * f - dip) * sc.h - ridge_line(sc, 0, 0.03, 6, 4)
        band(sc, ys, sc.pal.lit("pine", 0.36 + 0.6 * f, 0.35), 0.3 + 0.65 * f, fade=0.4 * (1 - f))
        if i in (1, 2):
            for t in np.sort(sc.rng.uniform(0, 1, 30)):
                foot = float(ys[int(t * (sc.w - 1))]) + 4
                tall = (0.05 + 0.05 * i) * sc.rng.uniform(0.6, 1.2) * sc.u
                subjects.draw(sc, "pine", t * sc.w, foot, tall, 0.5 + 0.2 * i, False, None)
    if not sc.brief.find("house", "cottage", "tent", "person"):
        subjects.draw(sc, "cottage", (0.5 + sc.side * 0.06) * sc.w, 0.9 * sc.h, 0.075 * sc.u, 0.9, False, None)
    cast(sc, Stage(horizon=hz, ground=lambda _x: 0.94, back=0.88, scale=0.8))


# --- outer space
def _void(sc: Scene, ringed: bool) -> None:
    pal = sc.pal
    deep = [tone(pal.sky[0], -0.04), pal.sky[0], tone(pal.sky[1], -0.02)]
    sc.horizon = 1.0
    sc.add(sc.full(), sc.ramp(deep, 0, sc.h), kind="sky", depth=0)
    n = noise2(sc.h, sc.w, sc.rng, sc.u * 0.45, 5, 0.6)
    for ink, shift in ((rgb((0.5, 0.14, 330)), 0.1), (rgb((0.55, 0.1, 220)), -0.1)):
        sc.add(np.clip(n * (1 if shift > 0 else -1) - 0.25, 0, 0.5), ink, kind="cloud", depth=0.02, alpha=0.7)
    milky_way(sc, sc.side * (0.8 if ringed else -0.5), 0.5, 0.22)
    stars_over(sc, sc.h * 1.08, 620)


def planet(sc: Scene, x: float, y: float, r: float, ink: Ink, rings: bool = False, depth: float = 0.5) -> None:
    """A banded ball with a night side, with or without rings."""
    px, py, pr = x * sc.w, y * sc.h, r * sc.u
    group, disc = sc.new_group(), ellipse(x * sc.w, y * sc.h, r * sc.u, n=90)
    pale = mix(ink, sc.pal.light, 0.55)
    if rings:
        _ring(sc, (px, py), pr, pale, True, group)
    sc.poly(disc, ink, depth=depth, group=group)
    inside = sc.mask([disc])
    for k, at in enumerate((-0.96, -0.78, -0.55, -0.1, 0.3, 0.62)):
        stripe = ellipse(px + sc.side * pr * 0.1, py + at * pr, pr * 1.2, pr * (0.1 + 0.04 * (k % 2)), -0.2 * sc.side)
        sc.add(np.minimum(sc.mask([stripe]), inside), mix(ink, pale, 0.35 + 0.2 * (k % 2)), depth=depth, group=group)
    light = sc.mask([ellipse(px + sc.side * pr * 0.42, py - pr * 0.24, pr * 1.08, n=90)])
    sc.add(np.minimum(inside, 255 - light), mix(ink, sc.pal.key, 0.72), depth=depth, group=group, alpha=0.9)
    if rings:
        _ring(sc, (px, py), pr, pale, False, group)


def _ring(sc: Scene, at: tuple[float, float], r: float, ink: Ink, far: bool, group: int) -> None:
    turn = -0.32 * sc.side
    hoop = sc.mask([ellipse(*at, r * 1.95, r * 0.52, turn, 90)]) - sc.mask([ellipse(*at, r * 1.36, r * 0.33, turn, 90)])
    gap = sc.mask([ellipse(*at, r * 1.72, r * 0.45, turn, 90)]) - sc.mask([ellipse(*at, r * 1.66, r * 0.43, turn, 90)])
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w]
    behind = (yy - at[1]) - np.tan(turn) * (xx - at[0]) < 0
    part = np.where(behind == far, np.minimum(hoop, 255 - gap), 0).astype(np.uint8)
    sc.add(part, ink, depth=0.5, group=group)


def _inks(sc: Scene) -> list[Ink]:
    inks: list[Ink] = [rgb((0.68, 0.13, 55)), rgb((0.62, 0.1, 205)), rgb((0.6, 0.13, 345)), rgb((0.78, 0.09, 95))]
    start = int(sc.rng.integers(4))
    return list(sc.pal.named) + inks[start:] + inks[:start]


@layout("sky", when=_afloat)
def ringed_giant(sc: Scene) -> None:
    _void(sc, True)
    inks = _inks(sc)
    planet(sc, 0.5 - sc.side * 0.08, 0.42, 0.2, inks[0], True)
    planet(sc, 0.5 + sc.side * 0.34, 0.2, 0.05, inks[1], depth=0.4)
    planet(sc, 0.5 - sc.side * 0.36, 0.8, 0.085, inks[2], depth=0.7)
    cast(sc, Stage(horizon=1.0, skip=PLANETS, air=(0.5, 0.92), x=0.5 + sc.side * 0.24))


@layout("sky", when=_afloat)
def above_a_world(sc: Scene) -> None:
    """The curve of a great planet below, moons above it."""
    _void(sc, False)
    inks = _inks(sc)
    planet(sc, 0.5 + sc.side * 0.26, 0.22, 0.085, inks[1], depth=0.3)
    planet(sc, 0.5 - sc.side * 0.3, 0.42, 0.035, inks[3], depth=0.3)
    halo = sc.mask([ellipse(0.46 * sc.w, sc.h * 0.78 + 1.3 * sc.u, 1.34 * sc.u, n=160)])
    sc.add(halo, mix(inks[0], sc.pal.light, 0.6), kind="light", depth=0.6, alpha=0.45)
    planet(sc, 0.46, 0.78 + 1.3 * sc.u / sc.h, 1.3, inks[0], depth=0.7)
    cast(sc, Stage(horizon=0.75, skip=PLANETS, air=(0.16, 0.74), x=0.5 - sc.side * 0.1))


@layout("sky", when=_outer)
def on_a_moon(sc: Scene) -> None:
    """Standing on grey dust with craters, a planet rising."""
    _void(sc, True)
    inks, r = _inks(sc), sc.rng
    planet(sc, 0.5 + sc.side * 0.12, 0.5, 0.24, inks[0], bool(r.random() < 0.5), 0.3)
    planet(sc, 0.5 - sc.side * 0.32, 0.2, 0.04, inks[2], depth=0.3)
    for i, y in enumerate((0.7, 0.8)):
        band(sc, ridge_line(sc, y, 0.03, 5, 3), sc.pal.lit("stone", 0.7 + 0.3 * i, 0.1 + 0.35 * i), 0.6 + 0.3 * i)
    for _ in range(9):
        x, y = r.uniform(0, 1) * sc.w, r.uniform(0.83, 0.98)
        s = sc.u * (0.02 + 0.09 * (y - 0.8)) * r.uniform(0.6, 2.2)
        sc.poly(ellipse(x, y * sc.h, s, s * 0.3), sc.pal.lit("stone", 1, 0.85), kind="ground", depth=0.95)
        sc.poly(
            ellipse(x - sc.side * s * 0.1, y * sc.h + s * 0.08, s * 0.86, s * 0.22),
            sc.pal.lit("stone", 1, 0.5),
            kind="ground",
            depth=0.95,
        )
    cast(sc, Stage(horizon=0.7, ground=lambda _x: 0.9, x=third(sc), back=0.76, skip=PLANETS))
