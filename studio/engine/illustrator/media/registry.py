"""The table of media: a renderer reads a laid-out scene and gives its picture."""

from collections.abc import Callable

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene

Renderer = Callable[[Scene], Floats]  # announces its passes to `scene.monitor` first, then ticks each of them

RENDER: dict[str, Renderer] = {}


def medium(name: str) -> Callable[[Renderer], Renderer]:
    def keep(renderer: Renderer) -> Renderer:
        RENDER[name] = renderer
        return renderer

    return keep
