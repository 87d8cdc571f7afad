from dataclasses import replace
from typing import ClassVar
from unittest import TestCase

import numpy as np

from studio.engine.illustrator.colour import COLOURS, LIGHTS, LOCAL, Palette, lab_of, mix, palette, rgb, rgb_of, tone
from studio.engine.illustrator.draw import Picture, PictureSpec, draw


def lightness(ink: object) -> float:
    return float(lab_of(np.asarray(ink, np.float32))[0])


class ConversionTests(TestCase):
    def test_there_and_back_is_the_same_colour(self) -> None:
        inks = np.random.default_rng(1).uniform(0, 1, (200, 3)).astype(np.float32)
        np.testing.assert_allclose(rgb_of(lab_of(inks)), inks, atol=2e-4)

    def test_a_picture_is_converted_like_its_inks(self) -> None:
        picture = np.random.default_rng(1).uniform(0, 1, (130, 7, 3)).astype(np.float32)
        np.testing.assert_allclose(lab_of(picture).reshape(-1, 3), lab_of(picture.reshape(-1, 3)), atol=2e-4)
        np.testing.assert_allclose(rgb_of(lab_of(picture)), picture, atol=1e-3)

    def test_every_named_colour_is_a_colour_of_the_screen(self) -> None:
        for name, lch in {**COLOURS, **LOCAL}.items():
            with self.subTest(name):
                self.assertTrue(((rgb(lch) >= 0) & (rgb(lch) <= 1)).all())
                self.assertAlmostEqual(lightness(rgb(lch)), lch[0], delta=0.06)

    def test_half_a_mix_lies_between(self) -> None:
        black, white = np.zeros(3), np.ones(3)
        self.assertAlmostEqual(lightness(mix(black, white, 0.5)), 0.5, delta=0.01)

    def test_a_tone_keeps_the_hue(self) -> None:
        before, after = lab_of(rgb(COLOURS["teal"])), lab_of(tone(rgb(COLOURS["teal"]), 0.1))
        self.assertAlmostEqual(np.arctan2(before[2], before[1]), np.arctan2(after[2], after[1]), delta=0.05)
        self.assertAlmostEqual(after[0] - before[0], 0.1, delta=0.02)


class PaletteTests(TestCase):
    drawn: ClassVar[Picture]
    palettes: ClassVar[dict[tuple[str, int], Palette]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.drawn = draw(PictureSpec(prompt="a fox in a field, pixel art"))
        cls.palettes = {
            (time, seed): palette(replace(cls.drawn.reading, time=time), np.random.default_rng(seed))
            for time in LIGHTS
            for seed in range(6)
        }

    def each(self) -> list[tuple[str, Palette]]:
        return [(time, found) for (time, _), found in self.palettes.items()]

    def test_the_light_stands_out_from_the_shadow(self) -> None:
        for time, found in self.each():
            with self.subTest(time):
                self.assertGreater(lightness(found.light) - lightness(found.ambient), 0.4)

    def test_the_sky_is_lightest_at_the_horizon(self) -> None:
        for time, found in self.each():
            with self.subTest(time):
                self.assertGreater(lightness(found.sky[-1]), lightness(found.sky[0]) + 0.04)

    def test_the_key_ink_is_readable_on_the_paper(self) -> None:
        for time, found in self.each():
            with self.subTest(time):
                self.assertGreater(lightness(found.paper) - lightness(found.key), 0.6)

    def test_distance_brings_things_nearer_to_the_sky(self) -> None:
        for time, found in self.each():
            far = lab_of(found.sky[-1])
            near, away = (np.linalg.norm(lab_of(found.lit("pine", depth)) - far) for depth in (1.0, 0.2))
            with self.subTest(time):
                self.assertLess(away, near * 0.7)

    def test_shade_darkens_and_light_lightens(self) -> None:
        for time, found in self.each():
            shaded, plain, lit = (lightness(found.lit("red", 1.0, shade)) for shade in (0.8, 0.0, -0.6))
            with self.subTest(time):
                self.assertLess(shaded, plain - 0.05)
                self.assertGreater(lit, plain + 0.05)

    def test_a_hero_is_lifted_out_of_the_night(self) -> None:
        for time, found in self.each():
            if found.night:
                with self.subTest(time):
                    self.assertGreater(lightness(found.lit("fox", lift=0.5)), lightness(found.lit("fox")) + 0.04)

    def test_night_is_darker_than_day(self) -> None:
        night, day = (
            np.mean([lightness(self.palettes[time, k].sky[1]) for k in range(6)]) for time in ("night", "day")
        )
        self.assertLess(night, day - 0.4)

    def test_a_colour_that_was_asked_for_turns_the_sky(self) -> None:
        found = palette(
            replace(self.drawn.reading, colours=type(self.drawn.reading.colours)(["teal"])), np.random.default_rng(1)
        )
        _, a, b = lab_of(found.sky[0])
        self.assertAlmostEqual(float(np.degrees(np.arctan2(b, a))) % 360, COLOURS["teal"][2], delta=15)
        self.assertEqual(len(found.named), 1)
