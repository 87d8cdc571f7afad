"""A thing that has its place in a picture: how big it is there, what it covers, and how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import palette
from studio.engine.illustrator.nature import reflect_group, shadow
from studio.engine.illustrator.reading.brief import Brief, Subject

Where = Literal["ground", "water", "air", "deep", "held"]
SCRATCH, UNIT = (760, 480), 100.0  # pixels
MIDDLE, FLOOR = 380.0, 300.0


@dataclass(frozen=True, slots=True)
class Extent:
    """What a thing covers in its own frame: x right, y up, base 0."""

    left: float
    right: float
    bottom: float
    top: float


@lru_cache(maxsize=512)
def extent(name: str, pose: str | None = None) -> Extent:
    """Measured by drawing it once on a scratch sheet."""
    rng = np.random.default_rng(5)
    brief = Brief(prompt="")
    scratch = Scene(*SCRATCH, palette(brief, rng), rng, brief)
    subjects.draw(scratch, name, MIDDLE, FLOOR, UNIT, pose=pose)
    boxes = [_inked(layer.mask, layer.box) for layer in scratch.layers if layer.alpha > 0.3]
    x0, y0, x1, y1 = np.array([box for box in boxes if box]).T
    left, right = (float(x0.min()) - MIDDLE) / UNIT, (float(x1.max()) - MIDDLE) / UNIT
    return Extent(left, right, (FLOOR - float(y1.max())) / UNIT, (FLOOR - float(y0.min())) / UNIT)


def _inked(mask: Mask, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    ys, xs = np.nonzero(mask > 60)
    if not len(ys):
        return None
    return box[0] + int(xs.min()), box[1] + int(ys.min()), box[0] + int(xs.max()) + 1, box[1] + int(ys.max()) + 1


@dataclass(frozen=True, slots=True)
class Box:
    """In shares of the picture; y down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def wide(self) -> float:
        return self.x1 - self.x0

    @property
    def tall(self) -> float:
        return self.y1 - self.y0

    def covers(self, other: "Box") -> float:
        """How much area the two share."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        tall = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, wide) * max(0.0, tall)

    def around(self, other: "Box") -> "Box":
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(slots=True)
class Placed:
    """x, y of the base in shares of the picture, size in shares of the short side; smaller `order` is drawn earlier."""

    subject: Subject
    name: str
    x: float
    y: float
    size: float
    depth: float = 1.0
    where: Where = "ground"
    flip: bool = False
    order: float = 0.0
    drawn: bool = False  # by the composer itself
    colour: str | None = None

    def box(self, scene: Scene) -> Box:
        e = extent(self.name, self.subject.pose)
        left, right = (-e.right, -e.left) if self.flip else (e.left, e.right)
        across, down = self.size * scene.u / scene.w, self.size * scene.u / scene.h
        return Box(self.x + left * across, self.y - e.top * down, self.x + right * across, self.y - e.bottom * down)

    def draw(self, scene: Scene) -> None:
        px, py, s = self.x * scene.w, self.y * scene.h, self.size * scene.u
        if self.where == "ground":
            long = 0.4 if scene.brief.time in ("day", "noon") else 0.8
            shadow(scene, px, py, s * subjects.WIDE[self.name] * 0.55, long=long)
        first = len(scene.layers)
        colour = self.colour or self.subject.colour
        pose, traits = self.subject.pose, self.subject.traits
        subjects.draw(scene, self.name, px, py, s, self.depth, self.flip, colour, pose=pose, traits=traits)
        if self.where == "water":
            reflect_group(scene, first, py)
        self.drawn = True


def union(boxes: Sequence[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.around(box)
    return whole
