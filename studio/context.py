"""Whom the running code works for: the request and the task that every line of the log names (`watch.log`).

Plain Python below all rooms, so that each may say what it learns. A request keeps one `Work`, filled as more is known
about it: threads and coroutines that serve it share the object, whoever began it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace


@dataclass(slots=True)
class Work:
    """Ids only: what is written here is written into the log."""

    request_id: str = ""
    team: str = ""
    member: str = ""
    task: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What is known."""
        return {name: value for name, value in asdict(self).items() if value}


_work: ContextVar[Work] = ContextVar("work")


def current() -> Work:
    return _work.get(None) or Work()


def enter(work: Work) -> None:
    """From here on, in this thread or coroutine and in those that it starts, for nothing but `work`."""
    _work.set(work)


@contextmanager
def working(**facts: str) -> Iterator[Work]:
    """Within the block, for what was known before and for `facts`."""
    work = replace(current(), **facts)
    token = _work.set(work)
    try:
        yield work
    finally:
        _work.reset(token)
