"""Repeating patterns that tile at every edge: a half-drop of sprigs, a tossed scatter, and an ogee with medallions."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Dots, Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, spline
from studio.engine.illustrator.staging.placed import extent
from studio.engine.illustrator.staging.sizes import LUMINARIES

BOTANICAL = frozenset(["fern", "leaf", "flower", "tree", "pine", "rose", "tulip", "sunflower"])
INKS = (  # ground, first, second
    ((0.93, 0.03, 88), (0.36, 0.07, 168), (0.60, 0.15, 42)),
    ((0.30, 0.055, 170), (0.88, 0.07, 105), (0.70, 0.15, 40)),
    ((0.92, 0.03, 80), (0.34, 0.09, 262), (0.60, 0.17, 28)),
    ((0.90, 0.035, 60), (0.40, 0.11, 20), (0.52, 0.08, 195)),
    ((0.28, 0.07, 265), (0.92, 0.04, 90), (0.66, 0.16, 40)),
)


class TurnedPen(Pen):
    """Draws a thing turned about its middle, in one flat ink when it is given one."""

    turn: float = 0.0
    flat: Ink | None = None
    middle: tuple[float, float] = (0.0, 0.5)

    def place(self, poly: Dots) -> Points:
        p = np.asarray(poly, float)[:, :2] - self.middle
        if self.flip:
            p = p * (-1, 1)
        c, s = np.cos(self.turn), np.sin(self.turn)
        return np.stack(
            [self.x + (p[:, 0] * c + p[:, 1] * s) * self.s, self.y - (p[:, 1] * c - p[:, 0] * s) * self.s], 1
        )

    def ink(self, name: str | Ink, shade: float = 0.0) -> Ink:
        return super().ink(name, shade) if self.flat is None else self.flat


class Cloth:
    """The inks and the repeat of one pattern."""

    def __init__(self, sc: Scene, most: int, tall: float = 1.0) -> None:
        b, r, named = sc.brief, sc.rng, sc.pal.named
        self.sc = sc
        motifs = [s for s in b.subjects if s.name not in LUMINARIES]
        self.names = [s.name for s in motifs] or ["leaf"]
        self.colours = {s.name: s.colour for s in motifs}
        ground, first, second = (rgb(ink) for ink in INKS[int(r.integers(len(INKS)))])
        if len(named) > 1:
            ground, first, second = (rgb((0.94, 0.025, 88)), named[0], named[1])
        elif named:
            ground, first, second = (rgb((0.94, 0.025, 88)), named[0], mix(named[0], sc.pal.key, 0.55))
        if b.inks == 1:
            second = first
        self.third = sc.pal.accent if b.inks and b.inks > 2 else second
        self.flat = b.inks is not None or bool(named) or set(self.names) <= BOTANICAL
        if not self.flat:  # things in their own colours may be as pale as the ground
            ground = mix(ground, first, 0.24)
        self.ground, self.first, self.second = ground, first, second
        self.columns = 2 * max(1, round(sc.w / sc.u * most / 2))  # even, so that a half-drop closes
        self.rows = max(1, round(sc.h / sc.w * self.columns / tall))
        self.cw, self.ch = sc.w / self.columns, sc.h / self.rows
        sc.add(sc.full(), ground, kind="sky", depth=0.1)

    def cells(self, drop: float) -> "list[tuple[int, float, float]]":
        """Every cell and its copies beyond the edges: (a number that repeats with it, x, y)."""
        out = []
        for i in range(-1, self.columns + 1):
            for j in range(-2, self.rows + 2):
                number = (i % self.columns) * 31 + j % self.rows
                out.append((number, (i + 0.5) * self.cw, (j + 0.5 + (drop if i % 2 else 0)) * self.ch))
        return out

    def draw(self, name: str, at: tuple[float, float], size: float, turn: float, ink: Ink, flip: bool = False) -> None:
        """One motif, the same wherever it is drawn."""
        sc, state = self.sc, self.sc.rng
        sc.rng = np.random.default_rng(11)
        own = self.colours.get(name)
        pen = TurnedPen(sc, at[0], at[1], size, 1.0, flip, ink if name in BOTANICAL and not own else own)
        e = extent(name)
        pen.turn, pen.flat, pen.middle = (
            turn,
            ink if self.flat else None,
            ((e.left + e.right) / 2, (e.bottom + e.top) / 2),
        )
        subjects.DRAW[name](pen)
        sc.rng = state

    def fitted(self, name: str, room: float) -> float:
        """The size at which a thing fills so much room."""
        e = extent(name)
        return room / max(e.right - e.left, e.top - e.bottom)

    def dots(self, spots: list[tuple[float, float]], r: float, ink: Ink) -> None:
        self.sc.poly([ellipse(x, y, r) for x, y in spots], ink, kind="form", depth=1)


@layout("pattern")
def half_drop(sc: Scene) -> None:
    """Sprigs of three, every second column half a step lower."""
    name = next((s.name for s in sc.brief.subjects if s.name not in LUMINARIES), "leaf")
    cloth = Cloth(sc, 3 if name in BOTANICAL else 4)
    cell = min(cloth.cw, cloth.ch)
    for number, x, y in cloth.cells(0.5):
        motif = cloth.names[number % len(cloth.names)]
        if motif in BOTANICAL:
            size = cloth.fitted(motif, cell * 0.84)
            for k in (-1, 1):
                cloth.draw(motif, (x + k * cell * 0.235, y - cell * 0.02), size, k * 0.52, cloth.first)
            cloth.draw(motif, (x, y - cell * 0.16), size, 0, cloth.second)
            spots = [(-0.06, 0.42), (0.06, 0.42), (0, 0.49), (-0.46, 0.40), (0.46, 0.40), (-0.5, 0.47), (0.5, 0.47)]
            cloth.dots([(x + cell * a, y + cell * b) for a, b in spots], cell * 0.018, cloth.third)
        else:
            size = cloth.fitted(motif, cell * 0.72)
            cloth.draw(motif, (x, y), size, 0, (cloth.first, cloth.second)[number % 2], bool(number % 2))
            spots = [(0.45, -0.06), (0.55, 0), (0.45, 0.06)]
            cloth.dots([(x + cell * a, y + cell * b) for a, b in spots], cell * 0.02, cloth.second)


@layout("pattern")
def tossed(sc: Scene) -> None:
    """Large and small, turned every way, with berries between them."""
    cloth = Cloth(sc, 4)
    r = sc.rng
    cell = min(cloth.cw, cloth.ch)
    n = cloth.columns * 31 + cloth.rows + 31
    turns, sizes = r.uniform(0, 6.28, n), r.uniform(0.82, 1.12, n)
    dx, dy = r.uniform(-0.07, 0.07, n) * cell, r.uniform(-0.07, 0.07, n) * cell
    upright = not set(cloth.names) <= BOTANICAL
    for number, x, y in cloth.cells(0.5):
        motif = cloth.names[number % len(cloth.names)]
        turn = (turns[number] % 1.0 - 0.5) * 0.9 if upright else turns[number]
        ink = (cloth.first, cloth.second)[(number + number // 31) % 2]
        size = cloth.fitted(motif, cell * (1.15 if motif in BOTANICAL else 0.86)) * sizes[number]
        cloth.draw(motif, (x + dx[number], y + dy[number]), size, turn, ink, turns[number] > 3.14)
        mx, my = x + cell * 0.5, y - cell * 0.25
        if motif in BOTANICAL:
            small = cloth.fitted(motif, cell * 0.36)
            cloth.draw(motif, (mx, my), small, turns[number] + 2.2, cloth.third)
        spots = [(0.0, 0.5), (0.05, 0.44), (-0.05, 0.44)]
        cloth.dots([(x + a * cell, y + b * cell) for a, b in spots], cell * 0.022, cloth.second)


@layout("pattern")
def ogee(sc: Scene) -> None:
    """Pointed ovals that lock into each other, a motif in every one and a star where they meet."""
    cloth = Cloth(sc, 6, 2.8)
    cw, ch = cloth.cw, cloth.ch
    tint = mix(cloth.ground, cloth.first, 0.16)
    line = mix(cloth.ground, cloth.second, 0.75)
    half = [(0.0, -1.0), (0.14, -0.82), (0.5, -0.42), (0.92, 0.0), (0.5, 0.42), (0.14, 0.82), (0.0, 1.0)]
    right = spline(half, False, 10)
    outline = np.vstack([right, (right * (-1, 1))[::-1]])
    for _, x, y in cloth.cells(0.5):
        sc.poly(outline * (cw * 0.96, ch * 0.49) + (x, y), line, kind="form", depth=0.4)
        sc.poly(outline * (cw * 0.91, ch * 0.455) + (x, y), tint, kind="form", depth=0.4)
        sc.poly(outline * (cw * 0.84, ch * 0.41) + (x, y), cloth.ground, kind="form", depth=0.4)
    cell = min(1.9 * cw, ch) * 0.82
    for number, x, y in cloth.cells(0.5):
        motif = cloth.names[number % len(cloth.names)]
        if motif in BOTANICAL:
            size = cloth.fitted(motif, cell * 0.78)
            for k in (-1, 1):
                cloth.draw(motif, (x + k * cell * 0.2, y + cell * 0.06), size * 0.8, k * 0.7, cloth.second, k < 0)
            cloth.draw(motif, (x, y - cell * 0.02), size, 0, cloth.first)
        else:
            cloth.draw(motif, (x, y), cloth.fitted(motif, cell * 0.66), 0, cloth.first, bool(number % 2))
        cloth.dots([(x, y + ch * 0.5 + k * cell * 0.05) for k in (-1, 0, 1)], cell * 0.02, cloth.first)
        cloth.dots([(x + k * cell * 0.05, y + ch * 0.5) for k in (-1, 1)], cell * 0.02, cloth.first)
