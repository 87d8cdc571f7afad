"""What goes over the wire: one call as it arrived, one answer, Kie's envelope (kie-api.md 1.2, 1.3, 1.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from threading import Thread
from typing import Any

Body = dict[str, Any]
SHOWN = 4_000  # longer answers are logged as a count of bytes


class RefusedError(Exception):
    """A call that is answered with an error: the outcome is in the body, HTTP says 200 unless `status` is given."""

    def __init__(self, code: int, msg: str, *, status: int = 200) -> None:
        super().__init__(f"{code} {msg}")
        self.code, self.msg, self.status = code, msg, status


@dataclass(slots=True)
class Answer:
    """`delivery` is how the bytes leave: whole, short (half of what was promised), drip, endless, huge or reset."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    delivery: str = "whole"
    seconds: float = 0.0


def envelope(data: Any = None, *, code: int = 200, msg: str = "success", status: int = 200) -> Answer:
    return as_json({"code": code, "msg": msg, "data": data}, status=status)


def as_json(content: Any, *, status: int = 200) -> Answer:
    return Answer(json.dumps(content).encode(), status)


@dataclass
class Call:
    """One request, and beside it what became of it."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]  # names in lower case
    at: float
    raw: bytes = b""
    status: int | None = None  # None: nothing was answered (yet)
    answer: Any = None
    fault: str = ""
    unknown: list[str] = field(default_factory=list)  # fields that kie-api.md does not name
    task: str = ""  # the task that it created
    first: list[Thread] = field(default_factory=list)  # callbacks that overtake the answer

    @property
    def endpoint(self) -> str:
        """The path without the root that all of them share: `gpt4o-image/generate`, `files/<task>/0.png`."""
        return self.path.removeprefix("/api/v1/").removeprefix("/api/").lstrip("/")

    @property
    def key(self) -> str:
        scheme, _, key = self.headers.get("authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""

    @cached_property
    def form(self) -> dict[str, "Part"]:
        return parts(self.headers.get("content-type", ""), self.raw)

    @cached_property
    def body(self) -> Any:
        """What was sent, as JSON or as the fields of a form; text that is neither stays text."""
        if self.headers.get("content-type", "").startswith("multipart/form-data"):
            return {name: part.told for name, part in self.form.items()}
        try:
            return json.loads(self.raw) if self.raw else None
        except ValueError:
            return self.raw.decode(errors="replace")

    def fields(self) -> Body:
        """The body as a JSON object, or 400: malformed JSON (kie-api.md 1.4)."""
        if not self.headers.get("content-type", "").startswith("application/json"):
            raise RefusedError(400, "Content-Type must be application/json")
        if not isinstance(self.body, dict):
            raise RefusedError(400, "The request body is not a JSON object")
        return self.body

    def answered(self, answer: Answer) -> None:
        self.status = answer.status
        if len(answer.body) > SHOWN or not answer.headers.get("Content-Type", "").startswith("application/json"):
            self.answer = {"bytes": len(answer.body)}
        else:
            self.answer = answer.body.decode(errors="replace")
            try:
                self.answer = json.loads(self.answer)
            except ValueError:
                return  # broken on purpose, and shown as it left

    def as_log(self) -> Body:
        names = ("method", "path", "endpoint", "query", "key", "body", "at", "status", "answer", "fault", "unknown")
        return {name: getattr(self, name) for name in names} | {"headers": dict(self.headers), "task": self.task}


@dataclass(slots=True)
class Part:
    content: bytes
    file_name: str | None

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def told(self) -> Any:
        return self.text if self.file_name is None else {"file": self.file_name, "bytes": len(self.content)}


def parts(content_type: str, raw: bytes) -> dict[str, Part]:
    """The fields of a multipart/form-data body, which the standard library no longer reads."""
    head = Message()
    head["Content-Type"] = content_type
    boundary = str(head.get_param("boundary", ""))
    found = {}
    for piece in raw.split(b"--" + boundary.encode())[1:-1] if boundary else ():
        top, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        said = Message()
        for line in top.decode(errors="replace").split("\r\n"):
            name, _, value = line.partition(":")
            said[name] = value.strip()
        name = str(said.get_param("name", "", "Content-Disposition"))
        found[name] = Part(content.removesuffix(b"\r\n"), said.get_filename())
    return found
