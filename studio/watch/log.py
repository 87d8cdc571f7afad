"""How a line of the log looks: for people, or one JSON object for machines. Both name the request and the task that
they belong to, keep to one line whatever a visitor wrote, and hide what must not be read later.
"""

import json
import logging
import math
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from studio import context

OWN = {*vars(logging.makeLogRecord({})), "message", "asctime", "exc", "time", "logger", "level"}
SHORT = 8  # characters of an id that a person needs
HIDDEN = "***"
SECRETS = (
    (re.compile(r"(/callbacks/[^/\s]+/|/password/reset/key/|/accounts/join/)[^/\s?#\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"(\bBearer )[^\s\"']+", re.IGNORECASE), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^\s:/@]*:)[^\s/@]+(?=@)"), rf"\1{HIDDEN}"),  # the password in an address of a server
    (re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), HIDDEN),  # e-mail addresses
    # PostgreSQL shows the row or the statement that it refused, with all that a person wrote into it.
    (
        re.compile(
            r"^(DETAIL|LINE \d+|CONTEXT): .*?(?=\n\n(?:The above|During handling)|\Z)", re.MULTILINE | re.DOTALL
        ),
        rf"\1: {HIDDEN}",
    ),
)
OPAQUE = re.compile(r"(?<=/)(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/|$))[\w-]{20,}(?=/|$)")


def mask(text: str) -> str:
    for secret, instead in SECRETS:
        text = secret.sub(instead, text)
    return text


def mask_path(path: str) -> str:
    """Also without what looks like a token: one long word between slashes that is not the id of a row."""
    return OPAQUE.sub(HIDDEN, mask(path))


def on_one_line(text: str) -> str:
    """Nothing in it can begin a line, colour a terminal or turn the direction of reading."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


class NoTraceOfVisitors(logging.Filter):
    """A request that Django refuses as wrong, of another host or too large, is told in one line: where in our code it was
    noticed helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class TextFormatter(logging.Formatter):
    """What went wrong follows on lines of its own, indented: a line at the edge is always an event."""

    def format(self, record: logging.LogRecord) -> str:
        words = on_one_line(mask(record.getMessage()))
        facts = " ".join(f"{name}={value[:SHORT]}" for name, value in _who(record).items())
        line = f"{self.formatTime(record)} {record.levelname:7} {record.name}: {words}"
        trace = [f"    {on_one_line(row)}" for row in _trace(self, record).split("\n") if row]
        return "\n".join([f"{line} [{facts}]" if facts else line, *trace])


class JsonFormatter(logging.Formatter):
    """Beside the fields that every line has, those that the event gave as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, Any] = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
            **context.current().facts,
            **_extra(record),
        }
        if trace := _trace(self, record):
            facts["exc"] = trace
        return json.dumps(facts)


def _who(record: logging.LogRecord) -> dict[str, str]:
    """Whom the line is about, for people: the request and the task, which an event may name itself."""
    known = context.current().facts | {name: str(value) for name, value in _extra(record).items()}
    return {short: known[name] for name, short in (("request_id", "request"), ("task", "task")) if name in known}


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    """Plain values only: a request or a model would tell more about itself than a line may."""
    found = {name: value for name, value in vars(record).items() if name not in OWN}
    return {name: _plain(value) for name, value in found.items() if isinstance(value, str | int | float | UUID | None)}


def _plain(value: str | int | float | UUID | None) -> str | int | float | None:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return mask(str(value)) if isinstance(value, str | UUID) else value


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [formatter.formatException(record.exc_info)] if record.exc_info else []
    return mask("\n".join([*parts, *([record.stack_info] if record.stack_info else [])]))
