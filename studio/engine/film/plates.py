"""The illustrator's layers sorted into few plates: what moves together, how near it is, and how it moves.

Layers keep their order; one may sink to an earlier plate of its own kind when nothing between lies over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from studio.engine.film.arrays import Array, Pair
from studio.engine.illustrator.arrays import Box
from studio.engine.illustrator.canvas import Layer, Scene, Thing

FAR = 0.2  # the depth of a plane at the horizon
PLANED = {"sea", "harbour", "lake", "city", "field"}
GRAIN = 8  # pixels of a cell where plates are compared
NEAR = 0.15  # layers whose depths differ by less may share a plate
OVERHEAD = 0.97  # what reaches so far down stands in front of a plane, not on it
MOVES = {
    "bird": "bird",
    "butterfly": "bird",
    "balloon": "balloon",
    "boat": "boat",
    "sailboat": "boat",
    "rowboat": "boat",
    "ship": "boat",
    "fish": "fish",
    "whale": "whale",
    "rocket": "rocket",
}
PLANTS = {"pine", "tree", "birch", "cypress", "palm", "fern", "leaf", "flower", "rose", "tulip", "sunflower"}
SINGLE = {*MOVES.values(), "mirror"}  # kinds of plates that hold one thing only

Role = tuple[str, float, int]  # kind, depth, number of the thing it is a piece of


@dataclass
class Plate:
    """`kind` is scene, sky, star, aurora, cloud, mist, sheet, plane, glitter, flicker, beam, smoke, mirror, plant, or a mover's.
    `image` is premultiplied BGRA, cropped to `box`."""

    kind: str
    depth: float
    key: int
    anchor: Pair
    reach: float
    number: int
    layers: list[Layer] = field(default_factory=list)
    box: Box = (0, 0, 0, 0)
    image: Array = field(default_factory=lambda: np.zeros((0, 0, 4), np.uint8))
    phases: Array | None = None  # of a plate with spots that twinkle
    tip: Pair | None = None  # of a beam


def plane_depth(scene: Scene, y: float | Array) -> Array:
    """How near a point of the receding plane is, by its row."""
    horizon = horizon_of(scene)
    return np.asarray(FAR + (1 - FAR) * np.clip((y - horizon) / (scene.h - horizon), 0, 1))


def horizon_of(scene: Scene) -> float:
    return float(np.clip(scene.horizon, 0.1, 0.9)) * scene.h


def sort(scene: Scene) -> list[Plate]:
    return _Sorter(scene).sorted()


class _Sorter:
    def __init__(self, scene: Scene) -> None:
        self.scene, self.setting = scene, scene.brief.setting
        self.planed = self.setting in PLANED
        self.plates: list[Plate] = []
        self.covers: list[Array] = []
        self.bottoms: dict[int, int] = {}
        for layer in scene.layers:
            self.bottoms[layer.group] = max(self.bottoms.get(layer.group, 0), layer.box[1] + layer.box[3])

    def sorted(self) -> list[Plate]:
        for layer in self.scene.layers:
            if layer.kind not in {"weather", "text"}:
                self._place(layer)
        return self.plates

    def _place(self, layer: Layer) -> None:
        kind, depth, key = self._role(layer)
        x, y, w, h = (value // GRAIN for value in layer.box)
        small = cv2.resize(layer.mask, (w + 1, h + 1), interpolation=cv2.INTER_AREA) > 8
        at = self._home(kind, depth, key, (x, y), small)
        if at is None:
            thing = layer.thing
            foot = layer.box[0] + layer.box[2] / 2, float(layer.box[1] + layer.box[3])
            anchor, reach = ((thing.x, thing.y), thing.size) if thing else (foot, float(layer.box[3]))
            at = len(self.plates)
            self.plates.append(Plate(kind, depth, key, anchor, reach, at))
            self.covers.append(np.zeros((self.scene.h // GRAIN + 2, self.scene.w // GRAIN + 2), bool))
        part = self.covers[at][y : y + h + 1, x : x + w + 1]
        part |= small[: part.shape[0], : part.shape[1]]
        self.plates[at].layers.append(layer)

    def _home(self, kind: str, depth: float, key: int, corner: tuple[int, int], small: Array) -> int | None:
        """The latest plate that takes it, when no plate after that one covers any of it."""
        (x, y), near = corner, 0.001 if kind in SINGLE else NEAR
        for at in reversed(range(len(self.plates))):
            plate = self.plates[at]
            if plate.kind == kind and plate.key == key and abs(plate.depth - depth) <= near:
                return at
            part = self.covers[at][y : y + small.shape[0], x : x + small.shape[1]]
            if (part & small[: part.shape[0], : part.shape[1]]).any():
                return None
        return None

    def _role(self, layer: Layer) -> Role:
        """The first of the rules that knows it."""
        role = self._of_thing(layer, layer.thing) if layer.thing else None
        role = role or self._of_sky(layer) or self._of_water(layer)
        if role:
            return role
        return ("flicker" if layer.kind == "light" and self.scene.pal.night else "scene"), self._depth(layer), 0

    def _depth(self, layer: Layer) -> float:
        if self.setting == "city":
            return FAR + (1 - FAR) * 0.375 * max(0.0, (layer.depth - 0.35) / 0.65)
        if self.planed and layer.depth < 0.9 and self.bottoms[layer.group] < OVERHEAD * self.scene.h:
            return float(plane_depth(self.scene, self.bottoms[layer.group]))
        return layer.depth

    def _of_thing(self, layer: Layer, thing: Thing) -> Role | None:
        on_plane = float(plane_depth(self.scene, thing.y))
        if thing.name == "reflection":
            return "mirror", on_plane, thing.number
        if thing.name in MOVES:
            kind = MOVES[thing.name]
            return kind, on_plane if kind == "boat" and self.planed else 0.2 + 0.6 * layer.depth, thing.number
        if thing.name in PLANTS and self.setting != "city":
            return "plant", self._depth(layer), 0
        if self.setting == "city" and thing.y > horizon_of(self.scene):
            return ("flicker" if layer.kind == "light" else "scene"), on_plane, 0
        return None

    def _of_sky(self, layer: Layer) -> Role | None:
        if layer.kind == "sky" or (layer.kind == "light" and layer.depth in {0, 0.02}):
            return "sky", 0.0, 0
        if layer.kind == "light" and layer.depth in {0.01, 0.03}:
            return ("star", 0.0, 0) if layer.depth == 0.01 else ("aurora", 0.05, 0)
        if layer.kind == "cloud":
            return self._of_cloud(layer)
        return None

    def _of_cloud(self, layer: Layer) -> Role | None:
        if layer.depth <= 0.02:
            return "sky", 0.0, 0
        if layer.depth < 0.1:
            return "cloud", 0.06, 0
        if layer.depth == 0.8:
            return "smoke", 0.8, 0
        return ("mist", 0.4, 0) if self.setting == "ridges" else None

    def _of_water(self, layer: Layer) -> Role | None:
        if self.setting == "underwater":
            return ("sheet", layer.depth, 0) if layer.kind in {"water", "light"} else None
        if layer.kind == "light" and layer.depth == 0.74:
            return "glitter", 0.0, 0
        if layer.kind == "light" and layer.depth == 0.5 and self.setting == "sea":
            return "beam", 0.98, 0
        paved = self.setting == "city" or (self.setting == "field" and 0.45 < layer.depth < 0.9)
        if layer.kind == "water" or (layer.kind == "ground" and paved):
            return "plane", 0.0, 0
        return None


def pave(layers: Sequence[Layer], scene: Scene) -> None:
    """Pavement beneath the walls of a town: as things pass each other no sky may show under a house."""
    kerb = next((layer for layer in layers if layer.kind == "ground"), None)
    if scene.brief.setting == "city" and kerb is not None and kerb.ink.ndim == 1:
        y = int(horizon_of(scene)) + 2
        whole = np.full((scene.h - y, scene.w), 255, np.uint8)
        scene.layers.insert(1, Layer(whole, (0, y, scene.w, scene.h - y), kerb.ink, "ground", 0.6))
