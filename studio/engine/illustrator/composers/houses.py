"""House fronts, near and far, that composers set in rows."""

from dataclasses import dataclass

import numpy as np

from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.shapes import rect, spline

WALLS = ("cream", "rust", "gold", "white", "brick", "sage", "pink")


@dataclass(frozen=True, slots=True)
class Front:
    """A wall in pixels."""

    x0: float
    top: float
    x1: float
    foot: float
    depth: float
    group: int

    @property
    def wide(self) -> float:
        return self.x1 - self.x0


def facade(sc: Scene, x: float, base: float, wide: float, tall: float, depth: float, colour: str) -> None:
    """A narrow town house: wall, shaded edge, one of six roofs, windows in rows."""
    w, h = sc.w, sc.h
    front = Front((x - wide / 2) * w, (base - tall) * h, (x + wide / 2) * w, base * h, depth, sc.new_group())
    sc.poly(rect(front.x0, front.top, front.x1, front.foot), sc.pal.lit(colour, depth), depth=depth, group=front.group)
    edge = front.x0 if sc.side > 0 else front.x1 - front.wide * 0.22
    shade = rect(edge, front.top, edge + front.wide * 0.22, front.foot)
    sc.poly(shade, sc.pal.lit(colour, depth, 0.5), depth=depth, group=front.group)
    _roof(sc, front)
    _windows(sc, front)


def _roof(sc: Scene, f: Front) -> None:
    r, peak = sc.rng, f.wide * sc.rng.uniform(0.35, 0.55)
    x0, x1, y, middle = f.x0, f.x1, f.top, (f.x0 + f.x1) / 2
    step = f.wide / 6
    shapes = [
        [(x0 - 2, y + 1), (x0 + f.wide * 0.18, y - peak * 0.6), (x1 - f.wide * 0.18, y - peak * 0.6), (x1 + 2, y + 1)],
        [(x0 - 2, y + 2), (x0 - 2, y - peak * 0.16), (x1 + 2, y - peak * 0.16), (x1 + 2, y + 2)],
        [(x0 - 1, y + 1), (middle, y - peak), (x1 + 1, y + 1)],
        [
            (x0 - 1, y + 1),
            (x0 + f.wide * 0.1, y - peak * 0.5),
            (middle, y - peak * 0.95),
            (x1 - f.wide * 0.1, y - peak * 0.5),
            (x1 + 1, y + 1),
        ],
        [
            (x0, y + 1),
            (x0, y - step * 0.6),
            (x0 + step, y - step * 0.6),
            (x0 + step, y - step * 1.3),
            (x0 + 2 * step, y - step * 1.3),
            (x0 + 2 * step, y - step * 2),
            (x1 - 2 * step, y - step * 2),
            (x1 - 2 * step, y - step * 1.3),
            (x1 - step, y - step * 1.3),
            (x1 - step, y - step * 0.6),
            (x1, y - step * 0.6),
            (x1, y + 1),
        ],
    ]
    local = "snow" if sc.brief.season == "winter" else ("brick", "rust", "dark", "steel")[int(r.integers(4))]
    if r.random() < 0.45:
        cx = x0 + f.wide * r.uniform(0.15, 0.35)
        chimney = rect(cx, y - peak * 0.95, cx + f.wide * 0.12, y)
        sc.poly(chimney, sc.pal.lit("brick", f.depth, 0.5), depth=f.depth, group=f.group)
    sc.poly(np.array(shapes[int(r.integers(5))]), sc.pal.lit(local, f.depth, 0.3), depth=f.depth, group=f.group)


def _windows(sc: Scene, f: Front) -> None:
    r, tall = sc.rng, f.foot - f.top
    columns = 3 if r.random() < 0.6 else 2
    rows = max(1, int(tall / (f.wide * 0.5)))
    ww, wh = f.wide * (0.085 if columns == 3 else 0.12), f.wide * r.uniform(0.11, 0.15)
    arched = r.random() < 0.25
    lit: list[Points] = []
    dark: list[Points] = []
    for i in range(rows):
        for j in range(columns):
            cx, cy = f.x0 + (j + 0.5) * f.wide / columns, f.top + (i + 0.55) * tall / rows
            pane = rect(cx - ww, cy - wh, cx + ww, cy + wh)
            if arched:
                pane = np.vstack(
                    [
                        spline([(cx - ww, cy - wh * 0.4), (cx, cy - wh * 1.2), (cx + ww, cy - wh * 0.4)], False, 6),
                        [(cx + ww, cy + wh), (cx - ww, cy + wh)],
                    ]
                )
            (lit if sc.pal.night and r.random() < 0.6 else dark).append(pane)
    if dark:
        sc.poly(dark, sc.pal.lit("dark", f.depth), depth=f.depth, group=f.group)
    if lit:
        sc.poly(lit, sc.pal.lit("glow"), kind="light", depth=f.depth, group=f.group)
