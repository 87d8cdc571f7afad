"""What has wings, and the penguin."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb
from studio.engine.illustrator.subjects.registry import Manner, lit_side, posed, thing

TIPS = ((0.72, 0.82), (0.7, 0.66), (0.62, 0.52), (0.5, 0.42), (0.38, 0.36))  # of the owl's spread feathers


@posed("bird", wide=0.9, poses=("flying", "standing"))
def bird(p: Pen, manner: Manner) -> None:
    """In flight, wings up, a gull seen from the side; else perched like a robin."""
    if manner.pose == "standing":
        perched(p)
        return
    ink = p.pick("white" if not p.scene.pal.night else "cream")
    far = [(0.02, 0.3), (-0.12, 0.55), (-0.34, 0.78), (-0.6, 0.84), (-0.38, 0.62), (-0.2, 0.38), (-0.1, 0.26)]
    p.fill(ink, p.curve(far), tone=0.45)
    body = [(-0.32, 0.23, 0.012), (-0.12, 0.25, 0.06), (0.1, 0.28, 0.065), (0.24, 0.33, 0.035), (0.3, 0.325, 0.008)]
    p.fill(ink, limb(body))
    near = [(0.1, 0.3), (0.2, 0.55), (0.42, 0.74), (0.66, 0.78), (0.42, 0.6), (0.26, 0.38), (0.04, 0.24)]
    p.fill(ink, p.curve(near), shade=0.03)
    p.fill("dark", np.array([(-0.6, 0.84), (-0.47, 0.78), (-0.47, 0.72)]))
    p.fill("dark", np.array([(0.66, 0.78), (0.52, 0.74), (0.53, 0.69)]))


def perched(p: Pen) -> None:
    ink = p.pick("teal")
    for x in (0.0, 0.09):
        p.line("dark", [(x, 0.24), (x + 0.02, 0.02)], 0.014)
        p.line("dark", [(x - 0.03, 0.01), (x + 0.08, 0.01)], 0.012)
    p.fill(ink, [(-0.2, 0.42), (-0.6, 0.2), (-0.55, 0.13), (-0.1, 0.3)], tone=0.6)
    p.fill("gold", np.array([(0.36, 0.79), (0.5, 0.74), (0.35, 0.71)]))
    body = p.fill(
        ink, limb([(-0.16, 0.4, 0.13), (0.02, 0.45, 0.22), (0.16, 0.62, 0.19), (0.23, 0.76, 0.155)], 12), shade=0.05
    )
    p.fill("autumn", limb([(0.1, 0.3, 0.16), (0.26, 0.5, 0.16), (0.34, 0.66, 0.09)]), clip=body)
    p.fill("cream", limb([(0.0, 0.2, 0.1), (0.12, 0.26, 0.08)]), clip=body)
    p.fill(
        ink, p.curve([(0.08, 0.6), (-0.12, 0.56), (-0.36, 0.34), (-0.44, 0.24), (-0.16, 0.26), (0.06, 0.4)]), tone=0.75
    )
    p.line(ink, [(-0.02, 0.44), (-0.2, 0.34), (-0.34, 0.28)], 0.01, tone=-0.2)
    p.fill("white", ellipse(0.28, 0.8, 0.03))
    p.fill("key", ellipse(0.286, 0.8, 0.02))


@posed("owl", wide=0.65, poses=("standing", "flying"))
def owl(p: Pen, manner: Manner) -> None:
    ink, side = p.pick("wood"), lit_side(p)
    wings = manner.pose == "flying"
    if wings:
        for s in (-1, 1):
            feathers = [
                limb([(s * 0.3, 0.62, 0.09), (s * x, y, 0.055), (s * x * 1.05, y - 0.1, 0.03)]) for x, y in TIPS
            ]
            arm = limb([(s * 0.15, 0.5, 0.16), (s * 0.4, 0.66, 0.12), (s * 0.62, 0.8, 0.07)])
            p.fill(ink, arm, *feathers, tone=0.35 if s == side else 0.75)
            p.line("wheat", [(s * 0.3, 0.5), (s * 0.5, 0.62), (s * 0.66, 0.72)], 0.012, tone=0.4)
    for s in (-1, 1):
        p.fill("gold", *[ellipse(s * 0.09 + d, 0.025, 0.022, 0.035) for d in (-0.035, 0, 0.035)])
    tall = [(0, 0.03), (-0.2, 0.1), (-0.29, 0.36), (-0.28, 0.66), (-0.2, 0.86)]
    whole = [*tall, (0, 0.9), *[(-x, y) for x, y in tall[:0:-1]]]
    tufts = [np.array([(s * 0.27, 0.7), (s * 0.25, 1.0), (s * 0.07, 0.87)]) for s in (-1, 1)]
    body = p.fill(ink, p.curve(whole), *tufts, shade=0.06)
    p.fill(
        "wheat", p.curve([(0, 0.04), (-0.17, 0.14), (-0.19, 0.36), (0, 0.52), (0.19, 0.36), (0.17, 0.14)]), clip=body
    )
    for row, y in enumerate((0.4, 0.3, 0.2, 0.11)):
        for k in range(-2, 3 - row % 2):
            x = (k + (row % 2) * 0.5) * 0.075
            p.fill(ink, [(x - 0.022, y), (x + 0.022, y), (x, y - 0.045)], tone=0.2, clip=body)
    if not wings:
        for s in (-1, 1):
            wing = [(s * 0.27, 0.58), (s * 0.19, 0.5), (s * 0.17, 0.28), (s * 0.24, 0.08), (s * 0.31, 0.3)]
            p.fill(ink, p.curve(wing), tone=0.5 if s == side else 0.95)
    for s in (-1, 1):
        p.fill("cream", ellipse(s * 0.115, 0.69, 0.125))
        p.fill("gold", ellipse(s * 0.105, 0.69, 0.075))
        p.fill("key", ellipse(s * 0.1, 0.69, 0.045))
        p.fill("white", ellipse(s * 0.1 + 0.018, 0.71, 0.014))
    p.fill(ink, [(0, 0.73), (-0.09, 0.85), (0, 0.82), (0.09, 0.85)], tone=0.3)
    p.fill("autumn", [(-0.035, 0.66), (0.035, 0.66), (0, 0.57)])


@thing("penguin", wide=0.55)
def penguin(p: Pen) -> None:
    for s in (-1, 1):
        p.fill("autumn", p.curve([(s * 0.02, 0.05), (s * 0.06, 0.0), (s * 0.22, 0.0), (s * 0.15, 0.06)]))
        arm = [(s * 0.22, 0.66, 0.05), (s * 0.31, 0.48, 0.05), (s * 0.35, 0.3, 0.018)]
        p.fill(p.pick("dark"), limb(arm), tone=0.3 if s != lit_side(p) else 0)
    tall = [(0, 0.02), (-0.19, 0.06), (-0.27, 0.3), (-0.24, 0.6), (-0.17, 0.78), (-0.14, 0.9)]
    body = p.fill(p.pick("dark"), p.curve([*tall, (0, 1.0), *[(-x, y) for x, y in tall[:0:-1]]]), shade=0.03)
    front = [(0, 0.05), (-0.15, 0.1), (-0.2, 0.34), (-0.15, 0.6), (-0.04, 0.68)]
    p.fill("white", p.curve([*front, *[(-x, y) for x, y in front[:0:-1]]]), clip=body, shade=0.05)
    for s in (-1, 1):
        p.fill("white", p.curve([(s * 0.035, 0.93), (s * 0.1, 0.9), (s * 0.105, 0.78), (s * 0.04, 0.74)]), clip=body)
        p.fill("gold", ellipse(s * 0.12, 0.71, 0.035, 0.05, -s * 0.5), clip=body)
        p.fill("key", ellipse(s * 0.062, 0.865, 0.018))
    p.fill("autumn", p.curve([(-0.05, 0.83), (0, 0.85), (0.05, 0.83), (0, 0.765)]))


@thing("bee", wide=1.1)
def bee(p: Pen) -> None:
    for x, turn, tone in ((-0.02, 1.05, 0.35), (-0.16, 1.35, 0.0)):
        p.fill(
            "white",
            ellipse(x + np.cos(turn + 0.5) * 0.2, 0.58 + np.sin(turn) * 0.2, 0.27, 0.12, turn + 0.35),
            tone=tone,
        )
    for x in (-0.1, 0.04, 0.16):
        p.line("key", [(x, 0.22), (x - 0.03, 0.1), (x + 0.01, 0.04)], 0.012)
    p.fill("key", np.array([(-0.46, 0.4), (-0.6, 0.34), (-0.44, 0.3)]))
    body = p.fill(p.pick("gold"), ellipse(-0.1, 0.38, 0.38, 0.22, 0.1), shade=0.06)
    for x in (-0.4, -0.2, 0.0):
        p.fill(
            "key",
            p.curve([(x, 0.1), (x + 0.02, 0.38), (x, 0.7), (x + 0.09, 0.7), (x + 0.11, 0.38), (x + 0.09, 0.1)]),
            clip=body,
        )
    p.fill("wheat", ellipse(0.17, 0.42, 0.14, 0.16), tone=0.15)
    p.fill("key", ellipse(0.34, 0.42, 0.135, 0.14))
    for dx in (0.0, 0.1):
        p.line("key", [(0.38 + dx * 0.4, 0.53), (0.42 + dx, 0.66), (0.5 + dx, 0.7)], 0.011)
        p.fill("key", ellipse(0.5 + dx, 0.7, 0.022))
    p.fill("white", ellipse(0.4, 0.45, 0.04, 0.05))
    p.fill("key", ellipse(0.41, 0.45, 0.02, 0.026))


@thing("butterfly", wide=1.0)
def butterfly(p: Pen) -> None:
    ink, side = p.pick("autumn"), lit_side(p)
    upper = [(0.02, 0.5), (0.16, 0.86), (0.46, 1.0), (0.55, 0.86), (0.46, 0.58), (0.16, 0.46)]
    lower = [(0.02, 0.47), (0.34, 0.5), (0.42, 0.3), (0.3, 0.06), (0.16, 0.12)]
    for s in (-1, 1):
        shade = 0.0 if s == side else 0.4
        for half, middle in ((lower, (0.24, 0.32)), (upper, (0.3, 0.72))):
            rim = p.fill("key", p.curve([(s * x, y) for x, y in half]))
            inner = [(s * (middle[0] + (x - middle[0]) * 0.82), middle[1] + (y - middle[1]) * 0.82) for x, y in half]
            p.fill(ink, p.curve(inner), tone=shade, clip=rim)
        for tip in ((0.44, 0.88), (0.4, 0.64), (0.26, 0.86)):
            p.line("key", [(s * 0.05, 0.53), (s * tip[0], tip[1])], 0.009)
        p.line("key", [(s * 0.05, 0.45), (s * 0.26, 0.16)], 0.009)
        for x, y, r in (
            (0.49, 0.93, 0.022),
            (0.515, 0.83, 0.018),
            (0.38, 0.97, 0.016),
            (0.38, 0.25, 0.016),
            (0.32, 0.13, 0.016),
        ):
            p.fill("cream", ellipse(s * x, y, r))
        p.fill("gold", ellipse(s * 0.22, 0.34, 0.05), tone=shade)
        p.line("key", [(s * 0.01, 0.68), (s * 0.06, 0.82), (s * 0.13, 0.9)], 0.008)
        p.fill("key", ellipse(s * 0.13, 0.9, 0.018))
    p.fill("key", limb([(0, 0.2, 0.012), (0, 0.48, 0.032), (0, 0.62, 0.034), (0, 0.7, 0.03)]))
