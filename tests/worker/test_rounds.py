import errno
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from studio.credits import ledger
from studio.library.models import Asset
from studio.providers.contract import GenerationRequest, Output, State, Submission, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.fake import FakePerformer, FakeProvider
from studio.tasks import services
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import STARTER, StudioTestCase, stored


class RoundsTestCase(StudioTestCase):
    def step(self, task: Task, *, stop: bool = False) -> Task:
        rounds.run_step(task.pk, "test", lambda: stop)
        return Task.objects.get(pk=task.pk)

    def make_due(self, task: Task) -> None:
        Task.objects.filter(pk=task.pk).update(due_at=timezone.now(), lease_until=None)

    def done(self, *names: str) -> Update:
        outputs = tuple(Output(address=str(self.picture(name)), facts={"unread": ["zorb"]}) for name in names)
        return Update(state=State.SUCCEEDED, outputs=outputs)

    def available(self) -> int:
        return ledger.account_of(self.team).available


class PerformTests(RoundsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.engine = FakePerformer()
        self.use_engine(self.engine)

    def test_from_the_queue_to_the_library_in_one_step(self) -> None:
        self.engine.will(Update(state=State.RUNNING, progress=0.3), self.done("0.png", "1.png"))
        task = self.step(self.make_task(count=2))
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 2, STARTER - 200))
        self.assertEqual(
            [event.status for event in task.events.all()],
            [Status.QUEUED, Status.SUBMITTING, Status.RUNNING, Status.STORING, Status.SUCCEEDED],
        )
        self.assertEqual(task.results[0].facts, {"unread": ["zorb"]})
        self.assertEqual(self.engine.forgotten, [str(task.pk)])
        self.assertEqual(task.lease_until, None)

    def test_a_failure_is_told_and_costs_nothing(self) -> None:
        self.engine.will(ProviderError("The Local engine stopped.", code="crash"))
        task = self.step(self.make_task())
        self.assertEqual(
            (task.status, task.error, task.error_code), (Status.FAILED, "The Local engine stopped.", "crash")
        )
        self.assertEqual(self.available(), STARTER)

    def test_half_broken_outputs_are_charged_half(self) -> None:
        broken = self.folder / "broken.png"
        broken.write_bytes(b"not a picture")
        good = str(self.picture())
        self.engine.will(Update(state=State.SUCCEEDED, outputs=(Output(address=good), Output(address=str(broken)))))
        with self.assertLogs("studio.worker.keeping", "WARNING"):
            task = self.step(self.make_task(count=2))
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 1, STARTER - 100))

    def test_a_worker_that_leaves_hands_the_task_back(self) -> None:
        self.engine.will(Update(state=State.RUNNING, progress=0.3))
        task = self.step(self.make_task(), stop=True)
        self.assertEqual((task.status, task.attempts, task.lease_until), (Status.QUEUED, 0, None))
        self.engine.will(self.done("0.png"))
        self.assertEqual(self.step(task).status, Status.SUCCEEDED)

    def test_a_task_whose_worker_died_begins_again(self) -> None:
        task = self.make_task()
        dead = self.claimed(task)
        dead.advance(Status.SUBMITTING, fence=dead.fence)
        dead.advance(Status.RUNNING, fence=dead.fence)
        self.assertEqual(self.step(task).status, Status.RUNNING)  # its lease still holds
        Task.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        self.assertEqual(self.step(task).status, Status.QUEUED)
        self.engine.will(self.done("0.png"))
        self.assertEqual(self.step(task).status, Status.SUCCEEDED)
        self.assertFalse(services.apply_update(dead, self.done("0.png"), fence=dead.fence))

    def test_a_task_that_kills_its_worker_three_times_fails(self) -> None:
        task = self.make_task()
        Task.objects.filter(pk=task.pk).update(attempts=3)
        task = self.step(task)
        self.assertEqual((task.status, self.available()), (Status.FAILED, STARTER))
        self.assertEqual(self.engine.performed, [])

    def test_a_cancelled_render_stores_nothing(self) -> None:
        task = self.make_task()
        engine = self.engine

        class Cancelling(FakePerformer):
            def perform(self, request, *, on_update):  # type: ignore[no-untyped-def]
                services.cancel_task(Task.objects.get(pk=task.pk))
                return engine.perform(request, on_update=on_update)

        self.use_engine(Cancelling())
        engine.will(self.done("0.png"))
        self.assertEqual(self.step(task).status, Status.CANCELLED)
        self.assertFalse(Asset.objects.exists())
        self.assertEqual(self.available(), STARTER)

    def test_outputs_that_vanished_are_drawn_again(self) -> None:
        self.engine.will(Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.folder / "gone.png")),)))
        task = self.step(self.make_task())
        self.assertEqual(task.status, Status.QUEUED)
        self.engine.will(self.done("0.png"))
        self.assertEqual(self.step(task).status, Status.SUCCEEDED)

    def test_storing_twice_keeps_one_asset(self) -> None:
        task = self.claimed(self.make_task())
        task.advance(Status.SUBMITTING)
        task.advance(Status.RUNNING)
        services.apply_update(task, self.done("0.png"))
        stale = Task.objects.get(pk=task.pk)
        rounds.store(task, self.engine)
        rounds.store(stale, self.engine)
        self.assertEqual((Asset.objects.count(), self.available()), (1, STARTER - 100))

    def test_our_own_mistake_leaves_the_task_for_later(self) -> None:
        self.engine.will(ZeroDivisionError())
        task = self.make_task()
        with self.assertLogs("studio.worker.rounds", "ERROR"):
            task = self.step(task)
        self.assertEqual((task.status, task.lease_until), (Status.QUEUED, None))
        assert task.due_at is not None
        self.assertGreater(task.due_at, timezone.now())
        self.assertEqual(ledger.account_of(self.team).held, 100)
        self.make_due(task)
        self.engine.will(self.done("0.png"))
        self.assertEqual(self.step(task).status, Status.SUCCEEDED)

    def test_a_full_disk_makes_it_wait_and_counts_no_attempt(self) -> None:
        self.engine.will(OSError(errno.ENOSPC, "No space left on device"))
        with self.assertLogs("studio.worker.rounds", "ERROR"):
            task = self.step(self.make_task())
        self.assertEqual((task.status, task.stage, task.attempts), (Status.QUEUED, "disk-full", 0))
        self.assertEqual(ledger.account_of(self.team).held, 100)


class UpstreamTests(RoundsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.upstream = FakeProvider()
        self.use_engine(self.upstream)

    def test_submit_then_poll_then_store(self) -> None:
        task = self.step(self.make_task())
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, "fake-1"))
        self.upstream.will(Update(state=State.RUNNING, progress=0.4), self.done("0.png"))
        for expected in (Status.RUNNING, Status.STORING, Status.SUCCEEDED):
            self.make_due(task)
            task = self.step(task)
            self.assertEqual(task.status, expected)
        self.assertEqual((len(self.upstream.submitted), self.available()), (1, STARTER - 100))

    def storing(self, **params: Any) -> Task:
        """A task whose upstream has named its files: 0.png and 1.png."""
        task = self.step(self.make_task(**params))
        self.upstream.will(self.done("0.png", "1.png"))
        self.make_due(task)
        return self.step(task)

    def address(self, name: str) -> str:
        return str(self.folder / name)

    def test_a_file_that_cannot_be_had_now_is_stored_later(self) -> None:
        task = self.storing(count=2)
        self.upstream.refusals[self.address("1.png")] = ProviderError("busy", retryable=True)
        with self.assertLogs("studio.worker.rounds", "WARNING"):
            task = self.step(task)
        self.assertEqual((task.status, task.lease_until, Asset.objects.count()), (Status.STORING, None, 1))
        assert task.due_at is not None
        self.assertGreater(task.due_at, timezone.now())
        self.upstream.refusals = {self.address("0.png"): FileNotFoundError()}  # that one is at home already
        self.make_due(task)
        task = self.step(task)
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 2, STARTER - 200))

    def test_a_file_that_is_lost_upstream_is_not_charged(self) -> None:
        task = self.storing(count=2)
        self.upstream.refusals[self.address("0.png")] = FileNotFoundError()
        with self.assertLogs("studio.worker.keeping", "WARNING"):
            task = self.step(task)
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 1, STARTER - 100))

    def test_a_file_that_is_lost_upstream_while_it_was_being_kept_is_not_lost(self) -> None:
        task = self.storing(count=2)
        with patch.object(Asset, "save", side_effect=ZeroDivisionError), self.assertLogs("studio.worker.rounds"):
            task = self.step(task)
        self.assertEqual((task.status, Asset.objects.count()), (Status.STORING, 0))
        self.upstream.refusals[self.address("0.png")] = FileNotFoundError()
        self.make_due(task)
        task = self.step(task)
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 2, STARTER - 200))
        self.assertEqual(stored(task.results[0].name), (self.folder / "0.png").read_bytes())

    def test_a_refusal_returns_the_credits(self) -> None:
        self.upstream.will(ProviderError("Not enough credits at Kie.", code="402"))
        task = self.step(self.make_task())
        self.assertEqual((task.status, task.error_code, self.available()), (Status.FAILED, "402", STARTER))

    def test_an_unknown_outcome_is_never_sent_again_and_is_released_after_a_day(self) -> None:
        self.upstream.will(OutcomeUnknownError())
        task = self.step(self.make_task())
        self.assertEqual((task.status, ledger.account_of(self.team).held), (Status.UNKNOWN, 100))
        self.assertFalse(rounds.run_step(task.pk, "test"))
        assert task.due_at is not None
        self.assertGreater(task.due_at, timezone.now() + timedelta(hours=23))
        self.make_due(task)
        task = self.step(task)
        self.assertEqual((task.status, self.available(), len(self.upstream.submitted)), (Status.FAILED, STARTER, 1))

    def test_a_worker_that_died_before_sending_leaves_it_waiting(self) -> None:
        dead = self.claimed(self.make_task())
        self.make_due(dead)
        self.assertTrue(rounds.carry_on(dead.pk, "another"))
        self.assertEqual(Task.objects.get(pk=dead.pk).status, Status.QUEUED)
        self.assertEqual(self.step(dead).status, Status.RUNNING)
        self.assertEqual(len(self.upstream.submitted), 1)

    def test_an_answer_that_comes_after_the_lease_is_still_good(self) -> None:
        task = self.make_task()
        upstream = self.upstream

        class Slow(FakeProvider):
            def submit(self, request: GenerationRequest) -> Submission:
                assert request.before_sending()
                late = Task.objects.get(pk=task.pk)
                Task.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
                assert rounds.carry_on(late.pk, "another")
                assert Task.objects.get(pk=task.pk).status == Status.UNKNOWN
                return upstream.submit(replace(request, before_sending=lambda: True))

        self.use_engine(Slow())
        task = self.step(task)
        self.assertEqual((task.status, task.upstream_id, len(upstream.submitted)), (Status.RUNNING, "fake-1", 1))

    def test_a_worker_that_died_while_sending_leaves_it_unknown(self) -> None:
        dead = self.claimed(self.make_task())
        self.assertTrue(services.note_sending(dead))
        self.make_due(dead)
        self.assertEqual(self.step(dead).status, Status.UNKNOWN)
        self.assertEqual(self.upstream.submitted, [])

    def test_a_query_that_failed_for_now_is_asked_again(self) -> None:
        task = self.step(self.make_task())
        self.upstream.will(ProviderError("busy", retryable=True))
        self.make_due(task)
        task = self.step(task)
        self.assertEqual(task.status, Status.RUNNING)
        assert task.due_at is not None
        self.assertGreater(task.due_at, timezone.now())

    def test_a_query_that_failed_for_now_keeps_what_is_known(self) -> None:
        task = self.step(self.make_task())
        self.upstream.will(Update(state=State.RUNNING, progress=0.4), ProviderError("busy", retryable=True))
        for _ in range(2):
            self.make_due(task)
            task = self.step(task)
        self.assertEqual((task.status, task.progress), (Status.RUNNING, 400))

    def test_a_task_that_was_cancelled_is_not_sent(self) -> None:
        task = self.make_task()
        services.cancel_task(task)
        self.assertFalse(rounds.run_step(task.pk, "test"))
        self.assertEqual(self.upstream.submitted, [])
