"""Fields: furrows to one vanishing point, tall grass against the sky, rolling hills with a lane."""

from collections.abc import Callable

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, put, ridge_line, trees, weather
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.staging import sizes
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.stage import Stage, third

TAKEN = sizes.FLOWERS


def local_of(brief: Brief) -> str:
    return brief.local or {"winter": "snow", "autumn": "wheat"}.get(brief.season or "", "grass")


def _open(brief: Brief) -> bool:
    return brief.find("rocket") is None


def _crowded(brief: Brief) -> bool:
    return brief.find(*sizes.SCENERY) is not None


def _blooms(sc: Scene, y0: float, n: int = 190, most: float = 0.10) -> None:
    """Flowers that grow with nearness, when they are asked for or in season."""
    b, r = sc.brief, sc.rng
    flowers = b.find(*sizes.FLOWERS)
    if not flowers and b.season not in ("spring", "summer"):
        return
    colour = flowers.colour if flowers else None
    for t in np.sort(r.uniform(0, 1, n) ** 0.7):
        x, y = r.uniform(0, 1) * sc.w, (y0 + (1.02 - y0) * t + 0.04 * t) * sc.h
        ink = colour or ("red" if r.random() < 0.7 else None)
        subjects.draw(
            sc, flowers.name if flowers else "flower", x, y, (0.016 + most * t * t) * sc.u, 0.6 + 0.4 * t, False, ink
        )


def furrows(sc: Scene, hz: float, vx: float, local: str) -> None:
    for i in range(-9, 10):
        x0, x1 = vx + i * 0.012, vx + i * 0.16
        shape = np.array([(x0, hz), (x0 + 0.005, hz), (x1 + 0.07, 1.0), (x1, 1.0)]) * (sc.w, sc.h)
        ink = sc.pal.lit(local, 0.8, 0.45)
        sc.poly(shape, ink, kind="ground", depth=0.7, alpha=0.8, angle=1.2)


@layout("field", when=_open)
def ploughed(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    hz, hero = r.uniform(0.46, 0.56), third(sc)
    heaven(sc, hz, r=0.05, over=(hero, hz - 0.2))
    if b.time != "night":
        clouds(sc, hz, 4)
    local = local_of(b)
    band(sc, ridge_line(sc, hz - 0.015, 0.022, 5, 3), sc.pal.lit("pine", 0.35), 0.3)
    band(sc, np.full(sc.w, hz * sc.h), sc.pal.lit(local, 0.6), 0.5)
    furrows(sc, hz, 0.5 - sc.side * 0.05, local)
    if not _crowded(b):
        _farm(sc, 0.5 + sc.side * 0.22, hz)
    _blooms(sc, hz + 0.03)
    cast(sc, Stage(horizon=hz, ground=lambda x: hz + 0.26, skip=TAKEN, scale=1.35, x=hero, back=hz + 0.03))
    weather(sc)


def _farm(sc: Scene, x: float, hz: float) -> None:
    name = "cypress" if sc.brief.season is None else "tree"
    trees(sc, name, 7, hz + 0.004, 0.07, 0.55, x - 0.12, x + 0.16)
    put(sc, "cottage", x, hz + 0.008, 0.075, 0.6, ground=False)


@layout("field", when=_open)
def tall_grass(sc: Scene) -> None:
    """Low among the grasses: a deep horizon, a great sky, stems against the light."""
    b, r = sc.brief, sc.rng
    hz, hero, side = r.uniform(0.7, 0.75), third(sc), -sc.side
    heaven(sc, hz, r=0.08, y=hz * r.uniform(0.55, 0.72), x=0.5 + sc.side * 0.2, over=(hero, hz - 0.24))
    if b.time != "night" and not b.minimal:
        clouds(sc, hz, 7, 0.05, 0.75)
    local = local_of(b)
    band(sc, ridge_line(sc, hz - 0.02, 0.03, 5, 3), sc.pal.lit("pine", 0.3), 0.25, fade=0.4)
    trees(sc, "tree", 12, hz + 0.002, 0.05, 0.42, 0.5 + side * 0.5 - 0.3, 0.5 + side * 0.5 + 0.3)
    _fence(sc, hz + 0.035)
    for i, y in enumerate((0.0, 0.07)):
        ys = ridge_line(sc, hz + 0.02 + y, 0.012, 4, 3)
        band(sc, ys, sc.pal.lit(local, 0.7 + 0.2 * i, 0.05 + 0.2 * i), 0.6 + 0.2 * i)
    stage = Stage(horizon=hz, ground=lambda x: 0.9, skip=TAKEN, scale=1.5, x=hero, back=hz + 0.035)
    cast(sc, stage)
    frames.grasses(sc, 1.02, 0.13, 130)
    _blooms(sc, 0.9, 26, 0.2)
    if not b.find(*sizes.FLOWERS) and b.season is None:
        _seedheads(sc)
    weather(sc)


def _fence(sc: Scene, y: float) -> None:
    w, h, u = sc.w, sc.h, sc.u
    ink = sc.pal.lit("wood", 0.7, 0.5)
    posts = [rect(x - 0.003 * u, (y - 0.045) * h, x + 0.003 * u, y * h) for x in np.arange(-5, w, 0.07 * u)]
    rails = [rect(-5, (y - lift) * h, w + 5, (y - lift + 0.005) * h) for lift in (0.036, 0.019)]
    sc.poly(posts + rails, ink, depth=0.6)


def _seedheads(sc: Scene) -> None:
    """A few thin stems with round heads."""
    r, u = sc.rng, sc.u
    stems, heads = [], []
    for x in (*r.uniform(0.0, 0.3, 6), *r.uniform(0.72, 1.0, 6)):
        tall, lean = r.uniform(0.16, 0.3) * u, r.normal(0, 0.03) * u
        stems += limb([(x * sc.w, sc.h, 0.002 * u), (x * sc.w + lean, sc.h - tall, 0.0014 * u)], 4)
        heads.append(ellipse(x * sc.w + lean, sc.h - tall, 0.011 * u, 0.013 * u))
    sc.poly(stems, frames.shade(sc, "leafdark", 0.6), depth=1, angle=1.5)
    sc.poly(heads, sc.pal.lit(sc.pal.accent, 1, 0.1), depth=1)


@layout("field", when=_open)
def rolling_hills(sc: Scene) -> None:
    """Hill after hill in stripes of crop, a pale lane that winds over them."""
    b, r = sc.brief, sc.rng
    hz, hero = r.uniform(0.34, 0.4), third(sc)
    heaven(sc, hz, r=0.05, y=hz * 0.42, over=(hero, hz - 0.1))
    if b.time != "night":
        clouds(sc, hz, 3, 0.15, 0.7)
    local = local_of(b)
    band(sc, ridge_line(sc, hz - 0.01, 0.02, 5, 3), sc.pal.lit("pine", 0.3), 0.25)
    crops = [local, "wheat" if local == "grass" else local, local]
    x = np.linspace(0, 1, sc.w)
    for i in range(4):
        f = i / 3
        peak = 0.5 + (-1) ** i * sc.side * r.uniform(0.22, 0.34)
        ys = (hz + 0.04 + 0.42 * f**1.1 - (0.05 + 0.06 * f) * np.exp(-(((x - peak) / 0.36) ** 2))) * sc.h
        d = 0.45 + 0.5 * f
        band(sc, ys, sc.pal.lit(crops[i % 3], d, 0.05 + 0.12 * (i % 2)), d, fade=0.25 * (1 - f))
        _stripes(sc, ys, peak, crops[i % 3], d)
        if i in (0, 1):
            count = 9 if i else 14
            lo = 0.0 if peak > 0.5 else 0.45
            name = "cypress" if b.season is None else "tree"
            trees(sc, name, count, _line(ys, sc), 0.05 + 0.05 * i, d, lo, lo + 0.55, 0.004)
        if i == 1 and not _crowded(b):
            put(sc, "cottage", peak, float(ys[int(peak * (sc.w - 1))]) / sc.h + 0.012, 0.075, 0.62, ground=False)
    _lane(sc, hz + 0.46)
    _blooms(sc, 0.84, 60, 0.12)
    stage = Stage(horizon=hz, ground=lambda fx: 0.88, skip=TAKEN, scale=1.2, x=hero, back=hz + 0.15)
    cast(sc, stage)
    frames.corner_tree(sc, 1 if hero < 0.5 else -1, "tree", 0.75, 0.03)
    weather(sc)


def _line(ys: Floats, sc: Scene) -> Callable[[float], float]:
    return lambda x: float(ys[int(np.clip(x, 0, 1) * (sc.w - 1))]) / sc.h + 0.006


def _stripes(sc: Scene, ys: Floats, peak: float, local: str, depth: float) -> None:
    """Rows of a crop that follow the hill."""
    w, h = sc.w, sc.h
    lines = []
    for k in range(-12, 13):
        x0, x1 = peak + k * 0.035, peak + k * 0.085 + sc.side * 0.1
        lines.append(np.array([(x0, 0), (x0 + 0.007, 0), (x1 + 0.022, 1), (x1, 1)]) * (w, h))
    t = np.arange(h)[:, None]
    inside = ((t > ys[None] + 2) & (t < ys[None] + 0.5 * h)).astype(np.uint8) * 255
    ink = sc.pal.lit(local, depth, 0.4)
    sc.add(np.minimum(sc.mask(lines), inside), ink, kind="ground", depth=depth, alpha=0.5, angle=1.2)


def _lane(sc: Scene, top: float) -> None:
    t = np.linspace(0, 1, 50)
    x = 0.5 + sc.side * (0.16 - 0.3 * t + 0.12 * np.sin(t * 4.4))
    y = top + (1.04 - top) * t
    wide = 0.012 + 0.075 * t
    shape = np.vstack([np.stack([x - wide, y], 1), np.stack([x + wide, y], 1)[::-1]]) * (sc.w, sc.h)
    local = "snow" if sc.brief.season == "winter" else "sand"
    ink = sc.pal.lit(local, 0.95, 0.45 if local == "snow" else 0.0)
    sc.poly(shape, ink, kind="ground", depth=0.9, alpha=0.9, angle=1.2)
