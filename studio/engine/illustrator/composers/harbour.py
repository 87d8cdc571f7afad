"""A harbour: across the basin, from the quay, and from the hill above."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.houses import WALLS, facade
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import (
    band,
    clouds,
    light_path,
    mirror,
    put,
    reflect_group,
    ridge_line,
    water,
    waves,
    weather,
)
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.stage import Stage

AFLOAT = ("boat", "rowboat", "sailboat", "ship")
INKS = ("teal", "red", "gold", "navy", "white")
Spots = list[tuple[float, float, float]]  # column, water line, size


def _boats(sc: Scene, spots: Spots, flips: int = 1) -> list[Placed]:
    """The boats that were asked for, or two; the nearest is drawn last."""
    boats = sc.brief.find(*AFLOAT)
    n = min(boats.count if boats else 2, len(spots))
    out: list[Placed] = []
    for k, (x, y, s) in reversed(list(enumerate(spots[:n]))):
        colour = boats.colour if boats and boats.colour else INKS[k]
        depth, flip = min(1.0, 0.7 + 0.3 * (y - 0.6) / 0.3), (sc.side < 0) ^ (k % 2 == flips)
        if boats:
            placed = Placed(boats, boats.name, x, y, s * boats.size, depth, "water", flip, colour=colour)
            placed.draw(sc)
            out.append(placed)
        else:
            put(sc, "boat", x, y, s, depth, flip=flip, colour=colour, water_line=True)
    return out


def _gulls(sc: Scene, hz: float) -> None:
    if sc.brief.time != "night" and not sc.brief.find("bird"):
        for k in range(3):
            x, y = 0.5 + sc.side * (0.02 + 0.13 * k), hz * (0.42 - 0.12 * k)
            put(sc, "bird", x, y, 0.03 + 0.012 * k, 0.9, ground=False)


@layout("harbour")
def across_the_basin(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    hz, side = r.uniform(0.47, 0.53), -sc.side
    heaven(sc, hz, y=hz * 0.7, r=0.055, x=0.5 + sc.side * 0.22)
    clouds(sc, hz, 3)
    hill = ridge_line(sc, hz - 0.07, 0.05, 5, 3)
    band(sc, hill, sc.pal.lit("pine", 0.22), 0.2, bottom=(hz + 0.014) * sc.h)
    x, i = 0.5 - side * 0.12, 0
    while -0.1 < x < 1.1:
        wide = r.uniform(0.06, 0.085)
        t = min(1, abs(x - 0.5 + side * 0.12) / 0.6)
        tall = (0.085 + 0.1 * t) * r.uniform(0.8, 1.25)
        facade(sc, x, hz + 0.012 + 0.03 * t, wide, tall, 0.42 + 0.4 * t, WALLS[(i * 3 + 1) % 7])
        x += side * wide * 1.01
        i += 1
    if not b.find("lighthouse"):
        put(sc, "lighthouse", 0.5 + sc.side * r.uniform(0.28, 0.4), hz + 0.012, 0.13, 0.4, ground=False, flip=False)
    water(sc, hz + 0.01)
    mirror(sc, hz + 0.02, strength=0.5, ripple=1.1)
    if sc.sun:
        light_path(sc, sc.sun[0], (hz + 0.01) * sc.h, n=44)
    quay = [(-0.16, 0.006), (0.7, 0.045), (0.7, 0.085), (-0.16, 0.016)]
    shape = np.array([(0.5 + side * dx, hz + dy) for dx, dy in quay]) * (sc.w, sc.h)
    sc.poly(shape, sc.pal.lit("stone", 0.7, 0.5), kind="ground", depth=0.7)
    layouts = [
        [(0.19, 0.86, 0.30), (-0.24, 0.72, 0.19), (0.06, 0.635, 0.115)],
        [(-0.2, 0.88, 0.33), (0.2, 0.70, 0.17), (-0.06, 0.63, 0.11)],
        [(0.02, 0.84, 0.27), (-0.32, 0.68, 0.16), (0.34, 0.70, 0.18)],
    ]
    chosen = layouts[int(r.integers(3))] + [(-0.4, 0.62, 0.1), (0.38, 0.62, 0.1)]
    fixed = _boats(sc, [(0.5 + side * dx, y, s) for dx, y, s in chosen])
    stage = Stage(horizon=hz, ground=lambda _x: 0.97, water=hz + 0.1, back=hz + 0.03, back_scale=0.4, fixed=fixed)
    cast(sc, stage)
    _gulls(sc, hz)
    weather(sc)


@layout("harbour")
def from_the_quay(sc: Scene) -> None:
    """Stones, a bollard and a rope in front; masts close by, the town low across the water."""
    r = sc.rng
    hz, side = r.uniform(0.56, 0.6), -sc.side
    heaven(sc, hz, y=hz * 0.62, r=0.075, x=0.5 + sc.side * 0.16)
    clouds(sc, hz, 5)
    band(sc, ridge_line(sc, hz - 0.03, 0.035, 5, 3), sc.pal.lit("pine", 0.25), 0.2, bottom=(hz + 0.01) * sc.h)
    x, i = -0.03, int(r.integers(7))
    while x < 1.05:
        wide = r.uniform(0.04, 0.06)
        if abs(x - 0.5 - sc.side * 0.16) > 0.1:
            facade(sc, x, hz + 0.008, wide, r.uniform(0.045, 0.085), 0.45, WALLS[(i * 3) % 7])
        x, i = x + wide * 1.02, i + 1
    water(sc, hz + 0.005)
    mirror(sc, hz + 0.01, strength=0.55, ripple=1.0)
    waves(sc, hz * sc.h, 30, sc.pal.lit("white", 0.8), 0.25)
    if sc.sun:
        light_path(sc, sc.sun[0], (hz + 0.005) * sc.h, n=40)
    first = [(0.5 + side * 0.24, 0.84, 0.44), (0.5 - side * 0.2, 0.735, 0.23), (0.5 + side * 0.02, 0.66, 0.13)]
    fixed = _boats(sc, [*first, (0.5 - side * 0.38, 0.67, 0.14), (0.5 + side * 0.4, 0.65, 0.1)], 0)
    _stones(sc, side)
    cast(sc, Stage(horizon=hz, ground=lambda _x: 0.97, water=hz + 0.06, shore=0.86, fixed=fixed, x=0.5 - side * 0.18))
    _gulls(sc, hz)
    weather(sc)


def _stones(sc: Scene, side: int) -> None:
    """The edge of the quay, with a bollard."""
    w, h, u = sc.w, sc.h, sc.u
    snow = sc.brief.season == "winter"
    group = sc.new_group()
    sc.poly(rect(-5, 0.9 * h, w + 5, h + 5), sc.pal.lit("stone", 1, 0.75), kind="ground", depth=0.95, group=group)
    top = sc.pal.lit("snow" if snow else "stone", 1, 0.15)
    sc.poly(rect(-5, 0.9 * h, w + 5, 0.945 * h), top, kind="ground", depth=0.95, group=group)
    joints = [rect(x, 0.9 * h, x + 0.003 * u, 0.945 * h) for x in np.arange(0.06 * u, w, 0.17 * u)]
    joints += [rect(x, 0.945 * h, x + 0.004 * u, h + 5) for x in np.arange(0.13 * u, w, 0.17 * u)]
    sc.poly(joints, sc.pal.lit("stone", 1, 1.0), kind="ground", depth=0.96, group=group)
    x, y, s = (0.5 - side * 0.32) * w, 0.935 * h, 0.06 * u
    iron = sc.new_group()
    body = spline(
        [
            (x - s * 0.6, y),
            (x - s * 0.42, y - s * 0.6),
            (x - s * 0.75, y - s * 1.2),
            (x, y - s * 1.55),
            (x + s * 0.75, y - s * 1.2),
            (x + s * 0.42, y - s * 0.6),
            (x + s * 0.6, y),
        ]
    )
    sc.poly(body, sc.pal.lit("dark", 1), depth=1, group=iron)
    sc.poly(
        ellipse(x + sc.side * s * 0.2, y - s * 1.22, s * 0.34, s * 0.14), sc.pal.lit("steel", 1), depth=1, group=iron
    )
    for k in (0.35, 0.55):
        sc.poly(
            limb([(x - s * 0.5, y - s * k, s * 0.08), (x + s * 0.5, y - s * k, s * 0.08)], 3),
            sc.pal.lit("wheat", 1, 0.2),
            depth=1,
            group=iron,
        )
    rope = [
        (x + side * s * 0.4, y - s * 0.45, s * 0.07),
        (x + side * s * 2.6, y - s * 0.1, s * 0.07),
        (x + side * s * 5, y - s * 1.2, s * 0.05),
    ]
    sc.poly(limb(rope, 10), sc.pal.lit("wheat", 1, 0.3), depth=1, group=iron)


@layout("harbour")
def from_the_hill(sc: Scene) -> None:
    """Roofs below us, a curved mole with its light, boats in the basin and the open sea behind."""
    r = sc.rng
    hz, side = r.uniform(0.24, 0.29), -sc.side
    heaven(sc, hz, y=hz * 0.55, r=0.055, x=0.5 + sc.side * 0.2)
    clouds(sc, hz, 3, 0.2, 0.8)
    ys = ridge_line(sc, hz - 0.01, 0.02, 5, 2) + np.where(np.linspace(0, 1, sc.w) * side > 0.6 * side, 0, sc.h)
    band(sc, ys, sc.pal.lit("pine", 0.28), 0.2, bottom=(hz + 0.004) * sc.h)
    water(sc, hz)
    waves(sc, hz * sc.h, 50, sc.pal.lit("white", 0.8), 0.25)
    _mole(sc, hz, side)
    spots = [(0.5 + side * 0.02, 0.62, 0.2), (0.5 - side * 0.24, 0.53, 0.15), (0.5 + side * 0.2, 0.5, 0.13)]
    fixed = _boats(sc, [*spots, (0.5 - side * 0.02, 0.46, 0.11), (0.5 - side * 0.36, 0.64, 0.15)])
    rows = ((0.72, 0.075, 0.75, 0.0), (0.8, 0.095, 0.85, 0.05), (0.9, 0.12, 0.93, 0.02), (1.02, 0.15, 1.0, 0.06))
    for k, (base, wide, depth, shift) in enumerate(rows):
        x = -shift
        i = k
        while x < 1.08:
            each = wide * r.uniform(0.8, 1.15) * (sc.u / sc.w) ** 0.5
            bank = 0.2 * abs(x - 0.5 + side * 0.08) ** 1.3 - 0.055
            if abs(x - 0.5 + side * 0.06) > (0.16, 0.11, 0.04, 0.0)[k]:
                tall = wide * r.uniform(0.85, 1.35) * sc.u / sc.h
                facade(sc, x, base - bank, each, tall, depth, WALLS[(i * 3 + k) % 7])
            x, i = x + each * 1.03, i + 1
    cast(sc, Stage(horizon=hz, water=hz + 0.1, shore=0.6, fixed=fixed, scale=0.8, ground=lambda _x: 0.97))
    _gulls(sc, hz)
    weather(sc)


def _mole(sc: Scene, hz: float, side: int) -> None:
    """A stone arm that closes the basin, with a small lighthouse at its tip."""
    w, h, u = sc.w, sc.h, sc.u
    arm = [(0.6, 0.36), (0.42, 0.17), (0.16, 0.1), (-0.1, 0.115)]
    line = spline([(0.5 + side * dx, hz + dy) for dx, dy in arm], False, 14)
    low = line + np.array((0, 0.03))
    foot = np.vstack([line, low[::-1]]) * (w, h)
    group, first = sc.new_group(), len(sc.layers)
    sc.poly(foot, sc.pal.lit("stone", 0.7, 0.75), kind="ground", depth=0.6, group=group)
    reflect_group(sc, first, float(low[-1, 1] * h), 0.9, 0.35)
    top = np.vstack([line, (line + np.array((0, 0.014)))[::-1]]) * (w, h)
    sc.poly(top, sc.pal.lit("stone", 0.75, -0.1), kind="ground", depth=0.62, group=group)
    if not sc.brief.find("lighthouse"):
        x, y = line[-3]
        subjects.draw(sc, "lighthouse", x * w, (y + 0.01) * h, 0.16 * u, 0.7, False, None)
