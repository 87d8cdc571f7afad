"""Things drawn by code: flat two- and three-tone shapes that must read by silhouette alone."""

from collections.abc import Iterable

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
from studio.engine.illustrator.subjects.registry import DRAW, WIDE

__all__ = ["DRAW", "FAMILIES", "WIDE", "draw"]

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
    DRAW[name](pen, pose, traits)
    return pen
