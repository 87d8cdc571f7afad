import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase
from unittest.mock import patch

import numpy as np
from PIL import Image

from studio.engine import Stopped
from studio.engine.illustrator.draw import SIZES, Picture, PictureSpec, draw

SMALL = {"1:1": (256, 256), "3:2": (384, 256), "2:3": (256, 384)}
HOSTILE = {
    "emoji": "🦊🌲 in the ❄️ 🏔️",
    "a NUL": "a fox\x00in\x00snow",
    "a lone surrogate": "a \ud800 fox \udfff",
    "right to left": "منارة على جرف \u202egnorw\u202c",
    "2000 characters": "lighthouse, " * 166 + "a fox",
    "no words": "?!… —",
    "one endless word": "x" * 2000,
    "combining marks": "fox" + "\u0301" * 300,
    "format strings": "%s {0} %(name)s <b>fox</b> '; --",
    "eastern lettering": 'poster "夜光 café 🎉"',
}


@contextmanager
def small_sheets() -> Iterator[None]:
    with patch.dict(SIZES, SMALL):
        yield


def small(prompt: str, ratio: str = "1:1", seed: int = 2) -> Picture:
    with small_sheets():
        return draw(PictureSpec(prompt=prompt, ratio=ratio, seed=seed))


class SpecTests(TestCase):
    def test_it_refuses_a_prompt_without_words(self) -> None:
        for prompt in ("", "  \n\t"):
            with self.subTest(prompt=prompt), self.assertRaises(ValueError):
                PictureSpec(prompt=prompt)

    def test_it_refuses_an_unknown_ratio(self) -> None:
        with self.assertRaisesRegex(ValueError, "16:9"):
            PictureSpec(prompt="a fox", ratio="16:9")

    def test_it_refuses_a_negative_seed(self) -> None:
        with self.assertRaises(ValueError):
            PictureSpec(prompt="a fox", seed=-1)


class DrawTests(TestCase):
    def test_each_ratio_has_its_exact_size(self) -> None:
        for ratio, (w, h) in SIZES.items():
            across, down = map(int, ratio.split(":"))
            with self.subTest(ratio):
                pixels = draw(PictureSpec(prompt="a lighthouse, pixel art", ratio=ratio)).pixels
                self.assertEqual((pixels.shape, pixels.dtype), ((h, w, 3), np.uint8))
                self.assertEqual(w * down, h * across)

    def test_the_same_spec_gives_the_same_pixels(self) -> None:
        for prompt in ("a fox in a forest", "pears and a jug, oil", "a lighthouse at dusk, linocut"):
            with self.subTest(prompt):
                first, again, other = small(prompt), small(prompt), small(prompt, seed=3)
                self.assertTrue(np.array_equal(first.pixels, again.pixels))
                self.assertFalse(np.array_equal(first.pixels, other.pixels))

    def test_it_draws_whatever_is_typed(self) -> None:
        for what, prompt in HOSTILE.items():
            with self.subTest(what):
                pixels = small(prompt).pixels
                self.assertEqual(pixels.shape, (256, 256, 3))
                self.assertGreater(int(np.ptp(pixels)), 20)

    def test_a_seed_may_be_as_large_as_it_likes(self) -> None:
        self.assertEqual(small("a fox", seed=2**63).pixels.shape, (256, 256, 3))

    def test_the_margin_of_paper_can_be_left_away(self) -> None:
        prompt = "a lighthouse on a cliff at dusk, gouache"
        with small_sheets():
            framed, bare = (draw(PictureSpec(prompt=prompt, seed=2, border=border)).pixels for border in (True, False))
        self.assertGreater(int(framed[:3].min()), 200)
        self.assertLess(int(bare[:3].min()), 150)

    def test_the_file_holds_nothing_but_the_pixels(self) -> None:
        picture = small("a fox, pixel art")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "fox.png"
            picture.save(path)
            with Image.open(path) as image:
                self.assertEqual((image.format, image.mode, image.info), ("PNG", "RGB", {}))
                self.assertTrue(np.array_equal(np.asarray(image), picture.pixels))


class CancelTests(TestCase):
    def stopped_at(self, share: float) -> float:
        """Cancel once `share` is told; the CPU seconds until the engine gave up."""
        told, asked = [0.0], [0.0]

        def cancelled() -> bool:
            if told[-1] < share:
                return False
            asked[0] = asked[0] or time.process_time()
            return True

        with self.assertRaises(Stopped):
            draw(PictureSpec(prompt="a fox in a forest"), progress=told.append, cancelled=cancelled)
        self.assertLess(told[-1], share + 0.2)
        return time.process_time() - asked[0]

    def test_a_cancel_stops_it_while_it_lays_out_the_scene(self) -> None:
        self.assertLess(self.stopped_at(0.1), 0.3)

    def test_a_cancel_stops_it_while_it_prints(self) -> None:
        self.assertLess(self.stopped_at(0.5), 0.3)

    def test_a_cancel_before_the_start_draws_nothing(self) -> None:
        told: list[float] = []
        with self.assertRaises(Stopped):
            draw(PictureSpec(prompt="a fox"), progress=told.append, cancelled=lambda: True)
        self.assertEqual(told, [])

    def test_whoever_is_told_may_stop_it(self) -> None:
        def report(share: float) -> None:
            if share > 0.4:
                raise Stopped

        with self.assertRaises(Stopped), small_sheets():
            draw(PictureSpec(prompt="a fox"), progress=report)
