import uuid
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.db import IntegrityError, transaction
from django.utils import timezone

from generators.image.forms import ImageParams
from studio.catalog import registry
from studio.credits import ledger
from studio.credits.ledger import InsufficientCreditsError
from studio.credits.models import Entry, Hold
from studio.library.models import Asset
from studio.providers.contract import Output, State, Update
from studio.tasks import leases, queue, services
from studio.tasks.models import Task, TaskAsset, TaskEvent, TeamPulse
from studio.tasks.states import FINAL, MOVES, OPEN, Status, sources_of
from tests.base import STARTER, StudioTestCase

RUNNING = Update(state=State.RUNNING, progress=0.5, stage="drawing 1/2")
DONE = Update(state=State.SUCCEEDED, outputs=(Output(address="0.png"), Output(address="1.png")))


class StartTests(StudioTestCase):
    def start(self, key: str, count: int = 2) -> tuple[Task, bool]:
        return services.start_task(
            member=self.bob,
            generator=registry.get("image"),
            params=ImageParams(prompt="a fox", count=count, seed=7),
            provider="local",
            idempotency_key=key,
        )

    def test_credits_are_held_with_the_task(self) -> None:
        task, new = self.start(uuid.uuid4().hex)
        self.assertTrue(new)
        self.assertEqual((task.status, task.pieces, task.hold.amount), (Status.QUEUED, 2, 200))
        self.assertEqual(ledger.account_of(self.team).available, STARTER - 200)
        self.assertEqual([event.status for event in task.events.all()], [Status.QUEUED])

    def test_a_double_press_is_one_task(self) -> None:
        key = uuid.uuid4().hex
        first, _ = self.start(key)
        second, new = self.start(key)
        self.assertEqual((first.pk, new), (second.pk, False))
        self.assertEqual(ledger.account_of(self.team).held, 200)

    def test_a_spent_key_with_another_wish_is_another_press(self) -> None:
        key = uuid.uuid4().hex
        first, _ = self.start(key)
        other, new = self.start(key, count=1)
        self.assertTrue(new)
        self.assertNotEqual(first.pk, other.pk)
        self.assertEqual(self.start(key, count=1), (other, False))
        self.assertEqual(self.start(key), (first, False))

    def test_a_double_press_at_the_same_moment_is_one_task(self) -> None:
        key = uuid.uuid4().hex
        first, _ = self.start(key)
        # The second press looks before the first one is there to be seen, and again after its insert was refused.
        with patch.object(services, "_by_key", side_effect=[None, first]):
            second, new = self.start(key)
        self.assertEqual((first.pk, new), (second.pk, False))
        self.assertEqual(ledger.account_of(self.team).held, 200)
        self.assertEqual(Hold.objects.count(), 1)

    def test_a_double_press_for_the_last_credits_is_one_task(self) -> None:
        ledger.hold(team=self.team, amount=STARTER - 300)
        key = uuid.uuid4().hex
        first, _ = self.start(key)
        # The first press took what there was after the second one had looked for it.
        with patch.object(services, "_by_key", side_effect=[None, first]):
            second, new = self.start(key)
        self.assertEqual((first.pk, new), (second.pk, False))

    def test_the_key_of_another_team_is_another_key(self) -> None:
        key = uuid.uuid4().hex
        self.start(key)
        _, new = services.start_task(
            member=self.charlie,
            generator=registry.get("image"),
            params=ImageParams(prompt="a fox"),
            provider="local",
            idempotency_key=key,
        )
        self.assertTrue(new)

    def test_without_enough_credits_nothing_happens(self) -> None:
        ledger.hold(team=self.team, amount=STARTER - 150)
        with self.assertRaises(InsufficientCreditsError):
            self.start(uuid.uuid4().hex)
        self.assertFalse(Task.objects.exists())
        self.assertEqual(ledger.account_of(self.team).available, 150)

    def test_an_engine_that_does_not_serve_it_is_refused(self) -> None:
        with self.assertRaises(KeyError):
            services.start_task(
                member=self.bob,
                generator=registry.get("image"),
                params=ImageParams(prompt="x"),
                provider="nobody",
                idempotency_key="k",
            )
        self.assertFalse(Hold.objects.exists())

    def test_again_is_a_new_task_with_another_chance(self) -> None:
        first, _ = self.start(uuid.uuid4().hex)
        second = services.repeat_task(member=self.alice, task=first, idempotency_key=uuid.uuid4().hex)
        self.assertNotEqual(second.params["seed"], first.params["seed"])
        self.assertEqual(second.params["prompt"], "a fox")
        self.assertEqual(second.made_by, self.alice.user)


class MoveTests(StudioTestCase):
    def test_every_move_of_the_table_and_no_other(self) -> None:
        for source in Status:
            for target in Status:
                task = self.make_task()
                fields = {"finished_at": task.created_at} if source in FINAL else {}
                Task.objects.filter(pk=task.pk).update(status=source, **fields)
                allowed = target in MOVES.get(source, ())
                if source in FINAL or (target not in FINAL or allowed):
                    self.assertEqual(task.advance(target), allowed, f"{source} to {target}")

    def test_final_states_lead_nowhere(self) -> None:
        self.assertFalse(set(MOVES) & set(FINAL))
        self.assertEqual(set(OPEN) | set(FINAL), set(Status))
        self.assertEqual(sources_of(Status.QUEUED), [Status.SUBMITTING, Status.RUNNING, Status.STORING])

    def test_an_old_fence_moves_nothing_and_writes_no_event(self) -> None:
        task = self.claimed(self.make_task())
        events = TaskEvent.objects.count()
        self.assertFalse(task.advance(Status.RUNNING, fence=task.fence - 1))
        self.assertEqual(TaskEvent.objects.count(), events)
        self.assertTrue(task.advance(Status.RUNNING, fence=task.fence))

    def test_a_move_knows_what_it_wrote(self) -> None:
        task = self.claimed(self.make_task())
        self.assertTrue(task.advance(Status.RUNNING, fence=task.fence, upstream_id="x", **leases.FREE))
        fresh = Task.objects.get(pk=task.pk)
        for field in Task._meta.concrete_fields:
            self.assertEqual(getattr(task, field.attname), getattr(fresh, field.attname), field.attname)

    def test_each_change_has_a_version_of_its_own(self) -> None:
        task = self.make_task()
        first = task.version
        task.advance(Status.SUBMITTING)
        self.assertGreater(task.version, first)
        self.assertEqual(TeamPulse.objects.get(pk=self.team.pk).version, task.version)

    def test_a_final_task_must_have_an_end(self) -> None:
        task = self.make_task()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(status=Status.FAILED)


class UpdateTests(StudioTestCase):
    def running(self, **params: Any) -> Task:
        task = self.make_task(count=2, **params)
        task.advance(Status.SUBMITTING)
        task.advance(Status.RUNNING)
        return task

    def test_progress_is_noted_once(self) -> None:
        task = self.running()
        state_version = task.state_version
        self.assertTrue(services.apply_update(task, RUNNING))
        self.assertFalse(services.apply_update(task, RUNNING))
        task.refresh_from_db()
        self.assertEqual((task.progress, task.stage, task.state_version), (500, "drawing 1/2", state_version))

    def test_progress_outside_its_range_is_cut(self) -> None:
        task = self.running()
        services.apply_update(task, Update(state=State.RUNNING, progress=7.5))
        self.assertEqual(task.progress, 1000)

    def test_late_news_of_an_ended_task_change_nothing(self) -> None:
        task = self.running()
        services.cancel_task(task)
        for update in (RUNNING, DONE, Update(state=State.FAILED, error="no")):
            self.assertFalse(services.apply_update(task, update))
        task.refresh_from_db()
        self.assertEqual((task.status, task.outputs), (Status.CANCELLED, []))

    def test_success_writes_the_addresses_down(self) -> None:
        task = self.running()
        self.assertTrue(services.apply_update(task, DONE))
        self.assertFalse(services.apply_update(task, DONE))
        self.assertEqual(
            (task.status, [output["address"] for output in task.outputs]), (Status.STORING, ["0.png", "1.png"])
        )

    def test_a_failure_returns_the_credits(self) -> None:
        task = self.running()
        services.apply_update(task, Update(state=State.FAILED, error="refused", error_code="400"))
        self.assertEqual((task.status, task.error, task.error_code), (Status.FAILED, "refused", "400"))
        self.assertEqual(ledger.account_of(self.team).available, STARTER)


class FinishTests(StudioTestCase):
    def storing(self) -> Task:
        task = self.make_task(count=2)
        task.advance(Status.SUBMITTING)
        task.advance(Status.RUNNING)
        services.apply_update(task, DONE)
        return task

    def asset_of(self, task: Task, position: int) -> Asset:
        return self.make_asset(request=task.pk, position=position)

    def test_it_charges_and_links(self) -> None:
        task = self.storing()
        assets = [self.asset_of(task, 0), self.asset_of(task, 1)]
        self.assertTrue(services.finish_task(task, assets))
        self.assertFalse(services.finish_task(task, assets))
        self.assertEqual([asset.pk for asset in Task.objects.get(pk=task.pk).results], [asset.pk for asset in assets])
        self.assertEqual((task.hold.charged, Entry.objects.filter(kind="charge").count()), (200, 1))
        self.assertEqual(TaskAsset.objects.count(), 2)

    def test_half_of_the_pieces_is_half_of_the_price(self) -> None:
        task = self.storing()
        services.finish_task(task, [self.asset_of(task, 1)])
        self.assertEqual(ledger.account_of(self.team).available, STARTER - 100)
        self.assertEqual(task.status, Status.SUCCEEDED)

    def test_nothing_kept_is_a_failure_and_everything_returns(self) -> None:
        task = self.storing()
        services.finish_task(task, [])
        self.assertEqual((task.status, ledger.account_of(self.team).available), (Status.FAILED, STARTER))


class StopTests(StudioTestCase):
    def test_waiting_is_cancelled_for_nothing(self) -> None:
        task = self.make_task()
        self.assertTrue(services.cancel_task(task))
        self.assertFalse(services.cancel_task(task))
        self.assertEqual((task.status, ledger.account_of(self.team).available), (Status.CANCELLED, STARTER))

    def test_storing_is_no_longer_cancelled(self) -> None:
        task = self.make_task()
        for status in (Status.SUBMITTING, Status.RUNNING, Status.STORING):
            task.advance(status)
        self.assertFalse(services.cancel_task(task))

    def test_only_unknown_is_released(self) -> None:
        task = self.make_task()
        self.assertFalse(services.release_task(task))
        task.advance(Status.SUBMITTING)
        task.advance(Status.UNKNOWN)
        self.assertEqual(ledger.account_of(self.team).held, 100)
        self.assertTrue(services.release_task(task))
        self.assertEqual((task.status, ledger.account_of(self.team).held), (Status.FAILED, 0))

    def test_a_task_whose_news_came_meanwhile_is_not_released(self) -> None:
        task = self.make_task()
        task.advance(Status.SUBMITTING)
        task.advance(Status.UNKNOWN)
        stale = Task.objects.get(pk=task.pk)
        task.advance(Status.RUNNING, upstream_id="found")
        self.assertFalse(services.release_task(stale))
        self.assertEqual((Task.objects.get(pk=task.pk).status, task.hold.state), (Status.RUNNING, Hold.State.OPEN))

    def test_who_may_stop_what(self) -> None:
        task = self.make_task(self.bob)
        may = {member.user.name: services.may_stop(member, task) for member in (self.alice, self.bob, self.vera)}
        self.assertEqual(may, {"Alice Lind": True, "Bob Berg": True, "Vera Holm": False})
        self.assertFalse(services.may_stop(self.bob, self.make_task(self.alice)))


class LeaseTests(StudioTestCase):
    def test_one_worker_gets_it(self) -> None:
        task = self.make_task()
        self.assertIsNotNone(queue.admit(task.pk, "one"))
        self.assertIsNone(queue.admit(task.pk, "two"))
        self.assertIsNone(leases.claim(task.pk, "two"))

    def test_each_claim_has_a_higher_fence(self) -> None:
        task = self.claimed(self.make_task())
        leases.hand_back(task)
        again = leases.claim(task.pk, "another")
        assert again is not None
        self.assertGreater(again.fence, task.fence)
        self.assertFalse(leases.is_ours(task))
        self.assertFalse(leases.hand_back(task))
        self.assertTrue(leases.is_ours(again))

    def test_an_ended_task_is_not_handed_back(self) -> None:
        task = self.claimed(self.make_task())
        stale = Task.objects.get(pk=task.pk)
        services.cancel_task(task)
        self.assertFalse(leases.hand_back(stale, due_at=timezone.now()))
        self.assertIsNone(Task.objects.get(pk=task.pk).due_at)

    def test_a_worker_keeps_only_leases_that_it_still_has(self) -> None:
        task, other = self.claimed(self.make_task()), self.claimed(self.make_task())
        Task.objects.filter(pk=other.pk).update(lease_holder="another")
        self.assertEqual(leases.renew("test", [task.pk, other.pk]), 1)

    def test_only_what_is_past_the_queue_and_free_is_carried_on(self) -> None:
        task = self.make_task()
        self.assertEqual(leases.due(9), [])
        task = self.claimed(task)
        self.assertEqual(leases.due(9), [])
        leases.hand_back(task)
        self.assertEqual(leases.due(9), [task.pk])
        services.cancel_task(task)
        self.assertEqual(leases.due(9), [])
        self.assertIsNone(leases.claim(task.pk, "late"))

    def test_many_are_taken_at_once_each_with_a_fence_of_its_own(self) -> None:
        tasks = [self.claimed(self.make_task()) for _ in range(4)]
        for task in tasks[:3]:
            leases.hand_back(task)
        taken = leases.take("another", 9, but=[tasks[0].pk])
        self.assertEqual([task.pk for task in taken], [tasks[1].pk, tasks[2].pk])
        self.assertEqual([(task.fence, task.lease_holder) for task in taken], [(2, "another")] * 2)
        self.assertEqual(leases.take("third", 9, but=[tasks[0].pk]), [])
        self.assertEqual([task.pk for task in leases.take("third", 1)], [tasks[0].pk])

    def test_no_more_are_taken_than_were_asked_for_and_the_longest_due_come_first(self) -> None:
        tasks = [self.claimed(self.make_task()) for _ in range(3)]
        for number, task in enumerate(tasks):
            leases.hand_back(task, due_at=timezone.now() - timedelta(seconds=number))
        self.assertEqual([task.pk for task in leases.take("another", 2)], [tasks[2].pk, tasks[1].pk])

    def test_what_another_worker_claims_at_the_same_moment_is_not_taken(self) -> None:
        task = self.claimed(self.make_task())
        leases.hand_back(task)
        with patch.object(leases, "due", return_value=[task.pk]):
            self.assertIsNotNone(leases.claim(task.pk, "one"))
            self.assertEqual(leases.take("two", 9), [])
        self.assertEqual(Task.objects.get(pk=task.pk).lease_holder, "one")

    def test_steps_that_were_not_begun_are_left_to_others(self) -> None:
        task, other = self.claimed(self.make_task()), self.claimed(self.make_task())
        Task.objects.filter(pk=other.pk).update(lease_holder="another")
        self.assertEqual(leases.leave("test", [task.pk, other.pk]), 1)
        self.assertEqual(leases.due(9), [task.pk])

    def test_a_task_that_moved_meanwhile_is_handed_back_but_not_put_off(self) -> None:
        task = self.claimed(self.make_task())
        due_at = task.due_at
        Task.objects.get(pk=task.pk).advance(Status.RUNNING)
        self.assertTrue(leases.hand_back(task, due_at=timezone.now() + timedelta(hours=1)))
        fresh = Task.objects.get(pk=task.pk)
        self.assertEqual((fresh.lease_holder, fresh.due_at), ("", due_at))

    def test_a_lease_is_given_up_once(self) -> None:
        task = self.claimed(self.make_task())
        self.assertTrue(leases.hand_back(task))
        with self.assertNumQueries(0):
            self.assertFalse(leases.hand_back(task))

    def test_what_was_sent_cannot_be_cancelled(self) -> None:
        task = self.claimed(self.make_task())
        self.assertTrue(services.note_sending(task))
        self.assertFalse(services.note_sending(task))
        self.assertFalse(services.cancel_task(task))
        self.assertEqual(Task.objects.get(pk=task.pk).status, Status.SUBMITTING)
