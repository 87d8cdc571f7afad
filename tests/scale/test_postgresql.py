"""The studio on PostgreSQL: the tests of everything that reads and writes rows, run once more with another database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import TestCase

import psycopg
from django.conf import settings

from tests import postgres

ROOMS = ("credits", "tasks", "worker", "library", "accounts", "setup", "contract")
ELSEWHERE = (
    "tests/credits/test_interleavings.py",  # meets both databases wherever it runs
    "tests/tasks/test_plans.py",  # reads SQLite's plans
)
PATIENCE = 600


class PostgreSQLTests(TestCase):
    def test_every_room_works_on_postgresql(self) -> None:
        rooms = [f"tests/{room}" for room in ROOMS if (settings.BASE_DIR / "tests" / room).is_dir()]
        options = ["-q", "-p", "no:cacheprovider", "--reuse-db", *(f"--ignore={path}" for path in ELSEWHERE)]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *rooms],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": postgres.url("rooms")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        self.assertEqual(run.returncode, 0, run.stdout[-6000:])
        with psycopg.connect(postgres.url("test_rooms")) as server:  # what --reuse-db left: it was this database
            self.assertTrue(server.execute("SELECT 1 FROM django_migrations").fetchone())


class KeeperTests(TestCase):
    """The server of the tests itself leaves nothing behind."""

    def test_it_goes_when_the_tests_end(self) -> None:
        keeper = postgres.start_keeper()
        folder = Path(postgres.folder_of(keeper))
        self.assertTrue(folder.is_dir())
        postgres.end_keeper(keeper)
        self.assertFalse(folder.exists())

    def test_it_goes_when_the_tests_are_killed(self) -> None:
        waiting = "import time; from tests import postgres; print(postgres.url(), flush=True); time.sleep(60)"
        tests = subprocess.Popen(
            [sys.executable, "-c", waiting], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip().rpartition("=")[2])
        self.assertTrue(folder.is_dir())
        tests.send_signal(signal.SIGKILL)
        tests.communicate()
        deadline = time.monotonic() + postgres.PATIENCE
        while folder.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(folder.exists())

    def test_one_server_serves_the_whole_session(self) -> None:
        self.assertEqual(postgres.url("a"), postgres.url("b").replace("/b?", "/a?"))
        with psycopg.connect(postgres.url()) as server:
            self.assertGreaterEqual(server.info.server_version, 180000)
