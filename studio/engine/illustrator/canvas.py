"""The scene: an ordered stack of flat layers (mask + ink + role), and the verbs that fill it.

Composers and subjects only speak in this module's verbs; the renderers in `media` only read the stack. Lengths are
fractions of the picture's short side `u` unless they are pixels (masks). No renderer is known here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Box, Dots, Field, Ink, Mask, Points, Stamp
from studio.engine.illustrator.monitor import Monitor

if TYPE_CHECKING:
    from studio.engine.illustrator.colour import Palette
    from studio.engine.illustrator.reading.brief import Brief
    from studio.engine.illustrator.staging.placed import Placed

SUB = 16  # sub-pixel steps of the rasteriser
SHIFT = 4  # the same as a power of two, as OpenCV wants it
RIM = 3  # pixels above and to the left of a mask: OpenCV draws soft edges wrongly where it has to cut them there


@dataclass(frozen=True, slots=True)
class Thing:
    """What a layer is a piece of: films move it as one. Its base (x, y) and its size are in pixels."""

    name: str  # of a subject, or "reflection"
    number: int
    x: float
    y: float
    size: float


@dataclass
class Layer:
    """One flat piece. `kind` is sky, water, ground, form, light, line, cloud, text or weather."""

    mask: Mask  # cropped to `box`
    box: Box
    ink: Ink
    kind: str = "form"
    depth: float = 1.0  # 0 far .. 1 near
    angle: float = 0.0  # the way a brush or a gouge would run
    group: int = 0  # pieces of one thing share a group
    alpha: float = 1.0
    thing: Thing | None = None

    def part(self, array: NDArray[Any]) -> NDArray[Any]:
        x, y, w, h = self.box
        return array[y : y + h, x : x + w]


def cut_to(stamp: Stamp, box: Box) -> Mask:
    """The part of a (mask, box) stamp that lies over another box."""
    (m, (sx, sy, sw, sh)), (x, y, w, h) = stamp, box
    out = np.zeros((h, w), np.uint8)
    x0, y0, x1, y1 = max(x, sx), max(y, sy), min(x + w, sx + sw), min(y + h, sy + sh)
    if x1 > x0 and y1 > y0:
        out[y0 - y : y1 - y, x0 - x : x1 - x] = m[y0 - sy : y1 - sy, x0 - sx : x1 - sx]
    return out


def _filled(polys: Iterable[Points], w: int, h: int) -> Mask:
    m = np.zeros((h + RIM, w + RIM), np.uint8)
    for p in polys:
        cv2.fillPoly(m, [np.round((p + RIM) * SUB).astype(np.int32)], 255, cv2.LINE_AA, SHIFT)
    return m[RIM:, RIM:]


@dataclass
class Scene:
    w: int
    h: int
    pal: "Palette"
    rng: np.random.Generator
    brief: "Brief"
    layers: list[Layer] = field(default_factory=list)
    sun: tuple[float, float] | None = None  # light source in pixels
    lamps: list[tuple[float, float, float]] = field(default_factory=list)
    horizon: float = 0.5
    side: int = 1  # +1: light from the right
    groups: int = 0
    things: int = 0
    thing: Thing | None = None  # what is being drawn now
    title: str | None = None
    placed: list["Placed"] = field(default_factory=list)  # where the things of the brief stand
    perch: tuple[float, float] | None = None  # the top of what the sun or moon hangs over, in shares of the picture
    border: bool = True  # whether a margin of paper is wanted
    monitor: Monitor = field(default_factory=Monitor)

    def __post_init__(self) -> None:
        self.u = min(self.w, self.h)

    def clear(self) -> None:
        """An empty sheet, to draw the scene again."""
        self.layers, self.lamps, self.placed = [], [], []
        self.sun, self.groups = None, 0

    # --- raster
    def mask(self, polys: Iterable[Dots]) -> Mask:
        return _filled((np.clip(np.nan_to_num(np.asarray(p, float)), -4000, 6000) for p in polys), self.w, self.h)

    def stamp(self, polys: Sequence[Dots]) -> Stamp | None:
        """Rasterise only around the shapes: (mask, box), or None when they fall outside the picture."""
        shapes = [np.nan_to_num(np.asarray(p, float)) for p in polys]
        every = np.vstack(shapes)
        x0, y0 = np.maximum(np.floor(every.min(0)).astype(int) - 2, 0)
        x1, y1 = np.minimum(np.ceil(every.max(0)).astype(int) + 3, (self.w, self.h))
        if x1 <= x0 or y1 <= y0:
            return None
        w, h = int(x1 - x0), int(y1 - y0)
        return _filled((p - (x0, y0) for p in shapes), w, h), (int(x0), int(y0), w, h)

    @contextmanager
    def drawing(self, name: str, x: float, y: float, size: float, number: int = 0) -> Iterator[None]:
        """What is added meanwhile belongs to one thing; to the outer one, when a thing is drawn as part of another."""
        outer = self.thing
        if outer is None:
            self.things += 1
            self.thing = Thing(name, number or self.things, x, y, size)
        try:
            yield
        finally:
            self.thing = outer

    def _push(self, layer: Layer) -> None:
        layer.thing = self.thing
        self.layers.append(layer)
        self.monitor.layer()

    def add_stamp(
        self, mask: Mask, box: Box, ink: Ink, kind: str, depth: float, angle: float, group: int, alpha: float
    ) -> None:
        if mask.any():
            self._push(Layer(mask, box, np.asarray(ink, np.float32), kind, depth, angle, group, alpha))

    def new_group(self) -> int:
        self.groups += 1
        return self.groups

    def add(
        self,
        mask: NDArray[Any],
        ink: Ink | Sequence[float],
        kind: str = "form",
        depth: float = 1.0,
        angle: float = 0.0,
        group: int | None = None,
        alpha: float = 1.0,
    ) -> Layer | None:
        """Add a whole-picture mask (uint8, or 0..1 floats); None when it is empty."""
        if mask.dtype != np.uint8:
            mask = (np.clip(mask, 0, 1) * 255).astype(np.uint8)
        x, y, w, h = cv2.boundingRect(mask)
        if w == 0:
            return None
        colour = np.asarray(ink, np.float32)
        if colour.ndim == 3:
            colour = np.broadcast_to(colour, (self.h, self.w, 3))[y : y + h, x : x + w]
        group = group or self.new_group()
        layer = Layer(mask[y : y + h, x : x + w].copy(), (x, y, w, h), colour, kind, depth, angle, group, alpha)
        self._push(layer)
        return layer

    def poly(
        self,
        polys: Dots | list[Points],
        ink: Ink,
        kind: str = "form",
        depth: float = 1.0,
        angle: float = 0.0,
        group: int | None = None,
        alpha: float = 1.0,
    ) -> Stamp | None:
        """Add one polygon (an array) or the union of a list of them; None when it lies outside the picture."""
        stamp = self.stamp(cast("list[Dots]", polys if isinstance(polys, list) else [polys]))
        if stamp is None:
            return None
        self.add_stamp(*stamp, ink, kind, depth, angle, group or self.new_group(), alpha)
        return stamp

    def ramp(self, inks: Sequence[Ink], y0: float, y1: float) -> Field:
        """A vertical ramp through inks, as an (h, 1, 3) field."""
        t = np.clip((np.arange(self.h) - y0) / max(1, y1 - y0), 0, 1) * (len(inks) - 1)
        i = np.minimum(t.astype(int), len(inks) - 2)
        f = (t - i)[:, None]
        table = np.asarray(inks)
        return cast("Field", (table[i] * (1 - f) + table[i + 1] * f).astype(np.float32)[:, None])

    def full(self) -> Mask:
        return np.full((self.h, self.w), 255, np.uint8)

    # --- reading the stack
    def flat(self, skip: Sequence[str] = ()) -> Field:
        """The stack as plain colour, without the layers whose kind is in `skip`."""
        img = np.ones((self.h, self.w, 3), np.float32) * self.pal.paper
        for layer in self.layers:
            self.monitor.check()
            if layer.kind not in skip:
                a = (layer.mask.astype(np.float32) / 255 * layer.alpha)[..., None]
                roi = layer.part(img)
                roi += (layer.ink - roi) * a
        return cast("Field", img)

    def maps(self, skip: Sequence[str] = ()) -> tuple[NDArray[np.int32], Field, Field, NDArray[np.int32]]:
        """Per pixel: layer index, stroke angle, depth and group of what is on top."""
        idx = np.zeros((self.h, self.w), np.int32)
        for i, layer in enumerate(self.layers):
            if layer.alpha > 0.5 and layer.kind not in skip:
                layer.part(idx)[layer.mask > 127] = i

        def table(value: Callable[[Layer], float], dtype: type[np.generic]) -> NDArray[Any]:
            return np.array([value(layer) for layer in self.layers], dtype)[idx]

        angle = table(lambda layer: layer.angle, np.float32)
        depth = table(lambda layer: layer.depth, np.float32)
        return idx, angle, depth, table(lambda layer: layer.group, np.int32)
