"""Pieces of rooms: windows with a world outside, curtains, shelves, pictures, rugs, floors."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.composers.houses import facade
from studio.engine.illustrator.composers.inset import view
from studio.engine.illustrator.nature import sky, weather
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline

Rect = tuple[float, float, float, float]  # left, top, right, bottom in shares
OUTSIDE = ("sea", "lake", "ridges", "field", "forest", "village", "harbour", "desert", "city")


def lamplight(sc: Scene) -> None:
    """Indoors a lamp is on."""
    sc.pal.exposure, sc.pal.tint = max(sc.pal.exposure, 0.8), sc.pal.tint * 0.5


def wall_ink(sc: Scene, usual: tuple[str, ...]) -> Ink:
    if sc.pal.named:
        return sc.pal.lit(sc.pal.named[0], 1, 0.25)
    return sc.pal.lit(usual[int(sc.rng.integers(len(usual)))], 1, 0.35)


def outside(sc: Scene, box: Rect) -> None:
    """The place that was named, or roofs in the rain, or hills."""
    scenery = sc.brief.scenery
    if scenery in OUTSIDE:
        view(sc, box, scenery)
    elif "rain" in sc.brief.weather or sc.rng.random() < 0.5:
        _roofs(sc, box)
    else:
        view(sc, box, ("ridges", "field")[int(sc.rng.integers(2))])
    if "rain" in sc.brief.weather:
        weather(sc)
        _drops(sc, box)


def _roofs(sc: Scene, box: Rect) -> None:
    r = sc.rng
    sky(sc, 0.6, body="rain" not in sc.brief.weather, stars=False)
    for i in range(3):
        x = box[0] - 0.1
        while x < box[2] + 0.05:
            wide, tall = r.uniform(0.09, 0.17), 0.36 - 0.08 * i + r.uniform(-0.05, 0.05)
            colour = ("navy", "steel", "teal")[int(r.integers(3))]
            facade(sc, x + wide / 2, box[3] + 0.04 + 0.02 * i, wide, tall, 0.2 + 0.17 * i, colour)
            x += wide


def _drops(sc: Scene, box: Rect) -> None:
    """Rain that runs down the pane."""
    r, out = sc.rng, []
    for _ in range(60):
        px, py, long = r.uniform(box[0], box[2]) * sc.w, r.uniform(box[1], box[3]) * sc.h, r.uniform(0.008, 0.04) * sc.h
        out += limb([(px, py, 0.0012 * sc.u), (px + r.normal(0, 1.5), py + long, 0.0024 * sc.u)], 3)
    sc.poly(out, mix(sc.pal.sky[-1], sc.pal.light, 0.5), kind="line", depth=0.9, alpha=0.65)


def wall(sc: Scene, hole: list[Points], ink: Ink) -> None:
    """The wall round a window; what is outside is drawn already."""
    opening = sc.mask(hole) if hole else np.zeros((sc.h, sc.w), np.uint8)
    sc.add(255 - opening, sc.ramp([tone(ink, -0.05), ink], 0, sc.h), kind="form", depth=0.9, angle=1.57)


def frame(sc: Scene, box: Rect, bars: tuple[int, int] = (2, 2), thick: float = 0.022) -> None:
    """A window frame with glazing bars and a sill."""
    w, h, (x0, y0, x1, y1) = sc.w, sc.h, box
    ty = thick * sc.w / sc.h
    ink, dark = sc.pal.lit("cream", 1, -0.3), sc.pal.lit("cream", 1, 0.9)
    parts = [
        rect((x0 - thick) * w, (y0 - ty) * h, (x1 + thick) * w, y0 * h),
        rect((x0 - thick) * w, y0 * h, x0 * w, y1 * h),
        rect(x1 * w, y0 * h, (x1 + thick) * w, y1 * h),
    ]
    for k in range(1, bars[0]):
        x = x0 + (x1 - x0) * k / bars[0]
        parts.append(rect((x - 0.006) * w, y0 * h, (x + 0.006) * w, y1 * h))
    for k in range(1, bars[1]):
        y = y0 + (y1 - y0) * k / bars[1] * (0.7 if bars[1] == 2 else 1)
        parts.append(rect(x0 * w, (y - 0.005) * h, x1 * w, (y + 0.005) * h))
    sc.poly(parts, ink, kind="form", depth=0.93)
    edges = [rect(x0 * w, y0 * h, (x0 + 0.008) * w, y1 * h), rect(x0 * w, y0 * h, x1 * w, (y0 + 0.008) * h)]
    sc.poly(edges, dark, depth=0.93)


def sill(sc: Scene, box: Rect, out: float = 0.06) -> None:
    w, h, (x0, _, x1, y1) = sc.w, sc.h, box
    sc.poly(rect((x0 - out) * w, y1 * h, (x1 + out) * w, (y1 + 0.035) * h), sc.pal.lit("cream", 1, -0.7), depth=0.95)
    low = rect((x0 - out) * w, (y1 + 0.035) * h, (x1 + out) * w, (y1 + 0.055) * h)
    sc.poly(low, sc.pal.lit("cream", 1, 0.85), depth=0.95)


def curtains(sc: Scene, sides: tuple[int, ...] = (-1, 1), ink: "str | Ink | None" = None) -> None:
    w, h = sc.w, sc.h
    for side in sides:
        e = 0.5 + side * 0.5
        for k in range(4):
            a, b = e - side * (0.045 * k - 0.02), e - side * (0.045 * (k + 1) - 0.02)
            fold = np.array([(a, -0.02), (b, -0.02), (b + side * 0.03, 0.5), (b - side * 0.01, 1.02), (a, 1.02)]) * (
                w,
                h,
            )
            deep = 0.15 if (k + (side > 0)) % 2 else 0.6
            sc.poly(
                fold, sc.pal.lit(sc.pal.accent if ink is None else ink, 1, deep), kind="form", depth=0.98, angle=1.57
            )


def pot_plant(sc: Scene, x: float, y: float, size: float, name: str = "flower", pot: str = "teal") -> None:
    """A plant in a pot whose foot is at (x, y)."""
    px, py, s = x * sc.w, y * sc.h, size * sc.u
    leaf = "flower" if name == "flower" else name
    if leaf == "flower":
        subjects.draw(sc, "flower", px, py - s * 0.34, s * 0.8, 1)
    else:
        for turn in (-0.3, 0.28, 0.0):
            subjects.draw(
                sc, leaf, px + turn * s * 0.5, py - s * 0.36, s * (0.72 - abs(turn) * 0.4), 1, turn < 0, "leafdark"
            )
    shape = [(-0.2, -0.4), (0.2, -0.4), (0.15, 0.0), (-0.15, 0.0)]
    sc.poly(np.array([(px + dx * s, py + dy * s) for dx, dy in shape]), sc.pal.lit(pot, 1), depth=1)
    k = -sc.side
    shade = [(k * 0.03, -0.4), (k * 0.2, -0.4), (k * 0.15, 0.0), (k * 0.03, 0.0)]
    sc.poly(np.array([(px + dx * s, py + dy * s) for dx, dy in shade]), sc.pal.lit(pot, 1, 0.8), depth=1)
    sc.poly(rect(px - 0.23 * s, py - 0.44 * s, px + 0.23 * s, py - 0.37 * s), sc.pal.lit(pot, 1, 0.3), depth=1)


def floor(sc: Scene, y: float, planks: bool = True) -> None:
    """Boards that run to a vanishing point."""
    w, h = sc.w, sc.h
    wood = sc.pal.lit("wood", 1, 0.1)
    m = np.zeros((h, w), np.uint8)
    m[int(y * h) :] = 255
    sc.add(m, sc.ramp([tone(wood, -0.06), wood, tone(wood, 0.02)], y * h, h), kind="ground", depth=0.92)
    if planks:
        lines: list[Points] = [
            np.array(
                [
                    (0.5 + k * 0.07 - 0.001, y),
                    (0.5 + k * 0.07 + 0.001, y),
                    (0.5 + k * 0.16 + 0.003, 1.02),
                    (0.5 + k * 0.16 - 0.003, 1.02),
                ]
            )
            * (w, h)
            for k in range(-10, 11)
        ]
        sc.poly(lines, sc.pal.lit("wood", 1, 0.6), kind="ground", depth=0.92, angle=1.4)
    sc.poly(rect(-5, (y - 0.022) * h, w + 5, (y + 0.004) * h), sc.pal.lit("cream", 1, 0.25), depth=0.92)


def rug(sc: Scene, x: float, y: float, wide: float, tall: float) -> None:
    ink = sc.pal.lit(sc.pal.accent, 1, 0.2)
    for k, colour in ((1.0, ink), (0.86, sc.pal.lit("cream", 1, 0.15)), (0.78, sc.pal.lit("teal", 1, 0.1)), (0.4, ink)):
        sc.poly(ellipse(x * sc.w, y * sc.h, wide * sc.u * k, tall * sc.u * k, n=70), colour, kind="ground", depth=0.94)


def picture(sc: Scene, x: float, y: float, wide: float, tall: float, kind: int) -> None:
    """A framed print on the wall."""
    px, py, a, b = x * sc.w, y * sc.h, wide * sc.u / 2, tall * sc.u / 2
    sc.poly(
        rect(px - a * 1.12, py - b * 1.1, px + a * 1.12, py + b * 1.1),
        sc.pal.lit("dark" if kind % 2 else "wood", 1, 0.2),
        depth=0.93,
    )
    sc.poly(rect(px - a, py - b, px + a, py + b), sc.pal.lit("cream", 1), depth=0.93)
    c = 0.74
    sc.poly(
        rect(px - a * c, py - b * c, px + a * c, py + b * c), sc.pal.lit("sage" if kind % 2 else "pink", 1), depth=0.93
    )
    if kind % 3 == 0:
        sc.poly(ellipse(px + a * 0.2, py - b * 0.2, a * 0.3), sc.pal.lit("red", 1), depth=0.93)
        hills = spline(
            [(px - a * c, py + b * 0.2), (px - a * 0.2, py), (px + a * 0.3, py + b * 0.35), (px + a * c, py + b * 0.1)],
            False,
            8,
        )
        low = [(px + a * c, py + b * c), (px - a * c, py + b * c)]
        sc.poly(np.vstack([hills, low]), sc.pal.lit("teal", 1, 0.2), depth=0.93)
    elif kind % 3 == 1:
        subjects.draw(sc, "leaf", px, py + b * 0.62, b * 1.25, 0.95, False, "leafdark")
    else:
        sc.poly(ellipse(px, py, a * 0.44, a * 0.44), sc.pal.lit("navy", 1), depth=0.93)
        sc.poly(ellipse(px + a * 0.16, py - a * 0.1, a * 0.36), sc.pal.lit("gold", 1), depth=0.93)


def shelf(sc: Scene, x: float, y: float, wide: float) -> None:
    """A board with books, a cup and a trailing plant."""
    r, u = sc.rng, sc.u
    px, py, half = x * sc.w, y * sc.h, wide * u / 2
    at = px - half * 0.9
    inks = ("red", "navy", "gold", "teal", "cream", "rust", "sage")
    while at < px + half * 0.35:
        thick, tall = u * r.uniform(0.012, 0.024), u * r.uniform(0.07, 0.11)
        sc.poly(
            rect(at, py - tall, at + thick, py), sc.pal.lit(inks[int(r.integers(7))], 1, r.uniform(0, 0.4)), depth=0.94
        )
        at += thick * 1.06
    subjects.draw(sc, "jug" if r.random() < 0.5 else "cup", px + half * 0.66, py, 0.09 * u, 0.96, False, "blue")
    sc.poly(rect(px - half, py, px + half, py + 0.014 * u), sc.pal.lit("wood", 1, 0.1), depth=0.95)
    sc.poly(rect(px - half, py + 0.014 * u, px + half, py + 0.02 * u), sc.pal.lit("wood", 1, 0.7), depth=0.95)


def sunlight(sc: Scene, x: float, y: float, wide: float, floor_y: float) -> None:
    """A patch of light from a window, over wall and floor."""
    shape = np.array([(x, y), (x + wide, y), (x + wide - sc.side * 0.2, floor_y), (x - sc.side * 0.2, floor_y)])
    shape = shape * (sc.w, sc.h)
    light = mix(sc.pal.light, rgb((0.9, 0.08, 80)), 0.3)
    sc.poly(shape, light, kind="light", depth=0.91, alpha=0.22 if sc.pal.night else 0.4)
