"""The bodies of four-legged animals, facing right: poses as knot tables, dressed by each animal's own look.

A knot is (x, y, radius). Heads and tails are drawn in frames of their own, so that every pose can turn them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from studio.engine.illustrator.arrays import Dots, Ink, Points, Shape, Stamp
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb

Knot = tuple[float, float, float]
Knots = tuple[Knot, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A frame within a pen's frame: moved, scaled, turned (radians, anticlockwise), or looking the other way."""

    pen: Pen
    x: float
    y: float
    k: float = 1.0
    turn: float = 0.0
    mirror: bool = False

    def move(self, shape: Shape) -> Shape:
        if isinstance(shape, list) and np.ndim(shape[0]) == 2:
            return [self._moved(polygon) for polygon in cast("list[Points]", shape)]
        return self._moved(cast("Dots", shape))

    def _moved(self, polygon: Dots) -> Points:
        q = np.asarray(polygon, float)[:, :2] * self.k
        c, s = np.cos(self.turn), np.sin(self.turn)
        x, y = q[:, 0] * c - q[:, 1] * s, q[:, 0] * s + q[:, 1] * c
        return np.stack([self.x + (-x if self.mirror else x), self.y + y], 1)

    def fill(self, ink: str | Ink, *shapes: Shape, **look: Any) -> Stamp | None:
        return self.pen.fill(ink, *[self.move(shape) for shape in shapes], **look)

    def line(self, ink: str | Ink, points: Dots, width: float = 0.01, **look: Any) -> Stamp | None:
        return self.pen.line(ink, self._moved(points), width, **look)


@dataclass(frozen=True, slots=True)
class Stance:
    far: tuple[Knots, ...]  # the legs behind the body
    near: tuple[Knots, ...]
    trunk: Knots
    neck: Knots
    head: tuple[float, float, float]  # middle of the skull, turn
    tail: tuple[float, float, float]  # root, turn
    back: bool = False  # looks back
    asleep: bool = False
    folded: bool = False  # the hind leg


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a body this animal's: inks, thickness, and the head and tail in their own frames."""

    fur: str | Ink
    head: Callable[[Part, bool], None]  # the flag: asleep
    tail: Callable[[Part], None]
    foot: str | Ink | None = None
    sock: float = 0.5  # share of the lower leg that is foot
    chest: str | Ink | None = None
    thick: float = 1.0
    slim: float = 1.0  # of the legs
    neck: float = 1.0


PAWS: dict[str, Stance] = {
    "standing": Stance(
        far=(
            ((-0.22, 0.34, 0.05), (-0.20, 0.18, 0.026), (-0.23, 0.03, 0.02), (-0.205, 0.018, 0.018)),
            ((0.2, 0.34, 0.045), (0.23, 0.16, 0.025), (0.215, 0.03, 0.019), (0.245, 0.018, 0.017)),
        ),
        near=(
            (
                (-0.3, 0.36, 0.065),
                (-0.25, 0.2, 0.034),
                (-0.30, 0.10, 0.025),
                (-0.285, 0.02, 0.02),
                (-0.25, 0.016, 0.017),
            ),
            ((0.13, 0.36, 0.06), (0.14, 0.2, 0.033), (0.13, 0.1, 0.024), (0.13, 0.02, 0.02), (0.165, 0.016, 0.018)),
        ),
        trunk=((-0.25, 0.445, 0.118), (-0.05, 0.435, 0.112), (0.14, 0.455, 0.128)),
        neck=((0.12, 0.47, 0.12), (0.24, 0.58, 0.09), (0.31, 0.66, 0.075)),
        head=(0.36, 0.68, 0),
        tail=(-0.27, 0.47, 0),
    ),
    "walking": Stance(
        far=(
            (
                (-0.24, 0.36, 0.055),
                (-0.12, 0.2, 0.028),
                (-0.13, 0.08, 0.021),
                (-0.1, 0.018, 0.019),
                (-0.07, 0.016, 0.016),
            ),
            ((0.16, 0.36, 0.05), (0.08, 0.2, 0.026), (-0.02, 0.07, 0.02), (-0.01, 0.03, 0.017)),
        ),
        near=(
            ((-0.27, 0.38, 0.07), (-0.3, 0.22, 0.034), (-0.42, 0.12, 0.025), (-0.43, 0.03, 0.02), (-0.4, 0.018, 0.017)),
            ((0.16, 0.38, 0.06), (0.26, 0.22, 0.033), (0.3, 0.1, 0.024), (0.33, 0.02, 0.02), (0.365, 0.018, 0.017)),
        ),
        trunk=((-0.25, 0.455, 0.116), (-0.05, 0.445, 0.11), (0.14, 0.46, 0.126)),
        neck=((0.12, 0.47, 0.12), (0.25, 0.55, 0.09), (0.34, 0.61, 0.075)),
        head=(0.40, 0.63, -0.06),
        tail=(-0.27, 0.48, -0.1),
    ),
    "sitting": Stance(
        far=(((0.09, 0.4, 0.07), (0.15, 0.2, 0.04), (0.155, 0.03, 0.026), (0.19, 0.02, 0.02)),),
        near=(
            ((-0.14, 0.16, 0.14), (-0.03, 0.13, 0.09), (-0.08, 0.035, 0.036), (0.05, 0.028, 0.028)),
            ((0.06, 0.42, 0.08), (0.11, 0.22, 0.042), (0.105, 0.03, 0.026), (0.14, 0.02, 0.022)),
        ),
        trunk=((-0.16, 0.17, 0.165), (-0.06, 0.36, 0.145), (0.05, 0.5, 0.115)),
        neck=((0.04, 0.5, 0.12), (0.10, 0.62, 0.09), (0.14, 0.7, 0.075)),
        head=(0.19, 0.735, 0),
        tail=(-0.24, 0.09, 0.05),
        folded=True,
    ),
    "running": Stance(
        far=(
            ((-0.26, 0.44, 0.07), (-0.34, 0.27, 0.036), (-0.47, 0.2, 0.025), (-0.55, 0.11, 0.02), (-0.56, 0.08, 0.017)),
            ((0.24, 0.46, 0.055), (0.4, 0.42, 0.03), (0.53, 0.34, 0.022), (0.6, 0.34, 0.018)),
        ),
        near=(
            (
                (-0.29, 0.45, 0.09),
                (-0.42, 0.32, 0.042),
                (-0.56, 0.28, 0.028),
                (-0.67, 0.2, 0.021),
                (-0.69, 0.17, 0.018),
            ),
            ((0.2, 0.44, 0.07), (0.33, 0.33, 0.036), (0.45, 0.22, 0.025), (0.52, 0.21, 0.02)),
        ),
        trunk=((-0.27, 0.47, 0.105), (-0.04, 0.49, 0.095), (0.17, 0.485, 0.12)),
        neck=((0.16, 0.5, 0.115), (0.3, 0.57, 0.085), (0.38, 0.6, 0.072)),
        head=(0.44, 0.62, -0.1),
        tail=(-0.32, 0.5, -0.38),
    ),
    "lying": Stance(
        far=(((0.2, 0.1, 0.05), (0.32, 0.045, 0.033), (0.5, 0.035, 0.028)),),
        near=(
            ((-0.24, 0.15, 0.14), (-0.12, 0.1, 0.08), (-0.16, 0.035, 0.035), (-0.02, 0.03, 0.03)),
            ((0.17, 0.14, 0.07), (0.14, 0.05, 0.045), (0.28, 0.035, 0.033), (0.4, 0.03, 0.028)),
        ),
        trunk=((-0.24, 0.16, 0.155), (-0.02, 0.165, 0.135), (0.17, 0.17, 0.13)),
        neck=((0.15, 0.18, 0.125), (0.26, 0.18, 0.095), (0.33, 0.16, 0.08)),
        head=(0.38, 0.16, -0.12),
        tail=(-0.34, 0.1, 0.12),
        asleep=True,
        folded=True,
    ),
}
PAWS["looking back"] = Stance(
    far=PAWS["standing"].far,
    near=PAWS["standing"].near,
    trunk=PAWS["standing"].trunk,
    neck=((0.12, 0.47, 0.125), (0.2, 0.58, 0.098), (0.2, 0.67, 0.08)),
    head=(0.17, 0.7, 0.02),
    tail=PAWS["standing"].tail,
    back=True,
)
PAWS["jumping"] = Stance(
    far=(
        ((-0.27, 0.42, 0.07), (-0.38, 0.26, 0.036), (-0.5, 0.14, 0.025), (-0.56, 0.03, 0.02)),
        ((0.2, 0.56, 0.055), (0.34, 0.6, 0.03), (0.4, 0.5, 0.022), (0.43, 0.47, 0.018)),
    ),
    near=(
        ((-0.28, 0.42, 0.09), (-0.44, 0.3, 0.042), (-0.57, 0.2, 0.028), (-0.66, 0.1, 0.021)),
        ((0.17, 0.54, 0.07), (0.28, 0.48, 0.036), (0.36, 0.4, 0.025), (0.41, 0.38, 0.02)),
    ),
    trunk=((-0.26, 0.44, 0.11), (-0.05, 0.52, 0.1), (0.14, 0.6, 0.12)),
    neck=((0.12, 0.62, 0.115), (0.23, 0.73, 0.085), (0.29, 0.79, 0.072)),
    head=(0.34, 0.81, 0.1),
    tail=(-0.31, 0.44, -0.1),
)

_HOOF_FAR: tuple[Knots, ...] = (
    ((-0.27, 0.58, 0.08), (-0.25, 0.38, 0.042), (-0.30, 0.22, 0.024), (-0.28, 0.02, 0.02)),
    ((0.24, 0.55, 0.06), (0.27, 0.32, 0.03), (0.25, 0.18, 0.02), (0.26, 0.02, 0.018)),
)
_HOOF_NEAR: tuple[Knots, ...] = (
    ((-0.34, 0.6, 0.1), (-0.34, 0.40, 0.05), (-0.40, 0.24, 0.028), (-0.375, 0.02, 0.021)),
    ((0.17, 0.55, 0.075), (0.165, 0.32, 0.034), (0.165, 0.18, 0.024), (0.16, 0.02, 0.02)),
)
_HOOF_TRUNK: Knots = ((-0.3, 0.62, 0.125), (-0.05, 0.6, 0.118), (0.17, 0.62, 0.125))
HOOVES: dict[str, Stance] = {
    "standing": Stance(
        far=_HOOF_FAR,
        near=_HOOF_NEAR,
        trunk=_HOOF_TRUNK,
        neck=((0.18, 0.64, 0.115), (0.3, 0.77, 0.075), (0.38, 0.89, 0.06)),
        head=(0.42, 0.91, 0),
        tail=(-0.4, 0.68, 0),
    ),
    "walking": Stance(
        far=(
            ((-0.27, 0.58, 0.08), (-0.18, 0.38, 0.042), (-0.17, 0.22, 0.024), (-0.11, 0.02, 0.02)),
            ((0.22, 0.55, 0.06), (0.15, 0.33, 0.03), (0.07, 0.2, 0.02), (-0.02, 0.06, 0.018)),
        ),
        near=(
            ((-0.33, 0.6, 0.1), (-0.37, 0.40, 0.05), (-0.48, 0.24, 0.028), (-0.52, 0.03, 0.021)),
            ((0.18, 0.55, 0.075), (0.26, 0.34, 0.034), (0.31, 0.2, 0.024), (0.36, 0.02, 0.02)),
        ),
        trunk=_HOOF_TRUNK,
        neck=((0.18, 0.64, 0.115), (0.32, 0.75, 0.075), (0.42, 0.86, 0.06)),
        head=(0.46, 0.88, -0.05),
        tail=(-0.4, 0.68, -0.12),
    ),
    "running": Stance(
        far=(
            ((-0.3, 0.58, 0.085), (-0.36, 0.4, 0.042), (-0.52, 0.32, 0.024), (-0.6, 0.16, 0.02)),
            ((0.24, 0.56, 0.06), (0.4, 0.46, 0.03), (0.5, 0.32, 0.021), (0.44, 0.2, 0.018)),
        ),
        near=(
            ((-0.33, 0.6, 0.11), (-0.46, 0.44, 0.05), (-0.6, 0.4, 0.028), (-0.72, 0.27, 0.021)),
            ((0.22, 0.57, 0.08), (0.42, 0.54, 0.036), (0.58, 0.46, 0.025), (0.68, 0.37, 0.02)),
        ),
        trunk=((-0.3, 0.62, 0.122), (-0.05, 0.62, 0.11), (0.18, 0.635, 0.122)),
        neck=((0.18, 0.66, 0.11), (0.33, 0.77, 0.075), (0.45, 0.86, 0.06)),
        head=(0.49, 0.875, 0.0),
        tail=(-0.4, 0.68, -0.75),
    ),
    "lying": Stance(
        far=(((0.24, 0.14, 0.055), (0.4, 0.1, 0.032), (0.36, 0.03, 0.022), (0.27, 0.025, 0.02)),),
        near=(
            ((-0.3, 0.16, 0.11), (-0.14, 0.12, 0.06), (-0.22, 0.035, 0.028), (-0.36, 0.028, 0.021)),
            ((0.18, 0.15, 0.08), (0.33, 0.1, 0.036), (0.27, 0.03, 0.025), (0.14, 0.025, 0.02)),
        ),
        trunk=((-0.3, 0.17, 0.14), (-0.05, 0.165, 0.14), (0.17, 0.19, 0.14)),
        neck=((0.17, 0.22, 0.125), (0.28, 0.38, 0.078), (0.35, 0.49, 0.06)),
        head=(0.39, 0.515, 0),
        tail=(-0.42, 0.2, 0.1),
        folded=True,
    ),
}
HOOVES["looking back"] = Stance(
    far=_HOOF_FAR,
    near=_HOOF_NEAR,
    trunk=_HOOF_TRUNK,
    neck=((0.18, 0.64, 0.115), (0.29, 0.78, 0.08), (0.27, 0.9, 0.062)),
    head=(0.23, 0.915, 0.03),
    tail=(-0.4, 0.68, 0),
    back=True,
)
HOOVES["jumping"] = Stance(
    far=(
        ((-0.3, 0.56, 0.085), (-0.38, 0.38, 0.042), (-0.5, 0.26, 0.024), (-0.54, 0.08, 0.02)),
        ((0.24, 0.7, 0.06), (0.4, 0.72, 0.03), (0.42, 0.56, 0.021), (0.34, 0.48, 0.018)),
    ),
    near=(
        ((-0.32, 0.57, 0.11), (-0.46, 0.4, 0.05), (-0.6, 0.32, 0.028), (-0.68, 0.16, 0.021)),
        ((0.2, 0.68, 0.08), (0.38, 0.64, 0.036), (0.44, 0.48, 0.025), (0.38, 0.38, 0.02)),
    ),
    trunk=((-0.3, 0.58, 0.122), (-0.06, 0.65, 0.11), (0.16, 0.74, 0.122)),
    neck=((0.16, 0.78, 0.11), (0.27, 0.93, 0.075), (0.35, 1.04, 0.06)),
    head=(0.39, 1.055, 0.05),
    tail=(-0.4, 0.63, -0.35),
)


def thicker(knots: Knots, k: float) -> Knots:
    """The same curve in a stouter body, kept above the ground."""
    return tuple((x, max(y, r * k - 0.005), r * k) for x, y, r in knots)


def _foot(leg: Knots, share: float) -> Knots:
    """The end of a leg, from `share` of its lower half down."""
    upper = leg[-3] if len(leg) > 4 else leg[-2]
    start = tuple(b + (a - b) * share for a, b in zip(upper, leg[-2 if len(leg) > 4 else -1], strict=True))
    rest = leg[-2:] if len(leg) > 4 else leg[-1:]
    return ((start[0], start[1], start[2] * 1.04), *rest)


def beast(p: Pen, stance: Stance, look: Look, behind: Callable[[], None] | None = None) -> Stamp | None:
    """Draw the whole animal back to front; returns the trunk's stamp, to be marked by the caller's `behind`."""
    look.tail(Part(p, stance.tail[0], stance.tail[1], 1, stance.tail[2]))
    far, near = (tuple(thicker(leg, look.slim) for leg in legs) for legs in (stance.far, stance.near))
    p.fill(look.fur, *[limb(leg) for leg in far], tone=0.75)
    if look.foot is not None:
        p.fill(look.foot, *[limb(_foot(leg, look.sock), 4) for leg in far], tone=0.3)
    if behind:
        behind()
    neck = thicker(stance.neck, look.neck)
    forms = [limb(leg) for leg in near] + [limb(thicker(stance.trunk, look.thick), 12), limb(neck)]
    body = p.fill(look.fur, *forms, shade=0.03)
    if stance.folded:  # the thigh lies before the flank
        p.fill(look.fur, limb(near[0][:-1]), tone=0.22, clip=body)
        p.fill(look.fur, limb([(x + 0.018, y - 0.008, r) for x, y, r in near[0]]), clip=body)
    if look.foot is not None:
        p.fill(look.foot, *[limb(_foot(leg, look.sock), 4) for leg in near])
    if look.chest is not None:
        front = -1 if stance.back else 1
        p.fill(look.chest, limb([(x + front * r * 0.8, y - r * 0.5, r * 0.62) for x, y, r in neck]), clip=body)
    x, y, turn = stance.head
    look.head(Part(p, x, y, 1, turn, stance.back), stance.asleep)
    return body


def eye(head: Part, x: float, y: float, size: float, asleep: bool, ink: str = "dark") -> None:
    if asleep:
        head.line(ink, [(x - size * 1.6, y), (x, y - size * 0.8), (x + size * 1.6, y)], size * 0.4)
    else:
        head.fill(ink, ellipse(x, y, size, size * 0.85))
