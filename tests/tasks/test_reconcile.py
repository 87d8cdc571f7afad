from typing import Any

from django.utils import timezone

from studio.credits import ledger
from studio.credits import reconcile as wallets
from studio.credits.models import Hold
from studio.library.models import Asset
from studio.providers.contract import Output, State, Update
from studio.tasks import services
from studio.tasks.models import Task, TaskAsset, TaskEvent
from studio.tasks.reconcile import RULES, counts
from studio.tasks.states import Status
from tests.base import StudioTestCase
from tests.unchecked import remove, unchecked, undone

HOLD = "its hold is open as long as it is, then charged or returned"
CHARGE = "it is charged for what was kept"


class TasksTestCase(StudioTestCase):
    """One task in each state, each come there by the services."""

    def setUp(self) -> None:
        super().setUp()
        self.waiting = self.make_task()
        self.running, self.storing, self.failed, self.done = (self.moving() for _ in range(4))
        services.apply_update(self.storing, Update(state=State.SUCCEEDED, outputs=(Output(address="x"),)))
        self.unknown = self.claimed(self.make_task())
        self.unknown.advance(Status.UNKNOWN)
        services.fail_task(self.failed, error="x")
        self.cancelled = self.make_task()
        services.cancel_task(self.cancelled)
        services.apply_update(self.done, Update(state=State.SUCCEEDED))
        services.finish_task(self.done, self.kept(self.done, 2))

    def moving(self) -> Task:
        task = self.claimed(self.make_task(count=4))
        task.advance(Status.RUNNING)
        return task

    def kept(self, task: Task, count: int) -> list[Asset]:
        return [self.make_asset(request=task.pk, position=position) for position in range(count)]

    def change(self, task: Task, **changes: Any) -> None:
        Task.objects.filter(pk=task.pk).update(**changes)

    def found(self) -> list[tuple[str, str, str, str]]:
        """(id, rule, expected, found) of what does not fit."""
        return [(misfit.id, misfit.rule, misfit.expected, misfit.found) for misfit in wallets.misfits(RULES)]


class HoldTests(TasksTestCase):
    def test_sound_tasks_fit(self) -> None:
        self.assertEqual([*wallets.misfits((*wallets.RULES, *RULES))], [])
        self.assertEqual(self.done.hold.charged, 200)
        self.assertEqual(
            counts(),
            {"tasks": 7, **{f"{status}_tasks": 1 for status in Status}, "submitting_tasks": 0},
        )

    def test_an_open_task_without_its_credits(self) -> None:
        for task in (self.waiting, self.running, self.storing, self.unknown):
            with undone():
                ledger.release(task.hold)
                self.assertEqual(self.found(), [(str(task.pk), HOLD, "open", "released")])

    def test_an_ended_task_that_still_holds_credits(self) -> None:
        for task, expected in ((self.failed, "released"), (self.cancelled, "released"), (self.done, "settled")):
            with undone():
                Hold.objects.filter(pk=task.hold_id).update(state="open", charged=0, ended_at=None)
                self.assertIn((str(task.pk), HOLD, expected, "open"), self.found())

    def test_a_failed_task_that_was_charged(self) -> None:
        Hold.objects.filter(pk=self.failed.hold_id).update(state="settled", charged=100)
        self.assertEqual(self.found(), [(str(self.failed.pk), HOLD, "released", "settled")])

    def test_a_charge_out_of_proportion(self) -> None:
        for charged in (199, 201, 400, 0):
            Hold.objects.filter(pk=self.done.hold_id).update(charged=charged)
            self.assertEqual(self.found(), [(str(self.done.pk), CHARGE, "200", str(charged))])

    def test_the_proportion_is_that_of_the_ledger(self) -> None:
        asset = self.make_asset()
        for amount, kept, pieces in ((100, 1, 3), (100, 2, 3), (99, 1, 2), (1, 1, 2), (40, 5, 4), (0, 1, 1)):
            with undone():
                self.done.links.all().delete()
                TaskAsset.objects.bulk_create(
                    TaskAsset(task=self.done, asset=asset, role="output", position=place) for place in range(kept)
                )
                TaskAsset.objects.create(task=self.done, asset=asset, role="input", position=0)
                charge = ledger.part_of(amount, kept=kept, pieces=pieces)
                Hold.objects.filter(pk=self.done.hold_id).update(amount=amount, charged=charge)
                self.change(self.done, pieces=pieces)
                self.assertEqual(self.found(), [])

    def test_a_task_that_succeeded_with_nothing(self) -> None:
        Hold.objects.filter(pk=self.done.hold_id).update(charged=0)
        self.done.links.all().delete()
        self.assertEqual(self.found(), [(str(self.done.pk), "what succeeded has outputs", "one at least", "0")])

    def test_a_task_of_no_pieces(self) -> None:
        self.change(self.done, pieces=0)
        self.assertEqual(self.found(), [(str(self.done.pk), CHARGE, "0", "200")])

    def test_a_hold_of_nothing(self) -> None:
        held = ledger.hold(team=self.team, amount=1)
        self.assertEqual(self.found(), [(str(held.pk), "a hold belongs to a task", "a task", "none")])

    def test_another_team_pays(self) -> None:
        self.change(self.waiting, team=self.other_team)
        rule = "the team that asked is the team that pays"
        wrong = (str(self.waiting.pk), rule, str(self.other_team.pk), str(self.team.pk))
        self.assertEqual(self.found(), [wrong])


class LifeTests(TasksTestCase):
    def test_a_task_that_nobody_looks_at_again(self) -> None:
        for task in (self.waiting, self.running, self.storing, self.unknown):
            with undone():
                self.change(task, due_at=None)
                self.assertEqual(self.found(), [(str(task.pk), "an open task is looked at again", "a time", "none")])

    def test_a_worker_on_an_ended_task(self) -> None:
        for changes in ({"due_at": timezone.now()}, {"lease_until": timezone.now()}, {"lease_holder": "w"}):
            with undone():
                self.change(self.done, **changes)
                rules = [row[:2] for row in self.found()]
                self.assertEqual(rules, [(str(self.done.pk), "an ended task is nobody's work")])

    def test_what_was_sent_waits_again(self) -> None:
        self.change(self.waiting, sent_at=timezone.now())
        rule = "what was sent is never queued again"
        self.assertEqual(self.found(), [(str(self.waiting.pk), rule, "unknown", "queued")])

    def test_what_runs_upstream_without_an_id(self) -> None:
        self.change(self.running, sent_at=timezone.now())
        rule = "what runs upstream has an id there"
        self.assertEqual(self.found(), [(str(self.running.pk), rule, "an id", "none")])
        self.change(self.running, upstream_id="x")
        self.assertEqual(self.found(), [])

    def test_a_state_without_its_event(self) -> None:
        self.change(self.running, status=Status.STORING)
        rule = "its last event is its state"
        self.assertEqual(self.found(), [(str(self.running.pk), rule, "running", "storing")])
        TaskEvent.objects.filter(task=self.running).delete()
        self.assertEqual(self.found(), [(str(self.running.pk), rule, "an event", "storing")])

    def test_an_asset_of_another_team(self) -> None:
        link = self.done.links.all()[0]
        Asset.objects.filter(pk=link.asset_id).update(team=self.other_team)
        rule = "an asset is of the task's own team"
        self.assertEqual(self.found(), [(str(link.pk), rule, str(self.team.pk), str(self.other_team.pk))])

    def test_what_the_tables_refuse_is_found_all_the_same(self) -> None:
        with unchecked(Task):
            self.change(self.running, finished_at=timezone.now())
            rule = "a task has an end when it is final"
            self.assertEqual(self.found(), [(str(self.running.pk), rule, "yes", "no")])
        with undone():
            remove(self.waiting.hold)
            rows = [row[:2] for row in self.found()]
            self.assertEqual(rows, [(str(self.waiting.pk), "its hold exists")])
        with undone():
            link = self.done.links.all()[0]
            remove(link.asset)
            self.assertIn((str(link.pk), "its asset exists"), [row[:2] for row in self.found()])
