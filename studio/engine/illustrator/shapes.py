"""Noise, curves and outlines: the geometry that everything is drawn with. No scene is known here."""

import itertools
from typing import cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Dots, Field, Floats, Points


def noise1(n: int, rng: np.random.Generator, octaves: int = 6, base: int = 3, fall: float = 0.5) -> Floats:
    """A wandering line of `n` values around 0."""
    x, y, a = np.linspace(0, 1, n), np.zeros(n), 1.0
    for octave in range(octaves):
        k = base * 2**octave
        p = rng.standard_normal(k + 2)
        i = np.minimum((x * k).astype(int), k)
        f = x * k - i
        f = f * f * (3 - 2 * f)
        y += a * (p[i] * (1 - f) + p[i + 1] * f)
        a *= fall
    return y


def noise2(
    h: int,
    w: int,
    rng: np.random.Generator,
    cell: float = 64,
    octaves: int = 4,
    fall: float = 0.5,
    stretch: float = 1.0,
) -> Field:
    """Value noise, about -1..1; `cell` in pixels, `stretch` > 1 lengthens it sideways."""
    out, a, total = np.zeros((h, w), np.float32), 1.0, 0.0
    for octave in range(octaves):
        c = max(1.0, cell / 2**octave)
        g = rng.standard_normal((int(h / c) + 3, int(w / (c * stretch)) + 3)).astype(np.float32)
        out += np.float32(a) * cv2.resize(g, (w, h), interpolation=cv2.INTER_CUBIC)
        total += a * a
        a *= fall
    return cast("Field", out / np.float32(total**0.5 * 2))


def spline(points: Dots, closed: bool = True, step: int = 10) -> Points:
    """Catmull-Rom through points (any number of columns)."""
    p = np.asarray(points, float)
    if len(p) < 3:
        t = np.linspace(0, 1, step)[:, None]
        return cast("Points", p[:1] * (1 - t) + p[-1:] * t)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, step, endpoint=False)[:, None]
    out = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack(out) if closed else np.vstack([*out, p[-2:-1]])


def limb(points: Dots, step: int = 8) -> list[Points]:
    """A tapered stroke: (x, y, radius) knots to polygons whose union is a soft organic form."""
    q = spline(points, closed=False, step=step)
    ang = np.linspace(0, 2 * np.pi, 22, endpoint=False)
    ring = np.stack([np.cos(ang), np.sin(ang)], 1)
    polys: list[Points] = [q[:1, :2] + ring * q[0, 2], q[-1:, :2] + ring * q[-1, 2]]
    for a, b in itertools.pairwise(q):
        both = np.vstack([a[:2] + ring * a[2], b[:2] + ring * b[2]]).astype(np.float32)
        polys.append(cast("Points", cv2.convexHull(both)[:, 0]))
    return polys


def ellipse(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0.0, n: int = 40) -> Points:
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    px, py = rx * np.cos(a), (rx if ry is None else ry) * np.sin(a)
    c, s = np.cos(turn), np.sin(turn)
    return np.stack([x + px * c - py * s, y + px * s + py * c], 1)


def rect(x0: float, y0: float, x1: float, y1: float) -> Points:
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)
