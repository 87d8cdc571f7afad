"""What stands close to the eye and frames a view: boughs, grasses, reeds, rocks, trunks."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.shapes import ellipse, limb, spline


def shade(sc: Scene, local: str, deep: float = 0.6) -> Ink:
    """An ink close to the eye, turned from the light."""
    return sc.pal.lit(local, 1, deep)


def leaf_local(sc: Scene) -> str:
    return {"autumn": "autumn2", "winter": "bark"}.get(sc.brief.season or "", "leafdark")


def bough(sc: Scene, side: int, y: float = 0.05, reach: float = 0.55) -> None:
    """A branch with leaves that hangs into the picture from one upper corner."""
    r, w, h, u = sc.rng, sc.w, sc.h, sc.u
    out = 0.5 + side * 0.56
    drop = r.uniform(0.06, 0.12)
    knots = [(out * w, y * h, 0.017 * u)]
    for t in (0.3, 0.62, 1.0):
        sag = (y + drop * t * t + r.uniform(-0.01, 0.01)) * h
        knots.append(((out - side * reach * t) * w, sag, (0.017 - 0.014 * t) * u))
    group = sc.new_group()
    sc.poly(limb(knots, 10), shade(sc, "bark", 0.5), depth=1, group=group, angle=0.1)
    line = spline([(kx, ky) for kx, ky, _ in knots], False, 16)
    leaves: tuple[list[Points], list[Points]] = ([], [])
    for i, (x, py) in enumerate(line[6:]):
        if i % 5 == 0:
            tip = _twig(sc, (float(x), float(py)), group)
            ends = [(x + (tip[0] - x) * t, py + (tip[1] - py) * t) for t in (0.4, 0.7, 1.0)]
        else:
            ends = [(x, py)] * (i % 3 == 0)
        for lx, ly in ends if sc.brief.season != "winter" else ():
            for way in (-1, 1):
                turn, long = 1.57 + way * r.uniform(0.4, 1.1), u * r.uniform(0.016, 0.026)
                tx, ty = lx + np.cos(turn) * long, ly + np.sin(turn) * long
                leaves[int(r.integers(2))].append(_leaf(tx, ty, long, turn))
    for part, deep in zip(leaves, (0.8, 0.4), strict=True):
        if part:
            sc.poly(part, shade(sc, leaf_local(sc), deep), depth=1, group=group)


def _leaf(x: float, y: float, long: float, turn: float) -> Points:
    """Pointed at both ends."""
    c, s = np.cos(turn), np.sin(turn)
    outline = spline([(-1, 0), (-0.1, 0.36), (1, 0), (-0.1, -0.36)], True, 4) * long
    return np.stack([x + outline[:, 0] * c - outline[:, 1] * s, y + outline[:, 0] * s + outline[:, 1] * c], 1)


def _twig(sc: Scene, start: tuple[float, float], group: int) -> tuple[float, float]:
    r, u = sc.rng, sc.u
    end = (start[0] + r.normal(0, 0.03) * u, start[1] + r.uniform(0.02, 0.07) * u)
    sc.poly(limb([(*start, 0.003 * u), (*end, 0.0012 * u)], 4), shade(sc, "bark", 0.5), depth=1, group=group)
    return end


def grasses(sc: Scene, y: float = 1.0, tall: float = 0.16, n: int = 70, x0: float = 0.0, x1: float = 1.0) -> None:
    """Blades against the view, thickest at the edges of the picture."""
    r, w, h, u = sc.rng, sc.w, sc.h, sc.u
    local = {"winter": "sage", "autumn": "wheat"}.get(sc.brief.season or "", "grass")
    for deep, share in ((0.95, 0.5), (0.62, 0.5)):
        blades: list[Points] = []
        for _ in range(int(n * share)):
            x = r.uniform(x0, x1)
            high = tall * u * r.uniform(0.45, 1.0) * (0.55 + 0.9 * abs(x - 0.5))
            lean = r.normal(sc.side * 0.12, 0.22) * high
            wide = u * r.uniform(0.003, 0.006)
            top = (x * w + lean, y * h - high)
            belly = (x * w + lean * 0.25, y * h - high * 0.55)
            root = x * w
            blades.append(
                np.array(
                    [
                        (root - wide, y * h + 4),
                        (belly[0] - wide * 0.7, belly[1]),
                        top,
                        (belly[0] + wide, belly[1]),
                        (root + wide, y * h + 4),
                    ]
                )
            )
        sc.poly(blades, shade(sc, local, deep), depth=1, angle=1.5)


def reeds(sc: Scene, side: int, y: float = 1.0, n: int = 16) -> None:
    """Bulrushes at one corner of a shore."""
    r, w, h, u = sc.rng, sc.w, sc.h, sc.u
    stems: list[Points] = []
    heads: list[Points] = []
    for _ in range(n):
        x = (0.5 + side * (0.52 - abs(r.normal(0, 0.13)))) * w
        high, lean = u * r.uniform(0.14, 0.34), r.normal(-side * 0.02, 0.03) * u
        stems += limb(
            [
                (x, y * h, 0.0032 * u),
                (x + lean * 0.4, y * h - high * 0.6, 0.0026 * u),
                (x + lean, y * h - high, 0.0014 * u),
            ],
            4,
        )
        if r.random() < 0.55:
            heads.append(ellipse(x + lean * 0.9, y * h - high * 0.93, 0.0065 * u, 0.026 * u, lean / high, 16))
    sc.poly(stems, shade(sc, "leafdark", 0.8), depth=1, angle=1.5)
    if heads:
        sc.poly(heads, shade(sc, "wood", 0.55), depth=1, angle=1.5)


def rocks(sc: Scene, side: int, y: float = 1.0, size: float = 0.2, n: int = 4, snow: bool = False) -> None:
    """Boulders in one lower corner, each with a lit crown."""
    r, w, h, u = sc.rng, sc.w, sc.h, sc.u
    spots = sorted(((r.uniform(0, 0.3), r.uniform(0.5, 1.0)) for _ in range(n)), key=lambda spot: spot[0])
    for out, k in reversed(spots):
        x, s = (0.5 + side * (0.52 - out)) * w, size * u * k * (1.15 - out * 1.8)
        base = y * h + s * 0.15
        shape = [(-1.0, 0.2), (-0.86, -0.42), (-0.38, -0.82), (0.22, -0.9), (0.74, -0.5), (1.02, 0.2)]
        outline = np.array([(x + px * s + r.normal(0, 0.05) * s, base + py * s * 0.8) for px, py in shape])
        stamp = sc.poly(outline, shade(sc, "rock", 0.85), kind="ground", depth=1, angle=0.8)
        if stamp is None:
            continue
        lit = np.array(
            [
                (x + (px * 0.86 + sc.side * 0.12) * s, base + (py * 0.8 - 0.06) * s)
                for px, py in ((-0.7, -0.4), (-0.3, -0.82), (0.24, -0.9), (0.62, -0.5), (0.1, -0.34))
            ]
        )
        ink = sc.pal.lit("snow" if snow else "rock", 1, 0.1 if snow else 0.25)
        sc.add(np.minimum(sc.mask([lit]), sc.mask([outline])), ink, kind="ground", depth=1, angle=0.4)


def trunks(sc: Scene, columns: list[tuple[float, float]], foot: float = 1.05, depth: float = 1.0) -> None:
    """Tree trunks from above the picture to below it: (column, half width as a share of the short side)."""
    r, w, h, u = sc.rng, sc.w, sc.h, sc.u
    for x, half in columns:
        lean = r.normal(0, 0.012)
        knots = [
            (x + lean * k, t, half * s) for k, t, s in ((2, -0.05, 0.72), (1, 0.4, 0.85), (0, 0.8, 1.0), (0, foot, 1.5))
        ]
        shape = limb([(kx * w, ky * h, kr * u) for kx, ky, kr in knots], 10)
        group = sc.new_group()
        stamp = sc.poly(shape, sc.pal.lit("bark", depth, 0.35), depth=depth, group=group, angle=1.55)
        if stamp is None:
            continue
        inside = sc.mask(shape)
        dark = sc.mask(
            [
                np.array(
                    [
                        (kx * w - sc.side * kr * u * t, ky * h)
                        for t in (0.1, 2.5)
                        for kx, ky, kr in (knots if t < 1 else knots[::-1])
                    ]
                )
            ]
        )
        ink = sc.pal.lit("bark", depth, 0.8)
        sc.add(np.minimum(inside, dark), ink, depth=depth, group=group, angle=1.55)


def corner_tree(sc: Scene, side: int, name: str = "pine", tall: float = 1.1, inset: float = 0.06) -> None:
    """One big tree at the edge, partly outside."""
    x = 0.5 + side * (0.5 - inset)
    subjects.draw(sc, name, x * sc.w, sc.h * 1.02, tall * sc.u, 1, side > 0, None)
