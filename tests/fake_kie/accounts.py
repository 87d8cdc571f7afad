"""A key and its balance (kie-api.md 1.2, 1.5, 2)."""

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

from tests.fake_kie.wire import RefusedError

NO_CREDITS = "The current credits are insufficient. Please top up."


class Window:
    """At most so many within so many seconds."""

    def __init__(self) -> None:
        self.taken: deque[float] = deque()

    def take(self, now: float, *, most: int, seconds: float) -> bool:
        while self.taken and self.taken[0] <= now - seconds:
            self.taken.popleft()
        if len(self.taken) >= most:
            return False
        self.taken.append(now)
        return True


@dataclass(slots=True)
class Account:
    key: str
    credits: Decimal
    creates: Window = field(default_factory=Window)

    def charge(self, price: Decimal) -> None:
        if self.credits < price:
            raise RefusedError(402, NO_CREDITS)
        self.credits -= price

    def refund(self, price: Decimal) -> None:
        self.credits += price
