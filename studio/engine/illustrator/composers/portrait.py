"""Portraits: a bust before a disc, before a place, among leaves, or in an oval."""

import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.composers.inset import view
from studio.engine.illustrator.composers.registry import layout
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.shapes import ellipse, rect
from studio.engine.illustrator.staging.placed import Placed

BACKDROPS = (
    (0.78, 0.07, 75),
    (0.66, 0.08, 200),
    (0.72, 0.09, 25),
    (0.62, 0.06, 150),
    (0.8, 0.06, 105),
    (0.55, 0.08, 275),
)
PLACES = ("ridges", "field", "sea", "lake", "forest", "village", "city", "desert", "harbour", "sky", "underwater")


def _sitter(brief: Brief) -> Subject:
    return brief.subjects[0] if brief.subjects else Subject(name="person")


def _place(sc: Scene) -> str | None:
    return sc.brief.scenery if sc.brief.scenery in PLACES else None


def _near_light(sc: Scene) -> None:
    """A sitter is lit to be seen."""
    sc.pal.exposure, sc.pal.tint = max(sc.pal.exposure, 0.86), sc.pal.tint * 0.4
    sc.horizon = 0.7
    sc.sun = ((0.5 + sc.side * 0.5) * sc.w, 0.1 * sc.h)


def _ground(sc: Scene) -> Ink:
    if sc.pal.named:
        return sc.pal.named[0]
    ink = rgb(BACKDROPS[int(sc.rng.integers(len(BACKDROPS)))])
    return tone(ink, -0.22) if sc.pal.night else ink


def _bust(sc: Scene, x: float, tall: float) -> None:
    """The sitter, cut by the lower edge; a second and third one behind."""
    sub = _sitter(sc.brief)
    others = list(sc.brief.subjects[1:3]) + [sub] * min(sub.count - 1, 2)
    size = min(tall * sc.h, 1.02 * sc.w)
    for k, other in enumerate(others[:2]):
        side = sc.side if k == 0 else -sc.side
        _draw(sc, other, x + side * 0.25, size * 0.8)
    _draw(sc, sub, x - sc.side * 0.13 * bool(others) * (len(others) == 1), size * (0.9 if others else 1.0))


def _draw(sc: Scene, sub: Subject, x: float, size: float) -> None:
    at = 1.005 * sc.h
    subjects.draw_bust(sc, sub.name, x * sc.w, at, size, traits=frozenset(sub.traits), colour=sub.colour)
    sc.placed.append(Placed(sub, sub.name, x, 1.0, size / sc.u, where="held", drawn=True))


@layout("portrait")
def before_a_disc(sc: Scene) -> None:
    w, h, u, ink, place = sc.w, sc.h, sc.u, _ground(sc), _place(sc)
    cx, cy = 0.5 + sc.side * 0.05, 0.44
    disc, glow = ellipse(cx * w, cy * h, 0.40 * u, n=100), mix(ink, sc.pal.light, 0.72)
    if place:
        view(sc, (cx - 0.4 * u / w, cy - 0.4 * u / h, cx + 0.4 * u / w, cy + 0.4 * u / h), place)
    _near_light(sc)
    wall = sc.ramp([mix(ink, sc.pal.light, 0.25), ink, tone(ink, -0.06)], 0, h)
    sc.add(255 - sc.mask([disc]) if place else sc.full(), wall, kind="sky", depth=0.05, angle=0.8)
    if not place:
        sc.poly(disc, glow, kind="light", depth=0.1)
    ring = sc.mask([ellipse(cx * w, cy * h, 0.455 * u, n=120)]) - sc.mask([ellipse(cx * w, cy * h, 0.44 * u, n=120)])
    sc.add(ring, glow, kind="light", depth=0.1)
    _bust(sc, 0.5 - sc.side * 0.02, 0.84)


@layout("portrait")
def before_a_place(sc: Scene) -> None:
    """The named place, or hills, behind the sitter."""
    view(sc, (0.0, 0.0, 1.0, 1.0), _place(sc) or ("ridges", "field", "sea")[int(sc.rng.integers(3))])
    _near_light(sc)
    sc.add(sc.full(), sc.pal.sky[-1], kind="cloud", depth=0.3, alpha=0.34)
    _bust(sc, 0.5 - sc.side * 0.08, 0.8)


@layout("portrait", when=lambda brief: brief.scenery is None)
def among_leaves(sc: Scene) -> None:
    """A wall of leaves in two tones, parted round the head."""
    _near_light(sc)
    r, (w, h), ink = sc.rng, (sc.w, sc.h), _ground(sc)
    deep = mix(ink, sc.pal.key, 0.55)
    sc.add(sc.full(), sc.ramp([deep, tone(deep, 0.04)], 0, h), kind="sky", depth=0.05)
    glow = ellipse((0.5 + sc.side * 0.04) * w, 0.44 * h, 0.36 * sc.u, 0.42 * sc.u, n=80)
    sc.poly(glow, mix(deep, ink, 0.6), kind="sky", depth=0.08)
    state = sc.rng
    spots = sorted(((r.uniform(-0.05, 1.05), r.uniform(0.02, 1.12)) for _ in range(54)), key=lambda spot: spot[1])
    for k, (x, y) in enumerate(spots):
        d = np.hypot((x - 0.5) * w, (y - 0.62) * h) / sc.u
        if d < 0.36:
            continue
        name = "leaf" if k % 3 else "fern"
        shade = mix(mix(deep, ink, 0.35 + 0.4 * (k % 2)), sc.pal.lit("leafdark", 1), 0.35)
        subjects.draw(sc, name, x * w, y * h, sc.u * r.uniform(0.16, 0.26), 0.4, x > 0.5, shade)
    sc.rng = state
    _bust(sc, 0.5, 0.82)


@layout("portrait")
def in_an_oval(sc: Scene) -> None:
    """A cameo: an oval of light in a frame with corner ornaments."""
    w, h, u, ink, place = sc.w, sc.h, sc.u, _ground(sc), _place(sc)
    if place:
        view(sc, (0.02, 0.02, 0.98, 0.98), place)
    _near_light(sc)
    pale = mix(ink, sc.pal.light, 0.6)
    veil = sc.ramp([pale, mix(pale, ink, 0.5)], 0, h)
    sc.add(sc.full(), veil, kind="sky", depth=0.05, alpha=0.25 if place else 1.0)
    rx, ry = (0.40 * u, min(0.52 * u, 0.46 * h)) if h <= w else (0.43 * w, 0.43 * h)
    cx, cy = 0.5 * w, 0.5 * h
    _bust(sc, 0.5, 0.86)
    frame = mix(ink, sc.pal.key, 0.62)
    oval = sc.mask([ellipse(cx, cy, rx, ry, n=140)])
    sc.add(255 - oval, frame, kind="form", depth=1, angle=0.4)
    for k, (grow, thick) in enumerate(((1.035, 0.012), (1.075, 0.004))):
        outer = ellipse(cx, cy, rx * grow + thick * u, ry * grow + thick * u, n=140)
        ring = sc.mask([outer]) - sc.mask([ellipse(cx, cy, rx * grow, ry * grow, n=140)])
        sc.add(ring, sc.pal.lit("gold", 1, 0.1 * k), kind="form", depth=1)
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = cx + sx * (0.5 * w - 0.075 * u), cy + sy * (0.5 * h - 0.075 * u)
            dots = [
                ellipse(x + sx * dx * u, y + sy * dy * u, 0.008 * u) for dx, dy in ((0, 0), (-0.035, 0.0), (0, -0.035))
            ]
            sc.poly(dots, sc.pal.lit("gold", 1), kind="form", depth=1)
    edge = 0.035 * u
    inner = 255 - sc.mask([rect(edge, edge, w - edge, h - edge)])
    outer_rim = sc.mask([rect(edge - 0.006 * u, edge - 0.006 * u, w - edge + 0.006 * u, h - edge + 0.006 * u)])
    sc.add(np.minimum(inner, outer_rim), sc.pal.lit("gold", 1, 0.2), kind="form", depth=1)
