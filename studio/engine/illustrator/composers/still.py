"""Still lifes: a cloth in slanting light, a row on a shelf, a round table before a window."""

import numpy as np

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.composers import rooms
from studio.engine.illustrator.composers.inset import view
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline
from studio.engine.illustrator.staging.placed import Placed, extent
from studio.engine.illustrator.staging.sizes import FLOWERS, alone

USUAL = (Subject(name="jug", colour="blue"), Subject(name="pear", count=2), Subject(name="apple"))
SPOTS = (
    (-0.20, 0.10),
    (0.02, 0.165),
    (-0.36, 0.05),
    (0.30, 0.15),
    (-0.10, 0.23),
    (0.16, 0.24),
)  # towards the light, down
HIGH = 0.3


def _items(sc: Scene) -> tuple[list[Subject], list[Subject]]:
    """What stands on the table, one by one: the tall and the low."""
    wanted = sc.brief.subjects or USUAL
    every = [sub for k in range(5) for sub in wanted if k < max(1, sub.count)]  # one of each first
    bouquet = any(s.name in FLOWERS for s in every)
    if bouquet and not any(s.name in ("jug", "bottle") for s in every):
        every.append(Subject(name="jug"))
    tall = [s for s in every if alone(s.name) > HIGH or s.name in FLOWERS]
    return tall[:4], [s for s in every if s not in tall][: len(SPOTS)]


def _put(sc: Scene, sub: Subject, x: float, y: float, size: float, shade: Ink, flat: float = 1.0) -> None:
    """One thing with its shadow on the table."""
    e = extent(sub.name, sub.pose)
    wide = (e.right - e.left) * size * sc.u * 0.5
    px, py, away = x * sc.w, y * sc.h, -sc.side
    long = spline(
        [
            (px - wide * 0.8, py - wide * 0.05),
            (px + away * wide * 1.2, py - wide * 0.3 * flat),
            (px + away * wide * 2.7, py - wide * 0.12 * flat),
            (px + away * wide * 1.4, py + wide * 0.16),
            (px, py + wide * 0.12),
        ],
        True,
        8,
    )
    sc.poly(long, shade, kind="ground", depth=0.7, alpha=0.5)
    sc.poly(ellipse(px, py - wide * 0.02, wide * 0.8, wide * 0.12), shade, kind="ground", depth=0.7, alpha=0.75)
    placed = Placed(sub, sub.name, x, y, size, 1, "held", bool(sc.rng.random() < 0.4) and sub.name != "jug")
    placed.draw(sc)
    sc.placed.append(placed)


def _bunch(sc: Scene, flowers: list[Subject], x: float, y: float, size: float) -> None:
    """Stems that stand in a vessel, before it is drawn."""
    n = len(flowers)
    for k, sub in sorted(enumerate(flowers), key=lambda each: -abs(each[0] - (n - 1) / 2)):
        turn = k - (n - 1) / 2
        at = x + turn * size * 0.42 * sc.u / sc.w
        lift = (0.66 - 0.13 * abs(turn) + 0.06 * (k % 2)) * size * sc.u / sc.h
        placed = Placed(sub, sub.name, at, y - lift, size * 0.86, 1, "held", turn < 0)
        _stem(sc, (x, y - size * 0.8 * sc.u / sc.h), (at, y - lift), size)
        placed.draw(sc)
        sc.placed.append(placed)


def _stem(sc: Scene, foot: tuple[float, float], top: tuple[float, float], size: float) -> None:
    """From the mouth of the vessel to where the flower's own stem begins."""
    knots = [(px * sc.w, py * sc.h, 0.012 * size * sc.u) for px, py in (foot, top)]
    sc.poly(limb(knots, 3), sc.pal.lit("leafdark", 1), kind="line", depth=0.98)


def _tall(sc: Scene, tall: list[Subject], spots: list[tuple[float, float]], scale: float, shade: Ink) -> None:
    flowers = [s for s in tall if s.name in FLOWERS]
    scale *= 0.82 if flowers else 1.0
    rest = [s for s in tall if s.name not in FLOWERS]
    for k, sub in enumerate(rest):
        x, y = spots[k % len(spots)]
        size = alone(sub.name) * sub.size * scale
        if flowers and sub.name in ("jug", "bottle", "cup"):
            _bunch(sc, flowers, x, y, size)
            flowers = []
        _put(sc, sub, x, y, size, shade)


def _lit_wall(sc: Scene, ink: Ink) -> None:
    """Brighter towards the light."""
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w]
    t = np.clip((xx / sc.w - 0.5) * sc.side + 0.55 - yy / sc.h * 0.3, 0, 1)[..., None]
    dark, light = sc.pal.lit(ink, 1, 0.35), mix(sc.pal.lit(ink, 1), sc.pal.light, 0.3)
    sc.add(sc.full(), (dark * (1 - t) + light * t).astype(np.float32), kind="sky", depth=0.1, angle=0.8)


def _grown(sc: Scene) -> float:
    """Things are larger on a wide sheet."""
    return float((sc.w / sc.u) ** 0.5)


def _wall_ink(sc: Scene) -> Ink:
    return sc.pal.named[0] if sc.pal.named else rgb((0.70, 0.045, (70, 155, 220, 35)[int(sc.rng.integers(4))]))


@layout("still")
def on_a_cloth(sc: Scene) -> None:
    r, (w, h) = sc.rng, (sc.w, sc.h)
    pal, edge, wall = sc.pal, r.uniform(0.58, 0.64), _wall_ink(sc)
    sc.horizon, sc.sun = edge, ((0.5 + sc.side * 0.6) * w, 0.1 * h)
    _lit_wall(sc, wall)
    for k in range(2):  # slanted window light
        x = 0.5 + sc.side * (0.17 + k * 0.17)
        pane = [(x, 0.06), (x + sc.side * 0.14, 0.02), (x + sc.side * 0.08, 0.44), (x - sc.side * 0.06, 0.48)]
        ink = mix(pal.lit(wall, 1), pal.light, 0.55)
        sc.poly(np.array(pane) * (w, h), ink, kind="light", depth=0.12, alpha=0.6)
    _table(sc, edge)
    _cloth(sc, edge)
    tall, low = _items(sc)
    base, shade = edge + 0.115, pal.lit("bark", 1, 0.5)
    _tall(sc, tall, [(0.5 + sc.side * (0.13 - 0.26 * k), base) for k in range(3)], 1.12 * _grown(sc), shade)
    for sub, (dx, dy) in sorted(zip(low, SPOTS, strict=False), key=lambda t: t[1][1]):
        _put(sc, sub, 0.5 + sc.side * dx, base + dy - 0.03, alone(sub.name) * sub.size * 1.08 * _grown(sc), shade)


def _table(sc: Scene, edge: float) -> None:
    table = sc.pal.lit("rust", 1, 0.15)
    m = np.zeros((sc.h, sc.w), np.uint8)
    m[int(edge * sc.h) :] = 255
    inks = [mix(table, sc.pal.light, 0.12), table, tone(table, -0.08)]
    sc.add(m, sc.ramp(inks, edge * sc.h, sc.h), kind="ground", depth=0.5)


def _cloth(sc: Scene, edge: float) -> None:
    w, h = sc.w, sc.h
    knots = [
        (-0.1, 0.09),
        (0.2, 0.05),
        (0.5, 0.065),
        (0.78, 0.045),
        (0.9, 0.12),
        (0.84, 0.22),
        (0.70, 0.36),
        (0.55, 0.5),
        (-0.1, 0.5),
    ]
    turn, start = ((-1, 1), (1, 0)) if sc.side > 0 else ((1, 1), (0, 0))
    shape = spline([(x, edge + dy) for x, dy in knots], True, 10) * turn + start
    sc.poly(shape * (w, h), sc.pal.lit("cream", 1, 0.05), kind="form", depth=0.6, angle=0.3)
    for k in range(4):
        x = 0.16 + k * 0.17
        fold = np.array(
            [(x, edge + 0.07), (x + 0.02, edge + 0.07), (x - 0.10 + k * 0.03, 1.05), (x - 0.17 + k * 0.03, 1.05)]
        )
        fold = fold * turn + start
        ink = sc.pal.lit("cream", 1, 0.45)
        sc.poly(spline(fold * (w, h), True, 8), ink, kind="form", depth=0.6, alpha=0.6, angle=1.2)


@layout("still")
def in_a_row(sc: Scene) -> None:
    """Side by side on a shelf before a plain wall, quiet and close."""
    r, (w, h) = sc.rng, (sc.w, sc.h)
    edge = r.uniform(0.72, 0.76)
    sc.horizon, sc.sun = edge, ((0.5 + sc.side * 0.6) * w, 0.1 * h)
    wall = _wall_ink(sc)
    _lit_wall(sc, wall)
    lower = sc.pal.lit(tone(wall, -0.16), 1, 0.2)
    sc.poly(rect(-5, (edge - 0.24) * h, w + 5, edge * h), lower, kind="sky", depth=0.15, alpha=0.55)
    board = sc.pal.lit("sand", 1, 0.1)
    sc.poly(rect(-5, edge * h, w + 5, (edge + 0.1) * h), board, kind="ground", depth=0.5)
    sc.poly(rect(-5, (edge + 0.1) * h, w + 5, h + 5), sc.pal.lit("rust", 1, 0.6), kind="ground", depth=0.55)
    sc.poly(
        rect(-5, (edge + 0.1) * h, w + 5, (edge + 0.125) * h), sc.pal.lit("sand", 1, 0.75), kind="ground", depth=0.56
    )
    tall, low = _items(sc)
    flowers = [s for s in tall if s.name in FLOWERS]
    order = _arranged([s for s in tall if s not in flowers], low)
    widths = [_wide(s) * alone(s.name) * s.size for s in order]
    k = min(1.9, 0.88 * w / sc.u / max(0.1, sum(widths) * 1.02))
    tallest = max(alone(s.name) * s.size for s in order) * (1.75 if flowers else 1.0)
    k = min(k, (edge - 0.06) * sc.h / sc.u / tallest)
    x, shade = 0.5 - sum(widths) * k * 0.51 * sc.u / w, sc.pal.lit("bark", 1, 0.5)
    for i, (sub, wide) in enumerate(zip(order, widths, strict=True)):
        half = wide * k * 0.51 * sc.u / w
        size, y = alone(sub.name) * sub.size * k, edge + 0.045 + 0.02 * (i % 2)
        if flowers and sub.name in ("jug", "bottle"):
            _bunch(sc, flowers, x + half, y, size)
            flowers = []
        _put(sc, sub, x + half, y, size, shade, 0.5)
        x += 2 * half


def _wide(sub: Subject) -> float:
    e = extent(sub.name, sub.pose)
    return e.right - e.left


def _arranged(tall: list[Subject], low: list[Subject]) -> list[Subject]:
    """Tall things in the middle, low ones around them."""
    half = len(low) // 2
    return [*low[:half], *tall, *low[half:]]


@layout("still")
def before_a_window(sc: Scene) -> None:
    """A round table with a striped cloth; behind it a window, curtains and the country."""
    r, (w, h), side = sc.rng, (sc.w, sc.h), sc.side
    box = (0.5 + side * 0.06 - 0.27, 0.06, 0.5 + side * 0.06 + 0.27, 0.5)
    scenery = sc.brief.scenery
    view(sc, box, scenery if scenery in rooms.OUTSIDE else ("field", "ridges", "sea")[int(r.integers(3))])
    hole = rect(box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    rooms.wall(sc, [hole], sc.pal.lit(_wall_ink(sc), 1, 0.3))
    rooms.frame(sc, box, (2, 2), 0.016)
    rooms.curtains(sc, (-side,))
    sc.horizon = 0.6
    cx, cy, rx, ry = 0.5, 0.82, 0.6 * sc.u / w, 0.17
    sc.poly(
        rect((cx - rx) * w, cy * h, (cx + rx) * w, h + 5),
        sc.pal.lit("teal", 1, 0.55),
        kind="form",
        depth=0.55,
        angle=1.5,
    )
    folds: list[Points] = [
        np.array(
            [(cx + rx * t, cy), (cx + rx * (t + 0.05), cy), (cx + rx * (t + 0.02), 1.02), (cx + rx * (t - 0.02), 1.02)]
        )
        * (w, h)
        for t in np.linspace(-0.9, 0.86, 9)
    ]
    sc.poly(folds, sc.pal.lit("teal", 1, 0.85), depth=0.56, angle=1.5)
    top = ellipse(cx * w, cy * h, rx * w, ry * h, n=90)
    sc.poly(top, sc.pal.lit("cream", 1, 0.05), kind="ground", depth=0.6)
    inside = sc.mask([top])
    stripes = [
        np.array(
            [
                (cx + k * 0.1 - 0.012, cy - ry),
                (cx + k * 0.1 + 0.012, cy - ry),
                (cx + k * 0.16 + 0.02, cy + ry),
                (cx + k * 0.16 - 0.02, cy + ry),
            ]
        )
        * (w, h)
        for k in range(-5, 6)
    ]
    sc.add(np.minimum(sc.mask(stripes), inside), sc.pal.lit("red", 1, 0.1), kind="ground", depth=0.6, alpha=0.75)
    tall, low = _items(sc)
    shade = sc.pal.lit("bark", 1, 0.4)
    _tall(sc, tall, [(cx - side * (0.1 - 0.24 * k), cy - 0.045) for k in range(3)], 1.05, shade)
    for sub, (dx, dy) in sorted(zip(low, SPOTS, strict=False), key=lambda t: t[1][1]):
        x = cx - side * dx * 0.95 * (sc.u / w) ** 0.5
        _put(sc, sub, x, cy - 0.075 + dy * 0.75, alone(sub.name) * sub.size * 0.95, shade)
