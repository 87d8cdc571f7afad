"""Fruit and other food."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import Part
from studio.engine.illustrator.subjects.registry import arc, lit_side, thing


@thing("pear", wide=0.75)
def pear(p: Pen) -> None:
    t = p.rng.uniform(-0.05, 0.05)
    m = p.fill(
        p.pick("pear"),
        p.curve(
            [
                (0, 0),
                (-0.26, 0.06),
                (-0.36, 0.27),
                (-0.27, 0.5),
                (-0.15, 0.68),
                (-0.11 + t, 0.86),
                (0.02 + t, 0.93),
                (0.13 + t, 0.86),
                (0.15, 0.68),
                (0.27, 0.5),
                (0.36, 0.27),
                (0.26, 0.06),
            ]
        ),
        shade=0.14,
        angle=1.2,
    )
    side = lit_side(p)
    p.fill("rust", ellipse(-side * 0.2, 0.25, 0.19, 0.2), clip=m, alpha=0.4)
    p.fill(p.pick("pear"), ellipse(side * 0.15, 0.36, 0.06, 0.1, -side * 0.3), tone=-0.8)
    p.line("bark", [(0.01 + t, 0.9), (0.03 + t, 1.0), (0.09 + t, 1.08)], 0.02)


@thing("lemon", wide=1.0)
def lemon(p: Pen) -> None:
    p.fill(
        p.pick("lemon"),
        p.curve(
            [
                (-0.5, 0.34),
                (-0.4, 0.42),
                (-0.22, 0.62),
                (0.08, 0.68),
                (0.32, 0.54),
                (0.46, 0.4),
                (0.54, 0.36),
                (0.46, 0.27),
                (0.3, 0.12),
                (0.0, 0.03),
                (-0.26, 0.1),
                (-0.42, 0.27),
            ]
        ),
        shade=0.13,
        angle=0.4,
    )
    side = lit_side(p)
    p.fill(p.pick("lemon"), ellipse(side * 0.14, 0.5, 0.1, 0.05, -side * 0.4), tone=-0.8)
    p.fill("grass", p.curve([(-0.48, 0.36), (-0.6, 0.5), (-0.54, 0.66), (-0.42, 0.52)]), shade=0.04)


@thing("apple", wide=0.95)
def apple(p: Pen) -> None:
    ink = p.pick("apple")
    p.fill(
        ink,
        p.curve(
            [
                (0, 0.04),
                (-0.22, 0),
                (-0.42, 0.2),
                (-0.45, 0.48),
                (-0.3, 0.74),
                (-0.1, 0.76),
                (0, 0.7),
                (0.1, 0.76),
                (0.3, 0.74),
                (0.45, 0.48),
                (0.42, 0.2),
                (0.22, 0),
            ]
        ),
        shade=0.15,
        angle=1.2,
    )
    side = lit_side(p)
    p.fill(ink, ellipse(side * 0.2, 0.52, 0.07, 0.1), tone=-0.8)
    p.line("bark", [(0, 0.7), (0.02, 0.82), (0.08, 0.9)], 0.022)
    p.fill("grass", p.curve([(0.04, 0.8), (0.2, 0.92), (0.32, 0.88), (0.18, 0.79)]))


@thing("orange", wide=0.95)
def orange(p: Pen) -> None:
    ink, side = p.pick("orange"), lit_side(p)
    p.fill(ink, ellipse(0, 0.4, 0.42, 0.4, n=60), shade=0.13)
    p.fill(ink, ellipse(side * 0.17, 0.55, 0.08, 0.1, -side * 0.5), tone=-0.7)
    for x, y in ((-0.05, 0.3), (0.1, 0.24), (0.02, 0.44), (0.2, 0.36), (-0.12, 0.5)):
        p.fill(ink, ellipse(x * side, y, 0.012, 0.009), tone=0.6)
    p.fill("grass", p.curve([(0.02, 0.76), (0.16, 0.92), (0.34, 0.92), (0.2, 0.79)]), shade=0.03)
    p.line("bark", [(0, 0.76), (0.02, 0.86)], 0.022)


@thing("banana", wide=1.2)
def banana(p: Pen) -> None:
    ink = p.pick("lemon")
    for shift, turn, tone in ((0.05, 0.22, 0.5), (0.0, 0.0, 0.0)):
        hand = Part(p, shift, 0.05, 1, turn)
        curve = [
            (-0.5, 0.62, 0.03),
            (-0.44, 0.38, 0.085),
            (-0.2, 0.14, 0.125),
            (0.14, 0.1, 0.12),
            (0.4, 0.26, 0.075),
            (0.5, 0.4, 0.028),
        ]
        whole = hand.fill(ink, limb(curve, 12), tone=tone, shade=0.05)
        hand.fill(ink, limb([(x, y + r * 0.2, r * 0.1) for x, y, r in curve], 12), tone=tone - 0.4, clip=whole)
        hand.fill("bark", ellipse(0.505, 0.41, 0.03))
    p.fill("wood", limb([(-0.5, 0.64, 0.036), (-0.53, 0.78, 0.034)]))


@thing("grapes", wide=0.8)
def grapes(p: Pen) -> None:
    ink, side = p.pick("violet"), lit_side(p)
    p.line("wood", [(0, 0.72), (0.02, 0.86), (0.12, 0.96)], 0.022)
    rows = ((0.66, 4), (0.53, 5), (0.4, 4), (0.27, 3), (0.15, 2), (0.06, 1))
    for y, n in rows:
        for k in range(n):
            x = (k - (n - 1) / 2) * 0.155
            p.fill(ink, ellipse(x, y + 0.03, 0.094), tone=0.0 if x * side > -0.05 else 0.45, shade=0.035)
            p.fill(ink, ellipse(x + side * 0.03, y + 0.06, 0.022), tone=-0.9)
    leaf = [
        (0.02, 0.78),
        (0.1, 0.92),
        (0.22, 0.9),
        (0.26, 1.0),
        (0.36, 0.9),
        (0.44, 0.84),
        (0.36, 0.76),
        (0.34, 0.66),
        (0.2, 0.7),
    ]
    p.fill("grass", leaf, shade=0.03)
    p.line("leafdark", [(0.06, 0.79), (0.34, 0.86)], 0.008)


@thing("strawberry", wide=0.85)
def strawberry(p: Pen) -> None:
    ink, side = p.pick("red"), lit_side(p)
    half = [(0.14, 0.06), (0.33, 0.3), (0.41, 0.56), (0.32, 0.76), (0.14, 0.8)]
    body = p.fill(ink, p.curve([(0, 0.0), *half, *[(-x, y) for x, y in half[::-1]]]), shade=0.11)
    p.fill(ink, ellipse(side * 0.2, 0.6, 0.07, 0.1, -side * 0.3), tone=-0.6)
    for row, y in enumerate((0.66, 0.53, 0.4, 0.27, 0.14)):
        for k in range(-2, 3):
            p.fill("gold", ellipse((k + (row % 2) * 0.5) * 0.16, y, 0.015, 0.024), clip=body)
    for a in np.linspace(-1.25, 1.25, 7):
        leaf = Part(p, 0, 0.83, 1, a)
        leaf.fill(
            "grass", p.curve([(0, 0.04), (-0.055, -0.1), (0, -0.27), (0.055, -0.1)]), tone=0.35 if a * side < 0 else 0
        )
    p.line("grass", [(0, 0.82), (0.03, 0.93), (0.09, 0.99)], 0.026)


@thing("mushroom", wide=0.85)
def mushroom(p: Pen) -> None:
    cap = p.pick("red")
    p.fill(
        "cream",
        p.curve([(-0.1, 0.5), (-0.1, 0.25), (-0.16, 0.03), (0, 0.0), (0.16, 0.03), (0.1, 0.25), (0.1, 0.5)]),
        shade=0.06,
    )
    p.fill(
        "cream",
        [
            (-0.14, 0.36),
            *arc(
                (-0.14, 0.36), (-0.1, 0.27), (-0.05, 0.33), (0, 0.26), (0.06, 0.33), (0.11, 0.27), (0.14, 0.36), step=5
            ),
        ],
        tone=0.35,
    )
    p.fill("wheat", ellipse(0, 0.48, 0.36, 0.07), tone=0.6)
    dome = arc((-0.44, 0.48), (-0.4, 0.68), (-0.22, 0.88), (0, 0.94), (0.22, 0.88), (0.4, 0.68), (0.44, 0.48))
    whole = p.fill(cap, [*dome, *arc((0.44, 0.48), (0.22, 0.53), (0, 0.55), (-0.22, 0.53), (-0.44, 0.48))], shade=0.08)
    for x, y, r in (
        (-0.2, 0.72, 0.07),
        (0.08, 0.82, 0.06),
        (0.22, 0.65, 0.075),
        (0.0, 0.62, 0.045),
        (-0.35, 0.56, 0.045),
    ):
        p.fill("white", ellipse(x, y, r, r * 0.85), clip=whole)


@thing("cake", wide=1.2)
def cake(p: Pen) -> None:
    icing = p.pick("pink")
    p.fill("white", ellipse(0, 0.05, 0.6, 0.05), shade=0.02)
    p.fill("wood", rect(-0.44, 0.05, 0.44, 0.42), shade=0.07)
    p.fill("cream", rect(-0.44, 0.2, 0.44, 0.26))
    drip = [(0.46, 0.42)]
    for k, x in enumerate(np.linspace(0.46, -0.46, 9)[1:]):
        drip += arc(drip[-1], (float(x) + 0.0575, 0.3 - 0.04 * (k % 2)), (float(x), 0.4), step=6)
    p.fill(
        icing,
        [(-0.46, 0.5), *arc((-0.46, 0.5), (-0.4, 0.56), (0, 0.58), (0.4, 0.56), (0.46, 0.5), step=6), *drip],
        shade=0.04,
    )
    for x in (-0.32, -0.16, 0.16, 0.32):
        p.fill("white", ellipse(x, 0.57, 0.075, 0.06), shade=0.025)
    for x in (-0.24, 0.0, 0.24):
        p.fill("teal" if x else "cream", rect(x - 0.022, 0.56, x + 0.022, 0.82), shade=0.012)
        p.fill("glow", p.curve([(x, 0.84), (x - 0.034, 0.89), (x, 0.99), (x + 0.034, 0.89)]), kind="light")
    p.glow(0, 0.9, 0.5)


@thing("bread", wide=1.3)
def bread(p: Pen) -> None:
    crust = p.pick("wood")
    half = [(0.6, 0.08), (0.63, 0.24), (0.52, 0.44), (0.28, 0.54)]
    loaf = p.fill(
        "autumn" if crust == "wood" else crust,
        p.curve([(0, 0.02), *half, (0, 0.56), *[(-x, y) for x, y in half[::-1]]]),
        shade=0.09,
    )
    for x in (-0.34, -0.11, 0.12, 0.35):
        slash = p.curve([(x - 0.1, 0.26), (x - 0.02, 0.36), (x + 0.1, 0.5), (x + 0.11, 0.42), (x + 0.02, 0.3)])
        p.fill("cream", slash, clip=loaf)
        p.line("wood", [(x - 0.1, 0.26), (x + 0.01, 0.3), (x + 0.11, 0.43)], 0.009, clip=loaf)


@thing("cheese", wide=1.25)
def cheese(p: Pen) -> None:
    ink = p.pick("gold")
    front = p.fill(ink, [(-0.55, 0.0), (0.55, 0.0), (0.55, 0.36), (-0.55, 0.36)], shade=0.03)
    p.fill(ink, [(-0.55, 0.36), (0.2, 0.72), *arc((0.2, 0.72), (0.44, 0.62), (0.55, 0.36), step=8)], tone=-0.55)
    for x, y, r in (
        (-0.32, 0.2, 0.085),
        (0.02, 0.12, 0.065),
        (0.26, 0.26, 0.09),
        (0.44, 0.08, 0.05),
        (-0.1, 0.3, 0.045),
        (-0.52, 0.04, 0.06),
    ):
        p.fill(ink, ellipse(x, y, r, r * 0.92), tone=0.9, clip=front)
        p.fill(ink, ellipse(x + r * 0.12, y - r * 0.16, r * 0.82, r * 0.75), tone=0.5, clip=front)
    for x, y in ((0.14, 0.5), (0.34, 0.46)):
        p.fill(ink, ellipse(x, y, 0.07, 0.03), tone=0.3)
