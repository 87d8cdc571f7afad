"""Tells the person at the terminal how far it is, now and then."""

import time
from collections.abc import Callable

from django.template.defaultfilters import filesizeformat

Say = Callable[[str], object]
EVERY = 2.0  # seconds


def size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")


class Progress:
    """`total` is in bytes; `clock` is in seconds."""

    def __init__(self, say: Say, what: str, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.say, self.what, self.total, self.clock = say, what, total, clock
        self.done, self.told = 0, clock()

    def add(self, count: int) -> None:
        self.done += count
        if self.clock() - self.told >= EVERY:
            self.told = self.clock()
            share = 100 * self.done // max(self.total, 1)
            self.say(f"{self.what}: {size(self.done)} of {size(self.total)} ({min(share, 100)} %)")
