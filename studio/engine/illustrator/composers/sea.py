"""The sea: open, from the shore, and from high above a bay."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers import frames, headland
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, lens, put, ridge_line, water, waves, weather
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import noise1, spline
from studio.engine.illustrator.staging import sizes
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.stage import Stage

TALL = ("lighthouse", "castle", "church", "tower", "windmill", "house", "cottage")
CLIFF = 0.14  # how far from its edge things stand on it
Ground = headland.Line


def landmark(brief: Brief) -> Subject | None:
    """What stands on the coast, when it stands there by itself."""
    tall = brief.find(*TALL)
    return tall if tall and tall.count == 1 and not tall.anchor else None


def _no_shore(brief: Brief) -> bool:
    """Whether nothing needs sand or grass under its feet."""
    floats = all(s.anchor or s.name in sizes.AT_SEA for s in brief.subjects)
    return landmark(brief) is not None or (floats and "beach" not in brief.places)


def _erect(sc: Scene, tall: Subject, x: float, ground: Ground, scale: float, depth: float = 0.98) -> Placed:
    size = sizes.alone(tall.name) * tall.size * scale * (1.3 if tall.name in ("house", "cottage") else 1)
    placed = Placed(tall, tall.name, x, ground(x) + 0.008, size, depth, order=ground(x), where="held")
    if tall.name == "lighthouse" and sc.pal.night:
        side = 1 if x < 0.5 else -1
        headland.beam(sc, x, placed.y - size * 0.85 * sc.u / sc.h, side)
    placed.draw(sc)
    return placed


def _gulls(sc: Scene, hz: float) -> None:
    b = sc.brief
    if b.time in ("day", "dawn", "dusk", "sunset") and not b.find("moon", "bird") and not b.minimal:
        for k in range(3):
            x, y = 0.5 + sc.side * (0.1 + 0.11 * k), hz * (0.5 - 0.1 * k)
            put(sc, "bird", x, y, 0.03 + 0.01 * k, 0.8, ground=False)


def _clouds(sc: Scene, hz: float, n: int) -> None:
    b = sc.brief
    if b.minimal:
        return
    if b.find("moon"):
        clouds(sc, hz, n - 1, 0.62, 0.95, 0.1)
    elif b.time != "night":
        clouds(sc, hz, n)


def _far_coast(sc: Scene, hz: float) -> None:
    ys = ridge_line(sc, hz - 0.012, 0.02, 5, 2)
    ys += np.where(np.linspace(0, 1, sc.w) * sc.side > 0.35 * sc.side, 0, sc.h)
    band(sc, ys, sc.pal.lit("rock", 0.28), 0.2, bottom=hz * sc.h)


@layout("sea", when=_no_shore)
def open_sea(sc: Scene) -> None:
    """Water to the horizon; what stands on the coast stands on a cliff close by."""
    b, r, tall = sc.brief, sc.rng, landmark(sc.brief)
    moon = b.find("moon")
    side = -sc.side
    x = 0.5 + side * r.uniform(0.04, 0.1)
    at = x + side * r.uniform(CLIFF, CLIFF + 0.04)
    hz = float(r.uniform(0.52, 0.6) if tall else r.choice([0.44, 0.56, 0.68]) if moon else r.choice([0.42, 0.58]))
    top = hz + 0.07 - sizes.alone(tall.name) * tall.size * sc.u / sc.h if tall else hz
    alone_moon = bool(moon) and len(b.subjects) == 1
    sun_x = 0.5 + sc.side * (r.uniform(0, 0.2) if alone_moon else 0.2)
    heaven(sc, hz, r=0.085 if moon else None, x=sun_x, y=hz * 0.48 if moon else None, over=(at, top))
    _clouds(sc, hz, 4)
    if tall or r.random() < 0.5:
        _far_coast(sc, hz)
    water(sc, hz)
    stage = Stage(horizon=hz, water=hz, x=None if not tall else 0.5 + sc.side * 0.2)
    if tall:
        ground = headland.cliff(sc, x, hz + 0.07, side)
        if r.random() < 0.6 and tall.name == "lighthouse" and not b.find("cottage", "house"):
            near = at + side * 0.17
            put(sc, "cottage", near, ground(near) + 0.006, 0.1, 0.95, flip=side > 0, ground=False)
        stage.fixed = [_erect(sc, tall, at, ground, 1.0)]
        headland.foam(sc, x, side)
        stage.ground = lambda fx: ground(fx) + 0.02
        stage.x = at + side * 0.1
    cast(sc, stage)
    _gulls(sc, hz)
    weather(sc)


@layout("sea")
def from_the_shore(sc: Scene) -> None:
    """Standing on the beach: much sky, a headland across the water, boulders and grass in front."""
    b, r, tall = sc.brief, sc.rng, landmark(sc.brief)
    moon = b.find("moon")
    side, hz = -sc.side, r.uniform(0.6, 0.68)
    at = 0.5 + side * r.uniform(0.14, 0.2)
    top = hz - 0.09 - (sizes.alone(tall.name) * 0.86 * tall.size * sc.u / sc.h if tall else 0)
    heaven(sc, hz, r=0.12 if moon else 0.06, y=hz * (0.42 if moon else 0.78), over=(at, top))
    _clouds(sc, hz, 6)
    _far_coast(sc, hz)
    water(sc, hz)
    ashore = not _no_shore(b)
    stage = Stage(horizon=hz, water=hz, shore=0.9, x=0.5 + sc.side * 0.12, scale=0.85)
    if ashore:
        stage.x, stage.scale = 0.5 + side * 0.12, 1.3
    if tall:
        ground = headland.far_headland(sc, hz, at - side * 0.2, side, 0.19 if b.places & {"cliff"} else 0.1)
        stage.fixed = [_erect(sc, tall, at, ground, 0.86, 0.78)]
        _land_foot(sc, hz, at - side * 0.22, side)
    edge = headland.beach(sc, 0.86 if ashore else 0.93, side)
    stage.ground = lambda x: min(0.97, edge(x) + 0.05)
    cast(sc, stage)
    if not b.minimal:
        frames.rocks(sc, side, 1.0, 0.16, 4, b.season == "winter")
        frames.grasses(sc, 1.01, 0.15, 46, *((0.0, 0.42) if side > 0 else (0.58, 1.0)))
    _gulls(sc, hz)
    weather(sc)


def _land_foot(sc: Scene, hz: float, tip: float, side: int) -> None:
    """Foam where the headland meets the water, and its dark reflection."""
    r = sc.rng
    dark = [
        lens(
            (tip + side * r.uniform(0, 0.6)) * sc.w,
            (hz + r.uniform(0.016, 0.07)) * sc.h,
            sc.w * r.uniform(0.08, 0.2),
            sc.u * 0.005,
            r,
        )
        for _ in range(14)
    ]
    sc.poly(dark, sc.pal.lit("rock", 0.7, 0.6), kind="water", depth=0.72, alpha=0.5)
    white = [
        lens(
            (tip + side * r.uniform(0, 0.55)) * sc.w,
            (hz + 0.013) * sc.h,
            sc.w * r.uniform(0.03, 0.09),
            sc.u * 0.0025,
            r,
        )
        for _ in range(12)
    ]
    sc.poly(white, sc.pal.lit("white", 0.8), kind="water", depth=0.73, alpha=0.8)


@layout("sea")
def above_a_bay(sc: Scene) -> None:
    """From a hill: a high horizon, a curved bay with surf, land along one side."""
    b, r, tall = sc.brief, sc.rng, landmark(sc.brief)
    side, hz = -sc.side, r.uniform(0.24, 0.3)
    if tall:
        hz += 0.2 if any(s.relation == "over" for s in b.subjects) else 0.08  # room above it
    heaven(sc, hz, r=0.055, y=hz * 0.5, x=0.5 + sc.side * r.uniform(0.0, 0.12))
    if not b.minimal:
        clouds(sc, hz, 3, 0.3, 0.9)
    water(sc, hz)
    waves(sc, hz * sc.h, 60, mix(sc.pal.lit("water", 0.9), sc.pal.light, 0.35), 0.35)
    ground = _bay(sc, hz, side)
    stage = Stage(horizon=hz, water=hz + 0.1, shore=0.98, scale=0.8, back=hz + 0.16, ground=lambda x: 0.94)
    stage.columns, stage.x = ((0.1, 0.66) if side > 0 else (0.34, 0.9)), 0.5 + side * 0.3
    if tall:
        at = 0.5 + side * r.uniform(0.1, 0.14)
        stage.fixed = [_erect(sc, tall, at, ground, 0.74, 0.9)]
    _trees(sc, ground, side, {p.x for p in stage.fixed})
    cast(sc, stage)
    if not b.minimal:
        lit = sc.sun is not None and (sc.sun[0] / sc.w - 0.5) * side > 0.05
        frames.bough(sc, -side if tall or lit else side, 0.03, 0.36)
    weather(sc)


def _bay(sc: Scene, hz: float, side: int) -> Ground:
    """A headland that juts out far off, a beach in its lee, a meadow at our feet; returns where one stands on it."""
    w, h = sc.w, sc.h
    steep = 0.085 if sc.brief.places & {"cliff"} else 0.045
    far = [(0.0, 0.075), (0.07, 0.1), (0.2, 0.125), (0.34, 0.21), (0.4, 0.33), (0.37, 0.46), (0.22, 0.6)]
    lower = spline([*((dx, hz + dy) for dx, dy in far), (0.02, 1.08)], False, 16)
    upper = spline(
        [(0.62, hz - 0.06), (0.3, hz - 0.005), (0.14, hz + 0.035), (0.04, hz + 0.06), (0.0, hz + 0.075)], False, 12
    )
    wobble = noise1(len(lower), sc.rng, 5, 4) * 0.006
    local = "snow" if sc.brief.season == "winter" else "grass"
    group = sc.new_group()
    for out, drop, ink, kind, alpha in (
        (0.03, steep + 0.02, sc.pal.lit("white", 0.9), "water", 0.4),
        (0.012, steep + 0.01, sc.pal.lit("white", 0.9), "water", 0.7),
        (0.0, steep, sc.pal.lit("sand", 0.88, 0.15), "ground", 1.0),
        (-0.006, steep - 0.016, sc.pal.lit("rock", 0.85, 0.85), "ground", 1.0),
        (-0.006, steep * 0.4, sc.pal.lit("rock", 0.85, 0.3), "ground", 1.0),
        (-0.012, 0.0, sc.pal.lit(local, 0.9, 0.12), "ground", 1.0),
    ):
        t = np.clip((lower[:, 1] - hz) / (1 - hz), 0.12, 1)
        line = lower + np.stack([-out * (0.4 + 1.6 * t) - wobble, drop * np.clip(1.15 - t, 0.15, 1)], 1)
        shape = np.vstack([upper, line, [(0.7, 1.1)]]) * (side, 1) + (0.5, 0)
        sc.poly(shape * (w, h), ink, kind=kind, depth=0.88, alpha=alpha, group=group, angle=1.3 if drop else 0.3)
    head = lower[lower[:, 1] < hz + 0.2]
    return lambda x: float(
        0.5 * np.interp((x - 0.5) * side, head[:, 0], head[:, 1])
        + 0.5 * np.interp((x - 0.5) * side, upper[::-1, 0], upper[::-1, 1])
    )


def _trees(sc: Scene, ground: Ground, side: int, kept: set[float]) -> None:
    """Small trees on the headland, bigger ones on the meadow, none before what stands there."""
    r = sc.rng
    name = "pine" if r.random() < 0.5 else "cypress"
    for out in np.sort(r.uniform(0.12, 0.52, 14)):
        x = 0.5 + side * out
        if all(abs(x - column) > 0.08 for column in kept):
            y = ground(x) + r.uniform(-0.012, 0.015)
            subjects.draw(sc, name, x * sc.w, y * sc.h, (0.03 + 0.08 * out) * sc.u, 0.78, False, None)
    for y in np.sort(r.uniform(0.76, 1.02, 9)):
        x = 0.5 + side * r.uniform(0.36, 0.54)
        subjects.draw(sc, name, x * sc.w, y * sc.h, 0.16 * y * y * sc.u, 0.9, False, None)
