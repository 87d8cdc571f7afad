"""Pictures as the Local engine really draws them. Pixel art, being small, is the quickest."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import SimpleTestCase
from PIL import Image

from generators.image.forms import ImageParams
from generators.image.local import render
from studio.catalog.values import SEEDS
from studio.engine import Stopped
from studio.providers.contract import Output

FOX = "a red fox, pixel art"


def pixels(output: Output) -> bytes:
    with Image.open(output.address) as picture:
        return picture.tobytes()


class RenderTests(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.told: list[tuple[float, str]] = []

    def report(self, progress: float, stage: str = "") -> None:
        self.told.append((progress, stage))

    def render(self, **params: Any) -> list[Output]:
        request = ImageParams(**{"prompt": FOX, "seed": 3, **params}).to_json()
        return render(request, folder=self.folder, report=self.report)

    def test_it_draws_each_size_in_its_ratio(self) -> None:
        for size, width, height in (("1:1", 1, 1), ("3:2", 3, 2), ("2:3", 2, 3)):
            with self.subTest(size=size):
                (output,) = self.render(size=size)
                with Image.open(output.address) as picture:
                    picture.load()
                    self.assertEqual((picture.format, picture.mode), ("PNG", "RGB"))
                    self.assertEqual(picture.width * height, picture.height * width)
                    self.assertGreaterEqual(min(picture.size), 1024)
                    self.assertGreater(len(picture.getcolors(2**24) or []), 8, "more than a plain sheet")

    def test_it_draws_in_another_medium_at_full_size(self) -> None:
        (output,) = self.render(prompt="a lighthouse on a cliff at dusk, gouache")
        with Image.open(output.address) as picture:
            picture.load()
            self.assertEqual(picture.size, (1024, 1024))

    def test_the_same_request_is_the_same_file(self) -> None:
        first = Path(self.render()[0].address).read_bytes()
        self.assertEqual(Path(self.render()[0].address).read_bytes(), first)

    def test_another_seed_is_another_picture(self) -> None:
        first = pixels(self.render(seed=3)[0])
        self.assertNotEqual(pixels(self.render(seed=4)[0]), first)

    def test_other_words_are_another_picture(self) -> None:
        first = pixels(self.render()[0])
        self.assertNotEqual(pixels(self.render(prompt="a blue whale, pixel art")[0]), first)

    def test_each_variation_is_a_picture_of_its_own_in_a_file_of_its_own(self) -> None:
        outputs = self.render(count=4)
        self.assertEqual([Path(output.address) for output in outputs], [self.folder / f"{n}.png" for n in range(4)])
        self.assertEqual(len({pixels(output) for output in outputs}), 4)
        self.assertEqual([output.facts["seed"] for output in outputs], [3, 4, 5, 6])

    def test_a_variation_can_be_drawn_again_by_its_seed(self) -> None:
        second = pixels(self.render(count=2)[1])
        self.assertEqual(pixels(self.render(seed=4)[0]), second)

    def test_the_last_seeds_begin_anew(self) -> None:
        outputs = self.render(seed=SEEDS - 1, count=2)
        self.assertEqual([output.facts["seed"] for output in outputs], [SEEDS - 1, 0])

    def test_it_tells_how_far_it_is_and_never_goes_back(self) -> None:
        self.render(count=2)
        shares = [share for share, _stage in self.told]
        self.assertEqual(shares, sorted(shares))
        self.assertGreater(shares[0], 0)
        self.assertEqual(shares[-1], 1.0)
        self.assertGreater(len(set(shares)), 10)
        stages = [stage for _share, stage in self.told]
        self.assertEqual(list(dict.fromkeys(stages)), ["drawing 1/2", "drawing 2/2"])
        self.assertTrue(all((share <= 0.5) == (stage == "drawing 1/2") for share, stage in self.told))

    def test_it_gives_up_as_soon_as_nobody_wants_it(self) -> None:
        for last in (1, 5):
            self.told.clear()

            def report(progress: float, stage: str = "", last: int = last) -> None:
                self.report(progress, stage)
                if len(self.told) == last:
                    raise Stopped

            with self.assertRaises(Stopped):
                render(ImageParams(prompt=FOX, count=2).to_json(), folder=self.folder, report=report)
            self.assertEqual(len(self.told), last)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_was_drawn_before_it_was_stopped_stays(self) -> None:
        def report(progress: float, stage: str = "") -> None:
            if stage == "drawing 2/2":
                raise Stopped

        with self.assertRaises(Stopped):
            render(ImageParams(prompt=FOX, count=2).to_json(), folder=self.folder, report=report)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["0.png"])

    def test_it_says_which_words_it_did_not_understand(self) -> None:
        for prompt, unread in (
            (FOX, []),
            ("a red fox with a zorb and a quux, pixel art", ["zorb", "quux"]),
            ("一只红色的狐狸, pixel art", []),
        ):
            (output,) = self.render(prompt=prompt)
            self.assertEqual(output.facts["unread"], unread, prompt)

    def test_it_draws_whatever_the_words(self) -> None:
        for prompt in (
            "?",
            "🦊🔥",
            "zorb",
            "\\\" ' <b>",
            "1 2 3",
            "pixel art\n\n\tpixel art",
            "x " * 1000,
            "ﷺ\u202e\u200b",
        ):
            with self.subTest(prompt=prompt[:20]):
                (output,) = self.render(prompt=f"{prompt[:1980]} pixel art")
                self.assertTrue(Path(output.address).is_file())
