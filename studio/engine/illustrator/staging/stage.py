"""What a composer offers: a ground, a water, a sky, and where its weight lies. All in shares of the picture, y down."""

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.staging.placed import Placed


def third(scene: Scene, opposite: bool = False) -> float:
    """A rule-of-thirds column; the one away from the light unless told."""
    return 0.5 - scene.side * (-0.17 if opposite else 0.17) + scene.rng.uniform(-0.03, 0.03)


@dataclass(slots=True, kw_only=True)
class Stage:
    horizon: float
    ground: Callable[[float], float] | None = None  # the main plane: column to height
    back: float | None = None  # where things in the distance stand
    back_scale: float = 0.45
    water: float | None = None  # far edge of the water
    shore: float = 1.0  # its near edge
    columns: tuple[float, float] = (0.1, 0.9)  # of the open water
    deep: tuple[float, float] | None = None  # under water: where things swim
    air: tuple[float, float] | None = None  # the highest and the lowest that flies
    x: float | None = None  # the column that carries the weight
    scale: float = 1.0
    skip: frozenset[str] = frozenset()  # what the composer has drawn in its own way
    fixed: list[Placed] = field(default_factory=list)  # what it has drawn and others may stand next to
    margin: float = 0.06

    def level(self, x: float, plane: float) -> float:
        """The ground at a column; plane 0 is the distance, 1 the main plane, more is nearer."""
        main = self.ground(x) if self.ground else 0.9
        back = self.back if self.back is not None else main - 0.12
        return back + (main - back) * plane if plane <= 1 else min(0.985, main + (plane - 1) * 0.16)

    def grown(self, plane: float) -> float:
        """How big things are on that plane."""
        if plane <= 1:
            return self.scale * (self.back_scale + (1 - self.back_scale) * plane)
        return self.scale * (1 + (plane - 1) * 0.7)
