"""Flowers on their stems."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb
from studio.engine.illustrator.subjects.registry import thing


@thing("flower", wide=0.4)
def flower(p: Pen) -> None:
    ink = p.pick(("red", "autumn", "pink", "lemon")[p.rng.integers(4)])
    b = p.rng.normal(0, 0.05)
    p.line("grass", [(0, 0), (b * 0.4, 0.4), (b, 0.82)], 0.016)
    p.fill(
        "grass",
        p.curve([(0, 0.12), (0.12, 0.3), (0.2, 0.42), (0.08, 0.34)]),
        p.curve([(0, 0.2), (-0.1, 0.36), (-0.18, 0.5), (-0.06, 0.4)]),
        tone=0.3,
    )
    for a in np.linspace(0, 6.28, 6, endpoint=False):
        p.fill(
            ink,
            ellipse(b + np.cos(a) * 0.1, 0.84 + np.sin(a) * 0.085, 0.085, 0.06, a),
            tone=0.45 if np.sin(a) < -0.2 else 0,
        )
    p.fill("gold", ellipse(b, 0.84, 0.05))


def stem(p: Pen, top: float, leaves: int = 2) -> None:
    p.fill("grass", limb([(0.02, 0, 0.018), (-0.015, top * 0.5, 0.016), (0, top, 0.015)]), shade=0.012)
    for i in range(leaves):
        s, y = (-1) ** i, 0.08 + 0.12 * i
        blade = [(0, y), (s * 0.12, y + 0.1), (s * 0.24, y + 0.26), (s * 0.07, y + 0.2)]
        p.fill("grass", p.curve(blade), tone=0.35 if s > 0 else 0, shade=0.02)


@thing("rose", wide=0.5)
def rose(p: Pen) -> None:
    ink = p.pick("red")
    stem(p, 0.66, 0)
    for s, y in ((1, 0.2), (-1, 0.34)):
        p.line("grass", [(0, y), (s * 0.1, y + 0.05)], 0.01)
        p.fill(
            "grass",
            p.curve([(s * 0.06, y + 0.03), (s * 0.14, y + 0.12), (s * 0.27, y + 0.13), (s * 0.2, y + 0.02)]),
            shade=0.02,
        )
    p.fill("grass", p.curve([(0, 0.6), (-0.16, 0.66), (-0.06, 0.68), (0, 0.72), (0.06, 0.68), (0.16, 0.66)]), tone=0.3)
    cup = [(0, 0.62), (-0.15, 0.68), (-0.2, 0.82), (-0.14, 0.95), (0, 0.99), (0.14, 0.95), (0.2, 0.82), (0.15, 0.68)]
    whole = p.fill(ink, p.curve(cup))
    p.fill(
        ink,
        p.curve([(-0.12, 0.9), (-0.02, 0.96), (0.12, 0.92), (0.14, 0.82), (0.02, 0.76), (-0.1, 0.8)]),
        tone=1.3,
        clip=whole,
    )
    p.fill(ink, p.curve([(-0.09, 0.88), (0, 0.925), (0.09, 0.88), (0.08, 0.8), (-0.02, 0.77)]), tone=0.6, clip=whole)
    p.line("key", [(0.05, 0.86), (-0.01, 0.885), (-0.05, 0.85), (-0.01, 0.815), (0.03, 0.835)], 0.008, alpha=0.6)
    p.fill(
        ink,
        p.curve([(-0.22, 0.83), (-0.1, 0.82), (0.05, 0.72), (0.08, 0.62), (-0.1, 0.6), (-0.2, 0.68)]),
        tone=-0.15,
        clip=whole,
    )
    p.fill(
        ink,
        p.curve([(0.22, 0.85), (0.14, 0.82), (0.0, 0.72), (-0.04, 0.6), (0.14, 0.6), (0.22, 0.7)]),
        tone=0.65,
        clip=whole,
    )
    p.fill(ink, p.curve([(-0.2, 0.85), (-0.26, 0.8), (-0.19, 0.72), (-0.13, 0.78)]), tone=-0.2)


@thing("tulip", wide=0.45)
def tulip(p: Pen) -> None:
    ink = p.pick("red")
    stem(p, 0.66, 0)
    for s, top in ((-1, 0.62), (1, 0.48)):
        p.fill(
            "grass",
            p.curve([(0, 0), (s * 0.1, 0.2), (s * 0.2, top), (s * 0.05, top * 0.62)]),
            tone=0 if s < 0 else 0.5,
            shade=0.02,
        )
    p.fill(ink, p.curve([(-0.06, 0.7), (-0.07, 0.9), (0, 1.0), (0.07, 0.9), (0.06, 0.7)]), tone=0.9)
    p.fill(ink, p.curve([(0.01, 0.61), (0.13, 0.66), (0.175, 0.8), (0.15, 0.98), (0.06, 0.88), (0.0, 0.72)]), tone=0.5)
    p.fill(
        ink,
        p.curve([(0, 0.61), (-0.13, 0.65), (-0.175, 0.79), (-0.15, 0.98), (-0.04, 0.88), (0.05, 0.74), (0.07, 0.65)]),
    )


@thing("sunflower", wide=0.6)
def sunflower(p: Pen) -> None:
    ink = p.pick("gold")
    stem(p, 0.7)
    for ring, (reach, n) in enumerate(((0.3, 16), (0.26, 16))):
        for k in range(n):
            a = (k + ring * 0.5) / n * 2 * np.pi
            petal = ellipse(np.cos(a) * reach * 0.68, 0.74 + np.sin(a) * reach * 0.68, reach * 0.36, 0.042, a)
            p.fill(ink, petal, tone=0.55 if ring == 0 else 0)
    p.fill("bark", ellipse(0, 0.74, 0.145), shade=0.03)
    p.fill("wood", ellipse(0, 0.74, 0.085))
    for k in range(26):
        a, d = k * 2.4, 0.024 * k**0.5
        p.fill("key", ellipse(np.cos(a) * d, 0.74 + np.sin(a) * d, 0.008))
