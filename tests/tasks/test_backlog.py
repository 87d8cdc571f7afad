"""What the queue and the history come to, told without reading them."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studio.providers.contract import Output, State, Update
from studio.providers.errors import ProviderError
from studio.providers.fake import FakePerformer
from studio.tasks import backlog, outbox, services
from studio.tasks.backlog import Backlog
from studio.tasks.models import Task, TaskTotal
from studio.worker import rounds
from tests.base import StudioTestCase


class BacklogTests(StudioTestCase):
    def test_an_empty_queue(self) -> None:
        self.assertEqual(backlog.backlog(), Backlog(waiting=0, oldest=0.0))

    def test_what_is_due_waits_since_it_was_due_and_what_is_not_does_not_wait(self) -> None:
        now = timezone.now()
        for seconds in (-3600, 20, 90):
            task = self.make_task()
            Task.objects.filter(pk=task.pk).update(due_at=now - timedelta(seconds=seconds))
        services.cancel_task(self.make_task())
        self.claimed(self.make_task())
        found = backlog.backlog()
        self.assertEqual(found.waiting, 2)
        self.assertTrue(90 <= found.oldest < 100)

    def test_it_counts_no_further_than_it_must(self) -> None:
        self.addCleanup(setattr, backlog, "MOST", backlog.MOST)
        backlog.MOST = 2
        for _ in range(3):
            self.make_task()
        self.assertEqual(backlog.backlog().waiting, 2)

    def test_open_tasks_by_their_kind(self) -> None:
        self.make_task()
        self.make_task()
        self.claimed(self.make_task())
        services.cancel_task(self.make_task())
        expected = {("image", "local", "queued"): 2, ("image", "local", "submitting"): 1}
        self.assertEqual(backlog.open_by_kind(), expected)

    def test_the_history_is_never_read(self) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            backlog.backlog()
            backlog.open_by_kind()
        self.assertEqual(len(queries), 2)
        if connection.vendor == "sqlite":  # what PostgreSQL plans depends on how full the table is
            waiting = Task.objects.filter(finished_at__isnull=True, status="queued", due_at__lte=timezone.now())
            for query in (waiting.order_by("due_at"), Task.objects.filter(finished_at__isnull=True)):
                self.assertIn("unfinished_tasks", query.explain())


class TotalTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.engine = FakePerformer()
        self.use_engine(self.engine)

    def end(self, task: Task) -> None:
        rounds.run_step(task.pk, "test")
        with self.assertLogs("studio.tasks.outbox", "INFO"):
            self.assertEqual(outbox.notify(task.pk), 1)
        self.assertEqual(outbox.notify(task.pk), 0)

    def test_each_end_is_counted_once_with_what_it_cost(self) -> None:
        for _ in range(2):
            self.engine.will(Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),)))
            self.end(self.make_task())
        self.engine.will(ProviderError("The Local engine stopped.", code="crash"))
        self.end(self.make_task())
        totals = TaskTotal.objects.order_by("status").values_list("kind", "provider", "status", "ended", "charged")
        expected = [("image", "local", "failed", 1, 0), ("image", "local", "succeeded", 2, 200)]
        self.assertEqual(list(totals), expected)

    def test_the_time_of_the_work_is_added_up(self) -> None:
        task = self.claimed(self.make_task())
        began = timezone.now() - timedelta(seconds=40)
        Task.objects.filter(pk=task.pk).update(started_at=began)
        task.refresh_from_db()
        services.fail_task(task, error="It broke.")
        with self.assertLogs("studio.tasks.outbox", "INFO"):
            outbox.notify(task.pk)
        self.assertTrue(40_000 <= TaskTotal.objects.get().busy < 50_000)

    def test_what_never_began_took_no_time(self) -> None:
        task = self.make_task()
        services.cancel_task(task)
        with self.assertLogs("studio.tasks.outbox", "INFO"):
            outbox.notify(task.pk)
        total = TaskTotal.objects.get()
        self.assertEqual((total.status, total.ended, total.busy), ("cancelled", 1, 0))
