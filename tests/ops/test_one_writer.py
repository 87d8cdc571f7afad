"""The threads of one process queue up for SQLite's one writer."""

import threading
from typing import Any
from unittest import TestCase, skipUnless

from django.db import OperationalError, connection, transaction
from django.test import TransactionTestCase

from studio.accounts.models import Team
from studio.sqlite import base
from studio.sqlite.base import Line


class LineTests(TestCase):
    def test_they_come_in_as_they_came(self) -> None:
        line, order, began = Line(), [], [threading.Event() for _ in range(5)]
        self.assertTrue(line.enter(0))

        def come(number: int) -> None:
            began[number].set()
            self.assertTrue(line.enter(30))
            order.append(number)
            line.leave()

        threads = []
        for number in range(5):
            threads.append(threading.Thread(target=come, args=(number,)))
            threads[-1].start()
            began[number].wait()
            while len(line._waiting) <= number:
                pass
        line.leave()
        for thread in threads:
            thread.join()
        self.assertEqual(order, list(range(5)))
        self.assertTrue(line.enter(0))

    def test_whoever_waits_too_long_gives_up_and_keeps_nobody_waiting(self) -> None:
        line = Line()
        line.enter(0)
        self.assertFalse(line.enter(0.01))
        line.leave()
        self.assertTrue(line.enter(0))


@skipUnless(connection.vendor == "sqlite", "SQLite has one writer")
class WriterTests(TransactionTestCase):
    def meanwhile(self, work: Any) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def waiting(self) -> int:
        return len(base._lines[str(connection.settings_dict["NAME"])]._waiting)

    def test_who_writes_waits_for_who_is_writing(self) -> None:
        team = Team.objects.create(name="before")

        def change() -> None:
            Team.objects.filter(pk=team.pk).update(name="after")

        def add() -> None:
            with transaction.atomic():
                Team.objects.create(name="another")

        for write in (change, add):
            with self.subTest(write=write):
                with transaction.atomic():
                    thread = self.meanwhile(write)
                    while not self.waiting():
                        self.assertTrue(thread.is_alive())
                    Team.objects.create(name="first")
                thread.join()
        self.assertEqual(set(Team.objects.values_list("name", flat=True)), {"first", "after", "another"})

    def test_reading_waits_for_nobody(self) -> None:
        with transaction.atomic():
            Team.objects.create(name="new")
            seen: list[int] = []
            self.meanwhile(lambda: seen.append(Team.objects.count())).join()
        self.assertEqual(seen, [0])

    def test_the_line_goes_on_after_every_end(self) -> None:
        for end in (ZeroDivisionError, OperationalError):
            with self.assertRaises(end), transaction.atomic():
                raise end
            self.assertFalse(self.is_taken())
        with self.assertRaises(OperationalError):
            connection.cursor().execute("UPDATE no_such_table SET a = 1")
        self.assertFalse(self.is_taken())

    def test_a_connection_that_closes_in_its_transaction_leaves_the_line(self) -> None:
        def vanish() -> None:
            with self.assertRaises(ZeroDivisionError), transaction.atomic():
                Team.objects.create(name="never")
                connection.close()
                raise ZeroDivisionError

        self.meanwhile(vanish).join()
        self.assertFalse(self.is_taken())
        self.assertFalse(Team.objects.filter(name="never").exists())

    def is_taken(self) -> bool:
        return base._lines[str(connection.settings_dict["NAME"])]._is_taken
