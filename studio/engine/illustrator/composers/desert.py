"""The desert: dunes, table mountains with cactus and rock, and long waves of sand from above."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import rgb
from studio.engine.illustrator.composers import frames
from studio.engine.illustrator.composers.heaven import heaven
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import band, clouds, ridge_line, weather
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.shapes import noise1
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.stage import Stage, third

DUNES = frozenset(["dune", "sand", "sahara"])


def _graphic_sky(sc: Scene, hz: float, y: float, r: float, x: float | None = None) -> None:
    """In a minimal picture the sun is ink, not light."""
    light = sc.pal.light
    if sc.brief.minimal and sc.brief.time in ("day", "noon"):
        sc.pal.light = rgb((0.70, 0.165, 46))
    heaven(sc, hz, x=x, y=y, r=r * (1.7 if sc.brief.minimal else 1), over=(third(sc), hz))
    sc.pal.light = light


@layout("desert")
def dunes(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.40, 0.5)
    _graphic_sky(sc, hz, hz * r.uniform(0.38, 0.55), 0.05)
    if not b.minimal:
        far = ridge_line(sc, hz - 0.02, 0.03, 5, 4)
        band(sc, far, sc.pal.lit("rust", 0.25), 0.2, bottom=(hz + 0.05) * sc.h)
    n = 3 if b.minimal else 4
    for i in range(n):
        _dune(sc, hz + (0.0, 0.12, 0.27, 0.42)[i], 0.3 + 0.7 * i / (n - 1), i)
    cast(sc, Stage(horizon=hz, ground=lambda x: hz + 0.30, scale=0.8, back=hz + 0.14))
    weather(sc)


def _dune(sc: Scene, y: float, depth: float, i: int, sharp: float = 1.0) -> None:
    """One dune: a lit body, a crest line that wanders down, and a slip face in shadow to one side of it."""
    r, w, h = sc.rng, sc.w, sc.h
    peak = 0.5 + (-1) ** i * sc.side * r.uniform(0.1, 0.3)
    x = np.linspace(0, 1, w)
    rise = h * (0.055 + 0.035 * depth) * np.exp(-(((x - peak) / 0.28) ** 2)) * sharp
    ys = h * (y + 0.17 * np.abs(x - peak) ** 1.25) - rise - noise1(w, r, 2, 2) * h * 0.012
    group = sc.new_group()
    band(sc, ys, sc.pal.lit("sand", depth, -0.12), depth, angle=0.12, group=group)
    px, py, s = peak * w, ys[int(np.clip(peak * w, 0, w - 1))], -sc.side
    t = np.linspace(0, 1, 40)
    sway = s * w * 0.055 * depth * np.sin(6.5 * t**0.7) * (0.4 + t)
    crest = np.stack([px + sway, py + t * (1.3 * h - py)], 1)
    slip = np.vstack([crest, [(px + s * w * 1.2, h * 1.05), (px + s * w * 1.2, 0), (px, 0)]])
    _within(sc, slip, ys, py, depth, group)


def _within(sc: Scene, shape: Points, ys: Points, top: float, depth: float, group: int) -> None:
    """The shaded part of a dune: `shape` below the line `ys`."""
    w, h = sc.w, sc.h
    body = np.vstack([np.stack([np.arange(w), ys], 1), [(w, h * 1.1), (0, h * 1.1)]])
    dark = sc.ramp([sc.pal.lit("sand", depth, 0.95), sc.pal.lit("sand", depth, 0.55)], top, top + h * 0.4)
    sc.add(np.minimum(sc.mask([shape]), sc.mask([body])), dark, kind="ground", depth=depth, angle=-0.5, group=group)


def _wants_rock(brief: Brief) -> bool:
    return not brief.places & DUNES


@layout("desert", when=_wants_rock)
def table_mountains(sc: Scene) -> None:
    """Mesas on a low horizon, cactus and boulders close by."""
    b, r = sc.brief, sc.rng
    hz, hero = r.uniform(0.6, 0.66), third(sc)
    _graphic_sky(sc, hz, hz * r.uniform(0.5, 0.7), 0.07, 0.5 + sc.side * 0.18)
    if not b.minimal and b.time != "night":
        clouds(sc, hz, 4, 0.1, 0.6)
    for k, (x, wide, tall, d) in enumerate(
        (
            (0.5 - sc.side * 0.3, 0.34, 0.13, 0.28),
            (0.5 + sc.side * 0.34, 0.2, 0.2, 0.42),
            (0.5 - sc.side * 0.12, 0.09, 0.24, 0.5),
        )
    ):
        if not b.minimal or k != 1:
            _mesa(sc, x + r.uniform(-0.04, 0.04), hz + 0.012, wide, tall, d)
    band(sc, ridge_line(sc, hz, 0.006, 4, 3), sc.pal.lit("sand", 0.6, 0.05), 0.55)
    for i, y in enumerate((0.09, 0.22)):
        ink = sc.pal.lit("sand", 0.8 + 0.2 * i, 0.15 + 0.25 * i)
        band(sc, ridge_line(sc, hz + y, 0.02, 3, 2), ink, 0.75 + 0.2 * i, angle=0.1)
    _scrub(sc, hz)
    stage = Stage(horizon=hz, ground=lambda x: 0.88, x=hero, scale=1.0, back=hz + 0.05)
    cast(sc, stage)
    if not b.find("cactus", "palm") and not b.minimal:
        subjects.draw(sc, "cactus", (1 - hero) * sc.w, 0.93 * sc.h, 0.36 * sc.u, 1, sc.side < 0, None)
    frames.rocks(sc, sc.side, 1.02, 0.13, 3)
    weather(sc)


def _mesa(sc: Scene, x: float, base: float, wide: float, tall: float, depth: float) -> None:
    """A flat-topped rock with strata, steep above and spreading at its foot."""
    r, w, h = sc.rng, sc.w, sc.h
    steps = [
        (-1.25, 0.0),
        (-0.86, 0.34),
        (-0.72, 0.4),
        (-0.6, 0.96),
        (-0.5, 1.0),
        (0.52, 1.0),
        (0.6, 0.93),
        (0.7, 0.42),
        (0.84, 0.36),
        (1.3, 0.0),
    ]
    jag = r.normal(0, 0.03, (len(steps), 2))
    shape = np.array(
        [
            (x + (px + j[0]) * wide / 2, base - (py + j[1] * (py > 0.1)) * tall)
            for (px, py), j in zip(steps, jag, strict=True)
        ]
    ) * (w, h)
    group = sc.new_group()
    sc.poly(shape, sc.pal.lit("rust", depth, 0.05), kind="ground", depth=depth, group=group, angle=1.5)
    inside = sc.mask([shape])
    out = x - sc.side * wide
    edge = x - sc.side * wide * 0.1
    shade = np.array([(edge, 0), (out, 0), (out, 1), (edge - sc.side * wide * 0.1, 1)]) * (w, h)
    ink = sc.pal.lit("rust", depth, 0.75)
    sc.add(np.minimum(inside, sc.mask([shade])), ink, kind="ground", depth=depth, group=group, angle=1.5)
    lines = [
        np.array(
            [
                (x - wide, base - tall * y),
                (x + wide, base - tall * (y + 0.02)),
                (x + wide, base - tall * (y - 0.03)),
                (x - wide, base - tall * (y - 0.05)),
            ]
        )
        * (w, h)
        for y in (0.84, 0.66, 0.46)
    ]
    sc.add(np.minimum(inside, sc.mask(lines)), sc.pal.lit("rust", depth, 0.45), kind="ground", depth=depth, group=group)


def _scrub(sc: Scene, hz: float) -> None:
    """Small bushes, further apart as they come near."""
    r = sc.rng
    dark: list[Points] = []
    lit: list[Points] = []
    for _ in range(0 if sc.brief.minimal else 26):
        t = r.uniform(0, 1) ** 1.4
        x, y, s = r.uniform(0, 1) * sc.w, (hz + 0.03 + 0.3 * t) * sc.h, (0.008 + 0.028 * t) * sc.u
        for k in range(5):
            a = -1.57 + (k - 2) * 0.5
            tip = (x + np.cos(a) * s, y + np.sin(a) * s)
            (dark if k < 3 else lit).append(np.array([(x - s * 0.12, y), tip, (x + s * 0.12, y)]))
    if dark:
        sc.poly(dark, sc.pal.lit("sage", 0.85, 0.7), kind="ground", depth=0.8, angle=1.4)
        sc.poly(lit, sc.pal.lit("sage", 0.85, 0.2), kind="ground", depth=0.8, angle=1.4)


@layout("desert")
def one_great_dune(sc: Scene) -> None:
    """Low at its foot: one great dune with a knife edge that winds up to its summit."""
    b, r = sc.brief, sc.rng
    hz, side = r.uniform(0.62, 0.68), -sc.side
    _graphic_sky(sc, hz, hz * r.uniform(0.3, 0.42), 0.05, 0.5 + sc.side * r.uniform(0.2, 0.28))
    if not b.minimal:
        _dune(sc, hz - 0.06, 0.35, 0)
    _dune(sc, hz + 0.02, 0.5, 1)
    w, h = sc.w, sc.h
    top = (0.5 + side * r.uniform(0.06, 0.14), r.uniform(0.26, 0.32))
    x = np.linspace(0, 1, w)
    away = (x - top[0]) * side
    slope = np.where(away > 0, 0.5, 0.62) * (np.hypot(away, 0.035) - 0.035) * (1 - 0.25 * np.abs(away))
    ys = (top[1] + slope) * h
    ys -= noise1(w, r, 2, 2) * h * 0.006
    group = sc.new_group()
    band(sc, ys, sc.pal.lit("sand", 0.86, -0.15), 0.86, angle=0.35 * side, group=group)
    t = np.linspace(0, 1, 50)
    sway = side * (0.17 * np.sin(6.2 * t**0.75) * (0.25 + t) + 0.1 * t)
    crest = np.stack([(top[0] + sway) * w, (top[1] + t * (1.15 - top[1])) * h], 1)
    shape = np.vstack([crest, [((0.5 + side * 0.7) * w, 1.2 * h), ((0.5 + side * 0.7) * w, 0), (top[0] * w, 0)]])
    _within(sc, shape, ys, top[1] * h, 0.86, group)
    if not b.minimal:
        _ripples(sc, ys, top[0] - side * 0.2)
    near = (0.93 - 0.05 * np.sin(x * 3 + sc.side)) * h
    band(sc, near, sc.pal.lit("sand", 1, 0.42), 1, angle=0.1)
    stage = Stage(horizon=hz, ground=lambda fx: 0.9, x=0.5 + sc.side * 0.2, scale=0.85, back=hz + 0.08)
    cast(sc, stage)
    weather(sc)


def _ripples(sc: Scene, ys: Points, middle: float) -> None:
    """Wind marks on the sunny flank."""
    w, h, r = sc.w, sc.h, sc.rng
    lines = []
    for k in range(16):
        y0 = 0.5 + 0.03 * k
        half = 0.05 + 0.012 * k
        xs = np.linspace(middle - half, middle + half, 16)
        wave = y0 + 0.01 * np.sin(xs * 30 + k) + sc.side * (xs - middle) * 0.3 + r.normal(0, 0.003)
        thick = 0.0012 + 0.0016 * np.sin(np.linspace(0, np.pi, 16))
        lines.append(np.vstack([np.stack([xs, wave - thick], 1), np.stack([xs, wave + thick], 1)[::-1]]) * (w, h))
    below = (np.arange(h)[:, None] > ys[None] + 4).astype(np.uint8) * 255
    sc.add(np.minimum(sc.mask(lines), below), sc.pal.lit("sand", 0.9, 0.5), kind="ground", depth=0.88, alpha=0.55)


@layout("desert", when=lambda brief: not _wants_rock(brief))
def waves_of_sand(sc: Scene) -> None:
    """From above: crest after crest, each lit on one side, a small sun over a high horizon."""
    b, r = sc.brief, sc.rng
    hz, w, h = r.uniform(0.2, 0.26), sc.w, sc.h
    _graphic_sky(sc, hz, hz * 0.5, 0.045)
    x = np.linspace(0, 1, w)
    n = 4 if b.minimal else 6
    phase = r.uniform(0, 6.28)
    for i in range(n):
        f = i / (n - 1)
        d = 0.3 + 0.7 * f
        slope = sc.side * (0.1 + 0.22 * f)
        swing = 0.02 + 0.075 * f
        ys = (
            hz + 0.03 + 0.72 * f**1.25 + slope * (x - 0.5) * 0.5 + swing * np.sin(x * (5.2 - 1.6 * f) + phase + i * 2.1)
        ) * h
        group = sc.new_group()
        band(sc, ys, sc.pal.lit("sand", d, -0.15), d, angle=0.2, group=group)
        deep = (0.02 + 0.11 * f) * np.clip(np.sin(x * (5.2 - 1.6 * f) + phase + i * 2.1 + 1.0 * sc.side) + 0.5, 0, 2)
        shade = np.vstack([np.stack([x * w, ys], 1), np.stack([x * w, ys + deep * h], 1)[::-1]])
        dark = sc.pal.lit("sand", d, 0.8)
        sc.add(sc.mask([shade]), dark, kind="ground", depth=d, angle=-0.4, group=group)
    cast(sc, Stage(horizon=hz, ground=lambda fx: 0.72, scale=0.62, x=0.5 - sc.side * 0.12, back=hz + 0.15))
    weather(sc)
