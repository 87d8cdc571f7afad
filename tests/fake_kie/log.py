"""Every request that arrived, in order; a test can wait for one instead of sleeping."""

import threading
from fnmatch import fnmatchcase

from tests.fake_kie.wire import Body, Call


class Log:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.news = threading.Condition()

    def add(self, call: Call) -> None:
        with self.news:
            self.calls.append(call)
            self.news.notify_all()

    def of(self, endpoint: str = "*") -> list[Call]:
        """The calls of an endpoint, or of all that fit a pattern such as `files/*`."""
        return [call for call in list(self.calls) if fnmatchcase(call.endpoint, endpoint)]

    def wait(self, endpoint: str, count: int = 1, *, timeout: float = 10.0) -> list[Call]:
        with self.news:
            if not self.news.wait_for(lambda: len(self.of(endpoint)) >= count, timeout):
                raise AssertionError(f"{endpoint} was called {len(self.of(endpoint))} times, not {count}")
        return self.of(endpoint)

    def clear(self) -> None:
        with self.news:
            self.calls.clear()

    def as_json(self) -> list[Body]:
        return [call.as_log() for call in list(self.calls)]
