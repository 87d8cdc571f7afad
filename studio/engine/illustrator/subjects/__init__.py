"""Things drawn by code: flat two- and three-tone shapes that must read by silhouette alone."""

from collections.abc import Iterable

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.pen import Body, Pen
from studio.engine.illustrator.subjects import (
    animals,
    birds,
    boats,
    buildings,
    figures,
    flowers,
    food,
    grazers,
    music,
    people,
    plants,
    sky,
    things,
    vehicles,
    water,
)
from studio.engine.illustrator.subjects.portraits import draw_bust
from studio.engine.illustrator.subjects.registry import DRAW, WIDE

__all__ = ["DRAW", "FAMILIES", "WIDE", "draw", "draw_bust", "silhouette"]

FAMILIES = (
    animals,
    birds,
    boats,
    buildings,
    figures,
    flowers,
    food,
    grazers,
    music,
    people,
    plants,
    sky,
    things,
    vehicles,
    water,
)


def draw(
    scene: Scene,
    name: str,
    x: float,
    y: float,
    size: float,
    depth: float = 1.0,
    flip: bool = False,
    colour: Body = None,
    group: int | None = None,
    *,
    pose: str | None = None,
    traits: Iterable[str] = (),
) -> Pen:
    """Draw one thing with its base at (x, y) pixels, `size` pixels for its unit; returns its pen."""
    pen = Pen(scene, x, y, size, depth, flip, colour, group)
    with scene.drawing(name, x, y, size):
        DRAW[name](pen, pose, traits)
    return pen


def silhouette(scene: Scene, name: str, size: int, *, pose: str | None = None, traits: Iterable[str] = ()) -> Mask:
    """The outline of a thing as a mask, `size` pixels square, fitted and centred; the scene is left as it was."""
    side = 4 * size
    state = scene.rng.bit_generator.state
    sheet = Scene(side, side, scene.pal, scene.rng, scene.brief, side=scene.side)
    draw(sheet, name, side / 2, side * 0.65, size, pose=pose, traits=traits)
    scene.rng.bit_generator.state = state
    union = np.zeros((side, side), np.uint8)
    for layer in sheet.layers:
        if layer.kind != "cloud":
            part = layer.part(union)
            np.maximum(part, layer.mask, out=part)
    x, y, w, h = cv2.boundingRect(union)
    k = size / max(w, h)
    shape = cv2.resize(
        union[y : y + h, x : x + w], (max(1, round(w * k)), max(1, round(h * k))), interpolation=cv2.INTER_AREA
    )
    fitted = np.zeros((size, size), np.uint8)
    top, left = (size - shape.shape[0]) // 2, (size - shape.shape[1]) // 2
    fitted[top : top + shape.shape[0], left : left + shape.shape[1]] = shape
    return fitted
