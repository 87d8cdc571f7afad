"""What swims, and what flies with wings."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, spline
from studio.engine.illustrator.subjects.registry import thing


@thing("bird", wide=0.9)
def bird(p: Pen) -> None:
    """In flight, wings up: a gull seen from the side."""
    ink = p.pick("white" if not p.scene.pal.night else "cream")
    p.fill(
        ink,
        p.curve([(0.02, 0.3), (-0.12, 0.55), (-0.34, 0.78), (-0.6, 0.84), (-0.38, 0.62), (-0.2, 0.38), (-0.1, 0.26)]),
        tone=0.45,
    )
    p.fill(
        ink,
        limb([(-0.32, 0.23, 0.012), (-0.12, 0.25, 0.06), (0.1, 0.28, 0.065), (0.24, 0.33, 0.035), (0.3, 0.325, 0.008)]),
    )
    p.fill(
        ink,
        p.curve([(0.1, 0.3), (0.2, 0.55), (0.42, 0.74), (0.66, 0.78), (0.42, 0.6), (0.26, 0.38), (0.04, 0.24)]),
        shade=0.03,
    )
    p.fill("dark", np.array([(-0.6, 0.84), (-0.47, 0.78), (-0.47, 0.72)]))
    p.fill("dark", np.array([(0.66, 0.78), (0.52, 0.74), (0.53, 0.69)]))


@thing("whale", wide=2.0)
def whale(p: Pen) -> None:
    """Humpback, facing right and a little up."""
    skin = p.pick("whale")
    p.fill(
        skin,
        p.curve(
            [(-0.76, 0.52), (-0.93, 0.66), (-1.08, 0.83), (-1.13, 0.68), (-1.22, 0.57), (-1.0, 0.53), (-0.82, 0.44)]
        ),
        tone=0.25,
    )
    body = p.fill(
        skin,
        p.curve(
            [
                (-0.85, 0.50),
                (-0.5, 0.60),
                (-0.15, 0.72),
                (0.25, 0.76),
                (0.6, 0.68),
                (0.86, 0.5),
                (0.9, 0.42),
                (0.7, 0.27),
                (0.35, 0.13),
                (0, 0.12),
                (-0.35, 0.25),
                (-0.65, 0.42),
            ]
        ),
        shade=0.09,
    )
    belly = [
        (0.9, 0.41),
        (0.72, 0.42),
        (0.4, 0.36),
        (0.1, 0.27),
        (-0.2, 0.24),
        (-0.45, 0.3),
        (-0.2, 0.1),
        (0.2, 0.0),
        (0.6, 0.1),
    ]
    p.fill("cream", p.curve(belly), clip=body, tone=0.15)
    for k in range(5):
        o = k * 0.05
        p.line(
            skin,
            spline(
                [(0.86 - o, 0.40 - o * 0.8), (0.5, 0.30 - o), (0.12, 0.22 - o), (-0.1, 0.23 - o)], False, 6
            ).tolist(),
            0.006,
            clip=body,
            tone=0.4,
        )
    p.fill(skin, p.curve([(0.3, 0.3), (0.22, 0.1), (0.02, -0.14), (-0.1, -0.2), (-0.06, -0.02), (0.1, 0.24)]), tone=0.6)
    p.fill(skin, np.array([(-0.32, 0.655), (-0.42, 0.74), (-0.2, 0.7)]))
    p.fill("cream", ellipse(0.62, 0.44, 0.022))
    p.fill("key", ellipse(0.622, 0.44, 0.013))


@thing("fish", wide=1.2)
def fish(p: Pen) -> None:
    ink = p.pick("autumn")
    p.fill(ink, p.curve([(-0.38, 0.3), (-0.6, 0.52), (-0.56, 0.3), (-0.6, 0.08)]), tone=0.4)
    p.fill(ink, p.curve([(0.1, 0.46), (-0.05, 0.66), (-0.2, 0.45)]), tone=0.4)
    m = p.fill(
        ink,
        p.curve(
            [(-0.42, 0.3), (-0.15, 0.47), (0.2, 0.49), (0.5, 0.34), (0.54, 0.28), (0.3, 0.13), (0, 0.09), (-0.25, 0.18)]
        ),
        shade=0.08,
    )
    p.fill("cream", p.curve([(0.0, 0.0), (0.06, 0.3), (0.0, 0.6), (0.1, 0.6), (0.15, 0.3), (0.1, 0)]), clip=m)
    p.fill("white", ellipse(0.38, 0.34, 0.035))
    p.fill("key", ellipse(0.385, 0.34, 0.02))


@thing("butterfly", wide=1.0)
def butterfly(p: Pen) -> None:
    for s in (-1, 1):
        p.fill(
            p.pick("autumn"),
            p.curve([(0, 0.5), (s * 0.2, 0.9), (s * 0.5, 0.95), (s * 0.48, 0.6), (s * 0.1, 0.46)]),
            p.curve([(0, 0.46), (s * 0.36, 0.5), (s * 0.4, 0.2), (s * 0.18, 0.1)]),
            tone=0.4 if s < 0 else 0,
        )
    p.fill("key", limb([(0, 0.25, 0.02), (0, 0.5, 0.03), (0, 0.68, 0.02)]))
