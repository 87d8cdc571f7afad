"""Figures that are not quite people: out of space, out of a workshop, out of a tale."""

import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import Knots
from studio.engine.illustrator.subjects.registry import Manner, arc, lit_side, posed, thing

DOWN: tuple[Knots, Knots] = (
    ((-0.2, 0.56, 0.075), (-0.28, 0.42, 0.066), (-0.27, 0.3, 0.06)),
    ((0.2, 0.56, 0.075), (0.28, 0.42, 0.066), (0.27, 0.3, 0.06)),
)
UP: Knots = ((0.2, 0.57, 0.075), (0.34, 0.64, 0.066), (0.38, 0.8, 0.06))
SUITS: dict[str, tuple[tuple[Knots, Knots], tuple[Knots, Knots]]] = {  # an astronaut's legs and arms
    "standing": (
        (
            ((-0.1, 0.36, 0.1), (-0.12, 0.2, 0.085), (-0.13, 0.08, 0.08)),
            ((0.1, 0.36, 0.1), (0.12, 0.2, 0.085), (0.13, 0.08, 0.08)),
        ),
        DOWN,
    ),
    "flying": (
        (
            ((-0.1, 0.36, 0.1), (-0.2, 0.22, 0.085), (-0.16, 0.06, 0.075)),
            ((0.1, 0.36, 0.1), (0.24, 0.26, 0.085), (0.34, 0.12, 0.075)),
        ),
        (((-0.2, 0.57, 0.075), (-0.34, 0.5, 0.066), (-0.46, 0.56, 0.06)), UP),
    ),
}
SUITS["waving"] = (SUITS["standing"][0], (DOWN[0], UP))


@posed("astronaut", wide=0.6, poses=("standing", "waving", "flying"))
def astronaut(p: Pen, manner: Manner) -> None:
    suit, side = p.pick("white"), lit_side(p)
    legs, arms = SUITS[manner.pose]
    pack = [(-0.24, 0.34), (-0.26, 0.66), (-0.1, 0.72), (0.1, 0.72), (0.26, 0.66), (0.24, 0.34)]
    p.fill("steel", p.curve(pack), tone=0.4)
    p.fill(suit, *[limb(leg) for leg in legs], shade=0.035)
    for leg in legs:
        x, y, r = leg[-1]
        p.fill("steel", limb([(x, y + 0.01, r * 1.06), (x + 0.015, max(y - 0.03, 0.045), r * 0.95)]), tone=0.2)
    p.fill(suit, *[limb(arm) for arm in arms], shade=0.03)
    for arm in arms:
        x, y, r = arm[-1]
        p.fill("steel", ellipse(x, y, r * 1.08), tone=0.2)
    half = [(0.2, 0.3), (0.21, 0.5), (0.16, 0.63)]
    p.fill(suit, p.curve([(0, 0.27), *half, (0, 0.66), *[(-x, y) for x, y in half[::-1]]]), shade=0.05)
    p.fill("steel", rect(-0.1, 0.38, 0.1, 0.5))
    p.fill("red", ellipse(-0.055, 0.46, 0.018))
    p.fill("gold", ellipse(0, 0.46, 0.018))
    p.fill("navy", rect(-0.075, 0.4, 0.075, 0.425))
    p.fill(suit, ellipse(0, 0.8, 0.205, 0.2, n=56), shade=0.045)
    visor = p.fill("navy", ellipse(0.02, 0.8, 0.15, 0.125, n=50))
    p.fill("gold", ellipse(0.02 + side * 0.05, 0.85, 0.15, 0.11), clip=visor, alpha=0.75)
    p.fill("white", ellipse(0.02 + side * 0.085, 0.855, 0.028, 0.018, -side * 0.6))


@posed("robot", wide=0.65, poses=("standing", "waving"))
def robot(p: Pen, manner: Manner) -> None:
    tin = p.pick("teal")
    p.line("steel", [(0, 0.94), (0, 1.04)], 0.014)
    p.fill("red", ellipse(0, 1.06, 0.034))
    for s in (-1, 1):
        waves = manner.pose == "waving" and s > 0
        p.fill("steel", limb([(s * 0.1, 0.3, 0.045), (s * 0.1, 0.08, 0.045)], 4), tone=0.3)
        p.fill(tin, rect(s * 0.1 - 0.085, 0, s * 0.1 + 0.085, 0.075), shade=0.02)
        hand = (s * 0.38, 0.8) if waves else (s * 0.33, 0.22)
        elbow = (s * 0.36, 0.58) if waves else (s * 0.34, 0.4)
        p.fill("steel", limb([(s * 0.22, 0.52, 0.042), (*elbow, 0.038), (*hand, 0.036)]), tone=0.3)
        p.fill(tin, ellipse(s * 0.24, 0.53, 0.07), shade=0.02)
        p.fill("red", ellipse(*hand, 0.055), shade=0.015)
        p.fill("steel", rect(s * 0.215 - 0.035, 0.72, s * 0.215 + 0.035, 0.84))
    p.fill("steel", rect(-0.06, 0.56, 0.06, 0.66), tone=0.5)
    half = [(0.23, 0.26), (0.24, 0.44), (0.22, 0.6)]
    p.fill(tin, p.curve([(0, 0.25), *half, (0, 0.61), *[(-x, y) for x, y in half[::-1]]]), shade=0.05)
    p.fill("cream", rect(-0.14, 0.36, 0.14, 0.53))
    for x, ink in ((-0.08, "red"), (0, "gold"), (0.08, "navy")):
        p.fill(ink, ellipse(x, 0.485, 0.024))
    p.line("dark", [(-0.09, 0.41), (-0.03, 0.425), (0.03, 0.39), (0.09, 0.43)], 0.008)
    right = [(0.2, 0.64), *arc((0.2, 0.88), (0.17, 0.94), (0.1, 0.96), step=5)]
    p.fill(tin, [*right, *[(-x, y) for x, y in right[::-1]]], shade=0.045)
    for s in (-1, 1):
        p.fill("cream", ellipse(s * 0.085, 0.83, 0.062))
        p.fill("glow" if p.scene.pal.night else "key", ellipse(s * 0.085, 0.83, 0.034))
    p.fill("dark", rect(-0.1, 0.69, 0.1, 0.735))
    for x in (-0.06, -0.02, 0.02, 0.06):
        p.line("cream", [(x, 0.69), (x, 0.735)], 0.006)


@thing("ghost", wide=0.75)
def ghost(p: Pen) -> None:
    sheet = p.pick("white")
    dome = arc((-0.3, 0.1), (-0.33, 0.5), (-0.28, 0.8), (0, 1.0), (0.28, 0.8), (0.33, 0.5), (0.36, 0.1))
    hem = [
        point
        for k, x in enumerate((0.36, 0.195, 0.03, -0.135))
        for point in arc((x, 0.1), (x - 0.0825, -0.01 if k % 2 else 0.03), (x - 0.165, 0.1), step=6)
    ]
    arms = [
        [(s * 0.26, 0.51, 0.08), (s * 0.4, 0.51 + s * 0.05, 0.05), (s * 0.46, 0.56 + s * 0.05, 0.03)] for s in (-1, 1)
    ]
    p.fill(sheet, *[limb(arm) for arm in arms])
    p.fill(sheet, [*dome, *hem], shade=0.08)
    for s in (-1, 1):
        p.fill("key", ellipse(s * 0.1 + 0.03, 0.72, 0.045, 0.075))
        p.fill("pink", ellipse(s * 0.19 + 0.03, 0.6, 0.045, 0.025), alpha=0.7)
    p.fill("key", ellipse(0.03, 0.56, 0.04, 0.055))
    p.glow(0, 0.5, 0.4)


@thing("skull", wide=0.8)
def skull(p: Pen) -> None:
    bone = p.pick("cream")
    half = [(0.12, 0.02), (0.2, 0.08), (0.22, 0.24), (0.31, 0.32), (0.39, 0.52), (0.38, 0.74), (0.24, 0.94)]
    whole = p.fill(bone, p.curve([(0, 0.01), *half, (0, 1.0), *[(-x, y) for x, y in half[::-1]]]), shade=0.09)
    for s in (-1, 1):
        socket = [(0.08, 0.5), (0.1, 0.6), (0.2, 0.63), (0.29, 0.56), (0.27, 0.43), (0.17, 0.39)]
        p.fill("key", p.curve([(s * x, y) for x, y in socket]))
        p.fill(bone, p.curve([(s * 0.25, 0.26), (s * 0.34, 0.34), (s * 0.27, 0.36)]), tone=0.6, clip=whole)
    p.fill("key", [(0, 0.42), (-0.055, 0.3), (-0.01, 0.32), (0, 0.34), (0.01, 0.32), (0.055, 0.3)])
    p.fill("key", p.curve([(-0.17, 0.2), (0, 0.18), (0.17, 0.2), (0.16, 0.165), (0, 0.145), (-0.16, 0.165)]))
    for x in np.linspace(-0.13, 0.13, 6):
        p.line("key", [(x, 0.235), (x * 0.95, 0.1)], 0.009)
    p.line("key", [(0.1, 0.98), (0.06, 0.88), (0.1, 0.84), (0.07, 0.77)], 0.007, clip=whole)


@thing("snowman", wide=0.75)
def snowman(p: Pen) -> None:
    wool = p.pick("red")
    for s in (-1, 1):
        p.line("bark", [(s * 0.18, 0.5), (s * 0.36, 0.6), (s * 0.46, 0.72)], 0.014)
        p.line("bark", [(s * 0.38, 0.62), (s * 0.48, 0.62)], 0.01)
    for y, r in ((0.22, 0.27), (0.52, 0.2)):
        p.fill("snow", ellipse(0, y, r, r * 0.93, n=50), shade=0.07)
    p.fill("snow", ellipse(0, 0.78, 0.145, n=50), shade=0.05)
    wrap = limb([(-0.12, 0.66, 0.034), (0, 0.635, 0.038), (0.12, 0.66, 0.034)])
    p.fill(wool, wrap, limb([(0.07, 0.64, 0.034), (0.12, 0.46, 0.034)]), shade=0.015)
    for y in (0.56, 0.46, 0.3):
        p.fill("key", ellipse(0, y, 0.02))
    for s in (-1, 1):
        p.fill("key", ellipse(0.03 + s * 0.05, 0.82, 0.017))
    p.fill("autumn", [(0.02, 0.8), (0.21, 0.755), (0.02, 0.745)], shade=0.012)
    crown = [(-0.11, 0.9), (-0.12, 1.1), (0.12, 1.1), (0.11, 0.9)]
    p.fill("dark", limb([(-0.19, 0.9, 0.016), (0.19, 0.9, 0.016)], 4), crown, shade=0.03)
    p.fill(wool, [(-0.113, 0.93), (-0.115, 0.97), (0.115, 0.97), (0.113, 0.93)])


SPINE = np.array(
    [
        *((-0.86, 0.14, 0.015), (-0.72, 0.06, 0.04), (-0.5, 0.12, 0.075), (-0.32, 0.3, 0.13), (-0.06, 0.42, 0.17)),
        *((0.16, 0.5, 0.15), (0.3, 0.66, 0.095), (0.34, 0.84, 0.075), (0.42, 0.95, 0.07)),
    ]
)


@posed("dragon", wide=1.6, poses=("flying", "standing"))
def dragon(p: Pen, manner: Manner) -> None:
    """A western dragon from the side: bat wing, ridged back, arrow tail."""
    scale = p.pick("emerald")
    lift = 0.12 if manner.pose == "flying" else 0.0
    body = SPINE + np.array([0, lift, 0])
    _wing(p, (0.16, lift), 1.1)
    x, y, _ = body[0]
    p.fill("red", [(x + 0.06, y - 0.05), (x - 0.12, y), (x, y + 0.16), (x + 0.01, y + 0.03)])
    for x, y, far in ((-0.2, 0.3, True), (0.24, 0.36, True), (-0.3, 0.28, False), (0.12, 0.36, False)):
        back = 0.12 if lift else 0.0  # a flyer trails its feet
        shin = [(x + 0.05 - back * 0.3, y * 0.5 + lift, 0.06), (x - 0.02 - back, 0.07 + lift, 0.036)]
        p.fill(
            scale, limb([(x, y + lift, 0.095), *shin, (x + 0.06 - back, 0.035 + lift, 0.03)]), tone=0.85 if far else 0.2
        )
    for x, y, r in _along(body, 11):
        p.fill("red", [(x - 0.045, y + r * 0.8), (x - 0.02, y + r + 0.075), (x + 0.035, y + r * 0.85)], tone=0.2)
    whole = p.fill(scale, limb(body, 10), shade=0.04)
    p.fill("wheat", limb([(x + r * 0.45, y - r * 0.55, r * 0.55) for x, y, r in body[2:8]]), clip=whole)
    _dragon_head(p, 0.98 + lift)
    _wing(p, (-0.06, lift), 0.35)


def _wing(p: Pen, root: tuple[float, float], tone: float) -> None:
    scale, (dx, dy) = p.pick("emerald"), root
    ends = ((-0.26, 1.02), (-0.54, 0.84), (-0.56, 0.58))
    sail = [(0.02, 0.52), (-0.02, 0.8), (0.06, 1.06), *arc((0.06, 1.06), (-0.08, 0.95), ends[0], step=6)]
    sail += [*arc(ends[0], (-0.32, 0.84), ends[1], step=6), *arc(ends[1], (-0.44, 0.68), ends[2], step=6)]
    p.fill(scale, [(x + dx, y + dy) for x, y in [*sail, (-0.2, 0.46)]], tone=tone)
    for x, y in ends:
        p.line(scale, [(0.05 + dx, 1.04 + dy), (x + dx, y + dy)], 0.011, tone=tone - 0.5)
    p.line(scale, [(0.02 + dx, 0.54 + dy), (-0.01 + dx, 0.8 + dy), (0.06 + dx, 1.06 + dy)], 0.026, tone=tone - 0.5)


def _dragon_head(p: Pen, y: float) -> None:
    scale = p.pick("emerald")
    p.fill("cream", limb([(0.38, y + 0.05, 0.022), (0.3, y + 0.13, 0.016), (0.22, y + 0.15, 0.005)]))
    top = [(0.36, y + 0.06), (0.44, y + 0.085), (0.54, y + 0.03), (0.7, y), (0.73, y - 0.045), (0.68, y - 0.1)]
    p.fill(scale, p.curve([*top, (0.5, y - 0.115), (0.37, y - 0.07)]), shade=0.03)
    p.line("key", [(0.72, y - 0.045), (0.6, y - 0.055), (0.52, y - 0.04)], 0.007)
    p.fill("cream", [(0.62, y - 0.055), (0.65, y - 0.055), (0.637, y - 0.09)])
    p.fill("gold", ellipse(0.5, y + 0.03, 0.026, 0.02))
    p.fill("key", ellipse(0.505, y + 0.03, 0.009, 0.019), ellipse(0.7, y - 0.015, 0.009))


def _along(body: Floats, n: int) -> list[tuple[float, float, float]]:
    """Places along a back, between tail and neck."""
    steps = np.linspace(1, len(body) - 2.2, n)
    columns = [np.interp(steps, np.arange(len(body)), body[:, column]) for column in range(3)]
    return [(float(x), float(y), float(r)) for x, y, r in zip(*columns, strict=True)]
