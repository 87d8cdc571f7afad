"""The loop of the worker: what it takes, how it shares the work among its threads, and how it leaves."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import SimpleTestCase, TransactionTestCase, override_settings
from django.utils import timezone

from generators.image.forms import ImageParams
from studio.accounts.models import Role, Team
from studio.catalog import registry
from studio.credits import ledger
from studio.providers import registry as providers
from studio.providers.contract import State, Update
from studio.providers.fake import FakeProvider
from studio.tasks import services
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status
from studio.worker import loop, rounds
from studio.worker.loop import Lane, Worker
from tests.base import STARTER, StudioTestCase

NEWS = Update(state=State.RUNNING, progress=0.5)
BROKEN = Update(state=State.FAILED, error="The fake fails.")


class AtOnce(Executor):
    """Threads for tests: a step is over when it was started."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Never(Executor):
    """Threads that are always busy with something else."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.futures.append(Future())
        return self.futures[-1]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for future in self.futures:
            future.cancel()


class LaneTests(SimpleTestCase):
    def lane(self, pool: Executor, ahead: int = 0) -> Lane:
        self.calls: list[None] = []
        lane = Lane(2, "test", lambda: self.calls.append(None), ahead=ahead)
        lane.pool = pool
        return lane

    def test_it_takes_what_fits_and_nothing_twice(self) -> None:
        lane, tasks = self.lane(Never(), ahead=1), [uuid4() for _ in range(5)]
        self.assertEqual(lane.fill(lambda limit: tasks[:limit], bool), 3)
        self.assertEqual((list(lane.taken), lane.room), (tasks[:3], 0))
        self.assertEqual(lane.fill(lambda limit: self.fail("a full lane asks for nothing"), bool), 0)

    def test_what_it_has_does_not_hide_what_is_behind(self) -> None:
        lane, tasks = self.lane(Never(), ahead=1), [uuid4() for _ in range(5)]
        lane.fill(lambda _limit: tasks[:2], bool)
        self.assertEqual(lane.fill(lambda limit: tasks[:limit], bool), 1)
        self.assertEqual(list(lane.taken), tasks[:3])

    def test_it_tells_when_a_step_has_ended(self) -> None:
        done: list[UUID] = []
        lane = self.lane(AtOnce())
        lane.fill(lambda _limit: [uuid4(), uuid4()], lambda pk: not done.append(pk))  # type: ignore[func-returns-value]
        self.assertEqual((len(done), len(self.calls), lane.room), (2, 2, 2))

    def test_a_step_that_could_not_be_taken_is_no_news(self) -> None:
        lane = self.lane(AtOnce())
        lane.fill(lambda _limit: [uuid4()], lambda _pk: False)
        self.assertEqual((self.calls, lane.room), ([], 2))

    def test_at_its_end_it_names_what_was_never_begun(self) -> None:
        lane, tasks = self.lane(Never()), [uuid4(), uuid4()]
        lane.fill(lambda _limit: tasks, bool)
        self.assertEqual(lane.end(), tasks)


class LookTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.upstream = FakeProvider()
        self.use_engine(self.upstream)
        self.worker = Worker(renders=1)
        self.use(AtOnce())

    def use(self, pool: Executor) -> None:
        for lane in self.worker.lanes:
            lane.pool = pool

    def make_due(self) -> None:
        Task.objects.update(due_at=timezone.now())

    def statuses(self) -> list[str]:
        return list(Task.objects.order_by("created_at").values_list("status", flat=True))

    def test_from_the_queue_to_the_end(self) -> None:
        self.make_task()
        self.worker.look()
        self.assertEqual(self.statuses(), [Status.RUNNING])
        self.upstream.will(BROKEN)
        self.make_due()
        self.worker.look()  # asks
        self.assertEqual(self.statuses(), [Status.RUNNING])
        self.worker.look()  # notes, and tells
        self.assertEqual(self.statuses(), [Status.FAILED])
        self.assertFalse(TaskEvent.objects.filter(is_told=False).exists())
        self.assertEqual(self.worker.look(), 0)
        self.assertEqual(ledger.account_of(self.team).available, STARTER)

    def test_what_was_heard_is_noted_together(self) -> None:
        for member in (self.alice, self.bob, self.charlie):
            self.make_task(member)
        self.worker.look()
        self.upstream.will(NEWS, NEWS, BROKEN)
        self.make_due()
        self.worker.look()
        self.assertEqual(len(self.worker.heard), 3)
        with patch.object(rounds, "note", wraps=rounds.note) as note:
            self.worker.look()
        note.assert_called_once()
        self.assertEqual(len(self.worker.heard), 0)
        self.assertEqual(sorted(self.statuses()), [Status.FAILED, Status.RUNNING, Status.RUNNING])
        self.assertFalse(Task.objects.exclude(lease_holder="").exists())

    def test_one_answer_that_cannot_be_noted_keeps_no_other_back(self) -> None:
        tasks = [self.make_task(member) for member in (self.alice, self.charlie)]
        self.worker.look()
        self.upstream.will(NEWS, NEWS)
        self.make_due()
        self.worker.look()
        noted = rounds._note

        def note(task: Task, update: rounds.News) -> None:
            noted(task, update)
            if task.pk == tasks[0].pk:
                raise ZeroDivisionError

        with patch.object(rounds, "_note", note), self.assertLogs("studio.worker.rounds", "ERROR"):
            self.worker.look()
        progress = {task.pk: task.progress for task in Task.objects.all()}
        self.assertEqual(progress, {tasks[0].pk: None, tasks[1].pk: 500})
        self.assertFalse(Task.objects.exclude(lease_holder="").exists())

    def test_what_was_heard_is_kept_while_the_database_does_not_answer(self) -> None:
        self.make_task()
        self.worker.look()
        self.upstream.will(BROKEN)
        self.make_due()
        self.worker.look()
        with patch.object(rounds, "note", side_effect=ConnectionError), self.assertRaises(ConnectionError):
            self.worker.look()
        self.worker.look()
        self.assertEqual(self.statuses(), [Status.FAILED])

    def test_a_mistake_of_ours_while_asking_is_tried_again_later(self) -> None:
        self.make_task()
        self.worker.look()
        self.upstream.will(ZeroDivisionError())
        self.make_due()
        with self.assertLogs("studio.worker.rounds", "ERROR"):
            self.worker.look()
            self.worker.look()
        task = Task.objects.get()
        self.assertEqual((task.status, task.lease_holder, len(self.worker.heard)), (Status.RUNNING, "", 0))
        assert task.due_at is not None
        self.assertGreater(task.due_at, timezone.now())

    def test_a_long_queue_is_begun_only_as_far_as_threads_will_be_free(self) -> None:
        for _ in range(20):
            self.make_task()
        self.use(Never())
        self.worker.look()
        self.assertEqual(len(self.worker.starts.taken), 2 * loop.STARTS)
        self.assertEqual(set(self.statuses()), {Status.QUEUED})

    def test_a_worker_that_leaves_gives_back_what_it_never_began(self) -> None:
        self.make_task()
        self.worker.look()
        self.make_due()
        self.use(Never())
        self.worker.look()
        self.assertEqual(Task.objects.get().lease_holder, self.worker.holder)
        self.worker.stop()
        with patch("studio.worker.loop.threading.Thread"):
            self.worker.run()
        task = Task.objects.get()
        self.assertEqual((task.status, task.lease_holder), (Status.RUNNING, ""))

    def test_what_was_heard_before_leaving_is_noted(self) -> None:
        self.make_task()
        self.worker.look()
        self.upstream.will(BROKEN)
        self.make_due()
        self.worker.look()
        self.worker.stop()
        with patch("studio.worker.loop.threading.Thread"):
            self.worker.run()
        self.assertEqual(self.statuses(), [Status.FAILED])


class ThreadTests(TransactionTestCase):
    """The real thing: threads, and a database that all of them write to."""

    def setUp(self) -> None:
        super().setUp()
        team = Team.objects.create(name="Harbour Team")
        ledger.grant(team=team, amount=STARTER)
        self.alice = StudioTestCase.join(team, "Alice Lind", Role.OWNER)
        self.engine = FakeProvider()
        entry = {"class": "studio.providers.fake.given", "options": {"engine": self.engine}}
        swap = override_settings(PROVIDERS={"local": entry})
        swap.enable()
        providers.get.cache_clear()
        self.addCleanup(providers.get.cache_clear)
        self.addCleanup(swap.disable)

    def start(self, number: int) -> Task:
        return services.start_task(
            member=self.alice,
            generator=registry.get("image"),
            params=ImageParams(prompt="a fox"),
            provider="local",
            idempotency_key=str(number),
        )[0]

    def test_every_task_comes_to_its_end_once(self) -> None:
        tasks = [self.start(number) for number in range(30)]
        worker = Worker(renders=1)
        connections: list[BaseDatabaseWrapper] = []  # of its threads, which keep them for life

        def note(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
            connections.append(connection)

        connection_created.connect(note)
        self.addCleanup(connection_created.disconnect, note)
        with (
            patch.object(self.engine, "fetch", lambda _id: BROKEN),
            patch.multiple(rounds, POLL_FIRST=timedelta(0), POLL_LAST=timedelta(0)),
        ):
            thread = threading.Thread(target=worker.run)
            thread.start()
            deadline = time.monotonic() + 30
            while Task.objects.open().exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            worker.stop()
            thread.join(30)
        for connection in connections:
            connection.inc_thread_sharing()
            connection.close()
        self.assertEqual(set(Task.objects.values_list("status", flat=True)), {Status.FAILED})
        self.assertEqual(len(self.engine.submitted), len(tasks))
        account = ledger.account_of(self.alice.team)
        self.assertEqual((account.available, account.held), (STARTER, 0))
