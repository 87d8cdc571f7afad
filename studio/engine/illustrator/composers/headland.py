"""Coasts: a cliff that enters from one side, a low headland far off, a beach, the beam of a lighthouse."""

from collections.abc import Callable

import numpy as np

from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix
from studio.engine.illustrator.nature import band, lens
from studio.engine.illustrator.shapes import noise1, spline

Line = Callable[[float], float]


def cliff(sc: Scene, x: float, top: float, side: int, depth: float = 0.95) -> Line:
    """A headland that enters from one edge: grassy crown, faceted rock with a lit and a shaded face. Returns y(x)."""
    w, h = sc.w, sc.h
    edge = x * w
    out = w * 1.06 if side > 0 else -w * 0.06
    rise = [
        (out, -0.035),
        (edge + side * w * 0.22, -0.012),
        (edge + side * w * 0.05, 0),
        (edge - side * w * 0.02, 0.025),
    ]
    crown = spline([(px, (top + dy) * h) for px, dy in rise], False, 12)
    body = np.vstack([crown, _face(sc, edge, top, side), [(out, 1.06 * h)]])
    group = sc.new_group()
    sc.poly(body, sc.pal.lit("rock", depth, 0.25), kind="ground", depth=depth, angle=1.3, group=group)
    _facets(sc, body, (edge, top), side, depth, group)
    down = h * (0.016 + 0.012 * sc.rng.random(len(crown)))
    turf = np.vstack([crown, (crown + np.stack([np.zeros(len(crown)), down], 1))[::-1]])
    local, lit = "snow" if sc.brief.season == "winter" else "grass", sc.side == -side
    sc.poly(turf, sc.pal.lit(local, depth, -0.15 if lit else 0.2), kind="ground", depth=depth, group=group)
    order = np.argsort(crown[:, 0])
    return lambda fx: float(np.interp(fx * w, crown[order, 0], crown[order, 1]) / h)


def _face(sc: Scene, edge: float, top: float, side: int) -> list[tuple[float, float]]:
    """The outline of the rock from its crown down into the water."""
    r, w, h = sc.rng, sc.w, sc.h
    y, px = top + 0.025, edge - side * w * 0.02
    face = [(px, y * h)]
    while y < 1.04:
        y += r.uniform(0.045, 0.09)
        px -= side * w * r.uniform(-0.012, 0.045)
        face.append((px, y * h))
    return face


def _facets(sc: Scene, body: Points, corner: tuple[float, float], side: int, depth: float, group: int) -> None:
    r, w, h, (edge, top) = sc.rng, sc.w, sc.h, corner
    inside, lit = sc.mask([body]), sc.side == -side
    for k in range(7):
        x0 = edge + side * w * (k * 0.085 + r.uniform(-0.02, 0.02))
        y0 = (top + 0.03 + r.uniform(0, 0.06)) * h
        facet = np.array(
            [
                (x0, y0),
                (x0 + side * w * r.uniform(0.03, 0.06), y0 + h * 0.02),
                (x0 + side * w * r.uniform(-0.04, 0.02), h * r.uniform(0.7, 1.0)),
                (x0 - side * w * r.uniform(0.03, 0.09), h * r.uniform(0.75, 1.05)),
            ]
        )
        ink = sc.pal.lit("rock", depth, -0.25 if lit and k < 3 else 0.75)
        sc.add(np.minimum(sc.mask([facet]), inside), ink, kind="ground", depth=depth, angle=1.4, group=group)


def far_headland(sc: Scene, hz: float, tip: float, side: int, tall: float = 0.085, depth: float = 0.5) -> Line:
    """A tongue of land across the water: flat top, steep tip, a pale foot. Returns y(x)."""
    w, h = sc.w, sc.h
    xs = np.linspace(0, 1, w)
    inland = np.clip((xs - tip) * side / 0.16, 0, 1)
    slope = 1 - (1 - inland) ** 3
    ys = (hz + 0.012 - tall * slope * (1 + 0.25 * np.clip((xs - tip) * side, 0, 1))) * h
    ys -= noise1(w, sc.rng, 6, 5) * sc.u * 0.008 * slope
    ys[inland <= 0] = h * 2
    group = sc.new_group()
    band(sc, ys, sc.pal.lit("rock", depth, 0.35), depth, bottom=(hz + 0.012) * h, group=group, angle=1.3)
    local = "snow" if sc.brief.season == "winter" else "grass"
    band(sc, ys, sc.pal.lit(local, depth, 0.1), depth, bottom=(hz + 0.012 - tall * 0.55) * h, group=group)
    return lambda x: float(ys[int(np.clip(x, 0, 1) * (w - 1))] / h)


def beach(sc: Scene, near: float, side: int, local: str = "sand") -> Line:
    """Sand in front, higher on one side, with two lines of foam. Returns the y of its upper edge."""
    w, h, r = sc.w, sc.h, sc.rng
    xs = np.linspace(0, 1, w)
    bend = 0.075 * np.cos((xs - 0.5 - side * 0.5) * np.pi) + 0.012 * np.sin(xs * 7 + r.uniform(0, 6))
    ys = (near - bend) * h + noise1(w, r, 4, 3) * sc.u * 0.004
    for lift, alpha in ((0.034, 0.5), (0.016, 0.8)):
        wave = noise1(w, r, 5, 7) * sc.u * 0.006
        top = ys - lift * h + wave
        m = np.clip(np.arange(h)[:, None] - top[None], 0, 1) * (np.arange(h)[:, None] < top + sc.u * 0.012)
        sc.add(m, sc.pal.lit("white", 0.95), kind="water", depth=0.9, alpha=alpha)
    band(sc, ys - 0.008 * h, mix(sc.pal.lit(local, 0.92, 0.5), sc.pal.lit("water", 1), 0.3), 0.92)
    band(sc, ys + 0.02 * h + noise1(w, r, 5, 5) * sc.u * 0.005, sc.pal.lit(local, 0.97, 0.05), 0.95)
    return lambda x: float(ys[int(np.clip(x, 0, 1) * (w - 1))] / h)


def beam(sc: Scene, x: float, y: float, side: int) -> None:
    """The light of a lighthouse, to one side."""
    px, py = x * sc.w, y * sc.h
    for spread, alpha in ((0.10, 0.16), (0.055, 0.2)):
        far, middle, half = px + side * sc.w, py - sc.h * 0.04, sc.h * spread
        cone = np.array([(px, py - 3), (far, middle - half), (far, middle + half), (px, py + 3)])
        sc.poly(cone, sc.pal.light, kind="light", depth=0.5, alpha=alpha)


def foam(sc: Scene, x: float, side: int) -> None:
    """Broken water at the foot of a cliff."""
    r = sc.rng
    out = []
    for _ in range(16):
        px, py = (x - side * r.uniform(0.02, 0.24)) * sc.w, sc.h * r.uniform(0.84, 0.99)
        out.append(lens(px, py, sc.w * r.uniform(0.04, 0.13), sc.u * 0.004, r))
    sc.poly(out, sc.pal.lit("white", 0.95), kind="water", depth=0.97, alpha=0.8)
