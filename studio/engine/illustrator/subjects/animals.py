"""Animals with paws."""

import numpy as np

from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb
from studio.engine.illustrator.subjects.beasts import PAWS, Look, Part, beast, eye
from studio.engine.illustrator.subjects.registry import Manner, lit_side, posed

POSES = ("standing", "sitting", "running", "walking", "lying", "looking back", "jumping")


@posed("fox", wide=1.25, poses=POSES)
def fox(p: Pen, manner: Manner) -> None:
    fur = "fox" if p.body in (None, "red", "orange") else p.body
    assert fur is not None

    def tail(root: Part) -> None:
        brush = [
            (0, 0, 0.045),
            (-0.15, -0.05, 0.075),
            (-0.31, -0.2, 0.092),
            (-0.45, -0.30, 0.062),
            (-0.55, -0.32, 0.012),
        ]
        if manner.pose in ("sitting", "lying"):
            brush = [
                (0, 0, 0.05),
                (-0.16, -0.01, 0.078),
                (-0.32, 0.05, 0.088),
                (-0.42, 0.17, 0.058),
                (-0.44, 0.28, 0.012),
            ]
        whole = root.fill(fur, limb(brush), shade=0.045)
        (ax, ay, _), (bx, by, _) = brush[3:]
        root.fill("cream", ellipse(ax * 0.3 + bx * 0.7, ay * 0.3 + by * 0.7, 0.115, 0.12), clip=whole)

    def head(h: Part, asleep: bool) -> None:
        h.fill("dark", np.array([(-0.025, 0.02), (0.015, 0.19), (0.045, 0.04)]))
        h.fill(fur, np.array([(-0.115, 0.01), (-0.088, 0.195), (0.0, 0.06)]))
        skull = [(-0.13, -0.02), (-0.11, 0.065), (-0.04, 0.095), (0.04, 0.07), (0.11, 0), (0.215, -0.055)]
        jaw = [(0.22, -0.078), (0.11, -0.095), (0, -0.115), (-0.09, -0.09)]
        face = h.fill(fur, h.pen.curve([*skull, *jaw]), shade=0.03)
        cheek = [(0.225, -0.075), (0.11, -0.1), (-0.02, -0.12), (-0.09, -0.1), (-0.03, -0.065), (0.07, -0.045)]
        h.fill("cream", h.pen.curve([*cheek, (0.14, -0.055)]), clip=face)
        h.fill(
            "dark", ellipse(0.217, -0.064, 0.021, 0.018), np.array([(-0.092, 0.065), (-0.082, 0.155), (-0.04, 0.085)])
        )
        eye(h, 0.065, 0.01, 0.016, asleep)

    beast(p, PAWS[manner.pose], Look(fur, head, tail, foot="dark", sock=0.75, chest="cream"))


def dog_head(h: Part, asleep: bool, fur: str | Ink, ear: str | Ink, hang: bool) -> None:
    """A blunt muzzle with a stop; ears hang or prick."""
    if not hang:
        h.fill(fur, np.array([(-0.03, 0.05), (0.0, 0.2), (0.05, 0.06)]), tone=0.5)
    skull = [(-0.13, -0.02), (-0.11, 0.075), (-0.03, 0.115), (0.06, 0.09), (0.1, 0.035), (0.2, 0.02)]
    jaw = [(0.24, -0.015), (0.235, -0.06), (0.16, -0.095), (0.03, -0.11), (-0.08, -0.1)]
    h.fill(fur, h.pen.curve([*skull, *jaw]), shade=0.03)
    h.fill("dark", ellipse(0.235, 0.0, 0.025, 0.021))
    h.line("dark", [(0.23, -0.045), (0.15, -0.06), (0.1, -0.05)], 0.005)
    eye(h, 0.065, 0.04, 0.016, asleep)
    if hang:
        h.fill(
            ear,
            h.pen.curve([(-0.08, 0.09), (0.0, 0.075), (0.005, -0.02), (-0.02, -0.11), (-0.08, -0.12), (-0.12, -0.03)]),
        )
    else:
        h.fill(fur, np.array([(-0.12, 0.03), (-0.085, 0.21), (0.0, 0.08)]))
        h.fill(ear, np.array([(-0.095, 0.075), (-0.078, 0.165), (-0.04, 0.09)]))


@posed("dog", wide=1.15, poses=POSES)
def dog(p: Pen, manner: Manner) -> None:
    fur = p.pick("wheat")

    def tail(root: Part) -> None:
        up = [(0, 0, 0.04), (-0.12, 0.06, 0.035), (-0.2, 0.18, 0.026), (-0.2, 0.28, 0.012)]
        root.fill(
            fur, limb(up if manner.pose != "lying" else [(0, 0, 0.04), (-0.14, -0.03, 0.03), (-0.3, -0.06, 0.014)])
        )

    look = Look(
        fur, lambda h, asleep: dog_head(h, asleep, fur, "wood", True), tail, chest="cream", slim=1.12, thick=1.06
    )
    beast(p, PAWS[manner.pose], look)
    if manner.pose != "lying":
        x, y, _ = PAWS[manner.pose].neck[-1]
        p.fill("red", limb([(x - 0.085, y + 0.01, 0.016), (x - 0.01, y - 0.055, 0.016), (x + 0.05, y - 0.065, 0.014)]))


@posed("wolf", wide=1.2, poses=POSES)
def wolf(p: Pen, manner: Manner) -> None:
    fur = p.pick("steel")

    def tail(root: Part) -> None:
        brush = [(0, 0, 0.045), (-0.1, -0.06, 0.062), (-0.19, -0.2, 0.055), (-0.23, -0.32, 0.01)]
        if manner.pose in ("sitting", "lying"):
            brush = [(0, 0, 0.045), (-0.14, -0.03, 0.06), (-0.28, -0.02, 0.05), (-0.4, 0.03, 0.01)]
        root.fill(fur, limb(brush), tone=0.35)

    def head(h: Part, asleep: bool) -> None:
        dog_head(h, asleep, fur, "dark", False)
        h.fill("cream", h.pen.curve([(0.2, -0.06), (0.1, -0.1), (-0.02, -0.11), (-0.05, -0.06), (0.06, -0.04)]))

    beast(p, PAWS[manner.pose], Look(fur, head, tail, chest="cream", thick=1.08, neck=1.22, slim=1.1))


@posed("bear", wide=1.2, poses=("standing", "sitting", "walking", "running", "lying", "looking back"))
def bear(p: Pen, manner: Manner) -> None:
    fur = p.pick("wood")

    def head(h: Part, asleep: bool) -> None:
        h.fill(fur, ellipse(0.02, 0.115, 0.045), tone=0.5)
        h.fill(fur, ellipse(0, 0, 0.14, 0.13), limb([(0.08, -0.03, 0.085), (0.18, -0.05, 0.055)]), shade=0.035)
        h.fill(fur, ellipse(-0.07, 0.11, 0.05))
        h.fill("wheat", limb([(0.14, -0.05, 0.055), (0.19, -0.055, 0.045)]))
        h.fill("dark", ellipse(0.228, -0.03, 0.028, 0.022), ellipse(-0.07, 0.11, 0.024))
        eye(h, 0.075, 0.035, 0.016, asleep)

    look = Look(fur, head, lambda root: None, thick=1.5, neck=1.45, slim=1.75)
    beast(p, PAWS[manner.pose], look)


@posed("cat", wide=0.7, poses=("sitting", "standing", "walking", "running", "lying", "jumping"))
def cat(p: Pen, manner: Manner) -> None:
    if manner.pose == "sitting":
        sitting_cat(p)
        return
    fur = p.pick("dark")
    pale = "glow" if fur == "dark" or p.scene.pal.night else "dark"

    def tail(root: Part) -> None:
        up = [(0, 0, 0.03), (-0.16, 0.06, 0.03), (-0.2, 0.24, 0.027), (-0.14, 0.38, 0.024), (-0.18, 0.46, 0.016)]
        if manner.pose in ("lying", "running", "jumping"):
            up = [(0, 0, 0.03), (-0.16, -0.03, 0.03), (-0.32, 0.03, 0.026), (-0.44, 0.12, 0.016)]
        root.fill(fur, limb(up))

    def head(h: Part, asleep: bool) -> None:
        h.fill(fur, np.array([(0.01, 0.08), (0.06, 0.19), (0.11, 0.05)]), tone=0.6)
        h.fill(fur, ellipse(0.01, 0, 0.125, 0.112), ellipse(0.085, -0.035, 0.06, 0.05), shade=0.02)
        h.fill(fur, np.array([(-0.1, 0.05), (-0.075, 0.2), (0.02, 0.1)]))
        h.fill("pink", np.array([(-0.078, 0.09), (-0.064, 0.16), (-0.02, 0.105)]), tone=0.4)
        h.fill("pink", ellipse(0.14, -0.02, 0.014, 0.011))
        eye(h, 0.065, 0.02, 0.02, asleep, pale)

    beast(p, PAWS[manner.pose], Look(fur, head, tail, thick=0.94, neck=0.8, slim=0.95))


def sitting_cat(p: Pen) -> None:
    """Sitting, three-quarter back view with the head turned: the ears and tail make it."""
    fur = p.pick("dark")
    tail = limb([(0.12, 0.05, 0.05), (0.3, 0.035, 0.042), (0.42, 0.1, 0.037), (0.41, 0.22, 0.03), (0.36, 0.26, 0.018)])
    back = [(-0.2, 0.0), (-0.27, 0.12), (-0.24, 0.3), (-0.17, 0.46), (-0.14, 0.6)]
    body = p.curve([*back, (0.1, 0.6), (0.16, 0.44), (0.24, 0.26), (0.25, 0.1), (0.18, 0.0)])
    brow = [(-0.19, 0.72), (-0.16, 0.82), (-0.02, 0.855), (0.12, 0.82), (0.15, 0.72)]
    head = p.curve([*brow, (0.1, 0.62), (-0.02, 0.58), (-0.14, 0.62)])
    left = np.array([(-0.185, 0.74), (-0.18, 0.97), (-0.05, 0.84)])
    right = np.array([(0.01, 0.84), (0.14, 0.97), (0.145, 0.74)])
    p.fill(fur, tail, body, head, left, right, shade=0.05)
    side = lit_side(p)
    p.fill(fur, limb([(side * 0.19, 0.12, 0.018), (side * 0.19, 0.28, 0.012), (side * 0.12, 0.46, 0.006)]), tone=-0.55)
    inner = np.array([(-0.16, 0.79), (-0.16, 0.91), (-0.09, 0.85)])
    p.fill("pink", inner, np.array([(0.05, 0.85), (0.12, 0.91), (0.122, 0.79)]), tone=0.4)
    iris = "glow" if fur == "dark" or p.scene.pal.night else "dark"
    p.fill(iris, ellipse(-0.085, 0.725, 0.03, 0.02, -0.2), ellipse(0.05, 0.725, 0.03, 0.02, 0.2))
    p.fill("key", ellipse(-0.085, 0.725, 0.008, 0.02), ellipse(0.05, 0.725, 0.008, 0.02))
    p.fill("pink", np.array([(-0.035, 0.685), (0, 0.685), (-0.018, 0.663)]))
    p.line("cream", [(-0.03, 0.2), (-0.035, 0.03)], 0.004)


@posed("rabbit", wide=0.7, poses=("sitting", "running"))
def rabbit(p: Pen, manner: Manner) -> None:
    fur = p.pick("wood")
    if manner.pose == "running":
        h, back = (
            Part(p, 0.36, 0.5),
            [(-0.3, 0.36, 0.1), (-0.46, 0.22, 0.06), (-0.62, 0.12, 0.03), (-0.68, 0.08, 0.022)],
        )
        fore = [(0.2, 0.36, 0.06), (0.36, 0.28, 0.032), (0.5, 0.24, 0.022)]
        h.fill(fur, limb([(-0.05, 0.08, 0.03), (-0.18, 0.18, 0.042), (-0.34, 0.24, 0.016)]), tone=0.5)
        p.fill(fur, limb([(x - 0.03, y - 0.05, r) for x, y, r in fore]), tone=0.6)
        trunk = limb([(-0.26, 0.36, 0.16), (-0.02, 0.4, 0.14), (0.2, 0.42, 0.11), (0.32, 0.48, 0.08)])
        p.fill(fur, trunk, limb(back), limb(fore), ellipse(0.38, 0.5, 0.12, 0.095), shade=0.05)
        h.fill(fur, limb([(-0.02, 0.07, 0.028), (-0.12, 0.22, 0.042), (-0.26, 0.34, 0.016)]))
        p.fill("cream", ellipse(-0.42, 0.42, 0.07))
        p.fill("dark", ellipse(0.43, 0.53, 0.016))
        return
    p.fill(fur, limb([(0.12, 0.6, 0.03), (0.07, 0.8, 0.045), (0.03, 0.97, 0.02)]), tone=0.5)
    trunk = limb([(-0.16, 0.2, 0.2), (-0.02, 0.28, 0.17), (0.1, 0.42, 0.1)])
    ear, hind = (
        limb([(0.16, 0.58, 0.03), (0.16, 0.8, 0.045), (0.15, 1.0, 0.02)]),
        limb([(-0.1, 0.05, 0.05), (0.12, 0.03, 0.035)]),
    )
    p.fill(
        fur, trunk, ellipse(0.17, 0.52, 0.12, 0.1), ear, hind, limb([(0.12, 0.3, 0.05), (0.17, 0.04, 0.03)]), shade=0.06
    )
    p.fill("cream", ellipse(-0.35, 0.16, 0.07))
    p.fill("dark", ellipse(0.21, 0.55, 0.016))


@posed("lion", wide=1.25, poses=("standing", "sitting", "walking", "running", "lying"))
def lion(p: Pen, manner: Manner) -> None:
    fur, mane = p.pick("wheat"), "rust"

    def tail(root: Part) -> None:
        sweep = [(0, 0, 0.026), (-0.16, -0.1, 0.02), (-0.26, 0.0, 0.018), (-0.34, 0.12, 0.016)]
        if manner.pose in ("sitting", "lying"):
            sweep = [(0, -0.03, 0.026), (-0.16, -0.04, 0.02), (-0.28, -0.02, 0.018), (-0.38, 0.06, 0.016)]
        x, y, _ = sweep[-1]
        root.fill(fur, limb(sweep), tone=0.3)
        root.fill(mane, limb([(x, y, 0.025), (x - 0.05, y + 0.05, 0.045), (x - 0.08, y + 0.11, 0.01)]))

    def head(h: Part, asleep: bool) -> None:
        if asleep:
            h = Part(p, h.x, h.y + 0.08, 1, h.turn)
        angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        locks = [ellipse(-0.06 + np.cos(a) * 0.15, -0.02 + np.sin(a) * 0.17, 0.085) for a in angles]
        h.fill(mane, *locks, ellipse(-0.06, -0.02, 0.17, 0.19), ellipse(-0.1, -0.2, 0.12, 0.1), shade=0.03)
        h.fill(fur, ellipse(0.02, 0.01, 0.115, 0.12), limb([(0.06, -0.03, 0.09), (0.16, -0.05, 0.062)]), shade=0.025)
        h.fill(fur, ellipse(-0.06, 0.12, 0.042), tone=0.3)
        h.fill("cream", limb([(0.13, -0.085, 0.045), (0.18, -0.085, 0.036)]))
        h.fill("dark", h.pen.curve([(0.17, 0.01), (0.225, 0.005), (0.22, -0.04), (0.195, -0.045)]))
        eye(h, 0.085, 0.035, 0.015, asleep)

    beast(p, PAWS[manner.pose], Look(fur, head, tail, thick=1.12, neck=1.2, slim=1.25))
