"""Rooms: before a window, a wall with a lamp, and a corner with light on the floor."""

import numpy as np

from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers import rooms
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.nature import put
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.shapes import ellipse, rect, spline
from studio.engine.illustrator.staging.cast import cast
from studio.engine.illustrator.staging.sizes import SIZES, USUAL
from studio.engine.illustrator.staging.stage import Stage, third

PANE = frozenset(["window", "windowsill", "window sill"])
POTTED = frozenset(["flower"])
WALLS = ("rust", "sage", "teal", "gold", "pink")


def _furnished(brief: Brief) -> bool:
    """Something is too big for a window sill."""
    return any(SIZES.get(subject.name, USUAL)[1] > 0.8 for subject in brief.subjects)


def _window(brief: Brief) -> bool:
    return bool(brief.places & PANE) and not _furnished(brief)


def _room(brief: Brief) -> bool:
    return not _window(brief)


def _cast(sc: Scene, y: float, hero: float, scale: float, skip: frozenset[str] = frozenset()) -> None:
    stage = Stage(horizon=0.5, ground=lambda _x: y, x=hero, scale=scale, back=y - 0.06, back_scale=0.85, skip=skip)
    stage.air = (0.1, 0.5)
    cast(sc, stage)


@layout("interior", when=_window)
def on_the_sill(sc: Scene) -> None:
    """A wide window with its world outside, the sill, curtains and what sits there."""
    box = (0.12, 0.07, 0.88, 0.76)
    rooms.outside(sc, box)
    rooms.lamplight(sc)
    hole = rect(box[0] * sc.w, box[1] * sc.h, box[2] * sc.w, box[3] * sc.h)
    rooms.wall(sc, [hole], sc.pal.lit(sc.pal.named[0] if sc.pal.named else "rust", 1, 0.55))
    rooms.frame(sc, box)
    rooms.sill(sc, box)
    rooms.curtains(sc)
    hero = third(sc)
    rooms.pot_plant(sc, hero + sc.side * 0.36, box[3] + 0.012, 0.2)
    _cast(sc, box[3] + 0.014, hero, 1.75, POTTED)


@layout("interior", when=_window)
def arched_window(sc: Scene) -> None:
    """A tall arched window in a plain wall; a deep seat with cushions."""
    w, h, u = sc.w, sc.h, sc.u
    middle, half, top, foot = 0.5 + sc.side * 0.06, 0.3, 0.09, 0.74
    box = (middle - half, top, middle + half, foot)
    rooms.outside(sc, box)
    rooms.lamplight(sc)
    arch = _arch(sc, middle, half, top, foot)
    rooms.wall(sc, [arch], rooms.wall_ink(sc, WALLS))
    trim = sc.mask([_arch(sc, middle, half + 0.022, top - 0.022, foot)])
    sc.add(np.where(sc.mask([arch]) > 0, 0, trim).astype(np.uint8), sc.pal.lit("cream", 1, -0.3), depth=0.93)
    inside = sc.mask([arch])
    bars = [
        rect((middle + k * half * 0.36 - 0.004) * w, 0, (middle + k * half * 0.36 + 0.004) * w, foot * h)
        for k in (-1, 1)
    ]
    bars += [rect(0, y * h - 0.004 * u, w, y * h + 0.004 * u) for y in (0.36, 0.56)]
    sc.add(np.minimum(inside, sc.mask(bars)), sc.pal.lit("cream", 1, -0.1), depth=0.93)
    seat = foot + 0.05
    sc.poly(rect(0.04 * w, foot * h, 0.96 * w, seat * h), sc.pal.lit("cream", 1, -0.2), depth=0.95)
    sc.poly(rect(0.04 * w, seat * h, 0.96 * w, h + 5), sc.pal.lit("cream", 1, 0.5), depth=0.95)
    panels = [rect((0.08 + k * 0.3) * w, (seat + 0.04) * h, (0.3 + k * 0.3) * w, 0.97 * h) for k in range(3)]
    sc.poly(panels, sc.pal.lit("cream", 1, 0.65), depth=0.95)
    _cushion(sc, 0.5 - sc.side * 0.36, seat - 0.01, 0.16, "teal")
    _cushion(sc, 0.5 - sc.side * 0.24, seat, 0.13, "gold")
    rooms.pot_plant(sc, 0.5 + sc.side * 0.38, seat - 0.005, 0.36, "fern", "rust")
    _cast(sc, seat - 0.012, middle - sc.side * 0.02, 1.7, POTTED)


def _arch(sc: Scene, x: float, half: float, top: float, foot: float) -> Points:
    a = np.linspace(np.pi, 0, 40)
    rise = min(half * sc.w / sc.h, (foot - top) * 0.6)
    curve = np.stack([x + half * np.cos(a), top + rise - rise * np.sin(a)], 1)
    return np.vstack([curve, [(x + half, foot), (x - half, foot)]]) * (sc.w, sc.h)


def _cushion(sc: Scene, x: float, y: float, size: float, local: str) -> None:
    px, py, s = x * sc.w, y * sc.h, size * sc.u
    shape = spline(
        [
            (px - s * 0.5, py),
            (px - s * 0.44, py - s * 0.5),
            (px - s * 0.5, py - s * 0.95),
            (px, py - s * 0.86),
            (px + s * 0.5, py - s * 0.95),
            (px + s * 0.44, py - s * 0.5),
            (px + s * 0.5, py),
            (px, py - s * 0.06),
        ]
    )
    sc.poly(shape, sc.pal.lit(local, 1, 0.1), depth=0.97)
    inner = ellipse(px + sc.side * s * 0.12, py - s * 0.5, s * 0.26)
    sc.poly(inner, sc.pal.lit("cream", 1, 0.15), depth=0.97)
    sc.poly(ellipse(px + sc.side * s * 0.12, py - s * 0.5, s * 0.17), sc.pal.lit(local, 1, 0.1), depth=0.97)


@layout("interior", when=_window)
def from_the_table(sc: Scene) -> None:
    """The window to one side, a table under it, a lamp on the wall."""
    w, h = sc.w, sc.h
    side = sc.side
    x = 0.5 + side * 0.16
    box = (x - 0.24, 0.1, x + 0.24, 0.6)
    rooms.outside(sc, box)
    rooms.lamplight(sc)
    hole = rect(box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    rooms.wall(sc, [hole], rooms.wall_ink(sc, WALLS))
    rooms.frame(sc, box, (2, 3), 0.018)
    rooms.sill(sc, box, 0.04)
    rooms.picture(sc, 0.5 - side * 0.32, 0.22, 0.17, 0.22, int(sc.rng.integers(6)))
    top = 0.78
    sc.poly(rect(-5, top * h, w + 5, (top + 0.05) * h), sc.pal.lit("wood", 1, -0.1), depth=0.95)
    sc.poly(rect(-5, (top + 0.05) * h, w + 5, h + 5), sc.pal.lit("wood", 1, 0.7), depth=0.95)
    rooms.sunlight(sc, x - 0.2, top + 0.002, 0.36, top + 0.05)
    rooms.pot_plant(sc, 0.5 - side * 0.36, top + 0.025, 0.4, "leaf", "rust")
    put(sc, "cup", 0.5 + side * 0.4, top + 0.03, 0.09, 1, ground=False)
    _cast(sc, top + 0.022, 0.5 + side * 0.04, 1.7, POTTED)


@layout("interior", when=lambda brief: not brief.places & PANE)
def by_the_wall(sc: Scene) -> None:
    """A wall with pictures and a shelf, boards, a rug and a lamp."""
    w, h, u = sc.w, sc.h, sc.u
    rooms.lamplight(sc)
    sc.horizon, foot, side = 0.5, 0.74, sc.side
    sc.sun = ((0.5 + side * 0.4) * w, 0.2 * h)
    ink = rooms.wall_ink(sc, WALLS)
    sc.add(sc.full(), sc.ramp([ink, ink], 0, h), kind="sky", depth=0.88)
    _paper(sc, foot)
    rooms.floor(sc, foot)
    hero = 0.5 - side * 0.04
    rooms.picture(sc, hero - side * 0.14, 0.24, 0.2, 0.26, int(sc.rng.integers(6)))
    rooms.picture(sc, hero + side * 0.09, 0.2, 0.13, 0.16, int(sc.rng.integers(6)))
    rooms.shelf(sc, hero - side * 0.34 if w <= h else hero - side * 0.3, 0.4, 0.26)
    rooms.rug(sc, hero, 0.88, 0.42, 0.085)
    _floor_lamp(sc, 0.5 + side * 0.36, foot + 0.05)
    rooms.pot_plant(sc, 0.5 - side * 0.42, foot + 0.07, 0.42, "leaf", "rust")
    furnished = sc.brief.find("chair", "piano", "bed", "table")
    if not furnished and not sc.brief.subjects:
        put(sc, "chair", hero, 0.88, 0.42, 1, colour="teal")
    _cast(sc, 0.885, hero, 1.5)
    sc.lamps.append(((0.5 + side * 0.36) * w, 0.4 * h, 0.3 * u))


def _paper(sc: Scene, foot: float) -> None:
    """Wallpaper stripes, or a low panel."""
    w, h = sc.w, sc.h
    if sc.rng.random() < 0.5:
        wide = 0.045 * sc.u
        stripes = [rect(x, 0, x + wide, foot * h) for x in np.arange(0, w + wide, wide * 2)]
        sc.poly(stripes, sc.pal.key, depth=0.89, alpha=0.06)
    else:
        panel = rect(-5, (foot - 0.2) * h, w + 5, foot * h)
        sc.poly(panel, sc.pal.lit("cream", 1, 0.3), depth=0.89)
        sc.poly(rect(-5, (foot - 0.215) * h, w + 5, (foot - 0.2) * h), sc.pal.lit("cream", 1, -0.2), depth=0.89)


def _floor_lamp(sc: Scene, x: float, y: float) -> None:
    px, py, u = x * sc.w, y * sc.h, sc.u
    glow = sc.pal.lit("glow")
    for k, alpha in ((0.34, 0.1), (0.22, 0.14), (0.13, 0.2)):
        sc.poly(ellipse(px, py - 0.48 * u, k * u, n=60), glow, kind="light", depth=0.9, alpha=alpha)
    sc.poly(rect(px - 0.005 * u, py - 0.46 * u, px + 0.005 * u, py), sc.pal.lit("dark", 1), depth=0.95)
    sc.poly(ellipse(px, py, 0.06 * u, 0.014 * u), sc.pal.lit("dark", 1), depth=0.95)
    shade = [(-0.05, -0.58), (0.05, -0.58), (0.095, -0.44), (-0.095, -0.44)]
    sc.poly(np.array([(px + dx * u, py + dy * u) for dx, dy in shade]), glow, kind="light", depth=0.96)
    sc.poly(rect(px - 0.096 * u, py - 0.445 * u, px + 0.096 * u, py - 0.432 * u), sc.pal.lit("rust", 1), depth=0.96)


@layout("interior", when=_room)
def sunny_corner(sc: Scene) -> None:
    """Two walls meet; a window in one throws its light over the floor."""
    w, h, side = sc.w, sc.h, sc.side
    rooms.lamplight(sc)
    corner, foot = 0.5 + side * 0.14, 0.68
    sc.horizon = 0.5
    edge = 0.5 + side * 0.5
    ink = rooms.wall_ink(sc, WALLS)
    box = (min(corner + side * 0.08, edge - side * 0.03), 0.14, max(corner + side * 0.08, edge - side * 0.03), 0.52)
    rooms.outside(sc, box)
    hole = rect(box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    rooms.wall(sc, [hole], ink)
    far = rect(min(corner, 0.5 - side * 0.55) * w, -5, max(corner, 0.5 - side * 0.55) * w, h + 5)
    sc.poly(
        far,
        sc.pal.lit("cream", 1, 0.5) if not sc.pal.named else sc.pal.lit(sc.pal.named[0], 1, 0.55),
        depth=0.9,
        angle=1.57,
    )
    rooms.frame(sc, box, (2, 2), 0.014)
    rooms.floor(sc, foot)
    lights = [
        [(0.02, 0.72), (0.2, 0.72), (0.06, 0.97), (-0.18, 0.97)],
        [(0.23, 0.72), (0.38, 0.72), (0.3, 0.97), (0.1, 0.97)],
    ]
    for patch in lights:
        shape = np.array([(corner + side * (dx - 0.2), y) for dx, y in patch]) * (w, h)
        sc.poly(shape, sc.pal.light, kind="light", depth=0.93, alpha=0.2 if sc.pal.night else 0.5)
    rooms.picture(sc, corner - side * 0.3, 0.26, 0.2, 0.25, int(sc.rng.integers(6)))
    rooms.shelf(sc, corner - side * 0.34, 0.5, 0.3)
    rooms.pot_plant(sc, corner + side * 0.06, foot + 0.06, 0.44, "palm" if sc.rng.random() < 0.5 else "fern", "rust")
    hero = 0.5 - side * 0.08
    if not sc.brief.subjects:
        put(sc, "chair", hero, 0.86, 0.42, 1, colour="red")
    _cast(sc, 0.87, hero, 1.5)


@layout("interior", when=lambda brief: bool(brief.places & PANE) and _furnished(brief))
def before_tall_panes(sc: Scene) -> None:
    """Glass down to the floor, curtains at both sides, the light on the boards."""
    w, h = sc.w, sc.h
    foot = 0.72
    box = (0.2, 0.06, 0.8, foot - 0.03)
    rooms.outside(sc, box)
    rooms.lamplight(sc)
    hole = rect(box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    rooms.wall(sc, [hole], rooms.wall_ink(sc, WALLS))
    rooms.frame(sc, box, (3, 3), 0.014)
    rooms.floor(sc, foot)
    for k in range(3):
        shape = np.array(
            [
                (0.24 + 0.18 * k, foot + 0.02),
                (0.38 + 0.18 * k, foot + 0.02),
                (0.36 + 0.2 * k - sc.side * 0.14, 0.98),
                (0.18 + 0.2 * k - sc.side * 0.14, 0.98),
            ]
        )
        sc.poly(shape * (w, h), sc.pal.light, kind="light", depth=0.93, alpha=0.18 if sc.pal.night else 0.42)
    rooms.curtains(sc)
    rooms.pot_plant(sc, 0.5 + sc.side * 0.36, foot + 0.1, 0.46, "palm", "rust")
    _cast(sc, 0.87, 0.5 - sc.side * 0.1, 1.5)


@layout("interior", when=_room)
def through_a_doorway(sc: Scene) -> None:
    """A dark frame near us, a bright room beyond it, a checked floor."""
    w, h, side, u = sc.w, sc.h, sc.side, sc.u
    rooms.lamplight(sc)
    sc.horizon, foot = 0.5, 0.7
    x = 0.5 + side * 0.2
    box = (x - 0.12, 0.14, x + 0.12, 0.46)
    rooms.outside(sc, box)
    hole = rect(box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    rooms.wall(sc, [hole], rooms.wall_ink(sc, ("cream", "gold", "sage", "pink")))
    rooms.frame(sc, box, (2, 2), 0.012)
    rooms.sill(sc, box, 0.03)
    rooms.floor(sc, foot, planks=False)
    _checks(sc, foot)
    rooms.picture(sc, 0.5 - side * 0.16, 0.28, 0.17, 0.22, int(sc.rng.integers(6)))
    rooms.rug(sc, 0.5 - side * 0.03, 0.85, 0.3, 0.05)
    hero = 0.5 - side * 0.06
    if not sc.brief.subjects:
        put(sc, "chair", hero, 0.84, 0.4, 1, colour="navy")
    _cast(sc, 0.85, hero, 1.35)
    dark = sc.pal.lit(sc.pal.accent, 1, 0.85)
    group = sc.new_group()
    for k in (-1, 1):
        e = 0.5 + k * 0.5
        shape = rect(min(e, e - k * 0.15) * w - 5, -5, max(e, e - k * 0.15) * w + 5, h + 5)
        sc.poly(shape, dark, depth=1, group=group, angle=1.57)
        post = rect((e - k * 0.15) * w - 0.012 * u, -5, (e - k * 0.15) * w + 0.012 * u, h + 5)
        sc.poly(post, sc.pal.lit("wood", 1, 0.35), depth=1, group=group, angle=1.57)
    sc.poly(rect(-5, -5, w + 5, 0.05 * h), dark, depth=1, group=group)
    sc.poly(rect(0.14 * w, 0.04 * h, 0.86 * w, 0.062 * h), sc.pal.lit("wood", 1, 0.3), depth=1, group=group)


def _checks(sc: Scene, foot: float) -> None:
    w, h = sc.w, sc.h
    tiles: list[Points] = []
    rows = foot + (1.03 - foot) * np.linspace(0, 1, 7) ** 1.6
    for i in range(6):
        for k in range(-9, 9):
            if (i + k) % 2:
                a, b = rows[i], rows[i + 1]
                t0, t1 = (a - foot) / (1.03 - foot), (b - foot) / (1.03 - foot)
                x = [0.5 + j * (0.075 + 0.075 * t) for j, t in ((k, t0), (k + 1, t0), (k + 1, t1), (k, t1))]
                tiles.append(np.array([(x[0], a), (x[1], a), (x[2], b), (x[3], b)]) * (w, h))
    sc.poly(tiles, sc.pal.lit("cream", 1, 0.2), kind="ground", depth=0.925)
