"""Instruments."""

import numpy as np

from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import Part
from studio.engine.illustrator.subjects.registry import thing


@thing("sax", wide=0.7)
def sax(p: Pen) -> None:
    ink = p.pick("gold")
    p.fill(
        ink,
        limb(
            [
                (-0.2, 1.0, 0.018),
                (-0.12, 1.04, 0.02),
                (-0.05, 0.97, 0.025),
                (-0.02, 0.6, 0.04),
                (0.0, 0.28, 0.06),
                (0.08, 0.12, 0.085),
                (0.2, 0.11, 0.095),
                (0.29, 0.24, 0.1),
                (0.33, 0.42, 0.13),
                (0.36, 0.52, 0.16),
            ]
        ),
        shade=0.04,
    )
    p.fill("key", ellipse(0.365, 0.58, 0.165, 0.06, -0.2))
    p.fill("key", limb([(-0.3, 0.97, 0.016), (-0.2, 1.0, 0.02)]))
    for i in range(6):
        p.fill("cream", ellipse(-0.02 + i * 0.004, 0.82 - i * 0.095, 0.032))
        p.fill(ink, ellipse(-0.02 + i * 0.004, 0.82 - i * 0.095, 0.018), tone=0.8)
    p.line(ink, [(0.06, 0.78), (0.08, 0.5), (0.12, 0.3)], 0.012, tone=0.5)


def bout(p: Pen, part: Part, ink: str | Ink, waist: float) -> None:
    """The body of a guitar or a violin, upright: two rounds and a waist, with a dark rib around it."""
    half = [(0.17, 0.02), (0.25, 0.16), (0.2, 0.3), (waist, 0.38), (0.15, 0.46), (0.185, 0.55), (0.12, 0.64)]
    outline = [(0, -0.02), *half, (0, 0.65), *[(-x, y) for x, y in half[::-1]]]
    rib = part.fill(ink, p.curve([(x * 1.05, (y - 0.32) * 1.04 + 0.32) for x, y in outline]), tone=1.0)
    part.fill(ink, p.curve(outline), shade=0.05, clip=rib)


@thing("guitar", wide=0.6)
def guitar(p: Pen) -> None:
    g = Part(p, 0.12, 0.03, 0.92, 0.24)
    bout(p, g, p.pick("autumn"), 0.125)
    g.fill("cream", ellipse(0, 0.41, 0.098))
    g.fill("key", ellipse(0, 0.41, 0.085))
    g.fill("bark", rect(-0.032, 0.5, 0.032, 1.05))
    g.fill("dark", rect(-0.11, 0.17, 0.11, 0.205))
    g.fill("bark", [(-0.05, 1.04), (0.05, 1.04), (0.062, 1.17), (-0.062, 1.17)], tone=0.4)
    for y in np.linspace(0.58, 1.0, 7):
        g.line("gold", [(-0.03, y), (0.03, y)], 0.004)
    for x in (-0.018, 0, 0.018):
        g.line("cream", [(x, 0.19), (x, 1.06)], 0.0025)
    for y in (1.07, 1.11, 1.15):
        g.fill("cream", ellipse(-0.075, y, 0.014), ellipse(0.075, y, 0.014))


@thing("violin", wide=0.6)
def violin(p: Pen) -> None:
    g = Part(p, 0.14, 0.03, 0.84, 0.3)
    bout(p, g, p.pick("rust"), 0.095)
    g.fill("key", rect(-0.026, 0.32, 0.026, 0.98))
    g.fill("dark", [(-0.03, 0.02), (0.03, 0.02), (0.05, 0.2), (-0.05, 0.2)])
    g.fill("cream", rect(-0.08, 0.285, 0.08, 0.305))
    for s in (-1, 1):
        hole = [(s * 0.085, 0.23, 0.008), (s * 0.105, 0.3, 0.011), (s * 0.085, 0.34, 0.01), (s * 0.1, 0.41, 0.008)]
        g.fill("key", limb(hole))
    g.fill("rust", limb([(0, 0.97, 0.035), (0, 1.08, 0.03), (0.03, 1.14, 0.03), (0.05, 1.1, 0.022)]), tone=0.6)
    for y in (1.0, 1.05):
        g.fill("key", limb([(-0.075, y, 0.012), (0.075, y, 0.012)]))
    for x in (-0.012, 0.004, 0.018):
        g.line("cream", [(x, 0.2), (x, 0.98)], 0.0025)
    p.line("bark", [(0.44, 0.02), (0.16, 1.06)], 0.009)
    p.line("cream", [(0.465, 0.07), (0.2, 1.05)], 0.005)


@thing("piano", wide=1.3)
def piano(p: Pen) -> None:
    """A grand from its long side, lid up."""
    ink = p.pick("dark")
    for x, far in ((0.1, True), (-0.42, False), (0.45, False)):
        p.fill(ink, [(x - 0.035, 0.36), (x + 0.035, 0.36), (x + 0.02, 0.04), (x - 0.02, 0.04)], tone=0.4 if far else 0)
        p.fill("gold", ellipse(x, 0.03, 0.028))
    lid = [(-0.4, 0.6), (0.08, 1.0), (0.34, 0.98), (0.55, 0.84), (0.62, 0.6)]
    p.fill(ink, [lid[0], *p.curve(lid)[8:36].tolist(), lid[-1]], tone=-0.3)
    p.line("gold", [(0.28, 0.58), (0.2, 0.86)], 0.01)
    case = p.fill(
        ink, [(-0.62, 0.42), (-0.62, 0.52), (-0.44, 0.6), (0.62, 0.6), (0.64, 0.36), (-0.5, 0.36)], shade=0.04
    )
    p.fill("gold", rect(-0.44, 0.585, 0.63, 0.6), clip=case)
    p.fill("white", [(-0.66, 0.46), (-0.66, 0.5), (-0.44, 0.535), (-0.44, 0.49)])
    p.fill(ink, [(-0.68, 0.38), (-0.68, 0.455), (-0.42, 0.49), (-0.42, 0.36)])
    p.line("dark", [(-0.02, 0.36), (-0.02, 0.1)], 0.012)
    p.fill("gold", limb([(-0.05, 0.06, 0.014), (0.01, 0.06, 0.014)]))
