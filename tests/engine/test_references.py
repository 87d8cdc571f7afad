"""Pictures out of pictures: what is kept, what changes, and that the same request is the same picture."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from django.test import SimpleTestCase
from PIL import Image, ImageDraw, ImageOps

from studio.engine import Stopped
from studio.engine.illustrator.draw import SIZES, PictureSpec
from studio.engine.illustrator.references import ReferenceSpec, framed, redraw


class ReferenceTests(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        hill = Image.new("RGB", (600, 400), "skyblue")
        pen = ImageDraw.Draw(hill)
        pen.ellipse((380, 60, 480, 160), fill="gold")
        pen.polygon([(0, 400), (220, 180), (600, 400)], fill="seagreen")
        self.hill = self.save(hill, "hill.png")

    def save(self, picture: Image.Image, name: str) -> Path:
        path = self.folder / name
        picture.save(path)
        return path

    def redraw(self, prompt: str = "pixel art", seed: int = 1, ratio: str = "3:2", **more: Any) -> Any:
        words = PictureSpec(prompt=prompt, seed=seed, ratio=ratio)
        return np.asarray(redraw(ReferenceSpec(words=words, base=self.hill, **more)).pixels)

    def mask(self, box: tuple[int, int, int, int], ground: int = 255) -> Path:
        mask = Image.new("L", (600, 400), ground)
        mask.paste(255 - ground, box)
        return self.save(mask, "mask.png")

    def test_it_keeps_where_things_are(self) -> None:
        for ratio, (width, height) in SIZES.items():
            made = self.redraw(ratio=ratio)
            self.assertEqual(made.shape, (height, width, 3))
            sky, hill = made[: height // 6].mean((0, 1)), made[-height // 12 :, width // 3 : width // 2].mean((0, 1))
            self.assertGreater(sky[2], sky[0], "blue above")
            self.assertGreater(hill[1], max(hill[0], hill[2]), "green below")

    def test_the_words_say_how_it_is_printed(self) -> None:
        flat, carved = self.redraw("gouache"), self.redraw("linocut")
        self.assertGreater(
            np.abs(np.diff(carved.astype(int), axis=0)).mean(), 3 * np.abs(np.diff(flat.astype(int), axis=0)).mean()
        )

    def test_a_seed_is_one_picture_and_another_seed_another(self) -> None:
        self.assertTrue((self.redraw("gouache", 5) == self.redraw("gouache", 5)).all())
        self.assertFalse((self.redraw("gouache", 5) == self.redraw("gouache", 6)).all())

    def test_the_others_lend_their_colours(self) -> None:
        red = self.save(Image.new("RGB", (50, 50), "crimson"), "red.png")
        plain, warm = self.redraw(), self.redraw(style=[red])
        self.assertGreater(warm[..., 0].mean() - warm[..., 2].mean(), plain[..., 0].mean() - plain[..., 2].mean() + 40)

    def test_outside_the_mask_every_pixel_stays(self) -> None:
        mask = self.mask((300, 0, 600, 200))
        with Image.open(self.hill) as file:
            hill = np.asarray(ImageOps.fit(file.convert("RGB"), SIZES["3:2"], Image.Resampling.LANCZOS))
        inside = framed(mask, SIZES["3:2"])[..., 0] < 128
        for prompt in ("a red balloon", "starry night sky", "pixel art", "a fox, watercolour"):
            with self.subTest(prompt=prompt):
                made = self.redraw(prompt, mask=mask)
                self.assertTrue((made[~inside] == hill[~inside]).all())
                self.assertGreater((made[inside] != hill[inside]).any(1).mean(), 0.5)

    def test_a_mask_of_nothing_changes_nothing_and_one_of_all_may_change_all(self) -> None:
        nothing, everything = self.mask((0, 0, 0, 0)), self.save(Image.new("L", (600, 400), 0), "all.png")
        self.assertTrue((self.redraw("a fox", mask=nothing) == framed(self.hill, SIZES["3:2"])).all())
        self.assertFalse((self.redraw("a fox", mask=everything) == framed(self.hill, SIZES["3:2"])).all())

    def test_it_takes_the_smallest_the_longest_and_the_transparent(self) -> None:
        for number, picture in enumerate(
            (Image.new("RGB", (1, 1)), Image.new("L", (3000, 2), 90), Image.new("RGBA", (40, 40), (0, 0, 0, 0)))
        ):
            self.hill = self.save(picture, f"{number}.png")
            self.assertEqual(self.redraw().shape, (1024, 1536, 3))
            self.redraw("a fox", mask=self.mask((0, 0, 10, 3)))

    def test_it_stops_when_nobody_wants_it(self) -> None:
        spec = ReferenceSpec(words=PictureSpec(prompt="gouache"), base=self.hill)
        with self.assertRaises(Stopped):
            redraw(spec, cancelled=lambda: True)
