"""The pen: draws one thing in its own frame, in the scene's light."""

from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Dots, Ink, Points, Stamp
from studio.engine.illustrator.canvas import Scene, cut_to
from studio.engine.illustrator.colour import tone as toned
from studio.engine.illustrator.shapes import limb, spline

if TYPE_CHECKING:
    from studio.engine.illustrator.arrays import Shape

Body = str | Ink | None


class Pen:
    """Draws one subject in its own frame: x right, y up, base at 0, about 1 high; `s` pixels a unit."""

    def __init__(
        self,
        scene: Scene,
        x: float,
        y: float,
        s: float,
        depth: float = 1.0,
        flip: bool = False,
        body: Body = None,
        group: int | None = None,
    ) -> None:
        self.scene, self.x, self.y, self.s, self.depth, self.flip = scene, x, y, s, depth, flip
        self.body = body
        self.group = group or scene.new_group()
        self.rng = scene.rng

    def ink(self, name: str | Ink, shade: float = 0.0) -> Ink:
        """A named local colour in this light; "body:<name>" may be replaced by the colour that was asked for."""
        if isinstance(name, str) and name.startswith("body:"):
            name = self.pick(name[5:])
        if not isinstance(name, str):  # an ink handed over as it is
            return toned(name, -0.16 * shade)
        lift = (0.5 if self.scene.pal.night else 0.35) * self.depth**2
        return self.scene.pal.lit(name, self.depth, shade, lift)

    def place(self, poly: Dots) -> Points:
        p = np.asarray(poly, float)
        return np.stack([self.x + (-1 if self.flip else 1) * p[:, 0] * self.s, self.y - p[:, 1] * self.s], 1)

    def fill(
        self,
        ink: str | Ink,
        *shapes: "Shape",
        shade: float = 0.0,
        tone: float = 0.0,
        kind: str = "form",
        angle: float = 0.0,
        alpha: float = 1.0,
        clip: Stamp | None = None,
    ) -> Stamp | None:
        """Fill the union of shapes; `shade` adds a core shadow that deep on the side away from the light."""
        polys = [self.place(p) for shape in shapes for p in _outlines(shape)]
        stamp = self.scene.stamp(polys)
        if stamp is None:
            return None
        m, box = stamp
        if clip is not None:
            m = np.minimum(m, cut_to(clip, box))
        self.scene.add_stamp(m, box, self.ink(ink, tone), kind, self.depth, angle, self.group, alpha)
        if shade:
            d = shade * self.s
            move = np.array([[1, 0, self.scene.side * d], [0, 1, -d * 0.55]], np.float32)
            moved = cv2.warpAffine(m, move, m.shape[::-1], borderMode=cv2.BORDER_REPLICATE)  # it goes on past the edge
            core = np.asarray(cv2.subtract(m, moved), np.uint8)
            self.scene.add_stamp(core, box, self.ink(ink, 0.75 + tone), kind, self.depth, angle, self.group, alpha)
        return m, box

    def pick(self, default: str) -> str | Ink:
        """The ink asked for, or the thing's own."""
        return default if self.body is None else self.body

    def line(self, ink: str | Ink, points: Dots, width: float = 0.01, **look: Any) -> Stamp | None:
        w = max(width, 0.55 / self.s)
        knots = [(x, y, w) for x, y in points]
        return self.fill(ink, limb(knots, 4 if len(points) > 2 else 2), kind="line", **look)

    def curve(self, points: Dots, step: int = 10) -> Points:
        return spline(points, True, step)

    def glow(self, x: float, y: float, r: float) -> None:
        px, py = self.place([(x, y)])[0]
        self.scene.lamps.append((float(px), float(py), r * self.s))


def _outlines(shape: "Shape") -> list[Dots]:
    """One polygon, or a list of them, as a list."""
    several = isinstance(shape, list) and np.ndim(shape[0]) == 2
    return cast("list[Dots]", shape) if several else [cast("Dots", shape)]
