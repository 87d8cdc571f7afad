"""The buttons of a card: one press is one task, and each works without scripts."""

import re
import threading
import uuid

from django.db import connections
from django.test import Client, TransactionTestCase

from studio.accounts.models import Role, Team
from studio.credits import ledger
from studio.credits.models import Hold
from studio.tasks import services
from studio.tasks.models import Task
from tests.base import HTMX, STARTER, StudioTestCase
from tests.tasks.test_views import ViewsTestCase

BUTTON = re.compile(r'formaction="([^"]+)"(?: name="idempotency_key" value="([0-9a-f]{32})")? id="again-')


class PressTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.alice)
        self.task = self.make_task()
        services.cancel_task(self.task)

    def button(self, page: str = "/image/") -> tuple[str, str]:
        found = BUTTON.search(self.client.get(page).content.decode())
        assert found is not None
        return found[1], found[2]

    def test_a_double_press_is_one_task(self) -> None:
        url, key = self.button()
        cards = [self.client.post(url, {"idempotency_key": key}, headers=HTMX).context["card"].id for _ in range(2)]
        self.assertEqual(cards[0], cards[1])
        self.assertEqual((Task.objects.count(), Hold.objects.count(), self.available()), (2, 2, STARTER - 100))

    def test_every_rendering_has_a_key_of_its_own(self) -> None:
        keys = {self.button()[1], self.button()[1], self.button(f"/tasks/{self.task.pk}/")[1]}
        self.assertEqual(len(keys), 3)

    def test_a_press_without_a_key_makes_nothing(self) -> None:
        for key in ("", "x", "A" * 32, "a" * 33, "\0"):
            response = self.client.post(f"/tasks/{self.task.pk}/again/", {"idempotency_key": key}, headers=HTMX)
            self.assertIn("not sent completely", response["HX-Trigger"])
        self.assertEqual(Task.objects.count(), 1)

    def test_the_button_of_an_asset_has_a_key(self) -> None:
        asset = self.make_asset(request=self.task.pk)
        pages = [self.client.get(f"/library/{asset.pk}/") for _ in range(2)]
        keys = [re.findall(r'name="idempotency_key" value="([0-9a-f]{32})"', page.content.decode()) for page in pages]
        self.assertNotEqual(keys[0], keys[1])
        for _ in range(2):
            sent = {"idempotency_key": keys[0][0]}
            self.assertRedirects(self.client.post(f"/tasks/{self.task.pk}/again/", sent), "/image/")
        self.assertEqual(Task.objects.count(), 2)

    def test_only_a_form_gets_another_key(self) -> None:
        """On a page without the form there is nothing that could take it."""
        self.assertNotContains(self.act("again", self.task), 'id="idempotency-key"')

    def test_without_scripts_a_button_is_of_a_form_that_is_there(self) -> None:
        page = self.client.get("/image/")
        self.assertContains(page, '<form id="act" method="post" hidden><input type="hidden" name="csrfmiddlewaretoken"')
        self.assertContains(page, f'type="submit" form="act" formaction="/tasks/{self.task.pk}/again/"')

    def test_without_scripts_a_refusal_is_said_on_the_next_page(self) -> None:
        other = self.make_task()
        self.sign_in(self.bob)
        response = self.client.post(f"/tasks/{other.pk}/cancel/", follow=True)
        self.assertRedirects(response, "/image/")
        self.assertContains(response, "Only the person who made it, or an admin, can stop it.")


class SameMomentTests(TransactionTestCase):
    def test_two_presses_at_the_same_moment_are_one_task(self) -> None:
        team = Team.objects.create(name="Harbour Team")
        alice = StudioTestCase.join(team, "Alice Lind", Role.OWNER)
        ledger.grant(team=team, amount=STARTER)
        self.team, self.alice = team, alice
        task = StudioTestCase.make_task(self, alice)  # type: ignore[arg-type]  # the helper needs no more than this
        sent = {"idempotency_key": uuid.uuid4().hex}
        gate, answers = threading.Barrier(2), []

        def press() -> None:
            client = Client()
            client.force_login(alice.user)
            gate.wait()
            answers.append(client.post(f"/tasks/{task.pk}/again/", sent, headers=HTMX).status_code)
            connections.close_all()

        presses = [threading.Thread(target=press) for _ in range(2)]
        for each in presses:
            each.start()
        for each in presses:
            each.join()
        self.assertEqual(answers, [200, 200])
        self.assertEqual((Task.objects.count(), Hold.objects.count()), (2, 2))
        self.assertEqual(ledger.account_of(team).available, STARTER - 200)
