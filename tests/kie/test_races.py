"""Callbacks and polls at the same moment, each with a connection of its own to the database."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.db import connections as databases
from django.test import TransactionTestCase, override_settings

from studio.accounts import connections
from studio.accounts.models import Role, Team
from studio.credits import ledger
from studio.credits.models import Entry
from studio.library.models import Asset
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import STARTER, StudioTestCase
from tests.fake_kie import FakeKie
from tests.kie.base import CREATE, SOON, KieTestCase

TASKS = 3


class RaceTests(TransactionTestCase):
    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        self.kie = self.enterContext(FakeKie(key=f"kie-{uuid.uuid4().hex}"))
        self.kie.plan(steps=SOON, every=None)
        self.kie.settings.query_limit = None
        plain = KieTestCase()
        plain.kie, plain.slept = self.kie, []
        self.enterContext(override_settings(MEDIA_ROOT=Path(folder) / "media", **plain.settings_of_kie()))
        for name in ("POLL_FIRST", "POLL_LAST"):
            self.enterContext(patch.object(rounds, name, timedelta()))
        self.enterContext(patch("studio.tasks.callbacks.QUIET", timedelta()))
        connections._engine.cache_clear()
        self.addCleanup(connections._engine.cache_clear)
        self.team = Team.objects.create(name="Harbour Team")
        self.alice = StudioTestCase.join(self.team, "Alice Lind", Role.OWNER)
        ledger.grant(team=self.team, amount=STARTER)
        self.studio = plain

    def race(self, *runners: Callable[[], object]) -> None:
        gate, errors = threading.Barrier(len(runners)), list[BaseException]()

        def run(runner: Callable[[], object]) -> None:
            gate.wait()
            try:
                runner()
            except BaseException as error:  # noqa: BLE001  # told below, in the thread of the test
                errors.append(error)
            finally:
                databases.close_all()

        threads = [threading.Thread(target=run, args=(runner,)) for runner in runners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])

    def test_however_they_meet_there_is_one_request_one_result_and_one_charge(self) -> None:
        for number in range(TASKS):
            with self.subTest(number=number):
                if number:  # its callback is all that brings it back
                    self.kie.fault(CREATE, "reset", acts=True)
                task = self.studio.press(self.alice, pause=0)
                rounds.begin(task.pk, "first")
                upstream_id = self.kie.last_create.task

                def tell(task: Task = task, upstream_id: str = upstream_id) -> None:
                    for _time in range(25):
                        self.assertEqual(self.studio.call_back(task, upstream_id=upstream_id), 200)

                def work(task: Task = task) -> None:
                    for _time in range(400):
                        rounds.carry_on(task.pk, threading.current_thread().name)
                        if not Task.objects.get(pk=task.pk).is_open:
                            return

                self.race(tell, tell, work, work)
                work()
                task.refresh_from_db()
                self.assertEqual((task.status, task.upstream_id), (Status.SUCCEEDED, upstream_id))
                self.assertEqual(len(task.results), 1)
        self.assertEqual((len(self.kie.creates()), Asset.objects.count()), (TASKS, TASKS))
        account = ledger.account_of(self.team)
        spent = TASKS * self.studio.price()
        self.assertEqual((account.available, account.held), (STARTER - spent, 0))
        self.assertEqual(sum(Entry.objects.values_list("amount", flat=True)), STARTER - spent)
