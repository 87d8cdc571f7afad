from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.test import SimpleTestCase, override_settings
from django.utils import translation
from PIL import Image

from generators.image.forms import COUNTS, SIZES, ImageParams
from studio.catalog import registry as catalog
from studio.credits import ledger
from studio.providers import registry as providers
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import STARTER, StudioTestCase

IMAGE = catalog.get("image")


class ImageTests(SimpleTestCase):
    def test_a_picture_costs_a_credit_and_each_variation_another(self) -> None:
        for count in COUNTS:
            self.assertEqual(IMAGE.price(ImageParams(prompt="x", count=count), provider="local"), 100 * count)

    def test_the_button_says_how_many(self) -> None:
        self.assertEqual([IMAGE.wish(count) for count in (1, 4)], ["Generate 1 image", "Generate 4 images"])

    def test_the_card_says_ratio_and_count(self) -> None:
        self.assertEqual(IMAGE.facts(ImageParams(prompt="x")), ["1:1", "1 image"])
        self.assertEqual(IMAGE.facts(ImageParams(prompt="x", size="3:2", count=4)), ["3:2", "4 images"])

    def test_details_name_every_parameter(self) -> None:
        params = ImageParams(prompt="a fox", size="2:3", count=2, seed=4711)
        rows = [("Prompt", "a fox"), ("Aspect ratio", "2:3"), ("Variations", "2"), ("Seed", "4711")]
        self.assertEqual(IMAGE.details(params), rows)
        used = ImageParams(prompt="a fox", references=(str(uuid4()),), mask=str(uuid4()))
        self.assertEqual(len(IMAGE.details(used)), len(used.to_json()))

    def test_its_ratio_is_one_that_css_knows(self) -> None:
        self.assertEqual([IMAGE.ratio(ImageParams(prompt="x", size=size)) for size in SIZES], ["1/1", "3/2", "2/3"])

    def test_a_stage_is_said_in_words(self) -> None:
        for word, said in (
            ("drawing 1/4", "Drawing 1 of 4"),
            ("drawing 1/1", "Drawing"),
            ("drawing", "Drawing"),
            ("drawing 3", "Drawing"),
            ("melting 1/2", ""),
            ("", ""),
        ):
            self.assertEqual(IMAGE.stage(word), said, word)

    def test_it_speaks_as_its_reader_does(self) -> None:
        params = ImageParams(prompt="a fox", size="3:2", count=2)
        with translation.override("zh-hans"):
            words = [IMAGE.wish(2), *IMAGE.facts(params), *(label for label, _value in IMAGE.details(params))]
        self.assertTrue(all(words), words)


class RealLifeTests(StudioTestCase):
    """From the press to the library through the real engine, once."""

    def setUp(self) -> None:
        super().setUp()
        options = {"workdir": self.folder / "renders", "time_limit": timedelta(minutes=2)}
        entry = {"class": "studio.providers.local.provider.LocalProvider", "options": options}
        swap = override_settings(PROVIDERS={"local": entry})
        swap.enable()
        providers.get.cache_clear()
        self.addCleanup(providers.get.cache_clear)
        self.addCleanup(swap.disable)

    def test_two_pictures_are_drawn_kept_and_charged(self) -> None:
        task = self.make_task(prompt="a red fox with a zorb, pixel art", count=2, size="3:2", seed=7)
        rounds.run_step(task.pk, "test")
        task = Task.objects.get(pk=task.pk)
        self.assertEqual((task.status, task.error), (Status.SUCCEEDED, ""))
        self.assertEqual([asset.facts for asset in task.results], [{"seed": n, "unread": ["zorb"]} for n in (7, 8)])
        for asset in task.results:
            with asset.file.open() as file, Image.open(file) as picture:
                self.assertEqual((picture.size, picture.format), ((1536, 1024), "PNG"))
        self.assertEqual(len({asset.checksum for asset in task.results}), 2)
        self.assertEqual(ledger.account_of(self.team).available, STARTER - 200)
        self.assertEqual(list(Path(self.folder / "renders").iterdir()), [], "the engine keeps nothing")
