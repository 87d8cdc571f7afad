"""`/healthz`: true, quick, and silent about everything but numbers; above all when things are bad."""

import threading
from datetime import timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, SimpleTestCase, TransactionTestCase, override_settings
from django.utils import timezone

from studio.library import space
from studio.tasks.backlog import Backlog
from studio.watch import health
from studio.watch.glance import Glance
from studio.watch.health import Seen, report_on
from studio.worker import heartbeat
from studio.worker.heartbeat import Heart
from studio.worker.models import Beat
from tests.base import StudioTestCase
from tests.ops.test_supervisor import until

FLOOR = 512 * 1024**2
PLENTY = 10 * FLOOR


def ask() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/healthz")
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    found: dict[str, Any] = answer.json()
    return answer.status_code, found


class WholeTests(TransactionTestCase):
    """Through the address, with the thread that looks."""

    def setUp(self) -> None:
        super().setUp()
        room = mock.patch.object(space, "free_bytes", return_value=PLENTY)
        room.start()
        self.addCleanup(room.stop)

    def test_all_is_well(self) -> None:
        Heart("test").beat()
        status, report = ask()
        self.assertEqual(status, 200)
        self.assertEqual(
            report,
            {
                "status": "ok",
                "web": "ok",
                "database": "ok",
                "worker": "ok",
                "queue": {"waiting": 0, "oldest_seconds": 0.0, "state": "ok"},
                "disk": {"free_bytes": PLENTY, "state": "ok"},
            },
        )

    def test_without_a_worker_it_is_down(self) -> None:
        status, report = ask()
        self.assertEqual((status, report["status"], report["worker"]), (503, "down", "down"))
        self.assertEqual((report["web"], report["database"]), ("ok", "ok"))

    def test_a_worker_that_gave_no_sign_for_long_is_gone(self) -> None:
        Heart("test").beat()
        Beat.objects.update(at=timezone.now() - timedelta(seconds=heartbeat.STALE + 1))
        self.assertEqual(ask()[1]["worker"], "down")

    def test_a_database_that_hangs_is_told_within_the_patience(self) -> None:
        answers = threading.Event()

        def hang() -> Seen:
            answers.wait()
            return health.look()

        with mock.patch.object(health, "glance", Glance(hang)), mock.patch.object(health, "PATIENCE", 0.1):
            status, report = ask()  # the look still hangs here
            answers.set()
            until(lambda: ask()[1]["database"] == "ok", 60)
        self.assertEqual(
            (status, report["status"], report["database"], report["worker"]), (503, "down", "down", "down")
        )
        self.assertEqual(report["queue"], {"waiting": None, "oldest_seconds": None, "state": "ok"})


class AnyoneTests(StudioTestCase):
    def test_a_visitor_with_a_session_needs_no_database_either(self) -> None:
        self.sign_in(self.alice)

        def away(*_: object) -> None:
            raise OperationalError("away")

        with (
            mock.patch.object(health, "glance", side_effect=OperationalError("away")),
            connection.execute_wrapper(away),
        ):
            answer = self.client.get("/healthz")
        self.assertEqual((answer.status_code, answer.json()["database"]), (503, "down"))

    def test_it_asks_for_nothing_and_changes_nothing(self) -> None:
        self.assertEqual(self.client.post("/healthz").status_code, 405)
        self.assertEqual(self.client.head("/healthz").content, b"")
        self.assertEqual(self.client.get("/healthz").cookies, {})

    def test_the_look_costs_two_queries(self) -> None:
        self.make_task()
        with self.assertNumQueries(2):
            seen = health.look()
        self.assertEqual((seen.worker_is_well, seen.backlog.waiting), (False, 1))

    def test_it_tells_neither_names_nor_places(self) -> None:
        Heart("holder-of-this").beat()
        self.make_task()
        with mock.patch.object(health, "glance", side_effect=lambda _: health.look()):
            said = self.client.get("/healthz").content.decode()
        self.assertIn('"waiting": 1', said)
        beat = Beat.objects.get()
        for secret in (beat.host, beat.holder, str(settings.STUDIO_DATA), self.team.name, str(self.team.pk)):
            self.assertNotIn(secret, said)


class ReportTests(SimpleTestCase):
    def report(self, *, oldest: float = 0.0, worker: bool = True, free: int = PLENTY) -> dict[str, Any]:
        return report_on(Seen(worker_is_well=worker, backlog=Backlog(waiting=3, oldest=oldest)), free)

    def test_a_slow_queue_is_worth_a_word_but_no_alarm(self) -> None:
        report = self.report(oldest=health.SLOW)
        self.assertEqual((report["status"], report["worker"]), ("degraded", "ok"))
        self.assertEqual(report["queue"], {"waiting": 3, "oldest_seconds": health.SLOW, "state": "slow"})
        self.assertEqual(self.report(oldest=health.SLOW - 1)["status"], "ok")

    @override_settings(MIN_FREE_DISK=FLOOR)
    def test_so_is_a_disk_that_fills_up(self) -> None:
        report = self.report(free=FLOOR - 1)
        self.assertEqual((report["status"], report["disk"]["state"]), ("degraded", "low"))
        self.assertEqual(self.report(free=FLOOR)["status"], "ok")

    def test_down_is_down_whatever_else(self) -> None:
        self.assertEqual(self.report(worker=False, oldest=health.SLOW, free=0)["status"], "down")
        self.assertEqual(report_on(None, 0)["status"], "down")

    def test_a_degraded_studio_is_open(self) -> None:
        seen = Seen(worker_is_well=True, backlog=Backlog(waiting=1, oldest=health.SLOW))
        with mock.patch.object(health, "glance", return_value=seen):
            self.assertEqual((ask()[0], ask()[1]["status"]), (200, "degraded"))


class GlanceTests(SimpleTestCase):
    databases = {"default"}  # its threads close their connection

    def test_those_who_ask_a_database_that_hangs_share_one_thread(self) -> None:
        free = threading.Event()
        looks = []

        def look() -> str:
            looks.append(threading.current_thread())
            free.wait(20)
            return "seen"

        glance = Glance(look)
        for _ in range(3):
            with self.assertRaises(TimeoutError):
                glance(0.01)
        self.assertEqual(len(looks), 1)
        self.assertTrue(looks[0].daemon)
        free.set()
        self.assertEqual(glance(20), "seen")
        until(lambda: not looks[0].is_alive())
        self.assertEqual(glance(20), "seen")
        self.assertEqual(len(looks), 2)

    def test_an_error_is_raised_where_it_was_asked_for_and_forgotten_by_the_next(self) -> None:
        answers = [OperationalError("away"), None]

        def look() -> str:
            if error := answers.pop(0):
                raise error
            return "seen"

        glance = Glance(look)
        with self.assertRaises(OperationalError):
            glance(20)
        self.assertEqual(glance(20), "seen")
