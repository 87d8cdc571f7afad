"""What goes wrong on purpose, per endpoint and per nth call, before or after acting."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from tests.fake_kie.wire import Answer, Body, as_json, envelope

HTML = b"<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>"
# Kinds that change the genuine answer, so the call is carried out unless `acts` says otherwise.
CHANGES = {"headers", "truncated", "half", "types", "no_data", "drip", "oversized", "huge", "endless"}
KINDS = CHANGES | {"answer", "html", "fake_png", "empty", "reset", "hang", "redirect"}


@dataclass(slots=True, kw_only=True)
class Fault:
    """`endpoint` may be a pattern (`files/*`). Calls are counted from the moment the fault is set; it strikes from the
    `nth` on for `times` of them (None: for ever). `acts` says whether the call is carried out before it goes wrong.

    answer     any `code`/`msg`/`data` at any HTTP `status`, or `body` as it is
    html, fake_png, empty, redirect (to `location`)
    headers    the genuine answer with other `headers` (Retry-After, a wrong Content-Type)
    truncated  less arrives than Content-Length promised;  half: the content itself ends in the middle
    types      `code` a string, `data` in a list;  no_data: without `data`;  oversized: `size` bytes more
    reset      before the body is read, or with `acts` after all is done
    hang       until `release()`, at most `seconds`; then the answer with `acts`, else the connection closes
    drip       byte by byte, `seconds` between two;  endless;  huge: a Content-Length of 10 GB
    """

    endpoint: str
    kind: str = "answer"
    nth: int = 1
    times: int | None = 1
    acts: bool | None = None  # None: as the kind needs it
    code: int | None = None
    msg: str = "error"
    data: Any = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    location: str = ""
    seconds: float | None = None  # None: 30, and 0.05 for a drip
    size: int = 50_000_000
    seen: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault is called {self.kind}: {', '.join(sorted(KINDS))}")
        if self.acts is None:
            self.acts = self.kind in CHANGES
        if self.seconds is None:
            self.seconds = 0.05 if self.kind == "drip" else 30

    def strikes(self) -> bool:
        """Counts one call."""
        self.seen += 1
        return self.nth <= self.seen and (self.times is None or self.seen < self.nth + self.times)

    def spoil(self, genuine: Answer) -> Answer:
        """What leaves instead of the genuine answer."""
        answer = SPOILERS.get(self.kind, same)(self, genuine)
        if self.status is not None:
            answer.status = self.status
        answer.headers |= self.headers
        answer.seconds = self.seconds or 0
        return answer

    def as_json(self) -> Body:
        return asdict(self)


def never_happened() -> Answer:
    """The success that is reported, or cut short, when nothing was done."""
    return envelope({"taskId": "0" * 32})


class Faults:
    def __init__(self) -> None:
        self.all: list[Fault] = []
        self.lock = threading.Lock()

    def strike(self, endpoint: str) -> Fault | None:
        """The oldest that strikes this call; every one that fits counts it."""
        with self.lock:
            fitting = [fault for fault in self.all if fnmatchcase(endpoint, fault.endpoint)]
            striking = [fault for fault in fitting if fault.strikes()]
        return striking[0] if striking else None


def same(_fault: Fault, genuine: Answer) -> Answer:
    return genuine


def told(fault: Fault, _genuine: Answer) -> Answer:
    if fault.body is not None:
        return Answer(fault.body.encode())
    code = fault.code if fault.code is not None else (fault.status or 500)
    return envelope(fault.data, code=code, msg=fault.msg)


def delivered(how: str) -> Callable[[Fault, Answer], Answer]:
    def change(_fault: Fault, genuine: Answer) -> Answer:
        genuine.delivery = how
        return genuine

    return change


def half(_fault: Fault, genuine: Answer) -> Answer:
    return Answer(genuine.body[: len(genuine.body) // 2], genuine.status, genuine.headers)


def wrong_types(_fault: Fault, genuine: Answer) -> Answer:
    content = json.loads(genuine.body)
    return as_json(content | {"code": str(content["code"]), "data": [content.get("data")]})


def no_data(_fault: Fault, genuine: Answer) -> Answer:
    content = json.loads(genuine.body)
    content.pop("data", None)
    return as_json(content)


def oversized(fault: Fault, genuine: Answer) -> Answer:
    return Answer(genuine.body + b" " * fault.size, genuine.status, genuine.headers)


def redirected(fault: Fault, _genuine: Answer) -> Answer:
    return Answer(status=302, headers={"Location": fault.location})


SPOILERS: dict[str, Callable[[Fault, Answer], Answer]] = {
    "answer": told,
    "html": lambda _fault, _genuine: Answer(HTML, headers={"Content-Type": "text/html"}),
    "fake_png": lambda _fault, _genuine: Answer(HTML, headers={"Content-Type": "image/png"}),
    "empty": lambda _fault, genuine: Answer(b"", genuine.status, genuine.headers),
    "truncated": delivered("short"),
    "drip": delivered("drip"),
    "endless": delivered("endless"),
    "huge": delivered("huge"),
    "reset": delivered("reset"),
    "half": half,
    "types": wrong_types,
    "no_data": no_data,
    "oversized": oversized,
    "redirect": redirected,
}
