import time
from dataclasses import replace
from itertools import combinations, pairwise
from typing import ClassVar
from unittest import TestCase

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.arrays import Floats, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, palette, rgb
from studio.engine.illustrator.draw import Picture, PictureSpec, draw
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.media.inks import inks_of
from studio.engine.illustrator.media.paper import noise
from studio.engine.illustrator.monitor import Monitor
from studio.engine.illustrator.shapes import ellipse, rect

SIDE = 256
WORDS = {
    "papercut": "paper-cut",
    "vintage": "vintage poster",
    "inkwash": "ink wash",
    "neon": "neon style",
    "pixel": "pixel art",
    "screenprint": "screen print",
}
LISTED = ("anime", "gouache", "inkwash", "linocut", "neon", "oil", "papercut", "pencil", "pixel", "screenprint")
LONGEST_SILENCE = 0.6  # CPU seconds between two questions whether the picture is still wanted; twice what is usual


def scene(reading: Picture, medium: str, inks: int | None = None, monitor: Monitor | None = None) -> Scene:
    """An empty sheet for one medium, the same for all of them."""
    rng = np.random.default_rng(7)
    brief = replace(reading.reading, medium=medium, inks=inks)
    return Scene(SIDE, SIDE, palette(brief, rng), rng, brief, monitor=monitor or Monitor())


def hills(sc: Scene) -> Scene:
    """A small landscape: sky, sun, water, a hill, a red house."""
    sc.horizon, sc.sun = 0.6, (180.0, 60.0)
    sc.add(sc.full(), sc.ramp(sc.pal.sky, 0, SIDE * 0.6), kind="sky", depth=0)
    sc.poly(ellipse(180, 60, 22), sc.pal.light, kind="light", depth=0.02)
    sc.poly(rect(0, 154, SIDE, SIDE), sc.pal.lit("water", 0.7), kind="water", depth=0.7)
    sc.poly(ellipse(60, 250, 130, 120), sc.pal.lit("grass", 0.8), kind="ground", depth=0.8, angle=0.5)
    house = sc.new_group()
    sc.poly(rect(40, 100, 90, 150), sc.pal.lit("red"), depth=1, group=house)
    sc.poly(np.array([(34, 100), (65, 70), (96, 100)]), sc.pal.lit("dark"), depth=1, group=house)
    return sc


def dots(sc: Scene) -> Scene:
    """Two inks of dots on a ground, laid so that they run over every edge and meet on the other side."""
    sc.add(sc.full(), rgb((0.93, 0.03, 88)), kind="sky", depth=0.1)
    for middle, ink, angle in (((0, 40), (0.36, 0.07, 168), 0.6), ((128, 0), (0.66, 0.10, 62), 0.0)):
        copies: list[Points] = [
            ellipse(middle[0] + dx, middle[1] + dy, 46, 30) for dx in (-SIDE, 0, SIDE) for dy in (-SIDE, 0, SIDE)
        ]
        sc.poly(copies, rgb(ink), depth=1, angle=angle)
    return sc


def bytes_of(img: Floats) -> NDArray[np.float64]:
    return np.asarray(np.clip(img, 0, 1) * 255, np.float64)


def seam(img: NDArray[np.float64], axis: int) -> tuple[float, float]:
    """How much the last line differs from the first, and the most that any two neighbours inside differ."""
    lines = np.moveaxis(img, axis, 0)
    inside = [float(np.abs(a - b).mean()) for a, b in pairwise(lines)]
    return float(np.abs(lines[0] - lines[-1]).mean()), max(inside)


class MediaTests(TestCase):
    reading: ClassVar[Picture]
    tile: ClassVar[Picture]

    @classmethod
    def setUpClass(cls) -> None:
        cls.reading = draw(PictureSpec(prompt="a lighthouse at dusk, pixel art"))
        cls.tile = draw(PictureSpec(prompt="repeating pattern of ferns, pixel art"))

    def test_the_table_holds_them_all(self) -> None:
        self.assertLessEqual({*LISTED, "vintage", "watercolour"}, set(RENDER))

    def test_each_can_be_asked_for_and_tells_true_progress(self) -> None:
        for medium in RENDER:
            told: list[float] = []
            clock, silences = [time.process_time()], [0.0]

            def asked(clock: list[float] = clock, silences: list[float] = silences) -> bool:
                silences.append(time.process_time() - clock[-1])
                clock.append(time.process_time())
                return False

            with self.subTest(medium):
                spec = PictureSpec(prompt=f"a lighthouse on a cliff at dusk, {WORDS.get(medium, medium)}", seed=2)
                picture = draw(spec, progress=told.append, cancelled=asked)
                self.assertEqual(picture.reading.medium, medium)
                self.assertEqual(told, sorted(told))
                self.assertGreaterEqual(len({share for share in told if share > 0.3}), 8)
                self.assertEqual(told[-1], 1.0)
                self.assertLess(max(b - a for a, b in pairwise([0.0, *told])), 0.16)
                self.assertLess(max(silences), LONGEST_SILENCE)

    def test_each_counts_its_passes_right(self) -> None:
        for medium, render in RENDER.items():
            for make, drawn in ((hills, self.reading), (dots, self.tile)):
                told: list[float] = []
                with self.subTest(medium, make=make.__name__):
                    render(make(scene(drawn, medium, monitor=Monitor(told.append))))
                    self.assertAlmostEqual(told[-1], 0.99)
                    self.assertLess(told[-2], 0.99)

    def test_each_prints_the_same_scene_the_same_way_twice(self) -> None:
        for medium, render in RENDER.items():
            with self.subTest(medium):
                first, again = (render(hills(scene(self.reading, medium))) for _ in range(2))
                self.assertTrue(np.array_equal(first, again))
                self.assertTrue(np.isfinite(first).all())

    def test_each_differs_from_every_other(self) -> None:
        looks = {m: bytes_of(render(hills(scene(self.reading, m)))) for m, render in RENDER.items()}
        thumbs = {m: cv2.resize(look, (64, 64), interpolation=cv2.INTER_AREA) for m, look in looks.items()}
        for one, other in combinations(thumbs, 2):
            with self.subTest(f"{one} and {other}"):
                self.assertGreater(float(np.abs(thumbs[one] - thumbs[other]).mean()), 6)

    def test_each_shows_what_is_in_the_scene(self) -> None:
        """Without its house the picture must look different where the house was, and nowhere else as much."""
        for medium, render in RENDER.items():
            with self.subTest(medium):
                whole, bare = hills(scene(self.reading, medium)), hills(scene(self.reading, medium))
                del bare.layers[-2:]
                gone = np.abs(bytes_of(render(whole)) - bytes_of(render(bare))).max(2)
                self.assertGreater(float(gone[104:148, 42:88].mean()), 16)
                self.assertGreater(float(gone[104:148, 42:88].mean()), 2 * float(gone[20:120, 130:].mean()))

    def test_each_leaves_a_pattern_that_tiles(self) -> None:
        for medium, render in RENDER.items():
            picture = bytes_of(render(dots(scene(self.tile, medium))))
            for axis in (0, 1):
                with self.subTest(medium, axis=axis):
                    edge, inside = seam(picture, axis)
                    self.assertLess(edge, inside * 1.15)


class NoiseTests(TestCase):
    def test_it_wraps_around_what_tiles(self) -> None:
        tile = draw(PictureSpec(prompt="repeating pattern of ferns, pixel art"))
        for cell in (2.2, 9, 70, 300):
            field = np.asarray(noise(scene(tile, "gouache"), cell, 2), np.float64)
            for axis in (0, 1):
                with self.subTest(cell=cell, axis=axis):
                    edge, inside = seam(field, axis)
                    self.assertLess(edge, inside * 1.15)
                    self.assertAlmostEqual(float(field.std()), 0.45, delta=0.25)


class CountedInkTests(TestCase):
    def test_two_inks_are_two_inks_on_paper_and_neither_is_timid(self) -> None:
        for prompt in (
            "a harbour at dawn, two inks, screen print",
            "pattern of ferns, two inks",
            "a fox, two inks, riso",
        ):
            with self.subTest(prompt):
                picture = draw(PictureSpec(prompt=prompt, seed=2))
                self.assertEqual((picture.reading.medium, picture.reading.inks), ("screenprint", 2))
                inks = inks_of(cv2.medianBlur(picture.pixels, 5).astype(np.float32) / 255, 3)
                for one, other in combinations(inks, 2):
                    self.assertGreater(float(np.linalg.norm(one - other)), 0.14)

    def test_inks_that_are_named_are_the_inks(self) -> None:
        picture = draw(PictureSpec(prompt="pattern of ferns in blue and gold, two inks", seed=2))
        lab = lab_of(picture.pixels.astype(np.float32) / 255)
        for lch in ((0.52, 0.13, 255), (0.8, 0.14, 85)):
            near = np.linalg.norm(lab - lab_of(rgb(lch)), axis=-1) < 0.05
            self.assertGreater(float(near.mean()), 0.04)
