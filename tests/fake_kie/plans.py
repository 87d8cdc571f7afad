"""How a task goes: a plan of steps, one per query or one per stretch of time (kie-api.md 14.5)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from threading import Timer
from typing import Any

from tests.fake_kie.accounts import Account, Window
from tests.fake_kie.wire import Body

MISSING, RUNNING, SUCCESS, FAILED, CREATE_FAILED = "missing", "running", "success", "failed", "create_failed"
ENDS = {SUCCESS, FAILED, CREATE_FAILED}


@dataclass(slots=True, kw_only=True)
class Plan:
    """The tasks whose prompt fits `prompt` go like this; the newest plan that fits and is not used up counts.

    `steps` are `missing` (no record yet), `running` (families may add stages of their own) and an end: `success`,
    `failed` or `create_failed`. The last step stays: a plan without an end never ends. `every` is the seconds from
    step to step; with None each query is a step, so that a test needs no clock.
    """

    prompt: str = "*"
    times: int | None = None  # how many tasks; None: all
    steps: tuple[str, ...] = (RUNNING, RUNNING, RUNNING, SUCCESS)
    every: float | None = 0.7
    error_code: int = 400
    error: str = "Your content was flagged by OpenAI as violating content policies"
    urls: tuple[str, ...] | None = None  # result addresses instead of our own files
    count: int | None = None  # of results, instead of as many as were asked for
    snake_case: bool = False  # `result_urls` in the record, as the quick starts have it
    with_status: bool = True  # the English quick start has no `status`
    text_times: bool = False  # `YYYY-MM-DD HH:mm:ss` instead of epoch ms
    record: Body = field(default_factory=dict)  # laid over `data` of the record
    callbacks: tuple[str, ...] = ("final",)  # words of callbacks.py; () is never, twice is a repeat
    early: bool = False  # the callback overtakes the answer to the creation

    def __post_init__(self) -> None:
        # JSON of the control endpoint has no tuples
        self.steps, self.callbacks = tuple(self.steps), tuple(self.callbacks)
        self.urls = None if self.urls is None else tuple(self.urls)

    def fits(self, prompt: str) -> bool:
        return self.times != 0 and fnmatchcase(prompt, self.prompt)


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of task, at a step of it: `news` is the body of the callback, or None; `files` are the results that are
    there, each name with what makes its content."""

    name: str
    news: Callable[["Task", str], Body | None]
    files: Callable[["Task", str], dict[str, Callable[[], bytes]]]


def new_id() -> str:
    return secrets.token_hex(16)


@dataclass(slots=True, kw_only=True)
class Task:
    family: Family
    account: Account
    plan: Plan
    params: Body
    sent: Any
    price: Decimal
    created: float
    root: str  # where its files are
    id: str = field(default_factory=new_id)
    steps: tuple[str, ...] = ()
    queries: int = 0
    asked: Window = field(default_factory=Window)
    told: int = -1  # the last step whose news went out
    completed: float | None = None
    finished: bool = False
    timer: Timer | None = None

    def __post_init__(self) -> None:
        self.steps = self.steps or self.plan.steps

    def place(self, now: float) -> float:
        """How far along the steps; between two of them in a plan by time."""
        last = len(self.steps) - 1
        if self.finished:
            return last
        gone = max(self.queries - 1, 0) if self.plan.every is None else (now - self.created) / (self.plan.every or 1e-9)
        return min(gone, last)

    def reached(self, number: int, now: float) -> float:
        """When the step began."""
        return now if self.finished or self.plan.every is None else self.created + number * self.plan.every

    def step(self, now: float) -> str:
        return self.steps[int(self.place(now))]

    def progress(self, now: float) -> str:
        """A growing string from "0.00" to "1.00" (kie-api.md 10.2)."""
        if self.step(now) == SUCCESS:
            return "1.00"
        return f"{min(self.place(now) / len(self.steps), 0.99):.2f}"

    def finish(self, end: str) -> None:
        self.steps, self.finished = (*self.steps[:-1], end), True
