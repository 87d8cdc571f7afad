"""A rocket that leaves a field: on its pillar of smoke, high on its trail, and seen by somebody."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.composers.field import furrows, local_of
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, put, ridge_line, trees, weather
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import ellipse
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.stage import Stage

FIRE = rgb((0.8, 0.15, 65))


def _starts(brief: Brief) -> bool:
    return brief.find("rocket") is not None


def _rocket(sc: Scene) -> Subject:
    sub = sc.brief.find("rocket")
    assert sub is not None
    return sub


def _ground(sc: Scene, hz: float, vx: float) -> None:
    local = local_of(sc.brief)
    band(sc, ridge_line(sc, hz - 0.015, 0.022, 5, 3), sc.pal.lit("pine", 0.35), 0.3)
    band(sc, np.full(sc.w, hz * sc.h), sc.pal.lit(local, 0.6), 0.5)
    furrows(sc, hz, vx, local)


def _glow(sc: Scene, x: float, y: float, wide: float = 0.42) -> None:
    shape = ellipse(x * sc.w, y * sc.h, sc.w * wide, sc.h * 0.028)
    sc.poly(shape, mix(sc.pal.light, rgb((0.75, 0.15, 60)), 0.6), kind="light", depth=0.82, alpha=0.35)


def _smoke(sc: Scene, shapes: "list[tuple[str, list[Points]]]") -> None:
    for k, (ink, puffs) in enumerate(shapes):
        colour = sc.pal.lit(ink, 1, -0.5 if k else 0.1) if ink != "fire" else mix(sc.pal.light, FIRE, 0.55)
        sc.poly(puffs, colour, kind="cloud", depth=0.8)


def _draw(sc: Scene, sub: Subject, x: float, y: float, size: float) -> None:
    placed = Placed(sub, "rocket", x, y, size * sub.size, where="air")
    placed.draw(sc)
    sc.placed.append(placed)


@layout("field", when=_starts)
def lift_off(sc: Scene) -> None:
    """Just off the ground on a pillar of smoke, which lights the field."""
    r, sub = sc.rng, _rocket(sc)
    hz = r.uniform(0.74, 0.78)
    x, gy, s = 0.5 - sc.side * 0.1, hz + 0.05, 0.5 * sub.size
    heaven(sc, hz, x=0.5 + sc.side * 0.3, y=0.17, r=0.06)
    _ground(sc, hz, 0.5 - sc.side * 0.05)
    sc.pal.exposure = max(sc.pal.exposure, 0.72)
    base = gy - 0.32
    px, py, u, h = x * sc.w, gy * sc.h, sc.u, sc.h
    shapes = []
    for ink, grow in (("steel", 1.0), ("white", 0.82), ("fire", 0.5)):
        puffs = [
            ellipse(
                px + dx * u * 0.36 * grow,
                py - abs(r.normal(0, 0.012)) * h - u * 0.03 * (1 - abs(dx)),
                u * r.uniform(0.05, 0.095) * grow * (1.2 - 0.5 * abs(dx)),
            )
            for dx in np.linspace(-1, 1, 19)
        ]
        start = base * h + s * u * 0.5
        column = [
            ellipse(px + r.normal(0, 0.006) * u, start + (py - start) * t, u * (0.03 + 0.05 * t**1.5) * grow)
            for t in np.linspace(0, 1, 14)
        ]
        shapes.append((ink, puffs + column))
    _smoke(sc, shapes)
    _draw(sc, sub, x, base, 0.5)
    _glow(sc, x, gy + 0.02)
    cast(sc, Stage(horizon=hz, ground=lambda _x: 0.94, skip=frozenset(["rocket"]), x=0.5 + sc.side * 0.25, scale=0.7))
    weather(sc)


@layout("field", when=_starts)
def trail(sc: Scene) -> None:
    """High above a small farm, at the end of a long bent trail."""
    r, sub, side = sc.rng, _rocket(sc), -sc.side
    hz = r.uniform(0.76, 0.8)
    heaven(sc, hz, x=0.5 + side * 0.3, y=0.24, r=0.075)
    if sc.brief.time != "night":
        clouds(sc, hz, 3)
    _ground(sc, hz, 0.5 + side * 0.2)
    trees(sc, "tree", 9, hz + 0.004, 0.06, 0.55, *((0.02, 0.34) if side < 0 else (0.66, 0.98)))
    put(sc, "cottage", 0.5 + side * 0.26, hz + 0.012, 0.085, 0.62, ground=False)
    foot, top = (0.5 - side * 0.14, hz + 0.03), (0.5 + side * 0.04, 0.5)
    t = np.linspace(0, 1, 46)
    x = foot[0] + (top[0] - foot[0]) * t**1.7
    y = foot[1] + (top[1] - foot[1]) * t
    u, w, h = sc.u, sc.w, sc.h
    shapes = []
    for ink, grow in (("steel", 1.0), ("white", 0.66), ("fire", 0.34)):
        thick = u * (0.058 - 0.038 * t) * grow
        column = [
            ellipse(cx * w + r.normal(0, 0.006) * u, cy * h, k * r.uniform(0.8, 1.3))
            for cx, cy, k in zip(x, y, thick, strict=True)
        ]
        cloud = [
            ellipse(
                (foot[0] + dx * 0.2 * grow) * w,
                foot[1] * h - r.uniform(0, 0.018) * h,
                u * r.uniform(0.03, 0.055) * grow,
            )
            for dx in np.linspace(-1, 1, 15)
        ]
        shapes.append((ink, column + cloud))
    sc.pal.exposure = max(sc.pal.exposure, 0.72)
    _smoke(sc, shapes)
    _draw(sc, sub, top[0], top[1] - 0.05, 0.42)
    _glow(sc, foot[0], hz + 0.06, 0.3)
    stage = Stage(horizon=hz, ground=lambda _x: 0.93, skip=frozenset(["rocket"]), x=0.5 + side * 0.2, scale=0.8)
    cast(sc, stage)
    weather(sc)


@layout("field", when=_starts)
def watched(sc: Scene) -> None:
    """Far off across the field, with a tree and somebody who looks on."""
    r, sub, side = sc.rng, _rocket(sc), -sc.side
    hz = r.uniform(0.66, 0.7)
    heaven(sc, hz, x=0.5 + side * 0.26, y=0.2, r=0.085)
    x, gy = 0.5 - side * 0.14, hz + 0.012
    u, w, h = sc.u, sc.w, sc.h
    band(sc, ridge_line(sc, hz - 0.03, 0.03, 5, 3), sc.pal.lit("pine", 0.3), 0.25)
    sc.pal.exposure = max(sc.pal.exposure, 0.66)
    shapes = []
    base = gy - 0.2
    for ink, grow in (("steel", 1.0), ("white", 0.75), ("fire", 0.42)):
        puffs = [
            ellipse((x + dx * 0.34 * grow) * w, gy * h - u * 0.012 * (1 - abs(dx)), u * r.uniform(0.025, 0.05) * grow)
            for dx in np.linspace(-1, 1, 25)
        ]
        column = [
            ellipse(x * w + r.normal(0, 0.004) * u, (base + (gy - base) * k) * h, u * (0.018 + 0.03 * k) * grow)
            for k in np.linspace(0, 1, 12)
        ]
        shapes.append((ink, puffs + column))
    _smoke(sc, shapes)
    _draw(sc, sub, x, base - 0.03, 0.36)
    local = local_of(sc.brief)
    band(sc, np.full(sc.w, gy * sc.h), sc.pal.lit(local, 0.62), 0.55)
    _glow(sc, x, gy + 0.03, 0.36)
    furrows(sc, gy, 0.5 - side * 0.1, local)
    ys = (0.9 + 0.05 * side * (np.linspace(0, 1, sc.w) - 0.5)) * sc.h - ridge_line(sc, 0, 0.01, 5, 3)
    band(sc, ys, sc.pal.lit(local, 1, 0.55), 0.97)
    if not sc.brief.find("person"):
        subjects.draw(sc, "person", (0.5 + side * 0.2) * w, 0.93 * h, 0.17 * u, 1, side > 0, "navy")
    subjects.draw(sc, "tree", (0.5 + side * 0.4) * w, 0.94 * h, 0.5 * u, 1, False, None)
    stage = Stage(horizon=hz, ground=lambda _x: 0.93, skip=frozenset(["rocket"]), x=0.5 + side * 0.2, scale=0.85)
    cast(sc, stage)
    weather(sc)
