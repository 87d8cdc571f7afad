"""The whole cast of a picture, from the plan to the drawing."""

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.staging.placed import Placed
from studio.engine.illustrator.staging.plan import Plan
from studio.engine.illustrator.staging.relations import relate
from studio.engine.illustrator.staging.stage import Stage

ROWED = ("boat", "rowboat")  # a rowing boat is drawn with somebody in it


def plan(scene: Scene, stage: Stage) -> list[Placed]:
    """A place for every subject that has none yet."""
    made = Plan(scene, stage)
    made.free()
    for _ in made.groups:
        for group in made.groups:
            if not group.copies and group.anchor is not None and group.anchor.copies:
                relate(made, group)
    for group in made.groups:
        if not group.copies:
            group.anchor = None
    made.free()
    return [copy for group in made.groups for copy in group.copies]


def cast(scene: Scene, stage: Stage) -> None:
    """Place the subjects and draw them from far to near."""
    places = plan(scene, stage)
    scene.placed += [p for p in stage.fixed if p not in scene.placed]
    for placed in sorted(places, key=lambda p: p.order):
        if not placed.drawn:
            _rowed(placed, places)
            scene.placed.append(placed)
            placed.draw(scene)


def _rowed(placed: Placed, places: list[Placed]) -> None:
    """A boat on a shore is a small one."""
    if placed.name == "boat" and placed.where == "ground":
        placed.name = "rowboat"
