"""Django's backend for SQLite, with a queue for its one writer.

SQLite lets one transaction write at a time, and makes the others sleep and look again, longer and longer, whoever came
first. Between processes that is as it must be. The many threads of one process queue up here instead, first come, first
served, so that none of 50 members who press at once waits for seconds.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Line:
    """Lets one in at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._mutex, self._is_taken = threading.Lock(), False
        self._waiting: deque[threading.Event] = deque()

    def enter(self, patience: float) -> bool:
        """False after `patience` seconds without a turn."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return True
        with self._mutex:
            if turn.is_set():  # just now
                return True
            self._waiting.remove(turn)
        return False

    def leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


_lines: defaultdict[str, Line] = defaultdict(Line)  # one per database


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For one statement that is a transaction by itself."""
        is_mine = self._enter()
        try:
            yield
        finally:
            if is_mine:
                self._leave()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs; when it fails, what is rolled back now still has the database
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _enter(self) -> bool:
        """Whether it is our turn from now on. Whoever waited for longer than SQLite would goes on and lets it decide."""
        if not self._is_in:
            self._is_in = _lines[str(self.settings_dict["NAME"])].enter(self._patience)
            return self._is_in
        return False

    def _leave(self) -> None:
        if self._is_in:
            self._is_in = False
            _lines[str(self.settings_dict["NAME"])].leave()

    @property
    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5.0))


class Cursor(base.SQLiteCursorWrapper):
    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        if self.wrapper.in_atomic_block or not query.startswith(WRITES):
            return super().execute(query, params)
        with self.wrapper.alone():
            return super().execute(query, params)
