"""What happens when the disk or a team's quota is full: nothing new begins, nothing is held, everyone is told."""

import errno
from unittest.mock import patch

from django.test import override_settings

from studio.credits import ledger
from studio.credits.models import Hold
from studio.library import space, storage
from studio.library.models import Asset, Usage
from studio.providers.contract import Output, State, Update
from studio.providers.fake import FakePerformer, FakeProvider
from studio.tasks import pulse, queue, services
from studio.tasks.bench import fresh_key
from studio.tasks.cards import Card
from studio.tasks.feed import SHORT, Sight
from studio.tasks.models import Task
from studio.tasks.states import DISK_FULL, Status
from studio.worker import rounds
from tests.base import HTMX, STARTER, StudioTestCase

WAITS = "Waiting for disk space. Nothing is lost."
LOW = patch.object(space, "disk_is_low", return_value=True)
FULL = OSError(errno.ENOSPC, "No space left on device")


class RefusalTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.alice)
        self.wish = {"prompt": "a fox", "size": "1:1", "count": "1", "engine": "local"}

    def press(self, key: str = "") -> tuple[int, str]:
        wish = {**self.wish, "idempotency_key": key or fresh_key()}
        response = self.client.post("/image/tasks/", wish, headers=HTMX)
        return response.status_code, response.content.decode()

    def use_up(self) -> None:
        Usage.objects.create(team=self.team, bytes=1024**3, files=1)
        quota = override_settings(TEAM_QUOTA=1024**3)
        quota.enable()
        self.addCleanup(quota.disable)

    def assert_nothing_began(self) -> None:
        self.assertFalse(Task.objects.exists())
        self.assertFalse(Hold.objects.exists())

    def test_a_full_disk_is_told_on_the_form_which_stays_filled(self) -> None:
        with LOW:
            status, page = self.press()
        self.assertEqual(status, 422)
        self.assertIn("disk is almost full", page)
        self.assertIn("a fox", page)
        self.assertIn("disabled", page)
        self.assertNotIn("See credits", page)
        self.assert_nothing_began()

    def test_a_team_at_its_quota_is_told_so_and_others_are_not(self) -> None:
        self.use_up()
        status, page = self.press()
        self.assertEqual(status, 422)
        self.assertIn("1.0\xa0GB of 1.0\xa0GB are used", page)
        self.assert_nothing_began()
        self.sign_in(self.charlie)
        self.assertEqual(self.press()[0], 200)

    def test_the_button_is_off_before_the_press_and_says_why(self) -> None:
        self.use_up()
        for member, words in ((self.alice, "storage is full"), (self.vera, "Viewers can look")):
            with self.subTest(member=member.user.name):
                self.sign_in(member)
                page = self.client.get("/image/").content.decode()
                self.assertIn(words, page)
                self.assertIn(words, self.client.get("/image/quote/", self.wish, headers=HTMX).content.decode())

    def test_a_wallet_that_is_too_small_still_leads_to_the_credits(self) -> None:
        with patch("studio.tasks.quotes.ledger.account_of") as account:
            account.return_value.available = 0
            page = self.client.get("/image/quote/", self.wish, headers=HTMX).content.decode()
        self.assertIn("See credits", page)

    def test_again_is_refused_with_a_toast(self) -> None:
        task = self.make_task()
        with LOW:
            response = self.client.post(f"/tasks/{task.pk}/again/", {"idempotency_key": "a" * 32}, headers=HTMX)
        self.assertEqual(response.status_code, 204)
        self.assertIn("almost full", response["HX-Trigger"])
        self.assertEqual(Task.objects.count(), 1)

    def test_a_double_press_finds_its_task_although_the_disk_is_full_by_now(self) -> None:
        key = fresh_key()
        self.assertEqual(self.press(key)[0], 200)
        with LOW:
            self.assertEqual(self.press(key)[0], 200)
        self.assertEqual(Task.objects.count(), 1)


class QueueTests(StudioTestCase):
    def card(self, task: Task) -> Card:
        return Card(Task.objects.get(pk=task.pk), self.alice)

    def test_nothing_starts_until_there_is_room_and_the_pages_are_told_both_times(self) -> None:
        for engine, performing in ((FakePerformer(), True), (FakeProvider(), False)):
            with self.subTest(performing=performing):
                self.use_engine(engine)
                task = self.make_task()
                seen = pulse.version_of(self.team.pk)
                with LOW:
                    for _look in range(2):
                        self.assertEqual(queue.next_in_line(9, performing=performing), [])
                self.assertEqual(self.card(task).stage, WAITS)
                self.assertEqual(pulse.version_of(self.team.pk), seen + 1, "told once")
                sight = Sight("image", frozenset({str(task.pk)[:SHORT]}))
                self.assertEqual([card.id for card in pulse.news_for(self.alice, seen, sight).waits], [task.pk])
                self.assertEqual(queue.next_in_line(9, performing=performing), [task.pk])
                self.assertEqual(self.card(task).stage, "Next in line")
                self.assertEqual(pulse.version_of(self.team.pk), seen + 2)
                services.cancel_task(task)

    def test_an_empty_queue_does_not_ask_for_the_disk(self) -> None:
        with LOW as low:
            self.assertEqual(queue.next_in_line(9, performing=True), [])
        low.assert_not_called()


class CarriedTests(StudioTestCase):
    """A disk that becomes full under a task: it waits, no attempt is counted, its result is kept later."""

    def setUp(self) -> None:
        super().setUp()
        self.engine = FakePerformer()
        self.use_engine(self.engine)

    def step(self, task: Task) -> Task:
        Task.objects.filter(pk=task.pk).update(due_at=task.created_at)
        rounds.run_step(task.pk, "test")
        return Task.objects.get(pk=task.pk)

    def done(self) -> Update:
        return Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),))

    def test_a_render_without_room_waits_in_the_queue(self) -> None:
        task = self.make_task()
        for _try in range(4):  # more often than a task may be attempted
            self.engine.will(FULL)
            with self.assertLogs("studio.worker.rounds", "ERROR"):
                task = self.step(task)
            self.assertEqual((task.status, task.stage, task.attempts), (Status.QUEUED, DISK_FULL, 0))
            self.assertEqual(Card(task, self.alice).stage, WAITS)
        self.engine.will(self.done())
        self.assertEqual(self.step(task).status, Status.SUCCEEDED)

    def test_a_result_that_cannot_be_stored_waits_and_says_so(self) -> None:
        task = self.make_task()
        self.engine.will(self.done())
        with patch.object(storage, "keep", side_effect=FULL), self.assertLogs("studio.worker.rounds", "ERROR"):
            task = self.step(task)
        self.assertEqual((task.status, task.stage, task.lease_until), (Status.STORING, DISK_FULL, None))
        self.assertEqual(Card(task, self.alice).stage, WAITS)
        self.assertEqual(task.version, pulse.version_of(self.team.pk), "the pages are told")
        self.assertEqual(self.engine.forgotten, [])
        with override_settings(TEAM_QUOTA=1):  # what runs is always kept
            Usage.objects.create(team=self.team, bytes=9, files=1)
            task = self.step(task)
        self.assertEqual((task.status, len(task.results), task.hold.charged), (Status.SUCCEEDED, 1, 100))
        self.assertEqual(Asset.objects.count(), 1)

    def test_the_credits_stay_held_meanwhile(self) -> None:
        task = self.make_task()
        self.engine.will(FULL)
        with self.assertLogs("studio.worker.rounds", "ERROR"):
            task = self.step(task)
        self.assertEqual(task.hold.state, Hold.State.OPEN)
        self.assertTrue(services.cancel_task(task))
        self.assertEqual(ledger.account_of(self.team).available, STARTER)
