"""A city: down the avenue, along the shop fronts, in an alley, and its skyline over water or roofs."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.composers.shops import shop_row
from studio.engine.illustrator.composers.street import Block, signs
from studio.engine.illustrator.nature import band, clouds, light_path, mirror, put, ridge_line, water, weather
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.shapes import rect
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.stage import Stage, third

HIGH = frozenset(["skyline", "rooftop", "metropolis", "cityscape", "skyscraper"])
LAMPS = frozenset(["lamp"])
STEPS = (1.0, 0.74, 0.53, 0.37, 0.25, 0.165)


def _high(brief: Brief) -> bool:
    return bool(brief.places & HIGH) or brief.find("skyscraper") is not None


def _street(brief: Brief) -> bool:
    return not _high(brief)


def _wet(sc: Scene) -> bool:
    return "rain" in sc.brief.weather


def _bright(sc: Scene) -> None:
    """A city is lit by its own signs."""
    sc.pal.exposure = max(sc.pal.exposure, 0.66)


def _far_tower(sc: Scene, x: float, base: float, wide: float, tall: float, depth: float) -> None:
    x0, x1, y0, y1 = (x - wide / 2) * sc.w, (x + wide / 2) * sc.w, base * sc.h, (base - tall) * sc.h
    ink = sc.pal.lit("navy", depth)
    shapes: list[Points] = [rect(x0, y1, x1, y0)]
    kind, middle, half = int(sc.rng.integers(4)), (x0 + x1) / 2, (x1 - x0) / 2
    if kind == 0:
        shapes.append(rect(middle - half * 0.6, y1 - half * 0.8, middle + half * 0.6, y1))
        shapes.append(rect(middle - half * 0.07, y1 - half * 2.6, middle + half * 0.07, y1))
    elif kind == 1:
        shapes.append(np.array([(x0, y1 + 1), (middle, y1 - half * 1.6), (x1, y1 + 1)]))
    elif kind == 2:
        shapes.append(np.array([(x0, y1 + 1), (x0, y1 - half), (x1, y1 + 1)]))
    group = sc.new_group()
    sc.poly(shapes, ink, depth=depth, group=group)
    edge = x0 if sc.side > 0 else middle
    sc.poly(rect(edge, y1, edge + half, y0), sc.pal.lit("navy", depth, 0.5), depth=depth, group=group)
    s, share = max(1.2, sc.u * 0.0035), 0.35 if sc.pal.night else 0.3
    wins = [
        rect(a, c, a + s, c + s * 1.4)
        for a in np.arange(x0 + s, x1 - s, s * 2.4)
        for c in np.arange(y1 + s * 2, y0, s * 3)
        if sc.rng.random() < share
    ]
    if wins and sc.pal.night:
        sc.poly(wins, sc.pal.lit("glow"), kind="light", depth=depth, alpha=0.7)
    elif wins:
        sc.poly(wins, mix(ink, sc.pal.sky[-1], 0.3), depth=depth, alpha=0.7, group=group)


def _passers(
    sc: Scene, spots: tuple[tuple[float, float, float, str], ...], car: tuple[float, float, float] | None
) -> None:
    """People in the street, when nobody else was asked for."""
    if [s for s in sc.brief.subjects if s.name not in ("lamp", "moon")]:
        return
    who = "umbrella" if _wet(sc) else "person"
    for k, (x, y, size, colour) in enumerate(spots):
        put(sc, who, x, y, size, 1 - 0.2 * k, flip=(sc.side < 0) ^ bool(k), colour=colour)
    if car:
        put(sc, "car", *car, 0.75, flip=sc.side > 0, ground=False)


@layout("city", when=_street)
def avenue(sc: Scene) -> None:
    r, (w, h) = sc.rng, (sc.w, sc.h)
    _bright(sc)
    hz, vx = 0.60, 0.5 + sc.side * r.uniform(0.0, 0.07)
    heaven(sc, hz, body=False, stars=False, x=vx + 0.02, y=0.2)
    if not sc.brief.find("moon"):
        sc.sun = (vx * w, hz * h)
    for _ in range(9):
        _far_tower(sc, r.uniform(0.25, 0.75), hz, r.uniform(0.04, 0.08), r.uniform(0.1, 0.3), 0.3)
    inks = signs(sc)
    for side in (-1, 1):
        for i in range(len(STEPS) - 1, 0, -1):
            sign = inks[(i * 2 + (side > 0)) % len(inks)]
            Block(sc, vx, hz, side, STEPS[i], STEPS[i - 1], r.uniform(0.72, 1.25), sign).draw()
    kerb = np.array([(vx - 0.05, hz), (vx + 0.05, hz), (1.6, 1.0), (1.6, 1.1), (-0.6, 1.1), (-0.6, 1.0)]) * (w, h)
    sc.poly(kerb, mix(sc.pal.lit("stone", 0.9, 0.4), sc.pal.ambient, 0.45), kind="ground", depth=0.6)
    _road(sc, vx, hz)
    spots = ((vx - sc.side * 0.1, 0.92, 0.3, "red"), (vx + sc.side * 0.15, 0.76, 0.13, "teal"))
    _passers(sc, spots, (vx + sc.side * 0.06, 0.68, 0.05))
    cast(sc, Stage(horizon=hz, ground=lambda _x: 0.88, skip=LAMPS, x=vx - sc.side * 0.1, back=0.68, scale=1.2))
    weather(sc)


def _road(sc: Scene, vx: float, hz: float) -> None:
    """Asphalt that mirrors the lights, more so in the rain, with a broken line."""
    w, h = sc.w, sc.h
    road = np.array([(vx - 0.045, hz), (vx + 0.045, hz), (1.25, 1.02), (-0.25, 1.02)]) * (w, h)
    sc.poly(road, sc.pal.lit("navy", 0.9, 0.6), kind="ground", depth=0.6, angle=0)
    deep = sc.pal.lit("navy", 1, 0.5)
    strength = 0.85 if _wet(sc) else 0.3 if sc.pal.night else 0.08
    mirror(sc, hz + 0.02, sc.mask([road]), strength=strength, ripple=1.6, blur=0.004, deep=deep, stretch=1.15)
    for i in range(7):
        t = (i / 7) ** 2
        y, near, far = hz + 0.03 + t * 0.4, 0.006 + t * 0.04, 0.004 + t * 0.02
        dash = np.array(
            [(vx - far, y), (vx + far, y), (vx + near, y + 0.015 + t * 0.05), (vx - near, y + 0.015 + t * 0.05)]
        )
        sc.poly(dash * (w, h), sc.pal.lit("cream", 0.8), kind="ground", depth=0.7, alpha=0.5)


@layout("city", when=_street)
def shop_fronts(sc: Scene) -> None:
    """Square before a row of houses: awnings, doors, signs, a pavement and the wet road."""
    r = sc.rng
    _bright(sc)
    foot = 0.78
    heaven(sc, 0.5, body=False, stars=False, x=0.5 + sc.side * 0.3, y=0.1)
    for x in np.linspace(-0.02, 1.02, 12):
        _far_tower(sc, x + r.uniform(-0.03, 0.03), foot, r.uniform(0.06, 0.11), r.uniform(0.5, 0.66), 0.35)
    shop_row(sc, foot)
    w, h = sc.w, sc.h
    sc.poly(rect(-5, foot * h, w + 5, (foot + 0.05) * h), sc.pal.lit("stone", 0.95, 0.35), kind="ground", depth=0.8)
    kerb = rect(-5, (foot + 0.05) * h, w + 5, (foot + 0.062) * h)
    sc.poly(kerb, sc.pal.lit("stone", 0.95, -0.2), kind="ground", depth=0.82)
    road = rect(-5, (foot + 0.062) * h, w + 5, h + 5)
    sc.poly(road, sc.pal.lit("navy", 0.95, 0.55), kind="ground", depth=0.6)
    strength = 0.8 if _wet(sc) else 0.25 if sc.pal.night else 0.06
    mirror(
        sc, foot + 0.055, sc.mask([road]), strength=strength, ripple=1.3, blur=0.003, deep=sc.pal.lit("navy", 1, 0.5)
    )
    for x in (0.5 - sc.side * 0.36, 0.5 + sc.side * 0.3):
        subjects.draw(sc, "lamp", x * w, (foot + 0.045) * h, 0.42 * sc.u, 0.95)
    hero = third(sc)
    spots = ((hero, foot + 0.05, 0.26, "red"), (1 - hero + 0.05, foot + 0.045, 0.24, "gold"))
    _passers(sc, spots, None)
    stage = Stage(
        horizon=0.5, ground=lambda _x: foot + 0.055, skip=LAMPS, x=hero, back=foot + 0.02, back_scale=0.9, scale=1.2
    )
    cast(sc, stage)
    weather(sc)


@layout("city", when=_street)
def alley(sc: Scene) -> None:
    """A narrow passage: walls close on both sides, lanterns and signs above, steps of light on the ground."""
    r, (w, h) = sc.rng, (sc.w, sc.h)
    _bright(sc)
    hz, vx = 0.56, 0.5 - sc.side * r.uniform(0.03, 0.09)
    heaven(sc, hz, body=False, stars=False, x=vx, y=0.14)
    if not sc.brief.find("moon"):
        sc.sun = (vx * w, hz * h)
    inks = signs(sc)
    for k in range(5):
        _far_tower(sc, vx + (k - 2) * 0.035, hz + 0.02, 0.05, r.uniform(0.12, 0.3), 0.35)
    for side in (-1, 1):
        for i in range(len(STEPS) - 1, 0, -1):
            block = Block(
                sc,
                vx,
                hz,
                side,
                STEPS[i] * 1.05,
                STEPS[i - 1] * 1.05,
                r.uniform(1.15, 1.7),
                inks[(i * 3 + side) % len(inks)],
            )
            block.draw()
    ground = np.array([(vx - 0.05, hz), (vx + 0.05, hz), (1.3, 1.02), (-0.3, 1.02)]) * (w, h)
    sc.poly(ground, mix(sc.pal.lit("stone", 0.9, 0.5), sc.pal.ambient, 0.4), kind="ground", depth=0.6)
    deep, strength = sc.pal.lit("navy", 1, 0.5), 0.8 if _wet(sc) else 0.28 if sc.pal.night else 0.08
    mirror(sc, hz + 0.02, sc.mask([ground]), strength=strength, ripple=1.2, blur=0.004, deep=deep, stretch=1.2)
    _lanterns(sc, vx, hz)
    spots = ((vx + sc.side * 0.05, 0.88, 0.27, "red"), (vx - sc.side * 0.05, 0.7, 0.11, "teal"))
    _passers(sc, spots, None)
    cast(
        sc,
        Stage(horizon=hz, ground=lambda _x: 0.88, skip=LAMPS, x=vx + sc.side * 0.06, back=0.66, scale=1.1, margin=0.18),
    )
    weather(sc)


def _lanterns(sc: Scene, vx: float, hz: float) -> None:
    """Strings of paper lanterns from wall to wall, smaller as they go away."""
    w, h, u = sc.w, sc.h, sc.u
    inks = signs(sc)
    for k, f in enumerate((0.3, 0.46, 0.7)):
        xs = vx + np.linspace(-1, 1, 9) * (0.05 + 0.42 * f)
        y0 = hz - 0.5 * f - 0.02
        ys = y0 + 0.1 * f * (1 - np.linspace(-1, 1, 9) ** 2)
        line = np.stack([xs * w, ys * h], 1)
        sc.poly(
            np.vstack([line, (line + np.array((0, max(1.0, 0.002 * u))))[::-1]]), sc.pal.key, kind="line", depth=0.9
        )
        balls = []
        for x, y in line[1:-1]:
            s = 0.024 * f * u
            a = np.linspace(0, 2 * np.pi, 20)
            balls.append(np.stack([x + s * 0.85 * np.cos(a), y + s * 1.25 + s * np.sin(a)], 1))
        ink = inks[(k * 2 + 2) % len(inks)]
        sc.poly(balls, ink if sc.pal.night else sc.pal.lit(ink, 1), kind="light" if sc.pal.night else "form", depth=0.9)


@layout("city", when=_high)
def across_the_water(sc: Scene) -> None:
    """The skyline over a river or bay, doubled by it."""
    r = sc.rng
    hz = r.uniform(0.6, 0.66)
    heaven(sc, hz, y=hz * 0.32, r=0.07, over=(0.5 + sc.side * 0.15, hz - 0.42))
    if sc.brief.time != "night":
        clouds(sc, hz, 3, 0.1, 0.6)
    for i, (n, low, high, d) in enumerate(((20, 0.14, 0.3, 0.3), (15, 0.12, 0.38, 0.5), (12, 0.06, 0.26, 0.72))):
        for x in np.sort(r.uniform(-0.02, 1.02, n)):
            rise = 1 + 0.5 * np.exp(-(((x - 0.5 + sc.side * 0.15) / 0.22) ** 2))
            _far_tower(sc, x, hz + 0.006, r.uniform(0.045, 0.085) + 0.01 * i, r.uniform(low, high) * rise, d)
    _skyscrapers(sc, hz)
    band(sc, np.full(sc.w, hz * sc.h), sc.pal.lit("dark", 0.75), 0.7, bottom=(hz + 0.012) * sc.h)
    water(sc, hz + 0.01)
    mirror(sc, hz + 0.012, strength=0.6, ripple=1.3)
    if sc.sun and sc.sun[1] > 0:
        light_path(sc, sc.sun[0], (hz + 0.012) * sc.h, n=40)
    stage = Stage(horizon=hz, water=hz + 0.08, ground=lambda _x: 0.97, skip=frozenset(["lamp", "skyscraper"]))
    cast(sc, stage)
    weather(sc)


def _skyscrapers(sc: Scene, hz: float) -> None:
    sub = sc.brief.find("skyscraper")
    for k in range(min(3, sub.count if sub else 0)):
        x = 0.5 - sc.side * 0.15 + sc.side * 0.2 * k
        subjects.draw(
            sc, "skyscraper", x * sc.w, (hz + 0.006) * sc.h, 0.5 * sc.u, 0.8, False, sub.colour if sub else None
        )


@layout("city", when=_high)
def over_the_roofs(sc: Scene) -> None:
    """From a roof: water tanks and chimneys close by, tower behind tower in the haze."""
    r = sc.rng
    hz = r.uniform(0.66, 0.72)
    heaven(sc, hz, y=hz * 0.4, r=0.09, over=(0.5, hz - 0.4))
    if sc.brief.time != "night":
        clouds(sc, hz, 4, 0.1, 0.7)
    for i, (n, low, high, d) in enumerate(
        ((22, 0.16, 0.34, 0.24), (17, 0.14, 0.4, 0.42), (11, 0.1, 0.34, 0.62), (8, 0.04, 0.2, 0.8))
    ):
        for x in np.sort(r.uniform(-0.02, 1.02, n)):
            _far_tower(
                sc,
                x,
                1.02,
                r.uniform(0.06, 0.1) + 0.02 * i,
                1.02 - hz + r.uniform(low, high) * (1 - 0.12 * i) - 0.06 * i,
                d,
            )
    _skyscrapers(sc, 0.9)
    _near_roof(sc)
    cast(
        sc,
        Stage(
            horizon=hz,
            ground=lambda _x: 0.935,
            skip=frozenset(["lamp", "skyscraper"]),
            back=0.9,
            x=0.5 + sc.side * 0.18,
        ),
    )
    weather(sc)


def _near_roof(sc: Scene) -> None:
    """A parapet across the foot of the picture, with a tank on legs and a chimney."""
    w, h, u, side = sc.w, sc.h, sc.u, -sc.side
    wall = sc.pal.lit("brick", 1, 0.6)
    x, base = (0.5 + side * 0.3) * w, 0.92 * h
    legs = [
        rect(x + dx * u - 0.006 * u, base - 0.12 * u, x + dx * u + 0.006 * u, base) for dx in (-0.07, -0.02, 0.03, 0.08)
    ]
    sc.poly(legs, sc.pal.lit("dark", 1), depth=1)
    tank = rect(x - 0.085 * u, base - 0.29 * u, x + 0.095 * u, base - 0.11 * u)
    sc.poly(tank, sc.pal.lit("wood", 1, 0.35), depth=1, angle=1.57)
    shade = rect(x - 0.085 * u, base - 0.29 * u, x - 0.02 * u, base - 0.11 * u)
    sc.poly(shade + np.array((0.115 * u if sc.side < 0 else 0, 0)), sc.pal.lit("wood", 1, 0.8), depth=1, angle=1.57)
    roof = np.array(
        [(x - 0.1 * u, base - 0.288 * u), (x + 0.005 * u, base - 0.37 * u), (x + 0.11 * u, base - 0.288 * u)]
    )
    sc.poly(roof, sc.pal.lit("dark", 1, 0.3), depth=1)
    sc.poly(rect(-5, 0.92 * h, w + 5, h + 5), wall, depth=1)
    sc.poly(rect(-5, 0.915 * h, w + 5, 0.935 * h), sc.pal.lit("stone", 1, 0.2), depth=1)
    bricks = [
        rect(bx + (row % 2) * 0.03 * u, y, bx + (row % 2) * 0.03 * u + 0.05 * u, y + 0.003 * u)
        for row, y in enumerate(np.arange(0.95 * h, h, 0.018 * u))
        for bx in np.arange(-0.05 * u, w, 0.07 * u)
    ]
    sc.poly(bricks, sc.pal.lit("brick", 1, 1.0), depth=1)


@layout("city", when=_high)
def between_towers(sc: Scene) -> None:
    """Two dark towers frame a far skyline over hills and a bridge of lights."""
    r = sc.rng
    hz = r.uniform(0.7, 0.75)
    heaven(sc, hz, y=hz * 0.5, r=0.11, x=0.5 + sc.side * 0.06, over=(0.5, hz - 0.3))
    band(sc, ridge_line(sc, hz - 0.05, 0.04, 5, 3), sc.pal.lit("pine", 0.25), 0.2)
    for n, low, high, d in ((24, 0.08, 0.24, 0.3), (18, 0.06, 0.26, 0.5), (10, 0.03, 0.14, 0.7)):
        for x in np.sort(r.uniform(0.1, 0.9, n)):
            _far_tower(sc, x, hz + 0.03, r.uniform(0.04, 0.075), r.uniform(low, high) + 0.03, d)
    _skyscrapers(sc, hz + 0.03)
    water(sc, hz + 0.03)
    mirror(sc, hz + 0.03, strength=0.5, ripple=1.1)
    for side, wide, tall in ((-1, 0.22, 0.98), (1, 0.17, 0.86), (-1, 0.1, 0.62), (1, 0.3, 0.5)):
        x = 0.5 + side * (0.52 - wide * 0.3)
        _near_tower(sc, x, wide, tall)
    cast(
        sc,
        Stage(horizon=hz, water=hz + 0.06, ground=lambda _x: 0.97, skip=frozenset(["lamp", "skyscraper"]), margin=0.2),
    )
    weather(sc)


def _near_tower(sc: Scene, x: float, wide: float, tall: float) -> None:
    w, h = sc.w, sc.h
    x0, x1, y0 = (x - wide / 2) * w, (x + wide / 2) * w, (1 - tall) * h
    sc.poly(rect(x0, y0, x1, h + 5), sc.pal.lit("dark", 1, 0.3), depth=0.95)
    cols = 5
    panes = [
        rect(x0 + (j + 0.2) * (x1 - x0) / cols, y, x0 + (j + 0.75) * (x1 - x0) / cols, y + 0.03 * sc.u)
        for j in range(cols)
        for y in np.arange(y0 + 0.03 * sc.u, h, 0.055 * sc.u)
    ]
    lit = [p for p in panes if sc.rng.random() < (0.4 if sc.pal.night else 0.0)]
    sc.poly(panes, sc.pal.lit("navy", 1, 0.2), depth=0.95)
    if lit:
        sc.poly(lit, sc.pal.lit("glow"), kind="light", depth=0.95)
