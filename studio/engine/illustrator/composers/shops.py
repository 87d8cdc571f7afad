"""A row of shop fronts seen square on."""

import numpy as np

from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.composers.houses import Front
from studio.engine.illustrator.composers.street import DAY_WALLS, WALLS, signs
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline


def shop_row(sc: Scene, foot: float) -> None:
    r, inks = sc.rng, signs(sc)
    names = WALLS if sc.pal.night else DAY_WALLS
    x, i, start = -0.04, 0, int(r.integers(len(inks)))
    while x < 1.02:
        wide = r.uniform(0.24, 0.33) * (sc.u / sc.w)
        tall = r.uniform(0.46, 0.62)
        front = Front(x * sc.w, (foot - tall) * sc.h, (x + wide) * sc.w, foot * sc.h, 0.9, sc.new_group())
        _house(sc, front, names[(i * 2 + start) % len(names)], inks[(i + start) % len(inks)], i)
        x, i = x + wide, i + 1


def _house(sc: Scene, f: Front, wall: str, sign: Ink, i: int) -> None:
    """Wall, cornice, two rows of windows, and one of three kinds of shop."""
    sc.poly(rect(f.x0, f.top, f.x1, f.foot), sc.pal.lit(wall, f.depth, 0.1), depth=f.depth, group=f.group)
    edge = f.x0 if sc.side > 0 else f.x1 - f.wide * 0.06
    sc.poly(
        rect(edge, f.top, edge + f.wide * 0.06, f.foot), sc.pal.lit(wall, f.depth, 0.7), depth=f.depth, group=f.group
    )
    lip = 0.02 * sc.u
    cornice = rect(f.x0 - lip * 0.4, f.top - lip, f.x1 + lip * 0.4, f.top + lip * 0.4)
    sc.poly(cornice, sc.pal.lit(wall, f.depth, -0.35), depth=f.depth, group=f.group)
    shop_top = f.foot - 0.2 * sc.u
    _storeys(sc, f, shop_top, i)
    (_lit_shop, _awning_shop, _door_shop)[i % 3](sc, f, shop_top, sign)
    if i % 2 == 0 or sc.pal.night:
        _hanging(sc, f, shop_top, sign, i)


def _storeys(sc: Scene, f: Front, shop_top: float, i: int) -> None:
    r, rows = sc.rng, max(1, int((shop_top - f.top) / (0.15 * sc.u)))
    cols, tall = 2 + i % 2, (shop_top - f.top) / rows
    for row in range(rows):
        for col in range(cols):
            cx, cy = f.x0 + (col + 0.5) * f.wide / cols, f.top + (row + 0.52) * tall
            ww, wh = f.wide / cols * 0.26, tall * 0.3
            lit = sc.pal.night and r.random() < 0.55
            pane = rect(cx - ww, cy - wh, cx + ww, cy + wh)
            if i % 3 == 1:
                arch = spline([(cx - ww, cy - wh * 0.6), (cx, cy - wh * 1.35), (cx + ww, cy - wh * 0.6)], False, 8)
                pane = np.vstack([arch, [(cx + ww, cy + wh), (cx - ww, cy + wh)]])
            trim = sc.pal.lit("cream", f.depth, 0.25)
            sill = rect(cx - ww * 1.3, cy + wh, cx + ww * 1.3, cy + wh * 1.18)
            sc.poly([pane + np.sign(pane - (cx, cy)) * 0.006 * sc.u, sill], trim, depth=f.depth, group=f.group)
            ink = sc.pal.lit("glow" if lit else "dark", f.depth)
            sc.poly(pane, ink, kind="light" if lit else "form", depth=f.depth, group=f.group)
            bars = [
                rect(cx - 0.002 * sc.u, cy - wh, cx + 0.002 * sc.u, cy + wh),
                rect(cx - ww, cy - 0.002 * sc.u, cx + ww, cy + 0.002 * sc.u),
            ]
            sc.poly(bars, trim, depth=f.depth, group=f.group)


def _glass(sc: Scene, f: Front, x0: float, y0: float, x1: float, y1: float, sign: Ink) -> None:
    ink = mix(sign, sc.pal.light, 0.6) if sc.pal.night else mix(sc.pal.lit("navy", f.depth), sc.pal.sky[1], 0.35)
    sc.poly(rect(x0, y0, x1, y1), ink, kind="light" if sc.pal.night else "form", depth=f.depth, group=f.group)
    dark = sc.pal.lit("dark", f.depth, 0.3)
    goods = [
        ellipse(x0 + (x1 - x0) * t, y1 - 0.012 * sc.u, 0.016 * sc.u, 0.012 * sc.u * (1 + k % 3))
        for k, t in enumerate(np.linspace(0.12, 0.88, 6))
    ]
    sc.poly(goods, dark, depth=f.depth, group=f.group)


def _board(sc: Scene, f: Front, y: float, sign: Ink) -> None:
    """The sign over a shop, with strokes in place of letters."""
    ink = sign if sc.pal.night else sc.pal.lit(sign, f.depth, 0.15)
    h = 0.034 * sc.u
    box = rect(f.x0 + f.wide * 0.06, y - h, f.x1 - f.wide * 0.06, y)
    sc.poly(box, ink, kind="light" if sc.pal.night else "form", depth=f.depth, group=f.group)
    n = int(sc.rng.integers(4, 7))
    xs = f.x0 + f.wide * (0.2 + 0.6 * (np.arange(n) + 0.15) / n)
    marks = [rect(x, y - h * 0.74, x + f.wide * 0.6 / n * 0.62, y - h * 0.26) for x in xs]
    sc.poly(marks, sc.pal.key if sc.pal.night else sc.pal.lit("cream", f.depth), depth=f.depth, group=f.group)


def _lit_shop(sc: Scene, f: Front, top: float, sign: Ink) -> None:
    _glass(sc, f, f.x0 + f.wide * 0.08, top + 0.05 * sc.u, f.x1 - f.wide * 0.36, f.foot - 0.035 * sc.u, sign)
    _door(sc, f, f.x1 - f.wide * 0.3, top + 0.05 * sc.u, f.wide * 0.2, sign)
    _board(sc, f, top + 0.038 * sc.u, sign)


def _awning_shop(sc: Scene, f: Front, top: float, sign: Ink) -> None:
    _glass(sc, f, f.x0 + f.wide * 0.36, top + 0.06 * sc.u, f.x1 - f.wide * 0.07, f.foot - 0.035 * sc.u, sign)
    _door(sc, f, f.x0 + f.wide * 0.1, top + 0.05 * sc.u, f.wide * 0.2, sign)
    n, drop = 8, 0.065 * sc.u
    ink = sign if sc.pal.night else sc.pal.lit(sign, f.depth)
    for k in range(n):
        a, b = f.x0 + f.wide * (0.04 + 0.92 * k / n), f.x0 + f.wide * (0.04 + 0.92 * (k + 1) / n)
        ends = np.linspace(b, a, 7)
        scallop = np.stack([ends, top + drop + 0.014 * sc.u * np.sin(np.linspace(0, np.pi, 7))], 1)
        piece = np.vstack([[(a, top), (b, top)], scallop])
        sc.poly(piece, ink if k % 2 else sc.pal.lit("cream", f.depth, 0.15), depth=f.depth, group=f.group)


def _door_shop(sc: Scene, f: Front, top: float, sign: Ink) -> None:
    middle = (f.x0 + f.x1) / 2
    _door(sc, f, middle - f.wide * 0.11, top + 0.04 * sc.u, f.wide * 0.22, sign)
    for x in (f.x0 + f.wide * 0.08, f.x1 - f.wide * 0.36):
        _glass(sc, f, x, top + 0.07 * sc.u, x + f.wide * 0.28, f.foot - 0.05 * sc.u, sign)
    _board(sc, f, top + 0.03 * sc.u, sign)


def _door(sc: Scene, f: Front, x: float, y: float, wide: float, sign: Ink) -> None:
    ink = mix(sc.pal.lit("dark", f.depth), sign, 0.35)
    sc.poly(rect(x, y, x + wide, f.foot), ink, depth=f.depth, group=f.group)
    glass = rect(x + wide * 0.22, y + 0.02 * sc.u, x + wide * 0.78, y + 0.07 * sc.u)
    lit = sc.pal.night
    sc.poly(
        glass,
        sc.pal.lit("glow" if lit else "steel", f.depth),
        kind="light" if lit else "form",
        depth=f.depth,
        group=f.group,
    )


def _hanging(sc: Scene, f: Front, top: float, sign: Ink, i: int) -> None:
    """A sign on an arm: upright board, or a ring."""
    x, y, s = f.x0 + f.wide * (0.12 if i % 2 else 0.88), top - 0.12 * sc.u, 0.032 * sc.u
    ink, kind = (sign, "light") if sc.pal.night else (sc.pal.lit(sign, 1), "form")
    if i % 3 == 2:
        ring = np.vstack([ellipse(x, y, s * 1.1), ellipse(x, y, s * 0.78)[::-1]])
        sc.poly(ellipse(x, y, s * 1.2), sc.pal.key, depth=0.95)
        sc.poly(ring, ink, kind=kind, depth=0.96)
        sc.poly(
            limb(
                [
                    (x - s * 0.4, y + s * 0.3, s * 0.12),
                    (x, y - s * 0.4, s * 0.12),
                    (x + s * 0.4, y + s * 0.3, s * 0.12),
                ],
                5,
            ),
            ink,
            kind=kind,
            depth=0.96,
        )
    else:
        sc.poly(rect(x - s * 0.8, y - s * 2.4, x + s * 0.8, y + s * 2.2), sc.pal.key, depth=0.95)
        sc.poly(rect(x - s * 0.68, y - s * 2.25, x + s * 0.68, y + s * 2.05), ink, kind=kind, depth=0.96)
        marks = [rect(x - s * 0.36, y - s * (1.9 - k), x + s * 0.36, y - s * (1.3 - k)) for k in range(4)]
        sc.poly(marks, sc.pal.key, depth=0.96)
    if sc.pal.night:
        sc.lamps.append((x, y, s * 6))
