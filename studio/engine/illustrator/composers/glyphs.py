"""Signs of places, for emblems that show no thing: peaks, waves, pines, a sun over dunes, towers, a star."""

from collections.abc import Callable

import numpy as np

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.shapes import ellipse, rect, spline

Inks = tuple[Ink, Ink, Ink]
Sign = Callable[[Scene, float, float, float, Inks], None]


def glyph(sc: Scene, place: str, x: float, y: float, r: float, inks: Inks) -> None:
    """The sign of a place within `r` pixels of (x, y)."""
    SIGNS.get(place, _sun)(sc, x, y, r, inks)


def _shape(points: list[tuple[float, float]], x: float, y: float, r: float) -> Points:
    return np.array(points) * r + (x, y)


def _peaks(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, light = inks
    sc.poly(ellipse(x + sc.side * 0.34 * r, y - 0.5 * r, 0.24 * r), hot, depth=0.6)
    for px, top, wide in ((-0.42, -0.2, 0.5), (0.46, -0.1, 0.48), (0.02, -0.72, 0.72)):
        sc.poly(_shape([(px - wide, 0.55), (px, top), (px + wide, 0.55)], x, y, r), dark, depth=0.7)
        t, y0 = 0.4, 0.09  # a dark edge stays round the snow, whatever is behind it
        cap = [
            (px, top),
            (px + wide * t, top + (0.55 - top) * t),
            (px + wide * t * 0.4, top + (0.55 - top) * t * 0.78),
            (px, top + (0.55 - top) * t * 1.1),
            (px - wide * t * 0.4, top + (0.55 - top) * t * 0.78),
            (px - wide * t, top + (0.55 - top) * t),
        ]
        sc.poly(_shape(cap, x, y + y0 * r, r), light, depth=0.72)
    sc.poly(_shape([(-1, 0.55), (1, 0.55), (1, 0.64), (-1, 0.64)], x, y, r), dark, depth=0.72)


def _waves(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, _ = inks
    sun = sc.mask([ellipse(x, y - 0.1 * r, 0.46 * r, n=80)])
    sun[int(y) :] = 0
    sc.add(sun, hot, depth=0.6)
    t = np.linspace(-1, 1, 60)
    for k in range(4):
        wide = 0.95 - 0.14 * k
        top = 0.08 + 0.2 * k + 0.06 * np.sin(t * 9 + k * 1.6)
        line = np.stack([t * wide, top], 1)
        sc.poly(np.vstack([line, (line + np.array((0, 0.1)))[::-1]]) * r + (x, y), dark, depth=0.7)


def _pines(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, light = inks
    sc.poly(ellipse(x, y - 0.3 * r, 0.42 * r), hot, depth=0.6)
    for px, k in ((-0.52, 0.72), (0.5, 0.8), (0.0, 1.15)):
        base = 0.62
        for j in range(3):
            top = base - k * (0.5 + 0.26 * j)
            half = k * (0.36 - 0.08 * j)
            foot = base - k * (0.1 + 0.24 * j)
            sc.poly(_shape([(px - half, foot), (px, top), (px + half, foot)], x, y, r), dark, depth=0.7)
        sc.poly(
            _shape(
                [
                    (px - 0.05 * k, base),
                    (px + 0.05 * k, base),
                    (px + 0.05 * k, base - 0.14 * k),
                    (px - 0.05 * k, base - 0.14 * k),
                ],
                x,
                y,
                r,
            ),
            dark,
            depth=0.7,
        )
    sc.poly(_shape([(-0.95, 0.68), (0.95, 0.68), (0.95, 0.74), (-0.95, 0.74)], x, y, r), light, depth=0.7)


def _sun(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, _ = inks
    rays = []
    for k in range(16):
        a = k * np.pi / 8
        rays.append(
            np.array(
                [
                    (x + q * r * np.cos(a + d), y - 0.1 * r + q * r * np.sin(a + d))
                    for q, d in ((0.52, -0.1), (0.86, 0.0), (0.52, 0.1))
                ]
            )
        )
    sc.poly(rays, hot, depth=0.6)
    sc.poly(ellipse(x, y - 0.1 * r, 0.44 * r, n=80), hot, depth=0.62)
    for k in range(2):
        dune = spline(
            [(-1, 0.5 + 0.16 * k), (-0.3, 0.26 + 0.2 * k), (0.3, 0.46 + 0.12 * k), (1, 0.3 + 0.2 * k)], False, 10
        )
        low = [(1.0, 0.42 + 0.2 * k), (-1.0, 0.62 + 0.16 * k)]
        sc.poly(np.vstack([dune, low]) * r + (x, y), dark, depth=0.7)


def _towers(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, light = inks
    sc.poly(ellipse(x + sc.side * 0.2 * r, y - 0.35 * r, 0.36 * r), hot, depth=0.6)
    spots = ((-0.72, 0.3, 0.85), (-0.4, 0.28, 1.2), (-0.06, 0.34, 1.5), (0.34, 0.26, 1.05), (0.66, 0.3, 0.7))
    for px, wide, tall in spots:
        sc.poly(
            rect(x + (px - wide / 2) * r, y + (0.62 - tall) * r, x + (px + wide / 2) * r, y + 0.62 * r), dark, depth=0.7
        )
        panes = [
            rect(
                x + (px + dx - 0.035) * r,
                y + (0.62 - tall + 0.12 + k * 0.2) * r,
                x + (px + dx + 0.035) * r,
                y + (0.62 - tall + 0.22 + k * 0.2) * r,
            )
            for dx in (-0.07, 0.07)
            for k in range(int(tall / 0.22) - 1)
        ]
        sc.poly(panes, light, depth=0.72)
    sc.poly(rect(x - r, y + 0.66 * r, x + r, y + 0.72 * r), dark, depth=0.7)


def _furrows(sc: Scene, x: float, y: float, r: float, inks: Inks) -> None:
    dark, hot, _ = inks
    sun = sc.mask([ellipse(x, y - 0.02 * r, 0.5 * r, n=80)])
    sun[int(y - 0.02 * r) :] = 0
    sc.add(sun, hot, depth=0.6)
    for k in range(-4, 5):
        sc.poly(
            _shape(
                [(k * 0.07, 0.04), (k * 0.07 + 0.04, 0.04), (k * 0.24 + 0.13, 0.68), (k * 0.24 - 0.03, 0.68)], x, y, r
            ),
            dark,
            depth=0.7,
        )


SIGNS: dict[str, Sign] = {
    "ridges": _peaks,
    "lake": _peaks,
    "sea": _waves,
    "harbour": _waves,
    "underwater": _waves,
    "forest": _pines,
    "city": _towers,
    "village": _towers,
    "field": _furrows,
    "desert": _sun,
}
