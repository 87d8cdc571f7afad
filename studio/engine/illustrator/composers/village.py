"""A village: on its hill, along its street, and far off under the mountains."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.houses import WALLS, facade
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, peaks, put, ridge_line, trees, weather
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.shapes import noise1, rect, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.sizes import alone
from studio.engine.illustrator.staging.stage import Stage, third

TOWERS = ("church", "tower", "castle", "windmill", "pagoda")
HOMES = ("house", "cottage")


def _landmark(sc: Scene) -> Subject | None:
    found = sc.brief.find(*TOWERS)
    return found if found and not found.anchor else None


def _snow(sc: Scene) -> bool:
    return sc.brief.season == "winter"


def _turf(sc: Scene) -> str:
    return {"winter": "snow", "autumn": "wheat"}.get(sc.brief.season or "", "grass")


def _erect(sc: Scene, x: float, y: float, size: float, depth: float) -> list[Placed]:
    """The church of the village, or what was asked for in its place."""
    sub = _landmark(sc)
    name = sub.name if sub else "church"
    size = alone(name) * 1.4 * (size / 0.44) * (sub.size if sub else 1) if sub else size
    thing = sub or Subject(name="church")
    placed = Placed(thing, name, x, y, size, depth, "held", sc.side > 0)
    placed.draw(sc)
    return [placed] if sub else []


def _house(sc: Scene, x: float, y: float, s: float, d: float, used: list[Placed]) -> None:
    """One more house; the first that is near enough is the one that was asked for."""
    sub = sc.brief.find(*HOMES)
    free = sub is not None and not sub.anchor and not any(s.anchor == sub.name for s in sc.brief.subjects)
    wanted = sub is not None and free and len([p for p in used if p.subject is sub]) < sub.count and d > 0.75
    if sub and wanted:
        colour = sub.colour or WALLS[int(sc.rng.integers(5))]
        used.append(Placed(sub, sub.name, x, y, s * 1.15 * sub.size, d, "held", colour=colour))
        used[-1].draw(sc)
        return
    wall = WALLS[int(sc.rng.integers(6))]
    put(sc, "house", x, y, s, d, colour=wall, ground=False)


@layout("village")
def on_a_hill(sc: Scene) -> None:
    b, r, snow = sc.brief, sc.rng, _snow(sc)
    hz, cx = r.uniform(0.42, 0.48), third(sc)
    heaven(sc, hz, y=hz * 0.35, r=0.045, over=(cx, hz - 0.16))
    far = "snow" if snow else "rock"
    band(sc, ridge_line(sc, hz - 0.07, 0.07, 6, 3), sc.pal.lit(far, 0.22, 0.45), 0.2, fade=0.4)
    band(sc, ridge_line(sc, hz, 0.05, 6, 3), sc.pal.lit("pine", 0.36), 0.35, fade=0.5)

    def hill(x: float) -> float:
        return float(hz + 0.20 - 0.10 * np.exp(-(((x - cx) / 0.3) ** 2)))

    xs = np.linspace(0, 1, sc.w)
    ys = (np.array([hill(x) for x in xs]) + 0.004 * noise1(sc.w, r, 5, 4)) * sc.h
    band(sc, ys, sc.pal.lit(_turf(sc), 0.75, 0.1), 0.6)
    trees(sc, "pine", 16, lambda x: hill(x) + 0.004, 0.1, 0.55)
    used: list[Placed] = []
    for x in np.linspace(0.02, 0.98, 10) + r.uniform(-0.03, 0.03, 10):
        if abs(x - cx) > 0.13:
            _house(sc, x, hill(x) + 0.018, 0.085 * r.uniform(0.85, 1.15), 0.66, used)
    used += _erect(sc, cx, hill(cx) + 0.035, 0.44, 0.85)
    for x in np.linspace(0, 1, 5) + r.uniform(-0.04, 0.04, 5):
        if abs(x - cx) > 0.16:
            _house(sc, x, hill(x) + 0.105, 0.115 * r.uniform(0.9, 1.2), 0.8, used)
    near = ridge_line(sc, hz + 0.35, 0.02, 3, 2) + sc.h * 0.04 * np.sin(xs * 3 + sc.side)
    band(sc, near, sc.pal.lit(_turf(sc), 0.95, 0.2), 0.9)
    _path(sc, cx, hz)
    edge = 1 - cx + (0.12 if cx < 0.5 else -0.12)
    subjects.draw(sc, "pine" if snow else "tree", edge * sc.w, sc.h * 0.97, 0.5 * sc.u, 1, False, None)
    if not [s for s in b.subjects if s.name not in (*TOWERS, *HOMES)]:
        put(sc, "person", cx + sc.side * 0.11 + 0.01, 0.8, 0.1, 0.97)
    stage = Stage(horizon=hz, ground=lambda _x: 0.93, fixed=used, back=hz + 0.2, x=cx + sc.side * 0.14)
    cast(sc, stage)
    weather(sc)


def _path(sc: Scene, cx: float, hz: float) -> None:
    s = sc.side
    knots = [
        (-0.012, hz + 0.16),
        (0.012, hz + 0.16),
        (s * 0.10 + 0.05, 0.78),
        (s * 0.02 + 0.16, 1.02),
        (s * 0.02 - 0.12, 1.02),
        (s * 0.10 - 0.02, 0.78),
    ]
    shape = np.array([(cx + dx, y) for dx, y in knots]) * (sc.w, sc.h)
    local, deep = ("snow", 0.5) if _snow(sc) else ("sand", 0.1)
    sc.poly(spline(shape, True, 8), sc.pal.lit(local, 0.97, deep), kind="ground", depth=0.92, alpha=0.8)


@layout("village")
def along_the_street(sc: Scene) -> None:
    """Between two rows of houses, with the church at the end of the lane."""
    b, r, snow = sc.brief, sc.rng, _snow(sc)
    hz, vx = r.uniform(0.52, 0.57), 0.5 - sc.side * r.uniform(0.02, 0.07)
    heaven(sc, hz, y=hz * 0.3, r=0.05, x=vx + sc.side * 0.16, over=(vx, hz - 0.3))
    if b.time != "night":
        clouds(sc, hz, 3, 0.1, 0.5)
    band(sc, ridge_line(sc, hz - 0.06, 0.06, 6, 3), sc.pal.lit("pine", 0.28, 0.2), 0.25, fade=0.5)
    used = _erect(sc, vx, hz + 0.02, 0.3, 0.6)
    band(sc, np.full(sc.w, hz * sc.h), sc.pal.lit(_turf(sc), 0.8, 0.1), 0.6)
    lane = np.array([(vx - 0.025, hz), (vx + 0.025, hz), (0.86, 1.02), (0.14, 1.02)]) * (sc.w, sc.h)
    sc.poly(
        lane, sc.pal.lit("snow" if snow else "stone", 0.92, 0.35 if snow else 0.15), kind="ground", depth=0.7, angle=0
    )
    _cobbles(sc, vx, hz)
    steps = (0.12, 0.2, 0.32, 0.5, 0.78, 1.15)
    lamps: list[tuple[float, float, float, float]] = []
    for k, f in enumerate(steps):
        for side in (-1, 1):
            x, base = vx + side * (0.035 + 0.5 * f), hz + 0.36 * f
            wide = (0.1 + 0.36 * f) * (sc.u / sc.w) ** 0.4
            tall = (0.1 + 0.42 * f) * r.uniform(0.85, 1.2) * (sc.u / sc.h) ** 0.35
            facade(sc, x + side * wide * 0.5, base, wide, tall, 0.5 + 0.45 * min(1, f), WALLS[(k * 2 + side + 1) % 7])
            if k in (2, 4) and side == sc.side:
                lamps.append((x - side * 0.05 * f, base + 0.02, 0.12 + 0.26 * f, 0.7 + 0.25 * f))
    for x, y, s, d in lamps:
        subjects.draw(sc, "lamp", x * sc.w, y * sc.h, s * sc.u, d)
    if not [s for s in b.subjects if s.name not in (*TOWERS, *HOMES)]:
        put(sc, "person", vx + sc.side * 0.06, 0.78, 0.13, 0.95)
        put(sc, "cat", vx - sc.side * 0.16, 0.93, 0.1, 1.0)
    stage = Stage(horizon=hz, ground=lambda _x: 0.9, fixed=used, x=vx - sc.side * 0.06, back=hz + 0.1, margin=0.16)
    cast(sc, stage)
    weather(sc)


def _cobbles(sc: Scene, vx: float, hz: float) -> None:
    r, stones = sc.rng, []
    for _ in range(90):
        t = r.uniform(0.05, 1) ** 0.8
        x, y = vx + r.uniform(-0.36, 0.36) * t + (0.5 - vx) * t, hz + 0.47 * t
        wide, tall = 0.026 * t * sc.u, 0.006 * t * sc.u
        stones.append(rect(x * sc.w - wide, y * sc.h - tall, x * sc.w + wide, y * sc.h + tall))
    sc.poly(stones, sc.pal.lit("stone", 0.9, 0.45), kind="ground", depth=0.72, alpha=0.55)


@layout("village")
def under_the_mountains(sc: Scene) -> None:
    """Small in a wide valley: roofs huddled round a steeple, a fence and meadow in front."""
    b, r, snow = sc.brief, sc.rng, _snow(sc)
    hz, cx, side = r.uniform(0.58, 0.62), third(sc), -sc.side
    heaven(sc, hz, y=hz * 0.24, r=0.045, x=0.5 + sc.side * 0.26, over=(cx, hz - 0.2))
    if b.time != "night":
        clouds(sc, hz, 3, 0.1, 0.4)
    peaks(sc, hz + 0.02, 0.4, 4, 0.2)
    for i in range(2):
        ys = ridge_line(sc, hz - 0.03 + 0.035 * i, 0.03, 6, 4)
        band(sc, ys, sc.pal.lit("pine", 0.4 + 0.15 * i, 0.1), 0.35 + 0.1 * i, fade=0.4)
    band(sc, ridge_line(sc, hz + 0.025, 0.008, 4, 3), sc.pal.lit(_turf(sc), 0.72, 0.05), 0.55)
    used: list[Placed] = []
    trees(sc, "pine", 26, hz + 0.035, 0.07, 0.6)
    spots = sorted((float(hz + 0.045 + 0.05 * abs(r.normal(0, 0.6))), float(cx + r.normal(0, 0.15))) for _ in range(13))
    church_at = hz + 0.05
    drawn = False
    for y, x in spots:
        if y > church_at and not drawn:
            used += _erect(sc, cx, church_at + 0.008, 0.26, 0.72)
            drawn = True
        if abs(x - cx) > 0.04:
            _house(sc, x, y, (0.06 + 0.45 * (y - hz - 0.04)) * r.uniform(0.9, 1.1), 0.76, used)
    if not drawn:
        used += _erect(sc, cx, church_at + 0.008, 0.26, 0.72)
    for i, y in enumerate((0.13, 0.24)):
        xs = np.linspace(-1, 1, sc.w)
        ys = (hz + y + 0.03 * side * xs) * sc.h - ridge_line(sc, 0, 0.012, 4, 3)
        band(sc, ys, sc.pal.lit(_turf(sc), 0.85 + 0.15 * i, 0.12 + 0.2 * i), 0.8 + 0.15 * i)
    _fence(sc, side)
    stage = Stage(horizon=hz, ground=lambda _x: 0.92, fixed=used, x=1 - cx, back=hz + 0.1, back_scale=0.35)
    cast(sc, stage)
    frames.corner_tree(sc, -side, "pine" if snow else "tree", 0.95, 0.04)
    frames.grasses(sc, 1.01, 0.08, 40)
    weather(sc)


def _fence(sc: Scene, side: int) -> None:
    """Posts and rails that come nearer to one side."""
    w, h, u = sc.w, sc.h, sc.u
    t = np.linspace(0, 1, 12) ** 1.2
    xs, ys = 0.5 - side * 0.55 + side * 1.12 * t, 0.8 + 0.12 * t
    tall = 0.035 + 0.035 * t
    ink = sc.pal.lit("snow" if _snow(sc) and not sc.pal.night else "wood", 0.95, 0.5)
    shapes = [
        rect(x * w - 0.005 * u, (y - k) * h, x * w + 0.005 * u, y * h) for x, y, k in zip(xs, ys, tall, strict=True)
    ]
    for up in (0.85, 0.45):
        line = np.stack([xs, ys - tall * up], 1)
        shapes.append(np.vstack([line, (line + np.array((0, 0.007)))[::-1]]) * (w, h))
    sc.poly(shapes, ink, depth=0.9)
