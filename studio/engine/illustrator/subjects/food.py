"""Fruit and other food."""

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse
from studio.engine.illustrator.subjects.registry import lit_side, thing


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
