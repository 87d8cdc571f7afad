"""The web fonts: what is cut out of the packages, and that nothing is done twice."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from django.test import SimpleTestCase
from fontTools.ttLib import TTFont

from studio.statics import fonts

LETTERS, ARROWS = "Aa09éßŁőšž–—’“”…€£¥×−≈≤≥·•", "←↑→↓"
MONO = [cut for cut in fonts.CUTS if cut.name == "geist-mono"]


class FontTests(SimpleTestCase):
    folder: ClassVar[Path]
    made: ClassVar[list[Path]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        temporary = TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name) / "fonts"
        cls.made = fonts.build(cls.folder)

    def test_there_is_one_light_file_per_voice(self) -> None:
        names = ["geist.woff2", "geist-mono.woff2", "newsreader.woff2", "newsreader-italic.woff2"]
        self.assertEqual([path.name for path in self.made], names)
        for path in self.made:
            self.assertLess(path.stat().st_size, 100_000, path.name)

    def test_only_the_weight_can_vary_and_every_needed_sign_is_there(self) -> None:
        for path in self.made:
            with self.subTest(path.name), TTFont(path) as font:
                self.assertEqual(font.flavor, "woff2")
                self.assertEqual([axis.axisTag for axis in font["fvar"].axes], ["wght"])
                needed = LETTERS if path.name.startswith("newsreader") else LETTERS + ARROWS
                self.assertEqual([sign for sign in needed if ord(sign) not in font.getBestCmap()], [])

    def test_the_serif_is_the_one_drawn_for_reading(self) -> None:
        with TTFont(self.folder / "newsreader.woff2") as font:
            width = font["hmtx"][font.getBestCmap()[ord("n")]][0]
        self.assertEqual(width, 1145, "the design is set in the 16 pt drawing, not in the package's default of 18 pt")

    def test_a_second_build_does_nothing_and_a_lost_file_is_made_again(self) -> None:
        self.assertEqual(fonts.build(self.folder), [])
        lost = self.folder / "geist-mono.woff2"
        before = lost.read_bytes()
        lost.unlink()
        self.assertEqual(fonts.build(self.folder), [lost])
        self.assertEqual(lost.read_bytes(), before, "the same package must give the same bytes")

    def test_nothing_half_written_stays_beside_the_fonts(self) -> None:
        with TemporaryDirectory() as name:
            folder = Path(name) / "fonts"
            fonts.build(folder, MONO)
            self.assertEqual(sorted(path.name for path in folder.iterdir()), ["geist-mono.woff2"])
            self.assertEqual(sorted(path.name for path in Path(name).iterdir()), [".geist-mono.stamp", "fonts"])
