"""Two transactions that take the same rows in different orders wait for each other for ever. PostgreSQL ends one of
them; SQLite has one writer at a time and would never show it. So every service is watched here."""

import re
from collections.abc import Callable

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from studio.providers.contract import Output, State, Update
from studio.providers.fake import FakeProvider
from studio.tasks import queue, services
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.base import StudioTestCase

# What several transactions may want at once, in the order in which all must take it.
ORDER = ["tasks_gate", "tasks_teampulse", "tasks_task", "tasks_turn", "credits_hold", "credits_creditaccount"]


class LockOrderTests(StudioTestCase):
    def taken_by(self, move: Callable[[Task], object], task: Task) -> list[str]:
        """The tables whose rows a move changes, in the order of their first change."""
        with CaptureQueriesContext(connection) as queries:
            self.assertTrue(move(task))
        changed = [match[1] for query in queries if (match := re.match(r'UPDATE "(\w+)"', query["sql"]))]
        return list(dict.fromkeys(changed))

    def running(self) -> Task:
        task = self.claimed(self.make_task())
        task.advance(Status.RUNNING)
        return task

    def storing(self) -> Task:
        task = self.running()
        services.apply_update(task, Update(state=State.SUCCEEDED, outputs=(Output(address="x"),)))
        return task

    def unknown(self) -> Task:
        task = self.claimed(self.make_task())
        task.advance(Status.UNKNOWN)
        return task

    def test_everyone_takes_rows_in_one_order(self) -> None:
        entry = {"class": "studio.providers.fake.given", "options": {"engine": FakeProvider()}}
        asset = self.make_asset()
        moves: dict[str, tuple[Callable[[], Task], Callable[[Task], object]]] = {
            "start": (self.make_task, lambda _earlier: self.make_task()),
            "cancel": (self.make_task, services.cancel_task),
            "fail": (self.running, lambda task: services.fail_task(task, error="x")),
            "admit": (self.make_task, lambda task: queue.admit(task.pk, "test")),
            "progress": (
                self.running,
                lambda task: services.apply_update(task, Update(state=State.RUNNING, stage="x")),
            ),
            "done": (self.running, lambda task: services.apply_update(task, Update(state=State.SUCCEEDED))),
            "finish": (self.storing, lambda task: services.finish_task(task, [asset])),
            "release": (self.unknown, services.release_task),
        }
        seen = set()
        with override_settings(PROVIDERS={"local": {**entry, "limits": {"at_once": 9}}}):
            for name, (prepare, move) in moves.items():
                tables = self.taken_by(move, prepare())
                seen |= set(tables)
                with self.subTest(move=name):
                    self.assertEqual(tables, sorted(tables, key=ORDER.index))
        self.assertEqual(seen, set(ORDER))
