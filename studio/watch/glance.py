"""A look that may hang, taken so that whoever asks gets an answer in time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from django.db import connection

T = TypeVar("T")


class Glance(Generic[T]):
    """Does `look` in a thread of its own, one at a time: all who ask meanwhile share its answer, so that a database
    that hangs holds one thread, however often it is asked after."""

    def __init__(self, look: Callable[[], T]) -> None:
        self.look = look
        self._lock = threading.Lock()
        self._answer: Future[T] | None = None

    def __call__(self, seconds: float) -> T:
        """What `look` found, or raises what it raised; TimeoutError after `seconds`."""
        with self._lock:
            if self._answer is None or self._answer.done():
                self._answer = Future()
                # A daemon: a process that is asked to leave does not wait for it.
                threading.Thread(target=self._run, args=[self._answer], name="glance", daemon=True).start()
            answer = self._answer
        return answer.result(seconds)

    def _run(self, answer: Future[T]) -> None:
        try:
            found = self.look()
        except Exception as error:  # noqa: BLE001  # it is raised where it was asked for
            answer.set_exception(error)
        else:
            answer.set_result(found)
        finally:
            connection.close()
