"""Animals with hooves, and the elephant."""

import numpy as np

from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import HOOVES, Look, Part, beast, eye
from studio.engine.illustrator.subjects.registry import Manner, posed, thing

POSES = ("standing", "running", "walking", "lying", "looking back", "jumping")
CALM = ("standing", "walking", "lying", "looking back")


@posed("deer", wide=1.1, poses=POSES)
def deer(p: Pen, manner: Manner) -> None:
    fur = p.pick("deer")

    def head(h: Part, asleep: bool) -> None:
        for o in (-0.07, -0.02):
            h.line("wood", [(o, 0.05), (-0.07 + o, 0.17), (-0.04 + o, 0.31), (0.04 + o, 0.41)], 0.013)
            h.line("wood", [(-0.065 + o, 0.19), (0.03 + o, 0.23), (0.07 + o, 0.29)], 0.010)
            h.line("wood", [(-0.05 + o, 0.29), (-0.12 + o, 0.37)], 0.009)
            h.line("wood", [(-0.06 + o, 0.13), (0.04 + o, 0.14)], 0.009)
        face = [
            (-0.08, 0.02),
            (-0.03, 0.065),
            (0.04, 0.04),
            (0.14, -0.035),
            (0.145, -0.07),
            (0.06, -0.075),
            (-0.04, -0.06),
        ]
        h.fill(fur, h.pen.curve(face), shade=0.02)
        h.fill(fur, h.pen.curve([(-0.06, 0.04), (-0.15, 0.08), (-0.17, 0.055), (-0.09, 0.01)]), tone=0.4)
        h.fill("dark", ellipse(0.14, -0.05, 0.016))
        eye(h, 0.03, 0, 0.013, asleep)

    def tail(root: Part) -> None:
        root.fill(fur, limb([(0, 0, 0.035), (-0.06, -0.03, 0.03), (-0.07, -0.1, 0.008)]), tone=0.3)

    stance = HOOVES[manner.pose]
    body = beast(p, stance, Look(fur, head, tail, foot="dark", sock=0.2, chest="cream", thick=0.88, slim=0.9))
    p.fill("cream", ellipse(stance.tail[0] - 0.02, stance.tail[1] - 0.02, 0.03, 0.05), clip=body)


LOCKS = ((-0.02, 0.1), (-0.14, 0.12), (-0.3, 0.06), (-0.2, 0.04), (-0.36, -0.04), (-0.22, -0.06), (-0.34, -0.15))
SHORT = ((-0.02, 0.1), (-0.1, 0.05), (-0.135, -0.1), (-0.13, -0.24), (-0.08, -0.15), (-0.05, -0.03))
HANGING = ((-0.02, 0.1), (-0.12, 0.05), (-0.22, -0.12), (-0.28, -0.22), (-0.2, -0.17), (-0.1, -0.05), (-0.03, 0.03))
MANES = {"fast": (*LOCKS, (-0.16, -0.12), (-0.04, 0.02)), "looking back": SHORT, "still": HANGING}  # of the horse


@posed("horse", wide=1.2, poses=POSES)
def horse(p: Pen, manner: Manner) -> None:
    fur = p.pick("bark")
    hair: str | Ink = "dark"
    fast = manner.pose in ("running", "jumping")

    def tail(root: Part) -> None:
        hang = [(0.02, 0, 0.035), (-0.1, -0.1, 0.05), (-0.12, -0.32, 0.045), (-0.1, -0.48, 0.012)]
        if manner.pose == "lying":
            hang = [(0.02, 0, 0.035), (-0.1, -0.07, 0.048), (-0.2, -0.16, 0.042), (-0.34, -0.18, 0.012)]
        root.fill(hair, limb(hang))

    def head(h: Part, asleep: bool) -> None:
        skull = [(-0.04, 0.03, 0.07), (0.05, 0.015, 0.06), (0.15, -0.1, 0.042), (0.185, -0.145, 0.036)]
        h.fill(fur, limb(skull), shade=0.03)
        h.fill(fur, np.array([(-0.055, 0.075), (-0.04, 0.165), (0.01, 0.08)]))
        mane = MANES["fast" if fast else manner.pose if manner.pose == "looking back" else "still"]
        h.fill(hair, h.pen.curve(mane))
        h.fill(hair, h.pen.curve([(-0.03, 0.1), (0.03, 0.08), (0.05, 0.02), (0.0, 0.04)]))
        h.fill("dark", ellipse(0.19, -0.14, 0.008))
        eye(h, 0.07, 0.025, 0.013, asleep)

    look = Look(fur, head, tail, foot="key", sock=0.16, thick=1.06, neck=1.12, slim=1.04)
    beast(p, HOOVES[manner.pose], look)


@posed("camel", wide=1.2, poses=("standing", "walking", "lying"))
def camel(p: Pen, manner: Manner) -> None:
    fur = p.pick("sand")
    stance = HOOVES[manner.pose]
    low = stance.trunk[1][1] - 0.6

    def humps() -> None:
        rear = [(-0.44, 0.58), (-0.37, 0.78), (-0.27, 0.94), (-0.17, 0.8), (-0.1, 0.72)]
        front = [(-0.02, 0.8), (0.06, 0.93), (0.14, 0.78), (0.2, 0.58)]
        p.fill(fur, p.curve([(x, y + low) for x, y in [*rear, *front]]), shade=0.05)

    def head(h: Part, asleep: bool) -> None:
        reach = [
            (-0.22, -0.29, 0.09),
            (-0.07, -0.3, 0.062),
            (0.05, -0.14, 0.045),
            (0.07, 0.04, 0.05),
            (0.2, 0.005, 0.036),
        ]
        h.fill(fur, limb(reach), shade=0.03)
        h.fill(fur, h.pen.curve([(0.04, 0.07), (0.0, 0.12), (0.03, 0.05)]), tone=0.4)
        h.fill("dark", ellipse(0.225, 0.01, 0.01))
        eye(h, 0.11, 0.045, 0.012, asleep)

    def tail(root: Part) -> None:
        root.fill(fur, limb([(0, 0, 0.025), (-0.06, -0.12, 0.014), (-0.05, -0.24, 0.02)]), tone=0.5)

    short = ((0.16, 0.62 + low, 0.1), (0.22, 0.62 + low, 0.09), (0.26, 0.63 + low, 0.07))
    stance = type(stance)(stance.far, stance.near, stance.trunk, short, (0.46, 0.93 + low, 0.0), stance.tail)
    beast(p, stance, Look(fur, head, tail, foot="bark", sock=0.12, thick=0.95), humps)


@posed("cow", wide=1.3, poses=CALM)
def cow(p: Pen, manner: Manner) -> None:
    fur = p.pick("white")

    def tail(root: Part) -> None:
        long = 0.4 if manner.pose == "lying" else 1.0
        root.fill(fur, limb([(0.02, 0.02, 0.022), (-0.08, -0.1 * long, 0.014), (-0.09, -0.34 * long, 0.012)]), tone=0.4)
        end = -0.34 * long
        root.fill("dark", limb([(-0.09, end, 0.014), (-0.1, end - 0.07, 0.03), (-0.09, end - 0.11, 0.008)]))

    def head(h: Part, asleep: bool) -> None:
        h.fill("cream", limb([(-0.01, 0.07, 0.018), (0.06, 0.14, 0.016), (0.05, 0.2, 0.006)]), tone=0.5)
        h.fill("dark", h.pen.curve([(-0.05, 0.05), (-0.16, 0.06), (-0.19, 0.01), (-0.08, -0.01)]))
        h.fill(fur, limb([(-0.01, 0, 0.095), (0.1, -0.08, 0.075), (0.17, -0.13, 0.06)]), shade=0.03)
        h.fill(
            "dark",
            h.pen.curve([(-0.1, 0.03), (-0.02, 0.1), (0.06, 0.07), (0.04, -0.02), (-0.04, -0.07), (-0.1, -0.04)]),
        )
        h.fill("pink", limb([(0.155, -0.15, 0.05), (0.195, -0.14, 0.045)]))
        h.fill("dark", ellipse(0.21, -0.125, 0.01, 0.014))
        eye(h, 0.085, -0.015, 0.014, asleep)

    stance = HOOVES[manner.pose]
    down = -0.09 if manner.pose != "lying" else -0.1
    x, y, turn = stance.head
    neck = (
        stance.neck[0],
        (stance.neck[1][0], stance.neck[1][1] + down, 0.1),
        (stance.neck[2][0], stance.neck[2][1] + down, 0.08),
    )
    stance = type(stance)(stance.far, stance.near, stance.trunk, neck, (x, y + down, turn), stance.tail, stance.back)
    body = beast(p, stance, Look(fur, head, tail, foot="dark", sock=0.18, thick=1.38, slim=1.12, neck=1.15))
    low = stance.trunk[1][1] - 0.6
    rump = [(-0.5, 0.62), (-0.42, 0.82), (-0.26, 0.82), (-0.2, 0.66), (-0.28, 0.52), (-0.42, 0.5)]
    p.fill("dark", p.curve([(q, r + low) for q, r in rump]), clip=body)
    flank = [(-0.1, 0.8), (0.06, 0.82), (0.12, 0.68), (0.04, 0.56), (-0.08, 0.62)]
    p.fill("dark", p.curve([(q, r + low) for q, r in flank]), clip=body)
    if manner.pose != "lying":
        p.fill("pink", ellipse(-0.2, 0.42, 0.075, 0.05), limb([(-0.17, 0.4, 0.014), (-0.165, 0.355, 0.01)]), tone=0.2)


@posed("sheep", wide=1.15, poses=("standing", "lying", "walking"))
def sheep(p: Pen, manner: Manner) -> None:
    wool = p.pick("cream")
    lying = manner.pose == "lying"
    low = -0.26 if lying else 0.0
    if not lying:
        step = 0.07 if manner.pose == "walking" else 0.0
        for x, far in ((-0.2 + step, True), (0.2 - step, True), (-0.28 - step, False), (0.12 + step, False)):
            leg = limb([(x, 0.3, 0.04), (x + step * (0.5 if x > 0 else -0.5), 0.03, 0.028)])
            p.fill("dark", leg, tone=0.5 if far else 0)
    angles = np.linspace(0, 2 * np.pi, 13, endpoint=False)
    curls = [ellipse(-0.06 + np.cos(a) * 0.3, 0.48 + low + np.sin(a) * 0.17, 0.105) for a in angles]
    p.fill(wool, *curls, ellipse(-0.06, 0.48 + low, 0.32, 0.2), ellipse(-0.46, 0.5 + low, 0.06, 0.05), shade=0.07)
    for x, y in ((-0.22, 0.55), (-0.02, 0.6), (0.1, 0.48), (-0.12, 0.42)):
        p.line(wool, [(x - 0.05, y + low), (x, y - 0.04 + low), (x + 0.05, y + low)], 0.007, tone=0.5)
    h = Part(p, 0.34, 0.66 + low)
    h.fill("dark", h.pen.curve([(-0.06, 0.06), (-0.16, 0.08), (-0.2, 0.02), (-0.1, 0.0)]), tone=0.3)
    h.fill("dark", limb([(-0.02, 0.03, 0.088), (0.06, -0.05, 0.07), (0.1, -0.1, 0.052)]))
    h.fill(wool, ellipse(-0.08, 0.11, 0.06), ellipse(0.0, 0.13, 0.062), ellipse(0.05, 0.1, 0.045))
    h.fill("white", ellipse(0.05, 0.02, 0.02, 0.018))
    h.fill("key", ellipse(0.056, 0.018, 0.01))
    if lying:
        p.fill(
            "dark", limb([(0.12, 0.05, 0.035), (0.3, 0.032, 0.028)]), limb([(-0.2, 0.04, 0.03), (-0.06, 0.03, 0.026)])
        )


@thing("elephant", wide=1.35)
def elephant(p: Pen) -> None:
    skin = p.pick("steel")
    for x, lean in ((-0.27, -0.01), (0.2, 0.03)):
        p.fill(
            skin,
            limb([(x, 0.4, 0.11), (x + lean, 0.2, 0.085), (x + lean, 0.05, 0.085)]),
            rect(x + lean - 0.085, 0, x + lean + 0.085, 0.06),
            tone=0.8,
        )
    p.fill(skin, limb([(-0.5, 0.58, 0.022), (-0.56, 0.42, 0.014), (-0.55, 0.3, 0.02)]), tone=0.5)
    legs = [limb([(x, 0.42, 0.13), (x, 0.2, 0.095), (x, 0.06, 0.095)]) for x in (-0.38, 0.08)]
    feet = [rect(x - 0.095, 0, x + 0.095, 0.07) for x in (-0.38, 0.08)]
    trunk = limb(
        [
            (0.42, 0.66, 0.12),
            (0.58, 0.5, 0.085),
            (0.62, 0.3, 0.06),
            (0.6, 0.14, 0.045),
            (0.67, 0.06, 0.036),
            (0.74, 0.09, 0.03),
        ]
    )
    back = limb([(-0.32, 0.6, 0.2), (-0.1, 0.64, 0.235), (0.12, 0.62, 0.21)], 12)
    p.fill(skin, *legs, *feet, back, ellipse(0.36, 0.72, 0.19, 0.185), trunk, shade=0.06)
    for x in (-0.44, -0.38, -0.32, 0.02, 0.08, 0.14):
        p.fill("cream", ellipse(x, 0.02, 0.022, 0.018))
    p.fill("white", limb([(0.44, 0.56, 0.03), (0.53, 0.45, 0.026), (0.66, 0.45, 0.008)]), shade=0.012)
    ear = [(0.3, 0.86), (0.12, 0.9), (0.0, 0.76), (0.03, 0.56), (0.14, 0.44), (0.22, 0.5), (0.3, 0.62), (0.33, 0.76)]
    p.fill(skin, p.curve([(x - 0.025, y - 0.02) for x, y in ear]), tone=0.75)
    p.fill(skin, p.curve(ear), tone=-0.25)
    p.fill("key", ellipse(0.45, 0.76, 0.016))
