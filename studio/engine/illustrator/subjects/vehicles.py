"""What drives."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.registry import arc, ring, thing, window


@thing("bicycle", wide=1.6)
def bicycle(p: Pen) -> None:
    for x in (-0.45, 0.45):
        p.fill("dark", ring(x, 0.3, 0.3, 0.268))
        for a in np.linspace(0, np.pi, 6, endpoint=False):
            p.line(
                "steel",
                [(x - np.cos(a) * 0.27, 0.3 - np.sin(a) * 0.27), (x + np.cos(a) * 0.27, 0.3 + np.sin(a) * 0.27)],
                0.003,
            )
    for a, b in (
        ((-0.45, 0.3), (-0.06, 0.28)),
        ((-0.06, 0.28), (-0.18, 0.72)),
        ((-0.45, 0.3), (-0.16, 0.64)),
        ((-0.16, 0.64), (0.32, 0.66)),
        ((-0.06, 0.28), (0.32, 0.62)),
        ((0.45, 0.3), (0.29, 0.82)),
    ):
        p.line(p.pick("red"), [a, b], 0.017)
    p.fill("dark", limb([(-0.29, 0.74, 0.02), (-0.1, 0.74, 0.03)]))
    p.line("dark", [(0.29, 0.82), (0.4, 0.87), (0.44, 0.8)], 0.016)
    p.fill("dark", ellipse(-0.06, 0.28, 0.06))


@thing("car", wide=2.0)
def car(p: Pen) -> None:
    ink = p.pick("red")
    p.fill("steel", limb([(-0.97, 0.24, 0.03), (-0.85, 0.22, 0.03)]), limb([(0.86, 0.22, 0.03), (0.98, 0.24, 0.03)]))
    tail = [(-0.95, 0.2), (-0.93, 0.42), (-0.6, 0.5), (-0.35, 0.76), (0.2, 0.78)]
    body = p.fill(ink, p.curve([*tail, (0.5, 0.52), (0.88, 0.45), (0.96, 0.3), (0.93, 0.17), (0, 0.15)]), shade=0.07)
    p.line(ink, [(-0.92, 0.4), (-0.3, 0.47), (0.45, 0.47), (0.9, 0.42)], 0.01, tone=-0.5, clip=body)
    glass = "glow" if p.scene.pal.night else "navy"
    rear = [(-0.5, 0.52), (-0.32, 0.71), (-0.06, 0.725), (-0.06, 0.52)]
    p.fill(glass, rear, [(0, 0.52), (0, 0.725), (0.17, 0.72), (0.36, 0.52)])
    p.fill(
        "white",
        [(-0.3, 0.52), (-0.24, 0.52), (-0.15, 0.72), (-0.2, 0.72)],
        [(0.08, 0.52), (0.12, 0.52), (0.19, 0.7), (0.16, 0.72)],
        alpha=0.35,
    )
    p.line("dark", [(-0.03, 0.7), (-0.03, 0.2)], 0.006, alpha=0.7)
    p.fill("dark", limb([(0.04, 0.44, 0.011), (0.11, 0.44, 0.011)]))
    for x in (-0.56, 0.56):
        p.fill("key", ellipse(x, 0.2, 0.215), clip=body)
        p.fill("key", ellipse(x, 0.17, 0.18))
        p.fill("steel", ellipse(x, 0.17, 0.1))
        p.fill("key", ellipse(x, 0.17, 0.035))
    p.fill("glow", ellipse(0.92, 0.37, 0.045, 0.06))
    p.fill("red", ellipse(-0.93, 0.37, 0.03, 0.05), tone=0.3)
    p.glow(0.98, 0.36, 0.35)


@thing("train", wide=3.2)
def train(p: Pen) -> None:
    p.fill(p.pick("red"), rect(-1.6, 0.14, -0.75, 0.62), rect(-0.68, 0.14, 0.12, 0.62), shade=0.04)
    for x in np.linspace(-1.48, -0.02, 9):
        if abs(x + 0.71) > 0.08:
            window(p, x, 0.36, 0.1, 0.14)
    p.fill("dark", rect(0.2, 0.16, 0.6, 0.72), rect(0.6, 0.16, 1.35, 0.5), shade=0.05)
    p.fill(
        "dark",
        rect(1.12, 0.5, 1.24, 0.72),
        rect(0.14, 0.7, 0.66, 0.77),
        p.curve([(0.8, 0.5), (0.82, 0.6), (0.95, 0.6), (0.97, 0.5)]),
    )
    window(p, 0.4, 0.42, 0.18, 0.2)
    p.fill("red", np.array([(1.35, 0.16), (1.35, 0.3), (1.5, 0.08), (1.2, 0.08)]))
    for x in (-1.4, -0.95, -0.5, -0.08, 0.35, 0.75, 1.02, 1.25):
        p.fill("key", ellipse(x, 0.11, 0.11))
        p.fill("steel", ellipse(x, 0.11, 0.05))
    for k in range(6):
        p.fill(
            "white",
            ellipse(1.15 - k * 0.2 - k * k * 0.02, 0.85 + k * 0.09, 0.09 + k * 0.035),
            kind="cloud",
            alpha=0.9 - k * 0.1,
        )


@thing("bus", wide=2.1)
def bus(p: Pen) -> None:
    ink = p.pick("red")
    body = p.fill(
        ink,
        [
            (-0.98, 0.16),
            (-0.98, 0.8),
            *arc((-0.98, 0.8), (-0.95, 0.88), (-0.86, 0.9), step=5),
            (0.8, 0.9),
            *arc((0.8, 0.9), (0.93, 0.86), (0.97, 0.74), step=5),
            (1.0, 0.4),
            (1.0, 0.16),
        ],
        shade=0.05,
    )
    p.fill("cream", rect(-1.1, 0.4, 1.1, 0.46), clip=body)
    for x in np.linspace(-0.8, 0.42, 5):
        p.fill("glow" if p.scene.pal.night else "navy", rect(x - 0.125, 0.52, x + 0.125, 0.78))
        p.fill("white", [(x - 0.09, 0.52), (x - 0.04, 0.52), (x + 0.05, 0.78), (x, 0.78)], alpha=0.35)
    p.fill("dark", rect(0.6, 0.18, 0.78, 0.8))
    p.fill(
        "glow" if p.scene.pal.night else "navy",
        rect(0.62, 0.22, 0.76, 0.77),
        [(0.84, 0.5), (0.84, 0.78), (0.94, 0.74), (0.985, 0.5)],
    )
    p.line("dark", [(0.69, 0.22), (0.69, 0.77)], 0.008)
    for x in (-0.58, 0.4):
        p.fill("key", ellipse(x, 0.16, 0.17))
        p.fill("steel", ellipse(x, 0.16, 0.085))
    p.fill("glow", ellipse(0.97, 0.28, 0.035, 0.05))
    p.glow(1.0, 0.28, 0.3)
