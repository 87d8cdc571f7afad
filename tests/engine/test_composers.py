from functools import cache
from itertools import combinations
from unittest import TestCase

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import palette
from studio.engine.illustrator.composers import LAYOUTS, choose, compose
from studio.engine.illustrator.composers.registry import Layout
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.reading.read import read

RATIOS = {"1:1": (192, 192), "3:2": (288, 192), "2:3": (192, 288)}
PROMPTS: dict[str, tuple[str, ...]] = {  # for every place, enough words to reach each of its layouts
    "sea": (
        "the sea at dusk",
        "a lighthouse on a cliff at night",
        "moon over a calm sea",
        "two boats and a fox on a beach",
    ),
    "lake": ("a mountain lake in autumn", "a lake in winter with a sailboat", "a river at night"),
    "ridges": (
        "mountains at dawn",
        "a train crossing a bridge in the hills",
        "balloons over a valley",
        "minimal hills",
    ),
    "forest": ("a forest in autumn", "a fox in a snowy forest under northern lights", "a castle in a forest at night"),
    "desert": ("a canyon at noon", "desert dunes, minimal", "a camel and a cactus in the desert at night"),
    "field": (
        "a meadow in spring",
        "a rocket leaving a field at night",
        "a windmill in a red field of tulips",
        "a field in winter",
    ),
    "sky": ("starry night sky", "planets in outer space", "an astronaut standing on the moon in space"),
    "underwater": ("a whale below a small boat", "three fish in a coral reef", "an octopus under water at night"),
    "harbour": ("harbour at dawn with three boats", "harbour in winter at night", "a port with a lighthouse"),
    "village": ("a village in winter", "two red houses in a village at night", "a castle above the village"),
    "city": (
        "a street in the rain at night",
        "an alley at noon",
        "a skyline at sunset",
        "skyscrapers at night",
        "city street",
    ),
    "interior": (
        "a cat on a windowsill in the rain",
        "a cosy room at night",
        "a chair by the window, sea outside",
        "a red room with a piano",
    ),
    "still": (
        "still life of pears and a blue jug",
        "still life of tulips in a vase",
        "a bowl of fruit by the window at night",
    ),
    "abstract": ("abstract", "abstract, jazz at midnight", "abstract fox in teal and gold"),
    "pattern": (
        "pattern of ferns, two inks",
        "pattern of foxes and mushrooms",
        "wallpaper in blue and gold",
        "pattern, one ink",
    ),
    "poster": (
        'poster "OPEN ALL NIGHT" for a jazz bar',
        'poster "VISIT LISBON", harbour at dawn',
        '"ADOPT ME" poster of a cat',
    ),
    "portrait": ("portrait of an old man", "portrait of a fox in a forest", "portrait of two women at night"),
    "emblem": (
        "badge of a lighthouse",
        'logo "SUMMIT", mountains in teal',
        "icon of a whale",
        'emblem "K", one ink',
        "sea emblem",
    ),
}
DIFFERENT = 9.0  # mean difference of two pictures in 8-bit steps; the same layout with another seed has less


def scene_of(brief: Brief, ratio: str = "1:1", seed: int = 3, side: int | None = None) -> Scene:
    rng = np.random.default_rng([seed, *brief.prompt.encode()])
    side = side or (1 if (seed + len(brief.prompt)) % 2 else -1)
    return Scene(*RATIOS[ratio], palette(brief, rng), rng, brief, side=side)


def drawn(layout: Layout, brief: Brief, ratio: str, seed: int = 3, side: int = 1) -> NDArray[np.float64]:
    sc = scene_of(brief, ratio, seed, side)
    layout.draw(sc)
    return np.asarray(sc.flat(), np.float64) * 255


@cache
def variant(prompt: str, seed: int) -> NDArray[np.float64]:
    sc = scene_of(read(prompt), "1:1", seed)
    compose(sc, seed)
    return np.asarray(cv2.resize(sc.flat(), (48, 48), interpolation=cv2.INTER_AREA), np.float64) * 255


class LayoutTests(TestCase):
    def test_every_place_has_three_layouts_or_more(self) -> None:
        self.assertEqual(set(LAYOUTS), set(PROMPTS))
        for setting, layouts in LAYOUTS.items():
            with self.subTest(setting):
                self.assertGreaterEqual(len(layouts), 3)
                self.assertEqual(len({layout.name for layout in layouts}), len(layouts))

    def test_the_prompts_below_reach_every_layout(self) -> None:
        for setting, prompts in PROMPTS.items():
            briefs = [read(prompt) for prompt in prompts]
            with self.subTest(setting):
                self.assertEqual({brief.setting for brief in briefs}, {setting})
                missed = [each.name for each in LAYOUTS[setting] if not any(each.fits(brief) for brief in briefs)]
                self.assertEqual(missed, [])

    def test_every_layout_draws_in_every_ratio(self) -> None:
        for setting, prompts in PROMPTS.items():
            briefs = [read(prompt) for prompt in prompts]
            for layout in LAYOUTS[setting]:
                fitting = [brief for brief in briefs if layout.fits(brief)]
                for number, (ratio, (w, h)) in enumerate(RATIOS.items()):
                    brief = fitting[number % len(fitting)]
                    with self.subTest(layout.name, prompt=brief.prompt, ratio=ratio):
                        picture = drawn(layout, brief, ratio)
                        self.assertEqual(picture.shape, (h, w, 3))
                        self.assertTrue(np.isfinite(picture).all())
                        self.assertGreater(float(picture.std()), 8)

    def test_the_layouts_of_a_place_are_different_compositions(self) -> None:
        for setting, prompts in PROMPTS.items():
            brief = read(prompts[0])
            fitting = [layout for layout in LAYOUTS[setting] if layout.fits(brief)]
            thumbs = {
                each.name: cv2.resize(drawn(each, brief, "1:1"), (48, 48), interpolation=cv2.INTER_AREA)
                for each in fitting
            }
            for one, other in combinations(thumbs, 2):
                with self.subTest(setting, one=one, other=other):
                    self.assertGreater(float(np.abs(thumbs[one] - thumbs[other]).mean()), DIFFERENT)

    def test_a_layout_leaves_no_hole(self) -> None:
        """Everything is painted; bare paper would show as magenta."""
        for setting, prompts in PROMPTS.items():
            brief = read(prompts[0])
            for layout in (each for each in LAYOUTS[setting] if each.fits(brief)):
                with self.subTest(layout.name):
                    sc = scene_of(brief)
                    sc.pal.paper = np.array([1.0, 0.0, 1.0])
                    layout.draw(sc)
                    bare = np.abs(sc.flat() - (1.0, 0.0, 1.0)).max(2) < 0.02
                    self.assertEqual(int(bare.sum()), 0)


class VariantTests(TestCase):
    def test_neighbouring_seeds_get_different_layouts(self) -> None:
        for prompts in PROMPTS.values():
            brief = read(prompts[0])
            with self.subTest(brief.prompt):
                self.assertEqual(len({choose(brief, seed).name for seed in (7, 8, 9)}), 3)

    def test_four_variants_look_like_four_pictures(self) -> None:
        for prompts in PROMPTS.values():
            for one, other in combinations((1, 2, 3, 4), 2):
                with self.subTest(prompts[0], one=one, other=other):
                    difference = float(np.abs(variant(prompts[0], one) - variant(prompts[0], other)).mean())
                    self.assertGreater(difference, DIFFERENT / 2)

    def test_the_same_seed_gives_the_same_scene(self) -> None:
        for prompt in ("a fox in a forest", "harbour at dawn with three boats", 'logo "K"'):
            brief = read(prompt)
            first, again = scene_of(brief), scene_of(brief)
            compose(first, 5)
            compose(again, 5)
            with self.subTest(prompt):
                self.assertTrue(np.array_equal(first.flat(), again.flat()))


class PatternTests(TestCase):
    def test_it_meets_itself_at_every_edge(self) -> None:
        for prompt in PROMPTS["pattern"]:
            brief = read(prompt)
            for layout in LAYOUTS["pattern"]:
                for ratio in RATIOS:
                    with self.subTest(layout.name, prompt=prompt, ratio=ratio):
                        picture = drawn(layout, brief, ratio)
                        for axis in (0, 1):
                            self.assert_wraps(np.moveaxis(picture, axis, 0))

    def assert_wraps(self, lines: NDArray[np.float64]) -> None:
        steps = np.abs(np.diff(lines, axis=0)).mean((1, 2))
        self.assertLess(float(np.abs(lines[0] - lines[-1]).mean()), float(steps.max()) * 1.1)


class WordsOnPostersTests(TestCase):
    def test_words_that_were_quoted_are_set(self) -> None:
        for prompt in (*PROMPTS["poster"], 'logo "SUMMIT" with mountains', 'emblem "NORTH SEA" of a ship'):
            brief = read(prompt)
            for layout in (each for each in LAYOUTS[brief.setting] if each.fits(brief)):
                with self.subTest(layout.name, prompt=prompt):
                    sc = scene_of(brief)
                    layout.draw(sc)
                    self.assertTrue(any(layer.kind == "text" for layer in sc.layers))
