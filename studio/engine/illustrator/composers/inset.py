"""A whole other picture inside a picture: what is seen through a window, or shown on a poster."""

from dataclasses import replace

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers.registry import Layout, choose
from studio.engine.illustrator.reading.brief import Subject


def view(sc: Scene, box: tuple[float, float, float, float], setting: str, subjects: tuple[Subject, ...] = ()) -> None:
    """Compose a place inside `box` (shares: left, top, right, bottom). Its layers join this picture's."""
    x, y = round(box[0] * sc.w), round(box[1] * sc.h)
    w, h = round(box[2] * sc.w) - x, round(box[3] * sc.h) - y
    brief = replace(sc.brief, setting=setting, subjects=subjects, form=None, text=None, scenery=None)
    inner = Scene(w, h, replace(sc.pal), sc.rng, brief, side=sc.side, monitor=sc.monitor)
    inner.groups = sc.groups
    chosen: Layout = choose(brief, int(sc.rng.integers(3)))
    chosen.draw(inner)
    for layer in inner.layers:
        lx, ly, lw, lh = layer.box
        layer.box = (lx + x, ly + y, lw, lh)
        layer.depth *= 0.8
        layer.thing = None  # it was placed in another picture
    sc.layers += inner.layers
    sc.lamps += [(lx + x, ly + y, r) for lx, ly, r in inner.lamps]
    sc.groups, sc.horizon = inner.groups, box[1] + inner.horizon * (box[3] - box[1])
    if inner.sun is not None:
        sc.sun = (inner.sun[0] + x, inner.sun[1] + y)
    for placed in inner.placed:
        placed.x, placed.y = (placed.x * w + x) / sc.w, (placed.y * h + y) / sc.h
        placed.size *= inner.u / sc.u
    sc.placed += inner.placed
