import uuid
from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from generators.image.forms import ImageParams
from studio.accounts.models import Member
from studio.catalog import registry
from studio.providers.fake import FakeProvider
from studio.tasks import leases, queue, services
from studio.tasks.models import Gate, Task
from studio.tasks.states import Status
from tests.base import StudioTestCase

BATCH, INTERACTIVE = Task.Priority.BATCH, Task.Priority.INTERACTIVE


class QueueTestCase(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.use_engine(FakeProvider())

    def ask(self, member: Member, priority: Task.Priority = INTERACTIVE, minutes: int = 0) -> Task:
        return services.start_task(
            member=member,
            generator=registry.get("image"),
            params=ImageParams(prompt=member.user.name),
            provider="local",
            idempotency_key=uuid.uuid4().hex,
            priority=priority,
            not_before=timezone.now() + timedelta(minutes=minutes),
        )[0]

    def served(self, count: int) -> list[str]:
        """First names of those whose tasks are admitted next, one after the other."""
        names = []
        for _ in range(count):
            pk = queue.next_in_line(1, performing=False)[0]
            task = queue.admit(pk, "test")
            assert task is not None
            names.append(task.made_by.first_name)
        return names

    def limit(self, **limits: object) -> None:
        entry = {"class": "studio.providers.fake.given", "options": {"engine": FakeProvider()}, "limits": limits}
        swap = override_settings(PROVIDERS={"local": entry})
        swap.enable()
        self.addCleanup(swap.disable)


class FairnessTests(QueueTestCase):
    def test_teams_take_turns_however_much_one_asks_for(self) -> None:
        for _ in range(5):
            self.ask(self.alice)
        self.ask(self.charlie)
        self.ask(self.charlie)
        self.assertEqual(self.served(7), ["Alice", "Charlie", "Alice", "Charlie", "Alice", "Alice", "Alice"])

    def test_members_of_a_team_take_turns(self) -> None:
        for _ in range(3):
            self.ask(self.alice)
        self.ask(self.bob)
        self.ask(self.charlie)
        self.assertEqual(self.served(5), ["Alice", "Charlie", "Bob", "Alice", "Alice"])

    def test_a_turn_is_remembered_when_the_queue_was_empty(self) -> None:
        self.ask(self.alice)
        self.assertEqual(self.served(1), ["Alice"])
        self.ask(self.alice)
        self.ask(self.charlie)
        self.assertEqual(self.served(2), ["Charlie", "Alice"])

    def test_one_look_gives_the_same_order_as_many(self) -> None:
        for member in (self.alice, self.alice, self.alice, self.bob, self.charlie):
            self.ask(member)
        at_once = queue.next_in_line(9, performing=False)
        names = [Task.objects.get(pk=pk).made_by.first_name for pk in at_once]
        self.assertEqual(len(set(at_once)), 5)
        self.assertEqual(names, self.served(5))

    def test_batch_work_waits_for_interactive_work(self) -> None:
        self.ask(self.charlie, BATCH)
        self.ask(self.alice)
        self.ask(self.alice)
        self.assertEqual(self.served(3), ["Alice", "Alice", "Charlie"])

    def test_ones_own_tasks_keep_their_order(self) -> None:
        tasks = [self.ask(self.alice).pk for _ in range(4)]
        self.assertEqual(queue.next_in_line(9, performing=False), tasks)

    def test_ones_own_tasks_of_all_kinds_keep_their_order(self) -> None:
        tasks = [self.ask(self.alice).pk for _ in range(6)]
        Task.objects.filter(pk__in=tasks[1::2]).update(kind="video")
        Task.objects.filter(pk=tasks[2]).update(connection="local:alice")
        self.assertEqual(queue.next_in_line(9, performing=False), tasks)
        self.assertEqual(queue.next_in_line(4, performing=False), tasks[:4])

    def test_a_task_planned_for_later_waits_for_its_time(self) -> None:
        later = self.ask(self.alice, minutes=5)
        self.assertEqual(queue.next_in_line(9, performing=False), [])
        self.assertIsNone(queue.admit(later.pk, "test"))
        now = self.ask(self.alice)
        self.assertEqual(queue.next_in_line(9, performing=False), [now.pk])
        services.cancel_task(now)
        Task.objects.filter(pk=later.pk).update(due_at=timezone.now())
        self.assertEqual(queue.next_in_line(9, performing=False), [later.pk])

    def test_performers_and_upstreams_have_lines_of_their_own(self) -> None:
        self.ask(self.alice)
        self.assertEqual(queue.next_in_line(9, performing=True), [])

    def test_the_queries_of_a_look_do_not_grow_with_the_queue(self) -> None:
        self.ask(self.alice)
        with self.assertNumQueries(2):
            queue.next_in_line(1, performing=False)
        for _ in range(30):
            self.ask(self.alice)
        with self.assertNumQueries(2):
            queue.next_in_line(1, performing=False)


class LimitTests(QueueTestCase):
    def test_no_more_are_in_flight_than_the_engine_takes(self) -> None:
        self.limit(at_once=2)
        tasks = [self.ask(member) for member in (self.alice, self.bob, self.charlie)]
        self.assertEqual([bool(queue.admit(task.pk, "test")) for task in tasks], [True, True, False])
        self.assertEqual(queue.next_in_line(9, performing=False), [])
        Task.objects.get(pk=tasks[0].pk).advance(Status.FAILED)
        self.assertEqual(queue.next_in_line(9, performing=False), [tasks[2].pk])
        self.assertTrue(queue.admit(tasks[2].pk, "test"))

    def test_a_kind_has_a_limit_of_its_own(self) -> None:
        self.limit(at_once=9, kinds={"image": 1})
        first, second = self.ask(self.alice), self.ask(self.alice)
        self.assertTrue(queue.admit(first.pk, "test"))
        self.assertIsNone(queue.admit(second.pk, "test"))

    def test_a_full_connection_keeps_nobody_elses_work_back(self) -> None:
        self.limit(at_once=1)
        own = self.ask(self.alice)
        Task.objects.filter(pk=own.pk).update(connection="local:alice", status=Status.RUNNING)
        blocked, free = self.ask(self.alice), self.ask(self.alice)
        Task.objects.filter(pk=blocked.pk).update(connection="local:alice")
        self.assertEqual(queue.next_in_line(9, performing=False), [free.pk])

    def test_without_a_limit_no_gate_is_kept(self) -> None:
        self.assertTrue(queue.admit(self.ask(self.alice).pk, "test"))
        self.assertFalse(Gate.objects.exists())

    def test_a_task_that_was_cancelled_or_taken_is_not_admitted(self) -> None:
        cancelled, taken = self.ask(self.alice), self.ask(self.alice)
        services.cancel_task(cancelled)
        self.assertTrue(queue.admit(taken.pk, "one"))
        for task in (cancelled, taken):
            self.assertIsNone(queue.admit(task.pk, "two"))


class PlaceTests(QueueTestCase):
    def test_everyone_sees_how_many_are_ahead(self) -> None:
        mine = [self.ask(self.alice) for _ in range(3)]
        theirs = self.ask(self.charlie)
        self.assertEqual(queue.places(self.team), {mine[0].pk: 0, mine[1].pk: 2, mine[2].pk: 3})
        self.assertEqual(queue.places(self.other_team), {theirs.pk: 1})

    def test_what_is_past_the_queue_has_no_place(self) -> None:
        task = self.ask(self.alice)
        queue.admit(task.pk, "test")
        self.assertEqual(queue.places(self.team), {})
        self.assertEqual(leases.due(9), [])
