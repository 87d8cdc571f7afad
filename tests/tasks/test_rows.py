from django.utils import timezone

from studio.tasks import rows
from studio.tasks.models import Task, TaskEvent, TeamPulse
from studio.tasks.states import Status
from tests.base import StudioTestCase


class RowsTests(StudioTestCase):
    def test_it_writes_what_django_would_write(self) -> None:
        task, now = self.make_task(), timezone.now()
        changes = {"status": Status.RUNNING, "outputs": [{"address": "é%s"}], "sent_at": now, "progress": 7, "fence": 3}
        self.assertEqual(rows.update(Task, {"id": task.pk}, changes), 1)
        fresh = Task.objects.get(pk=task.pk)
        self.assertEqual({name: getattr(fresh, name) for name in changes}, changes)
        rows.update(Task, {"id": task.pk}, {"sent_at": None, "progress": None})
        fresh = Task.objects.get(pk=task.pk)
        self.assertEqual((fresh.sent_at, fresh.progress, fresh.outputs), (None, None, [{"address": "é%s"}]))

    def test_it_changes_only_what_is_as_it_was_expected(self) -> None:
        task, other = self.make_task(), self.make_task()
        cases = (
            ({"id": task.pk, "fence": 0}, 1),
            ({"id": task.pk, "fence": 1}, 0),
            ({"id": task.pk, "status": (Status.QUEUED, Status.RUNNING)}, 1),
            ({"id": task.pk, "status": (Status.RUNNING, Status.STORING)}, 0),
            ({"id": task.pk, "sent_at": None}, 1),
            ({"id": task.pk, "sent_at": timezone.now()}, 0),
            ({"team_id": self.team.pk, "made_by_id": self.alice.user_id}, 2),
        )
        for where, count in cases:
            self.assertEqual(rows.update(Task, where, {"stage": "x"}), count, where)
        self.assertEqual(Task.objects.get(pk=other.pk).stage, "x")

    def test_flags_are_written_as_flags(self) -> None:
        event = TaskEvent.objects.filter(task=self.make_task()).get()
        self.assertEqual(rows.update(TaskEvent, {"id": event.pk, "is_told": True}, {"is_told": False}), 1)
        self.assertEqual(list(TaskEvent.objects.filter(is_told=False)), [event])


class BumpTests(StudioTestCase):
    def test_the_first_version_of_a_team_is_one_and_each_is_the_next(self) -> None:
        self.assertEqual([TeamPulse.bump(self.team.pk) for _ in range(3)], [1, 2, 3])
        self.assertEqual(TeamPulse.bump(self.other_team.pk), 1)
