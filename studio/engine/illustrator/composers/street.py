"""Buildings of a street in one-point perspective: walls, windows, roofs, shop fronts, signs."""

from dataclasses import dataclass

import numpy as np

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.shapes import rect

WALLS = ("navy", "brick", "dark", "steel", "teal", "rust")
DAY_WALLS = ("brick", "cream", "rust", "sage", "stone", "pink", "gold")


def signs(sc: Scene) -> list[Ink]:
    """The inks that shine."""
    inks: list[Ink] = [
        rgb((0.68, 0.23, 352)),
        rgb((0.82, 0.13, 200)),
        rgb((0.85, 0.15, 88)),
        rgb((0.72, 0.18, 45)),
        rgb((0.80, 0.17, 155)),
    ]
    return [*sc.pal.named, *inks] if sc.pal.named else inks


@dataclass(frozen=True, slots=True)
class Block:
    """One building along a street, between the depths `far` and `near` (0 vanishing point, 1 the viewer)."""

    sc: Scene
    vx: float
    hz: float
    side: int
    far: float
    near: float
    top: float
    sign: Ink

    @property
    def depth(self) -> float:
        return min(1.0, 0.35 + 0.65 * self.near)

    def x(self, f: float) -> float:
        return (self.vx + self.side * (0.045 + 0.42 * f)) * self.sc.w

    def y(self, f: float, v: float) -> float:
        return (self.hz + (0.15 - v) * f) * self.sc.h

    def at(self, k: float) -> float:
        """The depth at a share of the wall's length."""
        return self.far + (self.near - self.far) * k

    def quad(self, a: float, b: float, v0: float, v1: float) -> Points:
        """A piece of the wall: shares of its length, heights in street units."""
        fa, fb = self.at(a), self.at(b)
        return np.array(
            [
                (self.x(fa), self.y(fa, v0)),
                (self.x(fb), self.y(fb, v0)),
                (self.x(fb), self.y(fb, v1)),
                (self.x(fa), self.y(fa, v1)),
            ]
        )

    def draw(self) -> None:
        sc, r = self.sc, self.sc.rng
        names = WALLS if sc.pal.night else DAY_WALLS
        local, group = names[int(r.integers(len(names)))], sc.new_group()
        self._roof(local, group)
        sc.poly(
            self.quad(0, 1, 0, self.top), sc.pal.lit(local, self.depth, 0.25), depth=self.depth, group=group, angle=1.57
        )
        if self.near > 0.99:
            out = [
                (self.x(1), self.y(1, 0)),
                (self.x(1) + self.side * sc.w, self.y(1, 0)),
                (self.x(1) + self.side * sc.w, self.y(1, self.top)),
                (self.x(1), self.y(1, self.top)),
            ]
            sc.poly(np.array(out), sc.pal.lit(local, self.depth, 0.8), depth=self.depth, group=group)
        self._trim(local, group)
        (self._ribbons, self._panes, self._tall_panes)[int(r.integers(3))](group)
        self._shop(group)
        if sc.pal.night or r.random() < 0.5:
            self._sign()

    def _roof(self, local: str, group: int) -> None:
        """A set-back storey, a water tank or a mast above the wall."""
        sc, r, kind = self.sc, self.sc.rng, int(self.sc.rng.integers(4))
        dark, d = sc.pal.lit(local, self.depth, 0.7), self.depth
        a = r.uniform(0.2, 0.45)
        if kind == 0:
            sc.poly(self.quad(0.15, 0.85, self.top, self.top + 0.13), dark, depth=d, group=group)
        elif kind == 1:
            tank = [
                self.quad(a, a + 0.22, self.top + 0.05, self.top + 0.15),
                self.quad(a + 0.02, a + 0.04, self.top, self.top + 0.06),
                self.quad(a + 0.18, a + 0.2, self.top, self.top + 0.06),
            ]
            sc.poly(tank, sc.pal.lit("wood", d, 0.6), depth=d, group=group)
        elif kind == 2:
            sc.poly(self.quad(a, a + 0.025, self.top, self.top + 0.22), dark, depth=d, group=group)

    def _trim(self, local: str, group: int) -> None:
        """A cornice, and the edges of storeys."""
        sc = self.sc
        sc.poly(
            self.quad(-0.02, 1.02, self.top - 0.03, self.top),
            sc.pal.lit(local, self.depth, -0.25),
            depth=self.depth,
            group=group,
        )
        if sc.rng.random() < 0.6:
            rows = [self.quad(0, 1, v, v + 0.012) for v in np.arange(0.25, self.top - 0.06, 0.145)]
            sc.poly(rows, sc.pal.lit(local, self.depth, 0.55), depth=self.depth, group=group)

    def _light(self, panes: list[Points], group: int, share: float) -> None:
        """Some are lit, some dark."""
        sc = self.sc
        share = share if sc.pal.night else 0.0
        lit = [pane for pane in panes if sc.rng.random() < share]
        kept = {id(pane) for pane in lit}
        dim = [pane for pane in panes if id(pane) not in kept]
        if dim:
            sc.poly(dim, sc.pal.lit("dark", self.depth, 0.5), depth=self.depth, group=group)
        cold = [pane for pane in lit if sc.rng.random() < 0.22]
        cool = {id(pane) for pane in cold}
        warm = [pane for pane in lit if id(pane) not in cool]
        if warm:
            sc.poly(warm, tone(sc.pal.lit("glow"), -0.04), kind="light", depth=self.depth, group=group)
        if cold:
            sc.poly(cold, mix(self.sign, sc.pal.light, 0.55), kind="light", depth=self.depth, group=group)

    def _panes(self, group: int) -> None:
        rows = np.arange(0.27, self.top - 0.1, 0.145)
        self._light(
            [self.quad((j + 0.2) / 4, (j + 0.72) / 4, v, v + 0.09) for v in rows for j in range(4)], group, 0.45
        )

    def _ribbons(self, group: int) -> None:
        """Long bands of glass."""
        rows = np.arange(0.26, self.top - 0.08, 0.1)
        parts = [(0.06, 0.34), (0.36, 0.64), (0.66, 0.94)]
        self._light([self.quad(a, b, v, v + 0.055) for v in rows for a, b in parts], group, 0.4)

    def _tall_panes(self, group: int) -> None:
        rows = np.arange(0.25, self.top - 0.14, 0.19)
        panes = [self.quad((j + 0.24) / 3, (j + 0.76) / 3, v, v + 0.13) for v in rows for j in range(3)]
        sills = [self.quad((j + 0.18) / 3, (j + 0.82) / 3, v - 0.014, v) for v in rows for j in range(3)]
        self._light(panes, group, 0.5)
        self.sc.poly(sills, self.sc.pal.lit("stone", self.depth, 0.1), depth=self.depth, group=group)

    def _shop(self, group: int) -> None:
        """A lit front with a sign board, or an awning over a darker one."""
        sc, d = self.sc, self.depth
        bright = mix(self.sign, sc.pal.light, 0.45) if sc.pal.night else sc.pal.lit("navy", d, 0.2)
        sc.poly(
            self.quad(0.08, 0.92, 0.0, 0.16), bright, kind="light" if sc.pal.night else "form", depth=d, group=group
        )
        bars = [self.quad(k, k + 0.05, 0, 0.16) for k in (0.08, 0.36, 0.64, 0.88)]
        sc.poly(bars, sc.pal.lit("dark", d), depth=d, group=group)
        board = self.sign if sc.pal.night else sc.pal.lit(self.sign, d, 0.1)
        if sc.rng.random() < 0.5:
            sc.poly(
                self.quad(0.04, 0.96, 0.165, 0.2), board, kind="light" if sc.pal.night else "form", depth=d, group=group
            )
            return
        out = 0.05 * self.near * sc.w * -self.side
        for k in range(8):
            a, b = 0.05 + k * 0.1125, 0.05 + (k + 1) * 0.1125
            piece = self.quad(a, b, 0.125, 0.19)
            piece[:2, 0] += out
            ink = board if k % 2 else sc.pal.lit("cream", d, 0.1)
            sc.poly(piece, ink, depth=d, group=group)

    def _sign(self) -> None:
        """A board that stands out from the wall, with marks in place of letters."""
        sc, a = self.sc, self.at(self.sc.rng.uniform(0.3, 0.6))
        wide = 0.05 * a * sc.w
        x0, x1 = sorted((self.x(a), self.x(a) - self.side * wide))
        low = self.sc.rng.uniform(0.26, 0.36)
        y0, y1 = self.y(a, low + sc.rng.uniform(0.24, 0.42)), self.y(a, low)
        box = rect(x0, y0, x1, y1)
        sc.poly(box, sc.pal.key, depth=self.depth)
        inner = box + np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * wide * 0.1
        glow = self.sign if sc.pal.night else sc.pal.lit(self.sign, self.depth)
        sc.poly(inner, glow, kind="light" if sc.pal.night else "form", depth=self.depth)
        n, tall = max(2, int((y1 - y0) / wide * 0.9)), y1 - y0
        marks = [
            rect(
                x0 + wide * 0.28,
                y0 + tall * (0.08 + k * 0.88 / n),
                x1 - wide * 0.28,
                y0 + tall * (0.08 + (k + 0.6) * 0.88 / n),
            )
            for k in range(n)
        ]
        sc.poly(marks, sc.pal.key, depth=self.depth)
        if sc.pal.night:
            sc.lamps.append((x0, (y0 + y1) / 2, wide * 4))
