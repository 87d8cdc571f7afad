"""What every slice must do, whichever it is. A new one is tested here from its first day."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.test import SimpleTestCase
from django.urls import reverse
from django.utils import translation

from studio.accounts import connections
from studio.accounts.models import Team
from studio.catalog import registry
from studio.catalog.contract import Generator, TaskParams
from studio.credits import ledger
from studio.credits.prices import PRICES
from studio.providers.contract import Output, State, Update
from studio.providers.errors import ProviderError
from studio.providers.fake import FakePerformer
from studio.tasks import bench, services
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import HTMX, STARTER, StudioTestCase
from tests.films import mp4

ALONE = """
import importlib, sys
module, _, name = sys.argv[1].partition(":")
assert callable(getattr(importlib.import_module(module), name))
print(sorted({name.partition(".")[0] for name in sys.modules} & {"django", "sqlite3", "psycopg", "requests"}))
"""


ENGINE = "local"  # serves everything without a key


def wish_of(generator: Generator) -> dict[str, str]:
    """The slice's form as it comes: its defaults and its example."""
    with patch.object(connections, "serving", lambda _team, names: [name for name in names if name == ENGINE]):
        form = bench.blank_form(generator, Team(), source=None, with_example=True)
    return {name: str(value) for name in form.fields if (value := form[name].value())}


def params_of(generator: Generator) -> TaskParams:
    wish = wish_of(generator)
    with patch.object(connections, "serving", lambda _team, _names: [ENGINE]):
        form = bench.bound_form(generator, Team(), wish)
    assert form.is_valid(), form.errors
    return form.to_params()


def wrong_values(right: Any) -> list[Any]:
    """What may not stand in the place of `right`."""
    wrong: list[Any] = [it for it in (None, [], {}, ["x"], {"x": 1}, 1.5, b"x") if it != right]
    if isinstance(right, str):
        return [*wrong, 7, True, "\0"]
    if isinstance(right, bool):
        return [*wrong, 7, "true"]
    return [*wrong, "7", "", True, -1, 10**30] if isinstance(right, int) else wrong


class DeclarationTests(SimpleTestCase):
    def test_every_installed_slice_introduced_itself(self) -> None:
        kinds = {name.rpartition(".")[2] for name in settings.GENERATORS}
        self.assertEqual({generator.kind for generator in registry.every()}, kinds)
        self.assertTrue(kinds)

    def test_it_has_a_kind_that_fits_into_an_address_and_a_row(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                self.assertRegex(generator.kind, r"^[a-z][a-z_]{0,15}$")
                self.assertIs(registry.get(generator.kind), generator)
                self.assertRegex(reverse("tasks:tool", args=[generator]), r"^/[a-z-]+/$")

    def test_it_has_a_name_an_example_and_an_icon(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                self.assertTrue(str(generator.label).strip())
                self.assertTrue(str(generator.example).strip())
                icon = Template("{% load lucide %}{% lucide icon %}").render(Context({"icon": generator.icon}))
                self.assertIn("<svg", icon)

    def test_its_templates_exist(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                for name in (generator.form_template, generator.result_template, f"{generator.kind}/_empty.html"):
                    self.assertTrue(name.startswith(f"{generator.kind}/"), name)
                    get_template(name)

    def test_its_renderer_needs_no_django_and_no_database(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                told = subprocess.run(
                    [sys.executable, "-c", ALONE, generator.renderer],
                    cwd=settings.BASE_DIR,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual((told.returncode, told.stdout), (0, "[]\n"), told.stderr)


class ParamsTests(SimpleTestCase):
    def test_they_survive_the_way_through_the_database(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                params = params_of(generator)
                self.assertIsInstance(params, generator.params_class)
                again = generator.params_class.from_json(json.loads(json.dumps(params.to_json())))
                self.assertEqual(again, params)
                self.assertEqual((again.prompt, again.pieces), (params.prompt, params.pieces))

    def test_another_try_is_the_same_wish_with_another_seed(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                params = params_of(generator)
                tries = [params.again() for _ in range(5)]
                for other in tries:
                    self.assertEqual({**other.to_json(), "seed": None}, {**params.to_json(), "seed": None})
                    self.assertEqual((other.prompt, other.pieces), (params.prompt, params.pieces))
                self.assertGreater(len({other.to_json()["seed"] for other in tries}), 1)

    def test_they_cannot_be_changed(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                params = params_of(generator)
                for name in params.to_json():
                    with self.assertRaises((AttributeError, TypeError)):
                        setattr(params, name, getattr(params, name))

    def test_they_refuse_what_is_no_request(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                good = params_of(generator).to_json()
                bad: list[Any] = [{}, {**good, "surprise": 1}, [], None, "x", [good]]
                bad += [{**good, name: wrong} for name, right in good.items() for wrong in wrong_values(right)]
                for data in bad:
                    with self.subTest(data=str(data)[:200]), self.assertRaises(ValueError):
                        generator.params_class.from_json(data)

    def test_every_engine_has_a_price_for_them(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                params = params_of(generator)
                for provider in generator.providers():
                    price = generator.price(params, provider=provider)
                    self.assertIs(type(price), int)
                    self.assertGreater(price, 0)
                    self.assertIn(generator.kind, PRICES[provider])
                with self.assertRaises(KeyError):
                    generator.price(params, provider="nobody")

    def test_they_are_told_in_words(self) -> None:
        for language, _name in settings.LANGUAGES:
            for generator in registry.every():
                with self.subTest(kind=generator.kind):
                    params = params_of(generator)
                    with translation.override(language):
                        rows = generator.details(params)
                        words = [*generator.facts(params), *(word for row in rows for word in row)]
                        words += [generator.wish(1), generator.wish(4)]
                    self.assertEqual({type(word) for word in words}, {str})
                    self.assertTrue(all(word.strip() for word in words), words)
                    self.assertIn(params.prompt, [value for _label, value in rows])
                    self.assertEqual(len(rows), len({label for label, _value in rows}))
                    self.assertRegex(generator.ratio(params), r"^[1-9]\d*/[1-9]\d*$")

    def test_a_stage_that_is_none_is_no_stage(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                for word in ("", " ", "/", "drawing", "drawing ", "drawing x/", "<script>", "灯塔 1/2"):
                    self.assertIs(type(generator.stage(word)), str)


class PageTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bob)

    def test_it_has_a_page_with_every_field_of_its_form(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                page = self.client.get(reverse("tasks:tool", args=[generator]))
                self.assertContains(page, f"<title>{generator.label} · Studio</title>")
                for name in page.context["form"].fields:
                    self.assertContains(page, f'name="{name}"')

    def test_its_form_as_it_comes_makes_a_task(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                page = self.client.get(reverse("tasks:tool", args=[generator]))
                form, quoted = page.context["form"], page.context["quote"].price
                sent = {name: str(value) for name in form.fields if (value := form[name].value())}
                response = self.client.post(reverse("tasks:create", args=[generator]), sent, headers=HTMX)
                task = Task.objects.get(kind=generator.kind)
                self.assertContains(response, f'id="task-{task.pk}" data-state="queued"')
                self.assertEqual((task.made_by, task.provider), (self.bob.user, ENGINE))
                self.assertEqual(task.hold.amount, quoted, "the price on the button is the price that is held")
                self.assertEqual(task.typed_params.prompt, generator.example)

    def test_its_empty_form_comes_back(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                response = self.client.post(reverse("tasks:create", args=[generator]), {}, headers=HTMX)
                self.assertContains(response, 'id="compose"', status_code=422)
        self.assertFalse(Task.objects.exists())

    def test_it_says_its_price(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                page = self.client.get(reverse("tasks:quote", args=[generator]), wish_of(generator))
                price = generator.price(params_of(generator), provider=ENGINE)
                self.assertEqual(page.context["quote"].price, price)


class LifeTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.engine = FakePerformer()
        self.use_engine(self.engine)
        self.sign_in(self.alice)

    def start(self, generator: Generator) -> Task:
        return services.start_task(
            member=self.alice,
            generator=generator,
            params=params_of(generator),
            provider="local",
            idempotency_key=bench.fresh_key(),
        )[0]

    def sample(self, generator: Generator, place: int) -> Path:
        """A file of the kind that the slice makes."""
        if generator.makes == "video":
            path = self.folder / f"{place}.mp4"
            path.write_bytes(mp4())
            return path
        return self.picture(f"{place}.png")

    def run_to_the_end(self, task: Task) -> Task:
        self.assertTrue(rounds.run_step(task.pk, "test"))
        return Task.objects.get(pk=task.pk)

    def test_it_ends_in_the_library_and_is_charged(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                before = ledger.account_of(self.team).available
                task = self.start(generator)
                outputs = [Output(address=str(self.sample(generator, place))) for place in range(task.pieces)]
                self.engine.will(
                    Update(state=State.RUNNING, progress=0.5), Update(state=State.SUCCEEDED, outputs=tuple(outputs))
                )
                task = self.run_to_the_end(task)
                self.assertEqual((task.status, len(task.results)), (Status.SUCCEEDED, task.pieces))
                self.assertEqual((task.hold.charged, task.hold.state), (task.hold.amount, "settled"))
                self.assertEqual(ledger.account_of(self.team).available, before - task.hold.amount)
                request = self.engine.performed[-1]
                self.assertEqual((request.kind, request.renderer), (generator.kind, generator.renderer))
                self.assertEqual(request.params, task.params)
                self.assertEqual(self.engine.forgotten[-1], str(task.pk))
                page = self.client.get(reverse("tasks:tool", args=[generator]))
                for asset in task.results:
                    self.assertEqual((asset.generator, asset.prompt), (generator.kind, task.prompt))
                    self.assertContains(page, asset.get_absolute_url())

    def test_a_failure_is_told_and_every_credit_returns(self) -> None:
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                task = self.start(generator)
                self.engine.will(ProviderError("The ink ran out.", code="507"))
                task = self.run_to_the_end(task)
                self.assertEqual((task.status, task.error, task.error_code), (Status.FAILED, "The ink ran out.", "507"))
                account = ledger.account_of(self.team)
                self.assertEqual((account.available, account.held), (STARTER, 0))
                page = self.client.get(reverse("tasks:tool", args=[generator]))
                self.assertContains(page, "The ink ran out.")

    def test_its_card_is_shown_in_every_state(self) -> None:
        paths = (
            (),
            (Status.SUBMITTING,),
            (Status.SUBMITTING, Status.RUNNING),
            (Status.SUBMITTING, Status.RUNNING, Status.STORING),
            (Status.SUBMITTING, Status.RUNNING, Status.STORING, Status.SUCCEEDED),
            (Status.SUBMITTING, Status.UNKNOWN),
            (Status.CANCELLED,),
            (Status.FAILED,),
        )
        self.assertEqual({path[-1] if path else Status.QUEUED for path in paths}, set(Status))
        for generator in registry.every():
            with self.subTest(kind=generator.kind):
                for path in paths:
                    task = self.start(generator)
                    for state in path:
                        task.advance(state)
                page = self.client.get(reverse("tasks:tool", args=[generator]))
                for state in Status:
                    self.assertContains(page, f'data-state="{state}"')
