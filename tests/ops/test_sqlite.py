"""SQLite as a real server's database: what the settings say is true of every connection, and writers wait their turn."""

import sqlite3
import threading
import time
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ConnectionHandler
from django.test import TestCase, TransactionTestCase

from studio.accounts.models import Team
from studio.credits import ledger
from studio.credits.models import CreditAccount, Entry
from studio.tasks.models import TeamPulse

WRITERS, SECONDS = 8, 1.0


@unittest.skipUnless(connection.vendor == "sqlite", "about SQLite")
class ConnectionTests(TestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "db.sqlite3"
        handler = ConnectionHandler({"default": {**settings.DATABASES["default"], "NAME": self.path}})
        self.connection = handler["default"]
        self.addCleanup(self.connection.close)

    def pragma(self, name: str) -> Any:
        with self.connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    def test_every_connection_is_durable_and_keeps_the_keys(self) -> None:
        for _connection in range(2):
            told = {name: self.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
            self.assertEqual(told, {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000})
            self.connection.close()

    def test_a_transaction_takes_the_write_lock_at_its_beginning(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("CREATE TABLE told (words TEXT)")
        other = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        self.addCleanup(other.close)
        # As `transaction.atomic` begins.
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with self.assertRaisesMessage(sqlite3.OperationalError, "database is locked"):
            other.execute("BEGIN IMMEDIATE")
        self.assertEqual(other.execute("SELECT count(*) FROM told").fetchone(), (0,), "readers never wait")
        self.connection.rollback()
        self.connection.set_autocommit(True)
        other.execute("BEGIN IMMEDIATE")


@unittest.skipUnless(connection.vendor == "sqlite", "about SQLite")
class BusyTests(TransactionTestCase):
    def test_many_writers_at_once_never_meet_a_locked_database(self) -> None:
        """Each reads before it writes, which is where a transaction that begins as a reader comes to a dead end."""
        team = Team.objects.create(name="Harbour Team")
        ledger.account_of(team)
        began, written, errors = time.monotonic(), [0] * WRITERS, []
        together = threading.Barrier(WRITERS)

        def write(number: int) -> None:
            together.wait()
            try:
                while time.monotonic() - began < SECONDS:
                    with transaction.atomic():
                        Entry.objects.filter(account__team=team).count()
                        ledger.grant(team=team, amount=1)
                        TeamPulse.bump(team.pk)
                    written[number] += 1
            except Exception as error:  # noqa: BLE001  # any of them fails the test
                errors.append(error)
            finally:
                connection.close()

        writers = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        self.assertEqual(errors, [])
        total = sum(written)
        self.assertGreater(total, WRITERS)
        self.assertEqual(
            (CreditAccount.objects.get().available, Entry.objects.count(), TeamPulse.objects.get().version),
            (total,) * 3,
        )
