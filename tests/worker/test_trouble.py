"""What goes wrong between us and an upstream, and what becomes of the task and its credits."""

from datetime import timedelta
from unittest.mock import patch

from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from studio.catalog import registry as catalog
from studio.credits import ledger
from studio.library.models import Asset
from studio.providers.contract import GenerationRequest, Output, State, Submission, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.fake import FakeProvider
from studio.tasks import leases, services
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status
from studio.worker import keeping, persist, rounds
from tests.base import STARTER
from tests.worker.test_rounds import RoundsTestCase

BUSY = ProviderError("Kie is busy.", code="429", retryable=True, retry_after=90)
RUNNING = Update(state=State.RUNNING)


class TroubleTestCase(RoundsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.upstream = FakeProvider()
        self.use_engine(self.upstream)

    def again(self, task: Task) -> Task:
        self.make_due(task)
        return self.step(task)

    def make_older(self, task: Task, age: timedelta) -> None:
        Task.objects.filter(pk=task.pk).update(started_at=timezone.now() - age)
        TaskEvent.objects.filter(task=task).update(at=timezone.now() - age)

    def seconds_until(self, task: Task) -> float:
        assert task.due_at is not None
        return (task.due_at - timezone.now()).total_seconds()


class RefusalTests(TroubleTestCase):
    def test_what_is_refused_for_now_waits_in_the_queue_and_goes_on_by_itself(self) -> None:
        self.upstream.will(BUSY)
        task = self.step(self.make_task())
        self.assertEqual((task.status, task.sent_at, task.lease_holder), (Status.QUEUED, None, ""))
        self.assertAlmostEqual(self.seconds_until(task), 90, delta=5)
        self.assertEqual(ledger.account_of(self.team).held, 100)
        self.assertEqual(self.again(task).status, Status.RUNNING)
        self.assertEqual(len(self.upstream.submitted), 2)

    def test_but_not_for_ever(self) -> None:
        task = self.make_task()
        Task.objects.filter(pk=task.pk).update(created_at=timezone.now() - 2 * keeping.GIVE_UP)
        self.upstream.will(BUSY)
        task = self.step(task)
        self.assertEqual((task.status, task.error_code, self.available()), (Status.FAILED, "429", STARTER))

    def test_a_refusal_that_comes_after_the_lease_is_believed(self) -> None:
        task, refusal = self.make_task(), ProviderError("No.", code="402")

        class Slow(FakeProvider):
            def submit(self, request: GenerationRequest) -> Submission:
                assert request.before_sending()
                Task.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
                rounds.carry_on(task.pk, "another")
                assert Task.objects.get(pk=task.pk).status == Status.UNKNOWN
                raise refusal

        self.use_engine(Slow())
        task = self.step(task)
        self.assertEqual((task.status, task.error_code, self.available()), (Status.FAILED, "402", STARTER))


class AnswerTests(TroubleTestCase):
    def away(self, times: int) -> None:
        """The database does not answer the next few moves to `running`."""
        advance, left = Task.advance, [times]

        def move(task: Task, to: Status, **changes: object) -> bool:
            if to == Status.RUNNING and left[0]:
                left[0] -= 1
                raise OperationalError
            return advance(task, to, **changes)  # type: ignore[arg-type]

        for patcher in (patch.object(Task, "advance", move), patch("studio.worker.persist.time.sleep")):
            patcher.start()
            self.addCleanup(patcher.stop)
        close = patch("studio.worker.persist.connection.close")
        close.start()
        self.addCleanup(close.stop)

    def test_an_id_is_written_down_however_long_the_database_takes(self) -> None:
        self.away(len(persist.PERSIST) - 1)
        with self.assertLogs("studio.worker.persist", "WARNING"):
            task = self.step(self.make_task())
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, "fake-1"))

    def test_when_it_stays_away_the_request_is_not_sent_again(self) -> None:
        self.away(len(persist.PERSIST))
        with self.assertLogs("studio.worker", "WARNING"):
            task = self.step(self.make_task())
        self.assertEqual(self.again(task).status, Status.UNKNOWN)
        self.assertEqual(len(self.upstream.submitted), 1)


class PatienceTests(TroubleTestCase):
    def test_what_is_silent_for_too_long_is_given_up(self) -> None:
        task = self.step(self.make_task())
        self.make_older(task, catalog.get("image").patience + timedelta(minutes=1))
        task = self.again(task)
        self.assertEqual((task.status, task.error_code, self.available()), (Status.FAILED, "timeout", STARTER))

    def test_so_is_what_only_ever_fails_for_now(self) -> None:
        task = self.step(self.make_task())
        self.make_older(task, catalog.get("image").patience + timedelta(minutes=1))
        self.upstream.will(BUSY)
        self.assertEqual(self.again(task).error_code, "timeout")

    def test_an_account_in_trouble_does_not_end_what_was_paid_for(self) -> None:
        task = self.step(self.make_task())
        for code in ("401", "402", "403"):
            self.upstream.will(ProviderError("Kie does not accept the key.", code=code))
            self.assertEqual(self.again(task).status, Status.RUNNING)
        self.upstream.will(ProviderError("Kie refused this.", code="400"))
        self.assertEqual(self.again(task).status, Status.FAILED)

    def test_an_upstream_that_asks_to_be_left_alone_is(self) -> None:
        task = self.step(self.make_task())
        self.upstream.will(BUSY)
        self.assertGreater(self.seconds_until(self.again(task)), 80)

    def test_a_request_that_is_not_known_yet_is_asked_again_and_later_is_lost(self) -> None:
        task = self.step(self.make_task())
        unknown = ProviderError("Kie does not know it.", code=rounds.NO_RECORD, retryable=True)
        self.upstream.will(unknown, unknown)
        self.assertEqual(self.again(task).status, Status.RUNNING)
        self.make_older(task, rounds.GRACE + timedelta(minutes=1))
        self.assertEqual(self.again(task).status, Status.FAILED)

    def test_it_is_asked_often_at_first_and_seldom_later(self) -> None:
        task = self.step(self.make_task())
        waits = []
        for minutes in (0, 1, 2, 30):
            task.started_at = timezone.now() - timedelta(minutes=minutes)
            waits.append([rounds.next_poll(task) for _ in range(50)])
        self.assertLess(max(waits[0]), min(waits[1]))
        self.assertLess(max(waits[1]), min(waits[3]))
        self.assertGreater(len(set(waits[0])), 1)
        self.assertLessEqual(max(waits[3]), 1.2 * rounds.POLL_LAST)


class StoringTests(TroubleTestCase):
    def storing(self) -> Task:
        task = self.step(self.make_task(count=2))
        self.upstream.will(self.done("0.png", "1.png"))
        return self.again(task)

    def refuse(self, name: str, error: Exception) -> None:
        self.upstream.refusals[str(self.folder / name)] = error

    def test_a_file_that_is_refused_is_lost(self) -> None:
        task = self.storing()
        self.refuse("0.png", ProviderError("It leads to a private address."))
        with self.assertLogs("studio.worker.keeping", "WARNING"):
            task = self.step(task)
        self.assertEqual((task.status, len(task.results), self.available()), (Status.SUCCEEDED, 1, STARTER - 100))

    def test_nothing_is_tried_for_ever(self) -> None:
        for error in (BUSY, ZeroDivisionError()):
            with self.subTest(error=error), self.assertLogs("studio.worker", "WARNING"):
                task = self.storing()
                self.refuse("0.png", error)
                self.refuse("1.png", error)
                self.assertEqual(self.step(task).status, Status.STORING)
                self.make_older(task, keeping.GIVE_UP + timedelta(minutes=1))
                task = self.again(task)
                self.assertEqual((task.status, task.error_code), (Status.FAILED, "storage"))
        self.assertEqual(self.available(), STARTER)

    def test_a_full_disk_counts_no_attempt_of_what_is_stored(self) -> None:
        task = self.storing()
        self.refuse("0.png", OSError(28, "No space left on device"))
        with self.assertLogs("studio.worker.rounds", "ERROR"):
            task = self.step(task)
        self.assertEqual((task.status, task.stage, task.attempts), (Status.STORING, "disk-full", 0))


class LateTests(TroubleTestCase):
    def released(self) -> Task:
        """Nothing was heard of it, then somebody gave it up."""
        self.upstream.will(OutcomeUnknownError())
        task = self.step(self.make_task())
        self.assertTrue(services.release_task(task))
        self.assertEqual(self.available(), STARTER)
        return task

    def test_a_result_that_comes_after_the_release_is_kept_and_not_charged(self) -> None:
        task = self.released()
        self.assertTrue(services.hear_late(task, "late-1"))
        self.assertFalse(services.hear_late(task, "late-2"))
        self.assertEqual(leases.due(9), [task.pk])
        self.upstream.will(RUNNING, self.done("0.png"))
        task = self.step(task)
        self.assertEqual((task.status, task.lease_holder, leases.due(9)), (Status.FAILED, "", []))
        task = self.again(task)
        self.assertEqual((task.status, len(task.results), self.available()), (Status.FAILED, 1, STARTER))
        self.assertEqual((task.due_at, Asset.objects.get().cost), (None, 0))
        self.assertFalse(rounds.run_step(task.pk, "test"))

    def test_there_may_be_none(self) -> None:
        for news in (Update(state=State.FAILED, error="No."), ProviderError("It is gone.")):
            task = self.released()
            services.hear_late(task, "late-1")
            self.upstream.will(news)
            task = self.step(task)
            self.assertEqual((task.status, task.due_at, Asset.objects.count()), (Status.FAILED, None, 0))

    def test_it_is_not_looked_for_for_ever(self) -> None:
        task = self.released()
        services.hear_late(task, "late-1")
        Task.objects.filter(pk=task.pk).update(created_at=timezone.now() - 3 * keeping.GIVE_UP)
        self.assertIsNone(self.again(task).due_at)

    def test_a_file_that_cannot_be_had_now_is_kept_later(self) -> None:
        task = self.released()
        services.hear_late(task, "late-1")
        path = str(self.picture())
        found = Update(state=State.SUCCEEDED, outputs=(Output(address=path),))
        self.upstream.will(found, found)
        self.upstream.refusals[path] = BUSY
        with self.assertLogs("studio.worker.rounds", "WARNING"):
            task = self.step(task)
        self.upstream.refusals = {}
        task = self.again(task)
        self.assertEqual((len(task.results), task.due_at), (1, None))

    def test_an_id_that_comes_after_the_release_is_followed(self) -> None:
        task = self.make_task()

        class Slow(FakeProvider):
            def submit(self, request: GenerationRequest) -> Submission:
                assert request.before_sending()
                Task.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
                rounds.carry_on(task.pk, "another")
                assert services.release_task(Task.objects.get(pk=task.pk))
                return Submission(upstream_id="late-1")

        self.use_engine(Slow())
        task = self.step(task)
        self.assertEqual((task.status, task.upstream_id, leases.due(9)), (Status.FAILED, "late-1", [task.pk]))
        self.assertEqual(self.available(), STARTER)


class GoneTests(TroubleTestCase):
    @override_settings(PROVIDERS={"another": {"class": "studio.providers.fake.FakeProvider"}})
    def take(self, task: Task) -> Task:
        return self.again(task)

    def test_what_was_not_sent_ends_and_costs_nothing(self) -> None:
        task = self.take(self.make_task())
        self.assertEqual((task.status, task.error_code, self.available()), (Status.FAILED, "gone", STARTER))

    def test_what_was_paid_for_waits_for_its_engine_but_not_for_ever(self) -> None:
        task = self.step(self.make_task())
        task = self.take(task)
        self.assertEqual((task.status, task.lease_holder), (Status.RUNNING, ""))
        self.make_older(task, keeping.GIVE_UP + timedelta(minutes=1))
        self.assertEqual(self.take(task).error_code, "gone")

    def test_an_unknown_outcome_is_released_all_the_same(self) -> None:
        self.upstream.will(OutcomeUnknownError())
        task = self.step(self.make_task())
        Task.objects.filter(pk=task.pk).update(created_at=timezone.now() - keeping.GIVE_UP - timedelta(minutes=1))
        self.assertEqual((self.take(task).status, self.available()), (Status.FAILED, STARTER))

    def test_a_tool_that_is_gone_is_the_same(self) -> None:
        task = self.make_task()
        with patch.object(catalog, "_generators", {}):
            task = self.take(task)
        self.assertEqual((task.status, task.error_code), (Status.FAILED, "gone"))
