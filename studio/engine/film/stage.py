"""A prompt's scene as painted plates, with what the camera and the weather must know of it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from studio.engine.film import plates as sorting
from studio.engine.film.camera import View
from studio.engine.film.paint import paint
from studio.engine.film.particles import Ink
from studio.engine.film.skin import dress, still_of
from studio.engine.illustrator.arrays import Ink as Colour
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import mix, rgb
from studio.engine.illustrator.draw import compose_scene
from studio.engine.illustrator.monitor import Monitor
from studio.engine.illustrator.nature import WHITE_SEASON
from studio.engine.illustrator.reading.brief import Brief

WET = {"sea", "harbour", "lake"}
INDOORS = {"underwater", "interior", "still"}


class Stage:
    """Drawn once, a little larger than the frame: the camera never leaves it."""

    def __init__(
        self, brief: Brief, width: int, height: int, *, seed: int, monitor: Monitor, step: Callable[[], None]
    ) -> None:
        brief = replace(brief, text=None)
        scene = compose_scene(brief, width, height, seed=seed, border=False, monitor=monitor)
        self.scene, self.brief, self.unit = scene, brief, scene.u
        self.horizon = sorting.horizon_of(scene)
        self.view = View(width=width, height=height, horizon=self.horizon, hero=self._hero())
        self.wet = brief.setting in WET or "rain" in brief.weather
        self.depths = sorting.plane_depth(scene, np.arange(height, dtype=np.float64))
        sorting.pave(scene.layers, scene)
        self.plates = sorting.sort(scene)
        still = still_of(scene)
        scene.layers.clear()
        self.grain = paint(scene, self.plates, seed, step)
        if still is not None:
            dress(self.plates, still)
        self.inks = inks_of(scene)

    @property
    def weather(self) -> frozenset[str]:
        """What falls in the scene as it is drawn, whatever else the words ask for."""
        brief, kinds = self.brief, set()
        if brief.weather & {"rain", "storm"}:
            kinds.add("rain")
        winter = brief.season == "winter" and "aurora" not in brief.weather and brief.setting in WHITE_SEASON
        if "snow" in brief.weather or winter:
            kinds.add("snow")
        return frozenset() if brief.setting in INDOORS else frozenset(kinds)

    def _hero(self) -> tuple[float, float]:
        """Where the first thing of the words stands, in shares; else the light."""
        scene, names = self.scene, [subject.name for subject in self.brief.subjects]
        things = {layer.thing for layer in scene.layers if layer.thing and layer.thing.name in names}
        if things:
            hero = min(things, key=lambda it: (names.index(it.name), -it.size))
            return hero.x / scene.w, (hero.y - hero.size * 0.5) / scene.h
        return (scene.sun[0] / scene.w if scene.sun else 0.5), scene.horizon


def inks_of(scene: Scene) -> dict[str, Ink]:
    """The colour of each kind of particle in the light of the scene."""
    pal = scene.pal
    glow = mix(pal.lit("glow"), pal.light, 0.3)
    leaf = pal.lit(rgb((0.62, 0.15, 55)), 0.9)
    return {
        "rain": _bgr(pal.sky[-1] * 0.4 + pal.light * 0.6),
        "snow": _bgr(pal.lit("snow", 1, -0.6)),
        "fall": _bgr(leaf),
        "rise": _bgr(glow),
        "drift": _bgr(pal.light),
    }


def _bgr(colour: Colour) -> Ink:
    red, green, blue = (int(value * 255) for value in np.clip(np.asarray(colour).reshape(3), 0, 1))
    return blue, green, red
