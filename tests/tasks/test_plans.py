"""What the worker and the pages ask again and again must not grow with the tasks that have ended."""

from collections.abc import Callable
from unittest import skipUnless

from django.db import connection
from django.test import override_settings

from studio.providers.fake import FakeProvider
from studio.tasks import leases, outbox, pulse, queue
from studio.tasks.feed import Sight
from studio.tasks.models import Task
from studio.tasks.shell import Wallet
from tests.base import StudioTestCase
from tests.plans import plan

HARMLESS = {"SCAN CONSTANT ROW", "SCAN head"}  # of the walk along the queue
PARTIAL = {
    "open_holds_of_a_team",
    "carried_tasks",
    "waiting_tasks",
    "tasks_in_flight",
    "open_tasks_of_a_team",
    "untold_events",
}


@skipUnless(connection.vendor == "sqlite", "reads the plans of SQLite")
class PlanTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.use_engine(FakeProvider())
        entry = {"class": "studio.providers.fake.given", "options": {"engine": FakeProvider()}}
        swap = override_settings(PROVIDERS={"local": {**entry, "limits": {"at_once": 9}}})
        swap.enable()
        self.addCleanup(swap.disable)
        self.task = self.make_task()
        self.make_task(self.charlie)

    def check(self, ask: Callable[[], object], *indexes: str) -> None:
        steps = plan(ask)
        scans = [
            step
            for step in steps
            if step.startswith("SCAN") and step not in HARMLESS and not any(f"INDEX {name}" in step for name in PARTIAL)
        ]
        self.assertEqual(scans, [])
        for name in indexes:
            self.assertTrue(any(f"INDEX {name}" in step for step in steps), f"{name} in {steps}")

    def test_due_steps_are_found_by_their_index(self) -> None:
        self.check(lambda: leases.due(9), "carried_tasks")
        leases.hand_back(self.claimed(self.task))
        self.check(lambda: leases.take("test", 9), "carried_tasks")

    def test_the_queue_is_walked_along_its_index(self) -> None:
        self.check(lambda: queue.next_in_line(9, performing=False), "waiting_tasks (", "tasks_in_flight")
        steps = plan(lambda: queue.next_in_line(9, performing=False))
        columns = "(connection,kind,priority,team_id,made_by_id)>(?,?,?,?,?)"
        self.assertTrue(any(f"SEARCH later USING INDEX waiting_tasks ({columns})" in step for step in steps), steps)

    def test_a_place_at_the_engine_is_counted_among_those_in_flight(self) -> None:
        self.check(lambda: queue.admit(self.task.pk, "test"), "tasks_in_flight")

    def test_places_in_the_queue_are_counted_among_those_that_wait(self) -> None:
        self.check(lambda: queue.places(self.team), "waiting_tasks")

    def test_news_are_found_by_their_index(self) -> None:
        self.check(lambda: outbox.untold(9), "untold_events")

    def test_the_pulse_of_a_page_is_found_by_indexes(self) -> None:
        self.check(lambda: pulse.news_for(self.alice, 0, Sight("image")), "changed_tasks")
        self.check(lambda: pulse.pulse_for(self.team, "image"), "open_tasks_of_a_team")
        self.check(lambda: Task.objects.for_team(self.team).open().count(), "open_tasks_of_a_team")

    def test_the_badge_counts_the_open_holds_alone(self) -> None:
        self.check(lambda: Wallet(self.alice), "open_holds_of_a_team")
