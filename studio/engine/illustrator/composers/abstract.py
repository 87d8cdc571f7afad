"""Abstract sheets: heavy planes and a disc, a quilt of tiles, cut-out shapes on waves. Jazz brings keys and brass."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline

IVORY = rgb((0.94, 0.025, 85))
NIGHT = ((0.78, 0.14, 80), (0.60, 0.17, 32), (0.55, 0.09, 215), (0.93, 0.03, 85), (0.42, 0.12, 300))
DAY = ((0.58, 0.17, 32), (0.42, 0.08, 240), (0.82, 0.14, 85), (0.25, 0.03, 265), (0.66, 0.07, 180))


def _jazz(sc: Scene) -> bool:
    return sc.brief.mood == "jazz"


def _inks(sc: Scene) -> tuple[Ink, list[Ink]]:
    """The ground and five inks on it."""
    pal = sc.pal
    ground = pal.sky[0] if pal.night else rgb((0.92, 0.03, 85))
    inks: list[Ink] = list(pal.named) or [rgb(ink) for ink in (NIGHT if pal.night else DAY)]
    if not pal.named and sc.rng.random() < 0.4:
        inks = inks[1:] + inks[:1]
    while len(inks) < 5:
        inks += [mix(inks[0], pal.key, 0.65), rgb((0.64, 0.16, 38)), mix(inks[0], pal.light, 0.5), IVORY]
    return ground, inks[:5]


def _keys(sc: Scene, x0: float, y0: float, step: float, tall: float, sway: float) -> None:
    """Piano keys in a wave, from one side of the picture to the other."""
    w, h, way = sc.w, sc.h, -sc.side
    for k in range(int(1.15 / step)):
        x, dy = x0 - way * step * k, sway * np.sin(k * 0.6 + 1)
        a, b = sorted((x, x - way * step * 0.93))
        sc.poly(rect(a * w, (y0 + dy) * h, b * w, (y0 + dy + tall) * h), IVORY, depth=0.7)
        if k % 7 not in (2, 6):
            a, b = sorted((x - way * step * 0.66, x - way * step * 1.25))
            sc.poly(rect(a * w, (y0 + dy) * h, b * w, (y0 + dy + tall * 0.57) * h), sc.pal.key, depth=0.75)


def _heroes(sc: Scene, x: float, y: float, size: float) -> None:
    """What the words name stands in the middle of it; jazz names the saxophone."""
    names = [s for s in sc.brief.subjects if s.name in subjects.DRAW][:2]
    if not names and _jazz(sc):
        subjects.draw(sc, "sax", x * sc.w, y * sc.h, size * sc.u, 1, sc.side > 0, "raw:gold")
    for k, sub in enumerate(names):
        wide = max(1.0, subjects.WIDE[sub.name] * 0.8)
        colour = sub.colour or ("raw:gold" if sub.name == "sax" else None)
        at = x + sc.side * 0.34 * k
        subjects.draw(sc, sub.name, at * sc.w, y * sc.h, size * sc.u / wide * (1 - 0.35 * k), 1, sc.side > 0, colour)


def _confetti(sc: Scene, inks: list[Ink], n: int = 14) -> None:
    r, w, h = sc.rng, sc.w, sc.h
    for _ in range(n):
        x, y, s = r.uniform(0.05, 0.95) * w, r.uniform(0.05, 0.95) * h, float(r.choice([0.008, 0.012, 0.022])) * sc.u
        shape = ellipse(x, y, s) if r.random() < 0.6 else rect(x - s, y - s, x + s, y + s)
        sc.poly(shape, inks[int(r.integers(len(inks)))], depth=0.85)


@layout("abstract")
def planes_and_disc(sc: Scene) -> None:
    r, (w, h), u = sc.rng, (sc.w, sc.h), sc.u
    ground, inks = _inks(sc)
    jazz = _jazz(sc)
    sc.add(sc.full(), sc.ramp([ground, mix(ground, inks[2], 0.35)], 0, h), kind="sky", depth=0, angle=0.7)
    cx, cy = 0.5 + sc.side * 0.14, 0.38
    sc.poly(ellipse(cx * w, cy * h, 0.29 * u, n=90), inks[1 if jazz else 0], depth=0.2)
    ring = sc.mask([ellipse(cx * w, cy * h, 0.36 * u, n=90)]) - sc.mask([ellipse(cx * w, cy * h, 0.345 * u, n=90)])
    sc.add(ring, inks[3], depth=0.2)
    tilt = r.uniform(0.35, 0.6) * sc.side
    for k in range(4):  # overprinting
        x, wide = 0.12 + k * 0.2 + r.uniform(-0.04, 0.04), r.uniform(0.07, 0.16)
        plane = np.array([(x, -0.05), (x + wide, -0.05), (x + wide - tilt, 1.05), (x - tilt, 1.05)]) * (w, h)
        sc.poly(plane, inks[(k * 2 + (2 if jazz else 1)) % 5], depth=0.35 + k * 0.05, alpha=0.86, angle=1.2)
    if not jazz:
        half = sc.mask([ellipse((cx - sc.side * 0.26) * w, 0.66 * h, 0.2 * u, n=80)])
        cut = int((cx - sc.side * 0.26) * w)
        half[:, cut:] = 0 if sc.side > 0 else half[:, cut:]
        sc.add(half, inks[3], depth=0.5)
    _strings(sc, inks[3])
    if jazz:
        _keys(sc, 0.5 - sc.side * 0.52, 0.74, 0.072, 0.28, 0.03)
    _heroes(sc, cx + sc.side * 0.02, 0.70, 0.62)
    _confetti(sc, inks)


def _strings(sc: Scene, ink: Ink) -> None:
    for k in range(5):
        y = 0.13 + k * 0.028
        knots = [
            (t * sc.w, (y + 0.05 * np.sin(t * 5 + k * 0.12) + 0.088 * t * sc.side) * sc.h, 0.0018 * sc.u)
            for t in np.linspace(-0.02, 1.02, 9)
        ]
        sc.poly(limb(knots, 8), ink, kind="line", depth=0.8)


@layout("abstract")
def quilt(sc: Scene) -> None:
    """A grid of tiles: quarter discs, halves, rings, steps; a few grow over four cells."""
    r, (w, h) = sc.rng, (sc.w, sc.h)
    ground, inks = _inks(sc)
    cell = sc.u / (4 if r.random() < 0.5 else 5)
    sc.add(sc.full(), ground, kind="sky", depth=0)
    rows, cols = round(h / cell), round(w / cell)
    cw, ch = w / cols, h / rows
    last = -1
    for j in range(rows):
        for i in range(cols):
            pick = int(r.integers(5))
            last = pick = (pick + (pick == last)) % 5
            _tile(sc, (i * cw, j * ch, cw, ch), [ground, *inks], pick)
    big = min(cols, rows) * 0.36
    x, y = (cols // 2 + (sc.side > 0) * 0.0) * cw, (rows // 2) * ch
    disc = ellipse(x, y, big * cell, n=90)
    if _jazz(sc) or sc.brief.subjects:
        sc.poly(disc, inks[1], depth=0.6)
        ring = sc.mask([ellipse(x, y, big * cell * 1.1, n=90)]) - sc.mask([ellipse(x, y, big * cell * 1.05, n=90)])
        sc.add(ring, inks[3], depth=0.6)
        _heroes(sc, x / w - sc.side * 0.03, y / h + 0.27 * sc.u / h, 0.56)
    if _jazz(sc):
        _keys(sc, 0.5 - sc.side * 0.52, 0.82, 0.06, 0.2, 0.0)


def _tile(sc: Scene, box: tuple[float, float, float, float], inks: list[Ink], pick: int) -> None:
    x, y, w, h = box
    r, corner = sc.rng, int(sc.rng.integers(4))
    back, front = inks[pick % len(inks)], inks[(pick + 2) % len(inks)]
    sc.poly(rect(x, y, x + w, y + h), back, depth=0.2)
    cx, cy = x + w * (corner % 2), y + h * (corner // 2)
    inside = rect(x, y, x + w, y + h)
    kind = int(r.integers(6))
    shapes: list[list[Points]] = [
        [ellipse(cx, cy, w, h, n=60)],
        [ellipse(x + w / 2, y + h / 2, w * 0.36, h * 0.36)],
        [np.array([(x, y + h), (x + w, y + h), (cx, y)])],
        [ellipse(x + w / 2, cy, w / 2, h / 2, n=60)],
        [rect(x, y + h * k / 6, x + w, y + h * (k + 0.5) / 6) for k in range(6)],
        [ellipse(cx, cy, w * 0.72, h * 0.72, n=60)],
    ]
    m = np.minimum(sc.mask(shapes[kind]), sc.mask([inside]))
    sc.add(m, front, depth=0.3, angle=0.4 * kind)
    if kind == 5:
        core = np.minimum(sc.mask([ellipse(cx, cy, w * 0.4, h * 0.4, n=60)]), sc.mask([inside]))
        sc.add(core, inks[(pick + 3) % len(inks)], depth=0.35)


@layout("abstract")
def cut_outs(sc: Scene) -> None:
    """Waves of colour with soft shapes laid on them, as if cut with scissors."""
    r, (w, h), u = sc.rng, (sc.w, sc.h), sc.u
    ground, inks = _inks(sc)
    sc.add(sc.full(), ground, kind="sky", depth=0)
    xs = np.linspace(-0.02, 1.02, 60)
    for k in range(5):
        y = 0.12 + 0.2 * k
        swing = 0.06 * np.sin(xs * (4 + k * 0.7) + k * 1.7 + sc.side) + sc.side * 0.12 * (xs - 0.5)
        top = np.stack([xs * w, (y + swing) * h], 1)
        low = np.stack([xs * w, (y + swing + 0.1 + 0.05 * np.sin(xs * 3 + k)) * h], 1)
        sc.poly(np.vstack([top, low[::-1]]), inks[(k * 2) % 5], depth=0.2 + 0.05 * k, alpha=0.92, angle=0.2)
    cx, cy = 0.5 - sc.side * 0.12, 0.4
    sc.poly(ellipse(cx * w, cy * h, 0.25 * u, n=80), inks[1], depth=0.5)
    for _ in range(7):
        _frond(
            sc, r.uniform(0.08, 0.92) * w, r.uniform(0.08, 0.92) * h, r.uniform(0.1, 0.2) * u, inks[int(r.integers(5))]
        )
    if _jazz(sc):
        _keys(sc, 0.5 - sc.side * 0.52, 0.78, 0.072, 0.24, 0.045)
    _heroes(sc, cx, cy + 0.3 * u / h, 0.6)
    _confetti(sc, inks, 8)


def _frond(sc: Scene, x: float, y: float, s: float, ink: Ink) -> None:
    """A seaweed-like leaf with round lobes."""
    turn, lobes = sc.rng.uniform(0, 6.28), int(sc.rng.integers(3, 5))
    right, left = [], []
    for k in range(lobes):
        t = k / lobes
        right += [(0.1, t), (0.34 * (1 - 0.3 * t), t + 0.12), (0.12, t + 0.2)]
        left += [(-0.1, t), (-0.34 * (1 - 0.3 * t), t + 0.12), (-0.12, t + 0.2)]
    shape = spline([(0, -0.12), *right, (0, 1.12), *left[::-1]], True, 6) - (0, 0.5)
    c, d = np.cos(turn), np.sin(turn)
    turned = np.stack([x + (shape[:, 0] * c - shape[:, 1] * d) * s, y + (shape[:, 0] * d + shape[:, 1] * c) * s], 1)
    sc.poly(turned, ink, depth=0.6)
