"""The worker's sign of life: there while it lives and looks, gone when it has left, and never in its way."""

import threading
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

from django.db import InterfaceError, OperationalError
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from studio.worker import heartbeat, sweep
from studio.worker.heartbeat import Heart
from studio.worker.loop import HUNG, Worker
from studio.worker.models import Beat
from tests.ops.test_supervisor import until


def leave(holder: str, *, age: float = 0.0, host: str = "elsewhere") -> None:
    at = timezone.now() - timedelta(seconds=age)
    Beat.objects.create(holder=holder, host=host, pid=1, started_at=at, at=at)


class SignTests(TestCase):
    def test_without_any_sign_nobody_is_there(self) -> None:
        self.assertIsNone(heartbeat.age())
        self.assertFalse(heartbeat.is_well())

    def test_one_living_worker_anywhere_is_enough(self) -> None:
        leave("dead", age=400)
        leave("alive", age=4)
        age = heartbeat.age()
        assert age is not None
        self.assertTrue(4 <= age < 10)
        self.assertTrue(heartbeat.is_well())

    def test_an_old_sign_is_none(self) -> None:
        leave("dead", age=heartbeat.STALE)
        self.assertFalse(heartbeat.is_well())

    def test_a_clock_that_runs_ahead_gives_no_negative_age(self) -> None:
        leave("ahead", age=-20)
        self.assertEqual(heartbeat.age(), 0.0)

    def test_before_a_start_the_signs_of_this_machine_are_forgotten(self) -> None:
        Heart("mine").beat()
        leave("theirs")
        heartbeat.forget()
        self.assertEqual([beat.holder for beat in Beat.objects.all()], ["theirs"])

    def test_a_database_that_is_away_knows_of_no_worker_and_stops_no_start(self) -> None:
        away = mock.patch.object(Beat.objects, "order_by", side_effect=OperationalError)
        gone = mock.patch.object(Beat.objects, "filter", side_effect=InterfaceError)
        with away, gone:
            self.assertFalse(heartbeat.is_well())
            heartbeat.forget()

    def test_what_dead_workers_left_is_swept_after_a_while(self) -> None:
        leave("long dead", age=heartbeat.KEPT.total_seconds() + 1)
        leave("just dead", age=60)
        with self.assertLogs("studio.worker.sweep", "INFO"):
            self.assertTrue(sweep.sweep())
        self.assertEqual([beat.holder for beat in Beat.objects.all()], ["just dead"])

    def test_a_sign_that_was_swept_away_comes_back_with_the_same_start(self) -> None:
        heart = Heart("slept")
        heart.beat()
        Beat.objects.all().delete()
        heart.beat()
        heart.beat()
        self.assertEqual([beat.started_at for beat in Beat.objects.all()], [heart.started_at])


class HeartTests(TransactionTestCase):
    """In threads of their own, so with a database that other threads can see."""

    def setUp(self) -> None:
        super().setUp()
        often = mock.patch.object(heartbeat, "EVERY", 0.01)
        often.start()
        self.addCleanup(often.stop)

    def test_it_beats_within_the_block_and_leaves_nothing_behind(self) -> None:
        with Heart("test") as heart:
            until(heartbeat.is_well)
            first = Beat.objects.get().at
            until(lambda: Beat.objects.filter(at__gt=first).exists())
        self.assertFalse(heart.thread.is_alive())
        self.assertFalse(Beat.objects.exists())

    def test_a_worker_that_hangs_gives_no_sign(self) -> None:
        worker = Worker(renders=1)
        self.assertTrue(worker.is_looking())
        worker.looked -= HUNG
        with Heart("hung", worker.is_looking) as heart:
            heart.stopping.wait(0.1)
            self.assertFalse(Beat.objects.exists())

    def test_a_database_that_goes_away_is_said_once_and_outlived(self) -> None:
        heart, tries = Heart("test"), 0
        beat = heart.beat

        def unsteady() -> None:
            nonlocal tries
            tries += 1
            if tries < 4:
                raise (OperationalError if tries % 2 else InterfaceError)("the connection is closed")
            beat()

        with (
            self.assertLogs("studio.worker.heartbeat", "ERROR") as logs,
            mock.patch.object(heart, "beat", unsteady),
            heart,
        ):
            until(heartbeat.is_well)
        self.assertEqual(len(logs.output), 1)

    def test_a_database_that_hangs_does_not_keep_the_worker(self) -> None:
        free = threading.Event()
        heart = Heart("test")

        def hang() -> None:
            free.wait(20)

        with mock.patch.object(heartbeat, "FAREWELL", 0.01), mock.patch.object(heart, "beat", hang), heart:
            pass
        self.assertTrue(heart.thread.is_alive())
        free.set()
        heart.thread.join(20)
        self.assertFalse(heart.thread.is_alive())


class WorkerTests(TransactionTestCase):
    def run_worker(self, look: Callable[[Worker], int]) -> tuple[Worker, threading.Thread]:
        worker = Worker(renders=1)
        for name, value in (("studio.worker.loop.AWAY", 0.01), ("studio.worker.loop.Worker.look", look)):
            patch = mock.patch(name, value)
            patch.start()
            self.addCleanup(patch.stop)
        thread = threading.Thread(target=worker.run, daemon=True)
        thread.start()

        def end() -> None:
            worker.stop()
            thread.join(20)
            self.assertFalse(thread.is_alive())

        self.addCleanup(end)
        return worker, thread

    def test_a_slow_step_does_not_stop_its_heart(self) -> None:
        step = threading.Event()
        with mock.patch.object(heartbeat, "EVERY", 0.01):
            worker, _ = self.run_worker(lambda _: 0)
            worker.steps.pool.submit(step.wait, 20)
            until(heartbeat.is_well)
            first = Beat.objects.get().at
            until(lambda: Beat.objects.filter(holder=worker.holder, at__gt=first).exists())
            worker.stop()
            self.assertTrue(heartbeat.is_well(), "it is there until its last step is done")
            step.set()
            until(lambda: not Beat.objects.exists())

    def test_a_database_that_is_away_does_not_end_the_worker(self) -> None:
        errors = [OperationalError("away"), InterfaceError("connection already closed"), OperationalError("away")]
        looked = threading.Event()

        def look(_worker: Worker) -> int:
            if errors:
                raise errors.pop()
            looked.set()
            return 0

        with self.assertLogs("studio.worker.loop", "INFO") as logs:
            _, thread = self.run_worker(look)
            self.assertTrue(looked.wait(20))
            until(lambda: any("answers again" in line for line in logs.output))
        self.assertTrue(thread.is_alive())
        self.assertEqual(sum("did not answer" in line for line in logs.output), 1)
