"""A lake among mountains: across the water, from its reeds, and from a hill above."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, mirror, mist, peaks, ridge_line, water, waves, weather
from studio.engine.illustrator.shapes import noise1, rect, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.stage import Stage

Gap = tuple[float, float]  # column and half width of what stays open


def _kind(sc: Scene) -> tuple[str, str]:
    """A tree of the shore and its ink."""
    autumn = ("autumn", "autumn2", "gold", "autumn")
    if sc.brief.season == "autumn":
        return ("tree", autumn[int(sc.rng.integers(4))]) if sc.rng.random() < 0.72 else ("pine", "pine")
    return "pine", ("pine", "leafdark")[int(sc.rng.integers(2))]


def _shore_trees(sc: Scene, hz: float, n: int, size: float, depth: float, gap: Gap) -> None:
    r = sc.rng
    for x in np.sort(r.uniform(-0.02, 1.02, n)):
        if abs(x - gap[0]) > gap[1] * r.uniform(0.6, 1.2):
            name, ink = _kind(sc)
            tall = size * sc.u * r.uniform(0.7, 1.3)
            subjects.draw(sc, name, x * sc.w, hz * sc.h + 2, tall, depth, bool(r.random() < 0.5), ink)


def _near(sc: Scene) -> str:
    return "autumn2" if sc.brief.season == "autumn" else "snow" if sc.brief.season == "winter" else "leafdark"


@layout("lake")
def across_the_water(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.5, 0.58)
    heaven(sc, hz, body=b.time not in ("day", "noon"), r=0.045, y=hz * 0.45)
    clouds(sc, hz, 2, 0.1, 0.3)
    peaks(sc, hz, r.uniform(0.36, 0.42), int(r.integers(2, 4)), 0.22)
    peaks(sc, hz, 0.19, 5, 0.42, snow=b.season == "winter")
    band(sc, ridge_line(sc, hz - 0.03, 0.02, 5, 4), sc.pal.lit("pine", 0.55), 0.55, bottom=hz * sc.h)
    open_at = 0.5 + sc.side * 0.1
    _shore_trees(sc, hz, 110, 0.07, 0.6, (open_at, 0.05))
    _shore_trees(sc, hz, 80, 0.125, 0.78, (open_at, 0.22))
    mirror(sc, hz, strength=0.86, ripple=0.6)
    waves(sc, hz * sc.h, 34, mix(sc.pal.sky[-1], sc.pal.light, 0.4), 0.45)
    ys = sc.h * 0.93 + sc.side * np.linspace(-1, 1, sc.w) * sc.h * 0.055 - noise1(sc.w, r, 5, 4) * sc.h * 0.008
    band(sc, ys, sc.pal.lit(_near(sc), 1, 0.5), 1)
    side = -sc.side
    for dx, s in ((0.40, 0.62), (0.31, 0.44), (0.47, 0.36)):
        name = "birch" if s >= 0.6 and b.season == "autumn" else "pine"
        subjects.draw(sc, name, (0.5 + side * dx) * sc.w, sc.h * 0.95, s * sc.u, 1, False, None)
    cast(
        sc, Stage(horizon=hz, ground=lambda x: 0.95, water=hz + 0.06, shore=0.9, x=0.5 + sc.side * 0.12, back=hz + 0.01)
    )
    weather(sc)


@layout("lake")
def one_mountain(sc: Scene) -> None:
    """Low over the water: one great peak and its mirror image, a jetty, reeds close by."""
    b, r = sc.brief, sc.rng
    hz, side = r.uniform(0.56, 0.62), -sc.side
    heaven(sc, hz, body=b.time not in ("day", "noon"), r=0.05, y=hz * 0.3, x=0.5 + sc.side * 0.3)
    clouds(sc, hz, 3, 0.12, 0.5)
    peaks(sc, hz, 0.24, 6, 0.2, snow=True)
    peaks(sc, hz, 0.5, 1, 0.34)
    mist(sc, hz - 0.03, 0.03, 0.55, 0.4)
    _shore_trees(sc, hz, 90, 0.06, 0.55, (0.5, 0.0))
    _shore_trees(sc, hz, 46, 0.11, 0.74, (0.5 + sc.side * 0.05, 0.3))
    mirror(sc, hz, strength=0.9, ripple=0.45)
    waves(sc, hz * sc.h, 26, mix(sc.pal.sky[-1], sc.pal.light, 0.4), 0.4)
    on_jetty = _jetty(sc, side)
    stage = Stage(horizon=hz, water=hz + 0.05, shore=0.9, x=0.5 + sc.side * 0.14, back=hz + 0.01)
    stage.ground = lambda x: on_jetty + 0.02
    if not b.find("boat", "sailboat", "rowboat", "ship"):
        stage.x = 0.5 + side * 0.2
    cast(sc, stage)
    frames.reeds(sc, side, 1.02, 22)
    frames.reeds(sc, -side, 1.02, 8)
    weather(sc)


def _jetty(sc: Scene, side: int) -> float:
    """Planks from the near corner into the lake; returns how high one stands on them."""
    w, h, u = sc.w, sc.h, sc.u
    far, near = (0.5 + side * 0.1, 0.8), (0.5 + side * 0.52, 0.99)
    group = sc.new_group()
    posts = []
    for t in (0.02, 0.35, 0.7):
        x, y = far[0] + (near[0] - far[0]) * t, far[1] + (near[1] - far[1]) * t
        for dx in (-0.035, 0.045):
            k = 0.005 + 0.006 * t
            px = (x + dx * (0.6 + t)) * w
            posts.append(rect(px - k * u, (y - 0.015) * h, px + k * u, (y + 0.055 + 0.05 * t) * h))
    sc.poly(posts, sc.pal.lit("wood", 0.95, 0.8), depth=0.95, group=group, angle=1.57)
    deck = np.array(
        [(far[0] - 0.04, far[1]), (far[0] + 0.04, far[1]), (near[0] + 0.13, near[1]), (near[0] - 0.13, near[1])]
    )
    sc.poly(deck * (w, h), sc.pal.lit("wood", 0.97, 0.2), depth=0.96, group=group)
    gaps: list[Points] = []
    for t in np.linspace(0.04, 0.96, 14) ** 1.3:
        a, c = deck[0] + (deck[3] - deck[0]) * t, deck[1] + (deck[2] - deck[1]) * t
        thick = 0.0016 + 0.0028 * t
        gaps.append(np.array([a, c, c + np.array((0, thick)), a + np.array((0, thick))]) * (w, h))
    sc.poly(gaps, sc.pal.lit("bark", 0.97, 0.6), depth=0.96, group=group)
    return 0.86


@layout("lake")
def from_above(sc: Scene) -> None:
    """From a hillside: the lake lies like a plate among woods, pines stand close."""
    b, r = sc.brief, sc.rng
    hz, side = r.uniform(0.27, 0.33), -sc.side
    heaven(sc, hz, body=b.time not in ("day", "noon"), r=0.045, y=hz * 0.4)
    clouds(sc, hz, 2, 0.15, 0.6)
    peaks(sc, hz + 0.05, 0.26, 4, 0.2)
    for i, lift in enumerate((0.0, 0.035)):
        ys = ridge_line(sc, hz + 0.02 + lift, 0.03, 6, 4)
        band(sc, ys, sc.pal.lit("pine", 0.4 + 0.12 * i), 0.35 + 0.1 * i, fade=0.3)
    _shore_trees(sc, hz + 0.075, 100, 0.05, 0.5, (0.5, 0.0))
    lake_top = hz + 0.08
    water(sc, lake_top, bottom=1.0)
    mirror(sc, lake_top, strength=0.75, ripple=0.5)
    waves(sc, lake_top * sc.h, 40, mix(sc.pal.sky[-1], sc.pal.light, 0.4), 0.4)
    _island(sc, lake_top + 0.13, side)
    _banks(sc, lake_top)
    ground = 0.93
    stage = Stage(horizon=hz, ground=lambda x: ground, water=lake_top + 0.08, shore=0.72, scale=0.8, back=lake_top)
    stage.columns, stage.x = (0.3, 0.7), 0.5 + sc.side * 0.12
    cast(sc, stage)
    for inset, tall in ((0.02, 1.0), (0.13, 0.72), (0.24, 0.4)):
        frames.corner_tree(sc, side, "pine" if b.season != "autumn" or inset else "birch", tall, inset)
    frames.corner_tree(sc, -side, "pine", 0.5, 0.03)
    weather(sc)


def _island(sc: Scene, y: float, side: int) -> None:
    w, h, r = sc.w, sc.h, sc.rng
    x = 0.5 + side * r.uniform(0.1, 0.2)
    wide = 0.07
    sc.poly(
        spline([((x - wide) * w, y * h), (x * w, (y - 0.012) * h), ((x + wide) * w, y * h), (x * w, (y + 0.01) * h)]),
        sc.pal.lit(_near(sc), 0.7, 0.2),
        kind="ground",
        depth=0.66,
    )
    for dx in np.sort(r.uniform(-wide * 0.7, wide * 0.7, 7)):
        name, ink = _kind(sc)
        subjects.draw(sc, name, (x + dx) * w, y * h, r.uniform(0.05, 0.09) * sc.u, 0.7, False, ink)


def _banks(sc: Scene, top: float) -> None:
    """The wooded shores on both sides and the meadow in front."""
    w, h, r = sc.w, sc.h, sc.rng
    for side in (-1, 1):
        t = np.linspace(0, 1, 120)
        edge = 0.5 + side * (
            0.5 - 0.2 * np.sin(t * 2.4 + (0.3 if side == sc.side else 0.9)) ** 2 + noise1(120, r, 4, 4) * 0.012
        )
        y = top + (0.9 - top) * t
        outer = 0.5 + side * 0.6
        shape = np.vstack([np.stack([edge, y], 1), [(outer, 0.95), (outer, top)]]) * (w, h)
        sc.poly(shape, sc.pal.lit(_near(sc), 0.75, 0.3), kind="ground", depth=0.72)
        for k in np.sort(r.uniform(0.02, 0.95, 30)):
            i = int(k * 119)
            x = edge[i] + side * r.uniform(0.005, 0.16)
            name, ink = _kind(sc)
            tall = (0.06 + 0.13 * k) * sc.u * r.uniform(0.8, 1.2)
            subjects.draw(sc, name, x * w, (y[i] + 0.01) * h, tall, 0.6 + 0.3 * k, False, ink)
    band(
        sc,
        ridge_line(sc, 0.9, 0.018, 4, 3) - 0.03 * h * np.cos(np.linspace(-1.5, 1.5, w) * 2),
        sc.pal.lit(_near(sc), 1, 0.35),
        1,
    )
