"""The list of things that can be drawn, and the few strokes that many of them share.

A thing is a function that takes a `Pen` (unit frame, y up, base 0, about 1 unit high or long), faces right and draws
back to front. It must read by its silhouette alone. An ink written "body:<default>" or picked with `Pen.pick` is the
one that a prompt's adjective replaces ("a blue jug").
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from studio.engine.illustrator.arrays import Points
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, rect, spline


@dataclass(frozen=True, slots=True)
class Manner:
    """How a thing is shown: one of its own poses, and what else was said of it ("old", "woman")."""

    pose: str
    traits: frozenset[str] = frozenset()


Drawing = Callable[[Pen], None]
PosedDrawing = Callable[[Pen, Manner], None]
NEAREST: dict[str, tuple[str, ...]] = {  # what stands in for a pose that a thing does not have
    "running": ("walking", "flying", "swimming"),
    "jumping": ("running", "flying", "swimming"),
    "walking": ("standing",),
    "lying": ("sitting",),
    "looking back": ("standing",),
    "sitting": ("lying", "standing"),
    "flying": ("jumping",),
    "swimming": ("jumping",),
    "standing": ("walking",),
    "waving": ("standing",),
    "seated": ("sitting",),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One drawing and the poses it knows; the first is how it is usually seen."""

    name: str
    wide: float
    poses: tuple[str, ...]
    drawing: PosedDrawing

    def __call__(self, pen: Pen, pose: str | None = None, traits: Iterable[str] = ()) -> None:
        self.drawing(pen, Manner(self.pose(pose), frozenset(traits)))

    def pose(self, asked: str | None) -> str:
        """The pose asked for, one near it, or the usual one."""
        if asked is None:
            return self.poses[0]
        return next((pose for pose in (asked, *NEAREST.get(asked, ())) if pose in self.poses), self.poses[0])


DRAW: dict[str, Thing] = {}
WIDE: dict[str, float] = {}  # how wide a thing is for its unit height, for spacing


def thing(*names: str, wide: float = 0.6) -> Callable[[Drawing], Drawing]:
    """Enter a drawing that has one pose only."""

    def keep(drawing: Drawing) -> Drawing:
        posed(*names, wide=wide, poses=("standing",))(lambda pen, _manner: drawing(pen))
        return drawing

    return keep


def posed(*names: str, wide: float = 0.6, poses: Iterable[str]) -> Callable[[PosedDrawing], PosedDrawing]:
    def keep(drawing: PosedDrawing) -> PosedDrawing:
        for name in names:
            assert name not in DRAW, name
            DRAW[name], WIDE[name] = Thing(name, wide, tuple(poses), drawing), wide
        return drawing

    return keep


def lit_side(p: Pen) -> int:
    """+1 when the light falls on the right of the thing's own frame."""
    return p.scene.side * (-1 if p.flip else 1)


def window(p: Pen, x: float, y: float, w: float, h: float, lit: bool | None = None) -> None:
    lit = p.scene.pal.night if lit is None else lit
    p.fill("glow" if lit else "dark", rect(x - w / 2, y, x + w / 2, y + h))
    if lit:
        p.glow(x, y + h / 2, 0.14)


def arc(*points: tuple[float, float], step: int = 10) -> list[tuple[float, float]]:
    """An open curve through points, to be joined with others into one outline."""
    return [(float(x), float(y)) for x, y in spline(points, False, step)]


def mirrored(half: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A right half and its mirror image as one outline."""
    return [*half, *[(-x, y) for x, y in half[::-1]]]


def ring(x: float, y: float, outer: float, inner: float) -> Points:
    """A round with a hole, as one outline."""
    rim, hole = ellipse(x, y, outer), ellipse(x, y, inner)[::-1]
    return np.vstack([rim, rim[:1], hole[-1:], hole])
