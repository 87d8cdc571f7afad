"""Things of the house, and instruments."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.registry import lit_side, thing


@thing("jug", wide=0.85)
def jug(p: Pen) -> None:
    ink = p.pick("blue")
    p.fill(ink, limb([(0.2, 0.8, 0.035), (0.38, 0.78, 0.034), (0.41, 0.58, 0.034), (0.27, 0.4, 0.034)]), tone=0.5)
    body = p.fill(
        ink,
        p.curve(
            [
                (-0.2, 0),
                (-0.33, 0.16),
                (-0.34, 0.36),
                (-0.2, 0.58),
                (-0.15, 0.74),
                (-0.2, 0.88),
                (-0.32, 0.98),
                (-0.1, 0.95),
                (0.14, 0.95),
                (0.17, 0.88),
                (0.14, 0.74),
                (0.2, 0.58),
                (0.34, 0.36),
                (0.33, 0.16),
                (0.2, 0),
            ]
        ),
        shade=0.13,
        angle=1.4,
    )
    p.fill("key", ellipse(-0.03, 0.945, 0.17, 0.028))
    side = lit_side(p)
    p.fill(ink, limb([(side * 0.2, 0.16, 0.02), (side * 0.235, 0.32, 0.03), (side * 0.14, 0.52, 0.014)]), tone=-0.75)
    p.fill("cream", rect(-0.4, 0.415, 0.4, 0.435), rect(-0.4, 0.46, 0.4, 0.47), clip=body)


@thing("bottle", wide=0.35)
def bottle(p: Pen) -> None:
    p.fill(
        p.pick("leafdark"),
        p.curve(
            [(-0.13, 0), (-0.14, 0.5), (-0.06, 0.68), (-0.05, 0.95), (0.05, 0.95), (0.06, 0.68), (0.14, 0.5), (0.13, 0)]
        ),
        shade=0.07,
    )
    p.fill("cream", rect(-0.135, 0.18, 0.135, 0.38))
    p.fill("wood", rect(-0.035, 0.94, 0.035, 1.0))


@thing("cup", wide=1.0)
def cup(p: Pen) -> None:
    p.fill(
        p.pick("white"), limb([(0.28, 0.55, 0.05), (0.5, 0.52, 0.05), (0.48, 0.25, 0.05), (0.26, 0.2, 0.05)]), tone=0.4
    )
    p.fill(
        p.pick("white"),
        p.curve([(-0.36, 0.75), (-0.33, 0.25), (-0.18, 0.02), (0.18, 0.02), (0.33, 0.25), (0.36, 0.75)]),
        shade=0.12,
    )
    p.fill("bark", ellipse(0, 0.74, 0.34, 0.06))


@thing("lamp", wide=0.3)
def lamp(p: Pen) -> None:
    p.line("dark", [(0, 0), (0, 0.84)], 0.016)
    p.fill("dark", np.array([(-0.05, 0), (0.05, 0), (0.025, 0.08), (-0.025, 0.08)]))
    p.fill("glow", np.array([(-0.05, 0.84), (0.05, 0.84), (0.075, 0.97), (-0.075, 0.97)]))
    p.fill("dark", np.array([(-0.09, 0.965), (0.09, 0.965), (0, 1.03)]))
    p.glow(0, 0.9, 0.35)


@thing("chair", wide=0.7)
def chair(p: Pen) -> None:
    ink = p.pick("wood")
    for x in (-0.25, 0.25):
        p.line(ink, [(x, 0.42), (x * 1.08, 0)], 0.025)
    p.line(ink, [(-0.25, 0.42), (-0.3, 1.0)], 0.025)
    p.line(ink, [(0.2, 0.42), (0.16, 1.0)], 0.025)
    p.fill(ink, rect(-0.3, 0.4, 0.3, 0.46), rect(-0.3, 0.9, 0.18, 1.0), rect(-0.29, 0.68, 0.18, 0.75), shade=0.03)
