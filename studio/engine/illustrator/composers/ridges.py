"""Mountains: ridge behind ridge, a valley seen between pines, and one great range."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, mist, peaks, ridge_line, weather
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import rect, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.stage import Stage, third

CROSSING = ("train", "bridge")
BALLOONS = (
    (0.2, 0.53, 0.36, 1.0),
    (-0.37, 0.34, 0.18, 0.62),
    (-0.02, 0.62, 0.12, 0.42),
    (0.03, 0.3, 0.09, 0.34),
    (0.38, 0.24, 0.13, 0.5),
)  # away from the light, y, size, depth


def _local(sc: Scene, f: float) -> str:
    if sc.brief.season == "winter" and f > 0.2:
        return "snow"
    return "rock" if f < 0.26 else sc.brief.local or ("autumn2" if sc.brief.season == "autumn" else "pine")


def _pines(sc: Scene, ys: Floats, n: int, size: float, depth: float, keep: tuple[float, float] | None = None) -> None:
    r = sc.rng
    for x in np.sort(r.uniform(0, 1, n)):
        if keep is None or abs(x - keep[0]) > keep[1]:
            foot = float(ys[int(np.clip(x * sc.w, 0, sc.w - 1))]) + 4
            subjects.draw(sc, "pine", x * sc.w, foot, size * r.uniform(0.6, 1.3) * sc.u, depth, False, None)


def _over(sc: Scene, ys: Floats) -> list[float]:
    return [float(y) / sc.h for y in ys]


@layout("ridges")
def ridge_behind_ridge(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    balloons, crossing = _adrift(b), b.find(*CROSSING)
    hz, hero = r.uniform(0.46, 0.56), third(sc)
    heaven(sc, hz, y=hz * r.uniform(0.5, 0.72), r=0.065, over=(hero, hz + 0.05))
    if not b.minimal and b.time != "night":
        clouds(sc, hz, 3, 0.1, 0.5)
    n = 4 if b.minimal else 6
    fixed: list[Placed] = []
    for i in range(n):
        f = i / (n - 1)
        ys = ridge_line(sc, hz + 0.42 * f**1.05, 0.05 + 0.035 * f, 6, 3 + i % 3)
        d = 0.12 + 0.86 * f
        if i == n - 2 and balloons:
            fixed += _balloons(sc, balloons)
        if crossing and i == n - 1:
            fixed += _viaduct(sc, hz + 0.2)
        band(sc, ys, sc.pal.lit(_local(sc, f), d, 0.35 * f), d, fade=0.62 * (1 - f))
        if i >= n - 3 and not b.minimal:
            k = i - n + 3
            _pines(sc, ys, 15 if i == n - 1 else 22, (0.035, 0.06, 0.13)[k], d, (hero, 0.16) if k == 2 else None)
    top = _over(sc, ys)
    stage = Stage(
        horizon=hz, ground=lambda x: min(0.94, top[int(np.clip(x, 0, 1) * (sc.w - 1))] + 0.03), x=hero, fixed=fixed
    )
    stage.back, stage.skip = hz + 0.2, frozenset(["pine"])
    cast(sc, stage)
    weather(sc)


@layout("ridges")
def between_pines(sc: Scene) -> None:
    """A river winds through a valley; two great pines and a slope in front."""
    b, r = sc.brief, sc.rng
    hz, side, hero = r.uniform(0.36, 0.42), -sc.side, 0.5 - sc.side * r.uniform(0.06, 0.12)
    heaven(sc, hz, y=hz * 0.45, r=0.055, over=(hero, hz))
    if b.time != "night":
        clouds(sc, hz, 3, 0.15, 0.6)
    peaks(sc, hz + 0.04, 0.24, 4, 0.16, snow=True)
    fixed: list[Placed] = []
    balloons, crossing = _adrift(b), b.find(*CROSSING)
    if balloons:
        fixed += _balloons(sc, balloons, 0.9)
    for i in range(4):
        f = i / 3
        xs = np.linspace(-1, 1, sc.w)
        valley = 0.09 * (1 - np.abs(xs - 0.1 * (-1) ** i)) * (1 - f * 0.4)
        ys = ridge_line(sc, hz + 0.03 + 0.1 * f, 0.03, 6, 4) + valley * sc.h
        d = 0.3 + 0.4 * f
        band(sc, ys, sc.pal.lit(_local(sc, 0.4 + f), d, 0.15 + 0.2 * f), d, fade=0.5 * (1 - f))
        _pines(sc, ys, 26 + 8 * i, 0.03 + 0.035 * f, d)
    floor = hz + 0.24
    if crossing:
        fixed += _viaduct(sc, hz + 0.13)
    band(sc, ridge_line(sc, floor, 0.008, 4, 3), sc.pal.lit(_local(sc, 0.9) if b.season else "grass", 0.76, 0.1), 0.72)
    if not crossing:
        _river(sc, floor, side)
    _pines(sc, np.full(sc.w, (floor + 0.03) * sc.h), 16, 0.09, 0.78, (0.5, 0.3))
    ys = sc.h * (0.9 + 0.05 * side * np.linspace(-1, 1, sc.w)) - ridge_line(sc, 0, 0.012, 5, 4)
    band(sc, ys, sc.pal.lit(_local(sc, 1) if b.season else "grass", 0.97, 0.3), 0.95)
    near = _over(sc, ys)
    stage = Stage(horizon=hz, ground=lambda x: near[int(np.clip(x, 0, 1) * (sc.w - 1))] + 0.035, x=hero, fixed=fixed)
    stage.back, stage.back_scale, stage.margin = floor + 0.05, 0.5, 0.2
    cast(sc, stage)
    for edge, tall, inset in ((side, 1.25, 0.05), (-side, 0.9, 0.0), (side, 0.7, 0.17)):
        frames.corner_tree(sc, edge, "pine", tall, inset)
    weather(sc)


def _river(sc: Scene, top: float, side: int) -> None:
    """A ribbon of water that widens as it comes near."""
    t = np.linspace(0, 1, 60)
    x = 0.5 - side * (0.04 + 0.2 * np.sin(t * 5.2) * (0.15 + t) * (1 - 0.4 * t))
    y = top + (1.02 - top) * t**1.5
    wide = 0.006 + 0.16 * t**1.8
    shape = np.vstack([np.stack([x - wide, y], 1), np.stack([x + wide, y], 1)[::-1]]) * (sc.w, sc.h)
    ink = mix(sc.pal.sky[-1], sc.pal.lit("water", 0.9), 0.35)
    sc.poly(shape, ink, kind="water", depth=0.77)
    light = np.vstack([np.stack([x - wide * 0.4, y], 1), np.stack([x + wide * 0.1, y], 1)[::-1]]) * (sc.w, sc.h)
    sc.poly(light, mix(ink, sc.pal.light, 0.4), kind="water", depth=0.77, alpha=0.6)


@layout("ridges")
def great_range(sc: Scene) -> None:
    """A wall of snowy peaks over a dark forest and a bare shoulder of the hill."""
    b, r = sc.brief, sc.rng
    hz, hero = r.uniform(0.6, 0.66), third(sc)
    heaven(sc, hz, y=hz * 0.2, r=0.05, x=0.5 + sc.side * 0.3, over=(hero, 0.5))
    if b.time != "night":
        clouds(sc, hz, 3, 0.08, 0.35)
    peaks(sc, hz + 0.02, 0.34, 5, 0.12)
    mist(sc, hz - 0.05, 0.04, 0.5, 0.2)
    peaks(sc, hz + 0.04, r.uniform(0.44, 0.5), 3, 0.34)
    peaks(sc, hz + 0.05, 0.2, 6, 0.5, snow=b.season == "winter")
    mist(sc, hz - 0.01, 0.03, 0.5, 0.5)
    balloons, crossing = _adrift(b), b.find(*CROSSING)
    fixed = _balloons(sc, balloons, 0.8) if balloons else []
    for i in range(2):
        ys = ridge_line(sc, hz + 0.03 + 0.06 * i, 0.02, 5, 3)
        band(sc, ys, sc.pal.lit(_local(sc, 0.6), 0.6 + 0.12 * i, 0.3), 0.55 + 0.1 * i)
        _pines(sc, ys, 60 - 20 * i, 0.06 + 0.03 * i, 0.62 + 0.12 * i)
    if crossing:
        fixed += _viaduct(sc, hz + 0.1)
    xs = np.linspace(0, 1, sc.w)
    for i, (y, bend) in enumerate(((0.83, 0.06), (0.92, -0.05))):
        ys = (y + bend * sc.side * (xs - 0.5) * 2) * sc.h - ridge_line(sc, 0, 0.01, 5, 3)
        local = _local(sc, 1) if b.season else "grass"
        band(sc, ys, sc.pal.lit(local, 0.9 + 0.1 * i, 0.12 + 0.3 * i), 0.85 + 0.12 * i)
        if not i:
            near = _over(sc, ys)
    stage = Stage(horizon=hz, ground=lambda x: near[int(np.clip(x, 0, 1) * (sc.w - 1))] + 0.07, x=hero, fixed=fixed)
    stage.back = hz + 0.12
    cast(sc, stage)
    frames.rocks(sc, -sc.side, 1.02, 0.12, 3, b.season == "winter")
    weather(sc)


def _viaduct(sc: Scene, y: float) -> list[Placed]:
    """A stone viaduct across the valley, with the train on it when one is asked for."""
    w, h, u, d = sc.w, sc.h, sc.u, 0.8
    train, bridge = sc.brief.find("train"), sc.brief.find("bridge")
    group, pitch = sc.new_group(), 0.105 * u
    deck, foot = y * h, 1.02 * h
    out: list[Placed] = []
    if train:
        out.append(Placed(train, "train", 0.5, y - 0.02 * u / h, 0.17 * train.size, 0.95, "held", sc.side < 0))
        out[0].draw(sc)
    sc.poly(rect(-5, deck - 0.02 * u, w + 5, deck + 0.012 * u), sc.pal.lit("stone", d, -0.2), depth=d, group=group)
    piers = []
    for x in np.arange(-pitch * 0.5, w + pitch, pitch):
        crown = [
            (x + pitch * 0.14, deck + pitch * 0.62),
            (x + pitch * 0.5, deck + pitch * 0.16),
            (x + pitch * 0.86, deck + pitch * 0.62),
        ]
        feet = [(x, deck), (x, foot), (x + pitch * 0.14, foot)]
        rest = [(x + pitch * 0.86, foot), (x + pitch, foot), (x + pitch, deck)]
        piers.append(np.vstack([feet, spline(crown, False, 10), rest]))
    sc.poly(piers, sc.pal.lit("stone", d, 0.35), depth=d, group=group, angle=1.57)
    if bridge:
        out.append(Placed(bridge, "bridge", 0.5, y + 0.12, 0.2, 0.8, "held", drawn=True))
    return out


def _adrift(brief: Brief) -> Subject | None:
    """Balloons that stand in no relation to anything; the others get their place from the staging."""
    return next((s for s in brief.subjects if s.name == "balloon" and not s.anchor), None)


def _balloons(sc: Scene, sub: Subject, scale: float = 1.0) -> list[Placed]:
    """A hero, then smaller and hazier ones, on a falling diagonal away from the light."""
    r, lean = sc.rng, sc.rng.uniform(-0.06, 0.06)
    n = min(max(3, sub.count), 5) if sub.count > 2 else sub.count
    out = []
    for k, (dx, y, size, depth) in sorted(enumerate(BALLOONS[:n]), key=lambda spot: spot[1][3]):
        x = 0.5 - sc.side * dx + r.uniform(-0.02, 0.02) + (lean if k == 0 else 0)
        placed = Placed(sub, "balloon", x, y + r.uniform(-0.03, 0.05), size * sub.size * scale, depth, "air")
        placed.draw(sc)
        out.append(placed)
    return out
