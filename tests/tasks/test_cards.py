"""What a card says in each state, and what its buttons do."""

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from studio.accounts.models import Member
from studio.catalog import registry
from studio.credits import ledger
from studio.providers.contract import State, Update
from studio.providers.fake import FakeProvider
from studio.tasks import queue, services
from studio.tasks.cards import Card, Outlook
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.base import HTMX, STARTER, StudioTestCase
from tests.tasks.test_views import ESCAPED, SCRIPT, ViewsTestCase, unknown

RUNNING = (Status.SUBMITTING, Status.RUNNING)


class CardsTestCase(StudioTestCase):
    def card(self, task: Task, member: Member | None = None) -> Card:
        return Card(Task.objects.get(pk=task.pk), member or self.alice)

    def moved(self, *states: Status, **params: Any) -> Task:
        task = self.make_task(**params)
        for state in states:
            task.advance(state)
        return task

    def finished(self, count: int, kept: int) -> Task:
        task = self.moved(Status.SUBMITTING, Status.RUNNING, Status.STORING, count=count)
        facts = [self.make_asset(request=task.pk, position=position) for position in range(kept)]
        services.finish_task(task, facts)
        return task


class WordsTests(CardsTestCase):
    def test_it_says_how_many_wait_before_it(self) -> None:
        tasks = [self.make_task(member) for member in (self.alice, self.charlie, self.bob)]
        stages = [self.card(task).stage for task in tasks]
        self.assertEqual(stages, ["Next in line", "1 task ahead", "2 tasks ahead"])
        services.cancel_task(tasks[0])
        self.assertEqual(self.card(tasks[2]).stage, "1 task ahead")

    def test_far_back_in_the_queue_it_counts_no_further(self) -> None:
        first, second = self.make_task(), self.make_task()
        outlook = Outlook(self.team)
        with patch.object(queue, "DEPTH", 1):
            stages = [Card(task, self.alice, outlook).stage for task in (first, second)]
        self.assertEqual(stages, ["Next in line", "In the queue"])

    def test_it_says_only_the_progress_that_the_engine_told(self) -> None:
        task = self.moved(Status.SUBMITTING, Status.RUNNING, count=2)
        self.assertEqual((self.card(task).percent, self.card(task).stage), (None, "Running"))
        services.apply_update(task, Update(state=State.RUNNING, progress=0.567, stage="drawing 2/2"))
        self.assertEqual((self.card(task).percent, self.card(task).stage), (56, "Drawing 2 of 2"))

    def test_it_names_the_other_states(self) -> None:
        for states, label in (((Status.SUBMITTING,), "Starting"), ((Status.SUBMITTING, Status.RUNNING), "Running")):
            self.assertEqual(self.card(self.moved(*states)).stage, label)
        self.assertEqual(self.card(self.moved(Status.SUBMITTING, Status.RUNNING, Status.STORING)).stage, "Storing")

    def test_it_says_what_came_of_it_and_what_it_cost(self) -> None:
        card = self.card(self.finished(count=2, kept=2))
        self.assertEqual(card.facts[:3], ["1:1", "2 images", "2 credits"])
        self.assertRegex(card.facts[3], r"^Alice, \d\d:\d\d$")
        self.assertEqual((len(card.assets), card.missing_note, len(card.placeholders)), (2, "", 0))

    def test_it_says_what_could_not_be_kept(self) -> None:
        card = self.card(self.finished(count=4, kept=1))
        self.assertEqual(card.missing_note, "3 of 4 could not be kept. 3 credits came back.")
        self.assertEqual(len(card.placeholders), 3)

    def test_it_says_the_day_when_it_is_another(self) -> None:
        task = self.make_task()
        day = timezone.now() - timedelta(days=400)
        Task.objects.filter(pk=task.pk).update(created_at=day)
        self.assertRegex(self.card(task).facts[-1], rf"^Alice, .*{day.year}.* \d\d:\d\d$")

    def test_it_says_what_happened_to_the_credits(self) -> None:
        failed = self.make_task(count=2)
        services.fail_task(failed, error="The ink ran out.", code="507")
        cancelled = self.make_task()
        services.cancel_task(cancelled)
        lost = unknown(self.make_task())
        for task, kind, words, money in (
            (failed, "bad", "The ink ran out.", "2 credits returned."),
            (cancelled, "plain", "Stopped before it was done.", "1 credit returned."),
            (lost, "warn", "Nothing is sent twice by itself.", "1 credit held."),
        ):
            note = self.card(task).note
            assert note is not None
            self.assertEqual((note.kind, note.money), (kind, money))
            self.assertIn(words, note.sentence)
        self.assertIsNone(self.card(self.make_task()).note)

    def test_it_offers_what_can_be_done(self) -> None:
        offers = {
            Status.QUEUED: ("Cancel, 0 credits", False, False),
            Status.RUNNING: ("Cancel", False, False),
            Status.STORING: ("", False, False),
            Status.UNKNOWN: ("", True, True),
        }
        paths = {
            Status.QUEUED: (),
            Status.RUNNING: (Status.SUBMITTING, Status.RUNNING),
            Status.STORING: (Status.SUBMITTING, Status.RUNNING, Status.STORING),
            Status.UNKNOWN: (Status.SUBMITTING, Status.UNKNOWN),
        }
        for status, path in paths.items():
            task = self.moved(*path)
            card = self.card(task)
            self.assertEqual((card.cancel_label, card.can_again, card.can_release), offers[status], status)
            self.assertEqual(bool(card.cancel_hint), bool(card.cancel_label), status)
            other = self.card(task, self.bob)
            self.assertEqual((other.cancel_label, other.can_release), ("", False), status)
            viewer = self.card(task, self.vera)
            self.assertEqual((viewer.cancel_label, viewer.can_again, viewer.can_release), ("", False, False), status)

    def test_it_offers_to_stop_following_where_the_work_would_go_on(self) -> None:
        self.use_engine(FakeProvider())
        self.assertEqual(self.card(self.make_task()).cancel_label, "Cancel, 0 credits")
        sent = self.claimed(self.make_task())
        self.assertEqual(self.card(sent).cancel_label, "Cancel")
        services.note_sending(sent)
        self.assertEqual(self.card(sent).cancel_label, "Stop following")


class StopTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bob)

    def test_it_cancels_what_waits_and_returns_the_credits(self) -> None:
        task = self.make_task(self.bob, count=2)
        response = self.act("cancel", task)
        self.assertContains(response, f'id="task-{task.pk}" data-state="cancelled"')
        self.assertContains(response, "2 credits returned.")
        self.assertContains(response, "<b>1,000</b>", msg_prefix="the balance")
        self.assertEqual(self.available(), STARTER)

    def test_it_shows_a_finished_task_as_it_is(self) -> None:
        task = self.make_task(self.bob)
        for status in (Status.SUBMITTING, Status.RUNNING, Status.STORING):
            task.advance(status)
        services.finish_task(task, [self.make_asset(request=task.pk)])
        response = self.act("cancel", task)
        self.assertContains(response, 'data-state="succeeded"')
        self.assertEqual((Task.objects.get().status, self.available()), (Status.SUCCEEDED, STARTER - 100))

    def test_a_member_does_not_stop_what_another_made(self) -> None:
        task, lost = self.make_task(self.alice), unknown(self.make_task(self.alice))
        for name, target, words in (("cancel", task, "can stop it"), ("release", lost, "can release it")):
            response = self.act(name, target)
            told = json.loads(response["HX-Trigger"])["toast"]
            self.assertEqual((response.status_code, response.content, told["kind"]), (204, b"", "error"))
            self.assertIn(words, told["title"])
        self.assertEqual([Task.objects.get(pk=t.pk).status for t in (task, lost)], [Status.QUEUED, Status.UNKNOWN])

    def test_an_owner_stops_what_a_member_made(self) -> None:
        task, lost = self.make_task(self.bob), unknown(self.make_task(self.bob))
        self.sign_in(self.alice)
        self.assertContains(self.act("cancel", task), 'data-state="cancelled"')
        self.assertContains(self.act("release", lost), 'data-state="failed"')

    def test_it_releases_only_what_is_unknown(self) -> None:
        task, lost = self.make_task(self.bob), unknown(self.make_task(self.bob))
        self.assertContains(self.act("release", task), 'data-state="queued"')
        self.assertEqual(self.available(), STARTER - 200)
        response = self.act("release", lost)
        self.assertContains(response, 'data-state="failed"')
        self.assertContains(response, "Nothing was heard of this request, so it was released.")
        self.assertEqual(self.available(), STARTER - 100)

    def test_it_leads_to_the_page_without_htmx(self) -> None:
        task, lost = self.make_task(self.bob), unknown(self.make_task(self.bob))
        for name, target in (("cancel", task), ("release", lost), ("again", task)):
            self.assertRedirects(self.client.post(f"/tasks/{target.pk}/{name}/"), "/image/")


class AgainTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bob)

    def test_it_makes_the_same_wish_with_another_seed(self) -> None:
        first = self.make_task(self.alice, prompt="a red fox", size="3:2", count=2, seed=7)
        response = self.act("again", first)
        second = Task.objects.exclude(pk=first.pk).get()
        self.assertContains(response, f'id="task-{second.pk}" data-state="queued"')
        self.assertEqual({**second.params, "seed": 7}, first.params)
        self.assertNotEqual(second.params["seed"], 7)
        self.assertEqual((second.made_by, self.available()), (self.bob.user, STARTER - 400))

    def test_it_says_both_numbers_when_the_wallet_is_too_small(self) -> None:
        task = self.make_task(count=4)
        ledger.hold(team=self.team, amount=STARTER - 550)
        response = self.act("again", task)
        told = json.loads(response["HX-Trigger"])["toast"]
        self.assertEqual((told["kind"], told["title"]), ("error", "This costs 4 credits, 1.5 are available."))
        self.assertEqual((response.status_code, Task.objects.count(), self.available()), (204, 1, 150))

    def test_it_says_so_when_the_engine_is_gone(self) -> None:
        task = self.make_task()
        Task.objects.filter(pk=task.pk).update(provider="steam")
        response = self.act("again", task)
        self.assertIn("engine is not here", json.loads(response["HX-Trigger"])["toast"]["title"])
        self.assertEqual(Task.objects.count(), 1)


class RemixTests(CardsTestCase):
    def test_a_finished_card_offers_a_form_filled_with_its_wish(self) -> None:
        task = self.finished(count=1, kept=1)
        for member, offers in ((self.bob, True), (self.vera, False)):
            self.sign_in(member)
            page = self.client.get("/image/").content.decode()
            self.assertIs(f'id="remix-{task.pk}" href="/image/?from={task.pk}"' in page, offers, member)


class GoneTests(CardsTestCase):
    """Tools come and go; what was asked and paid for stays."""

    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.alice)
        self.failed, self.lost = self.make_task(prompt="a whale"), unknown(self.make_task(prompt="a fox"))
        services.fail_task(self.failed, error="The ink ran out.")
        self.tasks = [self.finished(count=2, kept=2), self.failed, self.lost, self.make_task(), self.moved(*RUNNING)]
        self.asset = self.tasks[0].results[0]

    def check_pages(self) -> None:
        for task in self.tasks:
            for url in (f"/tasks/{task.pk}/", f"/tasks/{task.pk}/details/"):
                self.assertContains(self.client.get(url), str(task.pk))
            page = self.client.get(f"/tasks/{task.pk}/")
            self.assertContains(page, task.prompt)
            self.assertContains(page, task.get_status_display())
            self.assertContains(page, "This tool is no longer here.")
            self.assertNotContains(page, "/again/")
            response = self.client.post(f"/tasks/{task.pk}/again/", {"idempotency_key": "a" * 32}, headers=HTMX)
            self.assertIn("no longer here", response["HX-Trigger"])
        self.assertContains(self.client.get(f"/tasks/{self.failed.pk}/"), "1 credit returned.")
        self.assertContains(self.client.get(f"/tasks/{self.tasks[0].pk}/"), self.asset.get_absolute_url())
        held = ",".join(str(task.pk)[:8] for task in self.tasks)
        self.assertContains(self.client.get("/pulse/", {"since": "0", "held": held}), "a whale")
        self.assertEqual(self.client.post(f"/tasks/{self.lost.pk}/release/", headers=HTMX).status_code, 200)

    def test_a_task_of_a_removed_slice_is_still_shown(self) -> None:
        with patch.dict(registry._generators, clear=True):
            self.check_pages()
            page = self.client.get(f"/library/{self.asset.pk}/")
            self.assertNotContains(page, "Run again")
            response = self.client.post(f"/tasks/{self.tasks[3].pk}/cancel/")
            self.assertRedirects(response, f"/tasks/{self.tasks[3].pk}/")

    def test_a_task_whose_parameters_nobody_reads_any_more_is_still_shown(self) -> None:
        Task.objects.update(params={"prompt": "a whale", "brush": "wide"})
        self.check_pages()
        self.assertContains(self.client.get("/image/"), "This tool is no longer here.", 5)

    def test_a_task_of_a_removed_engine_is_still_shown(self) -> None:
        Task.objects.update(provider="steam", connection="steam")
        for url in ("/image/", *(f"/tasks/{task.pk}/" for task in self.tasks)):
            self.assertContains(self.client.get(url), "steam")


class DetailsTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.vera)

    def test_it_tells_parameters_money_words_and_history(self) -> None:
        task = self.make_task(count=2, seed=4711)
        for status in (Status.SUBMITTING, Status.RUNNING, Status.STORING):
            task.advance(status)
        assets = [self.make_asset(request=task.pk, position=place) for place in range(2)]
        for asset, unread in zip(assets, (["zorb", "quux"], ["quux", "zorb", "flim"]), strict=True):
            asset.facts = {"unread": unread}
            asset.save(update_fields=["facts"])
        services.finish_task(task, assets[:2])
        for url in (f"/tasks/{task.pk}/", f"/tasks/{task.pk}/details/"):
            page = self.client.get(url)
            for words in ("4711", "zorb, quux, flim", "Local engine", "Alice Lind", str(task.pk)):
                self.assertContains(page, words)
            self.assertEqual(
                [event.label for event in page.context["events"]],
                ["Waiting", "Starting", "Running", "Storing", "Done"],
            )
            facts = dict(page.context["facts"])
            self.assertEqual((facts["Held"], facts["Charged"], facts["State"]), ("2", "2", "Done"))
            self.assertNotIn("Upstream id", facts)

    def test_it_tells_why_a_task_failed(self) -> None:
        task = self.make_task()
        services.fail_task(task, error="The ink ran out.", code="507")
        page = self.client.get(f"/tasks/{task.pk}/details/")
        self.assertContains(page, "The ink ran out.")
        self.assertEqual(dict(page.context["facts"])["Code"], "507")


class HostileWordsTests(ViewsTestCase):
    def test_it_shows_words_as_words_everywhere(self) -> None:
        self.sign_in(self.alice)
        done = self.make_task(prompt=SCRIPT)
        for status in (Status.SUBMITTING, Status.RUNNING, Status.STORING):
            done.advance(status)
        asset = self.make_asset(request=done.pk, prompt=SCRIPT, parameters=done.params)
        asset.facts = {"unread": [SCRIPT]}
        asset.save(update_fields=["facts"])
        services.finish_task(done, [asset])
        failed = self.make_task(prompt=SCRIPT)
        services.fail_task(failed, error=SCRIPT, code=SCRIPT[:32])
        for url in (
            "/image/",
            f"/image/?from={done.pk}",
            f"/tasks/{done.pk}/",
            f"/tasks/{done.pk}/details/",
            f"/tasks/{failed.pk}/",
            f"/tasks/{failed.pk}/details/",
            "/pulse/?since=0&place=image",
            "/",
            f"/library/{asset.pk}/",
            f"/library/{asset.pk}/viewer/",
            "/team/credits/",
        ):
            with self.subTest(url=url):
                page = self.client.get(url)
                self.assertNotContains(page, "<script>alert")
                self.assertContains(page, ESCAPED)
        for response in (self.press(prompt=SCRIPT), self.act("again", failed), self.act("cancel", failed)):
            self.assertNotContains(response, "<script>alert")
            self.assertContains(response, ESCAPED)
        refused = self.press(prompt=SCRIPT, size=SCRIPT)
        self.assertNotContains(refused, "<script>alert", status_code=422)
        self.assertContains(refused, ESCAPED, status_code=422)
