"""The forest: a clearing, among the trunks, and from a slope above the tree tops."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, mist, peaks, ridge_line, trees, weather
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.shapes import ellipse, noise1
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.sizes import alone
from studio.engine.illustrator.staging.stage import Stage, third

TALL = ("castle", "church", "tower", "lighthouse", "windmill")
WOOD = frozenset(["pine"])


def _kinds(sc: Scene) -> list[str]:
    return ["tree", "pine"] if sc.brief.season == "autumn" else ["pine"]


def _floor(sc: Scene) -> str:
    return {"winter": "snow", "autumn": "autumn2"}.get(sc.brief.season or "", "grass")


def _landmark(sc: Scene) -> Subject | None:
    tall = sc.brief.find(*TALL)
    return tall if tall and not tall.anchor and tall.count == 1 else None


def _on_hill(sc: Scene, big: Subject, x: float, hz: float) -> Placed:
    """A wooded hill behind the first trees, with the landmark on it."""
    xs, half = np.linspace(0, 1, sc.w), 0.4 if big.name == "castle" else 0.3
    ys = (hz - 0.27 * np.exp(-(((xs - x) / half) ** 4))) * sc.h - noise1(sc.w, sc.rng, 6, 4) * sc.h * 0.012
    band(sc, ys, sc.pal.lit("pine", 0.4), 0.35, fade=0.6)
    placed = Placed(big, big.name, x, hz - 0.245, alone(big.name) * 0.8 * big.size, 0.72, "held")
    placed.draw(sc)
    return placed


@layout("forest")
def clearing(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    snow, clear = b.season == "winter", third(sc)
    hz, big = r.uniform(0.58, 0.64), _landmark(sc)
    heaven(sc, hz, r=0.05, y=hz * 0.3, over=(clear, hz - 0.25))
    if snow:
        peaks(sc, hz, 0.16, 3, 0.15)
    fixed = [_on_hill(sc, big, clear, hz)] if big else []
    for i, (n, s, d) in enumerate(((40, 0.17, 0.22), (26, 0.27, 0.42), (16, 0.4, 0.62))):
        y = hz + 0.012 + i * 0.035
        trees(sc, _kinds(sc), n, y, s, d, -0.03, 1.03, 0.006)
        mist(sc, y, 0.03, 0.35, d)
        ink = sc.pal.lit(_floor(sc), d + 0.15, 0.2, 0.45)
        band(sc, ridge_line(sc, y, 0.012, 4, 3), ink, d)
    for i in range(3):
        f = (i + 1) / 3
        ink = sc.pal.lit(_floor(sc), 0.72 + 0.28 * f, (0.0, 0.16, 0.36)[i], 0.5 if snow else 0.1)
        band(sc, ridge_line(sc, hz + 0.09 + 0.1 * i, 0.028, 3, 2), ink, 0.72 + 0.28 * f)
    for dx, s in ((-0.62, 0.95), (-0.48, 0.6), (0.55, 0.8), (0.7, 1.05), (0.42, 0.45)):
        if -0.1 < clear + dx < 1.1:
            name = _kinds(sc)[0] if r.random() < 0.75 else ("pine" if snow else "birch")
            subjects.draw(sc, name, (clear + dx) * sc.w, sc.h * (0.82 + 0.05 * s), s * sc.u * 0.8, 0.95, False, None)
    stage = Stage(horizon=hz, ground=lambda x: 0.87, x=clear, scale=1.15, skip=WOOD, fixed=fixed, back=hz + 0.1)
    cast(sc, stage)
    weather(sc)


@layout("forest")
def among_trunks(sc: Scene) -> None:
    """Inside the wood: trunk behind trunk, light between them, ferns and roots close by."""
    b, r = sc.brief, sc.rng
    snow, hero, hz = b.season == "winter", third(sc), r.uniform(0.6, 0.66)
    heaven(sc, hz, r=0.07, y=hz * 0.42, over=(0.5 + sc.side * 0.12, hz))
    trees(sc, _kinds(sc), 46, hz + 0.015, 0.22, 0.2, -0.03, 1.03, 0.006)
    band(sc, ridge_line(sc, hz, 0.01, 4, 3), sc.pal.lit(_floor(sc), 0.35, 0.1), 0.3)
    for i, (n, half, foot, d) in enumerate(((22, 0.008, 0.03, 0.36), (13, 0.014, 0.07, 0.56), (8, 0.024, 0.13, 0.76))):
        spread = (np.arange(n) + r.uniform(0.1, 0.9, n)) / n * 1.1 - 0.05
        columns = [(float(x), half * r.uniform(0.7, 1.3)) for x in spread if abs(x - hero) > 0.05 + 0.09 * i]
        frames.trunks(sc, columns, hz + foot, d)
        mist(sc, hz + foot, 0.035, 0.3, d)
        ink = sc.pal.lit(_floor(sc), d + 0.12, 0.15, 0.3)
        band(sc, ridge_line(sc, hz + foot - 0.012, 0.012, 4, 3), ink, d)
        if i == 1:
            _shafts(sc, hz)
    for i in range(2):
        ink = sc.pal.lit(_floor(sc), 0.9 + 0.1 * i, 0.1 + 0.24 * i, 0.4 if snow else 0.1)
        band(sc, ridge_line(sc, hz + 0.17 + 0.12 * i, 0.03, 3, 2), ink, 0.9 + 0.05 * i)
    stage = Stage(horizon=hz, ground=lambda x: 0.88, x=hero, scale=1.25, skip=WOOD, back=hz + 0.09, margin=0.14)
    cast(sc, stage)
    side = 1 if hero < 0.5 else -1
    frames.trunks(sc, [(0.5 + side * 0.45, 0.075), (0.5 - side * 0.53, 0.06)])
    _undergrowth(sc)
    if b.time == "night" and b.season != "winter" and "aurora" not in b.weather:
        _fireflies(sc)
    weather(sc)


def _shafts(sc: Scene, hz: float) -> None:
    """Light that falls slantwise between the trees."""
    if sc.pal.night or sc.brief.weather:
        return
    for _ in range(4):
        x, wide, lean = sc.rng.uniform(0.1, 0.9), sc.rng.uniform(0.04, 0.1), -sc.side * 0.3
        shape = np.array([(x, -0.05), (x + wide, -0.05), (x + wide * 1.7 + lean, hz + 0.12), (x + lean, hz + 0.12)])
        sc.poly(shape * (sc.w, sc.h), sc.pal.light, kind="light", depth=0.5, alpha=0.16)


def _undergrowth(sc: Scene) -> None:
    if sc.brief.season == "winter":
        frames.grasses(sc, 1.01, 0.09, 34)
        return
    for x in (*sc.rng.uniform(0.0, 0.24, 4), *sc.rng.uniform(0.76, 1.0, 4)):
        size = sc.rng.uniform(0.12, 0.22) * sc.u
        subjects.draw(sc, "fern", x * sc.w, 1.03 * sc.h, size, 1, False, frames.leaf_local(sc))


@layout("forest")
def over_the_tops(sc: Scene) -> None:
    """From a slope: row upon row of tops that sink into haze, and a bare shoulder of snow or grass in front."""
    b, r = sc.brief, sc.rng
    hero, hz, big = third(sc), r.uniform(0.42, 0.47), _landmark(sc)
    heaven(sc, hz, r=0.06, y=hz * 0.4, over=(hero, hz - 0.16))
    peaks(sc, hz + 0.05, 0.2, 3, 0.14)
    fixed = [_on_hill(sc, big, hero, hz + 0.06)] if big else []
    xs = np.linspace(0, 1, sc.w)
    for i in range(5):
        f = i / 4
        slope = 0.12 * (1 - f * 0.5) * (-1) ** i * sc.side * (xs - 0.5)
        ys = (hz + 0.035 + 0.25 * f**1.1 + slope) * sc.h - ridge_line(sc, 0, 0.025, 4, 3)
        d = 0.26 + 0.5 * f
        band(sc, ys, sc.pal.lit("pine", d, 0.2), d, fade=0.75)
        for x in np.sort(r.uniform(-0.02, 1.02, 54 - 8 * i)):
            name = _kinds(sc)[int(r.integers(len(_kinds(sc))))]
            foot = float(ys[int(np.clip(x, 0, 1) * (sc.w - 1))]) + 0.03 * sc.u * (0.5 + f)
            tall = (0.055 + 0.09 * f) * r.uniform(0.75, 1.25) * sc.u
            subjects.draw(sc, name, x * sc.w, foot, tall, d, bool(r.random() < 0.5), None)
        if i in (1, 3):
            mist(sc, hz + 0.09 + 0.25 * f, 0.02, 0.3, d)
    lift = 0.09 * np.exp(-(((xs - hero) / 0.42) ** 2))
    for i in range(2):
        ys = (0.84 + 0.09 * i - lift * (1 - 0.5 * i)) * sc.h - ridge_line(sc, 0, 0.012, 4, 3)
        ink = sc.pal.lit(_floor(sc), 0.95 + 0.05 * i, 0.06 + 0.26 * i, 0.4 if b.season == "winter" else 0.1)
        band(sc, ys, ink, 0.92 + 0.06 * i)
    stage = Stage(horizon=hz, ground=lambda x: 0.86 - 0.03 * float(np.exp(-(((x - hero) / 0.42) ** 2))), x=hero)
    stage.scale, stage.skip, stage.fixed, stage.back = 1.1, WOOD, fixed, 0.76
    cast(sc, stage)
    side = 1 if hero < 0.5 else -1
    frames.corner_tree(sc, side, _kinds(sc)[0], 0.85, 0.05)
    frames.corner_tree(sc, side, "pine" if b.season == "winter" else "birch", 0.55, 0.2)
    frames.bough(sc, -side, 0.04, 0.3)
    weather(sc)


def _fireflies(sc: Scene, n: int = 40) -> None:
    r = sc.rng
    dots = [ellipse(r.uniform(0, sc.w), r.uniform(0.5, 0.95) * sc.h, sc.u * r.uniform(0.002, 0.004)) for _ in range(n)]
    sc.poly(dots, mix(sc.pal.lit("glow"), sc.pal.light, 0.4), kind="light", depth=0.9)
