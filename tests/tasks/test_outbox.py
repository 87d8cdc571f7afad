from unittest.mock import patch

from studio.tasks import outbox, services
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status
from tests.base import StudioTestCase


class OutboxTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.tasks = [self.make_task(), self.make_task()]
        for task in self.tasks:
            services.cancel_task(task)
        self.heard: list[TaskEvent] = []
        listeners = patch.object(outbox, "_listeners", [self.heard.append])
        listeners.start()
        self.addCleanup(listeners.stop)

    def test_ends_are_told_once(self) -> None:
        ids = [task.pk for task in self.tasks]
        self.assertEqual(outbox.untold(9), ids)
        self.assertEqual(outbox.notify(*ids), 2)
        self.assertEqual((outbox.untold(9), outbox.notify(*ids)), ([], 0))
        self.assertEqual(
            [(event.task_id, event.status) for event in self.heard], [(pk, Status.CANCELLED) for pk in ids]
        )

    def test_what_a_listener_cannot_take_is_told_later_and_keeps_nothing_back(self) -> None:
        first, second = self.tasks

        def fail(event: TaskEvent) -> None:
            Task.objects.filter(pk=event.task_id).update(stage="written by a listener")
            if event.task_id == first.pk:
                raise ZeroDivisionError

        with patch.object(outbox, "_listeners", [fail]), self.assertLogs("studio.tasks.outbox", "ERROR"):
            self.assertEqual(outbox.notify(first.pk, second.pk), 1)
        self.assertEqual(Task.objects.get(pk=first.pk).stage, "")
        self.assertEqual(outbox.untold(9), [first.pk])
        self.assertEqual(outbox.notify(first.pk), 1)
