"""Which layouts a place has, and which of them a picture gets.

A layout takes a `Scene` whose brief and palette are set and lays depth out from far to near with one light. Variants of
one prompt differ in their layout first, then in what the scene's random numbers decide: the side of the light, the
height of the horizon, which third carries the weight.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.composers.heaven import perch
from studio.engine.illustrator.reading.brief import Brief

Draw = Callable[[Scene], None]
Fits = Callable[[Brief], bool]


@dataclass(frozen=True, slots=True)
class Layout:
    setting: str
    name: str
    draw: Draw
    fits: Fits


LAYOUTS: dict[str, list[Layout]] = {}


def layout(setting: str, *, when: Fits = lambda _brief: True) -> Callable[[Draw], Draw]:
    """Enter a composition of a place; `when` says for which briefs it can be used."""

    def keep(draw: Draw) -> Draw:
        LAYOUTS.setdefault(setting, []).append(Layout(setting, draw.__name__, draw, when))
        return draw

    return keep


def choose(brief: Brief, seed: int) -> Layout:
    """Neighbouring seeds get different layouts."""
    fitting = [each for each in LAYOUTS[brief.setting] if each.fits(brief)]
    return fitting[(seed + zlib.crc32(brief.prompt.encode("utf-8", "replace"))) % len(fitting)]


def compose(scene: Scene, seed: int) -> None:
    """A sun or moon over a thing is hung anew, once it is known where the thing stands."""
    draw, chance = choose(scene.brief, seed).draw, scene.rng.bit_generator.state
    draw(scene)
    scene.perch = perch(scene)
    if scene.perch:
        scene.clear()
        scene.rng.bit_generator.state = chance
        draw(scene)
