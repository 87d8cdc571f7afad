"""Request bodies, field by field. A family writes down a table `name: Field`, as kie-api.md does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.fake_kie.wire import Body, Call, RefusedError

Check = Callable[[Any], str]  # "" when the value is right, else what is wrong with it


@dataclass(frozen=True, slots=True)
class Field:
    check: Check
    required: bool = False


def checked(call: Call, fields: dict[str, Field]) -> Body:
    """The named fields that carry a value. A null counts as absent; unknown names are only written to the log."""
    sent = call.fields()
    call.unknown = sorted(set(sent) - set(fields))
    for name, field in fields.items():
        value = sent.get(name)
        if value is None:
            if field.required:
                raise RefusedError(422, f"{name} cannot be null")
        elif problem := field.check(value):
            raise RefusedError(422, f"{name} {problem}")
    return {name: sent[name] for name in fields if sent.get(name) is not None}


def text(value: Any) -> str:
    return "" if isinstance(value, str) else "must be a string"


def filled(value: Any) -> str:
    return text(value) or ("" if value.strip() else "cannot be blank")


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be a boolean"


def url(value: Any) -> str:
    if problem := text(value):
        return problem
    try:
        parts = urlsplit(value)
    except ValueError:
        return "must be a URL"
    return "" if parts.scheme in {"http", "https"} and parts.hostname else "must be a URL"


def one_of(*allowed: str | int) -> Check:
    def check(value: Any) -> str:
        # `True == 1`, and a string "1" is no number: the type counts
        right = any(type(value) is type(choice) and value == choice for choice in allowed)
        return "" if right else f"must be one of {', '.join(map(str, allowed))}"

    return check


def list_of(check: Check, *, most: int) -> Check:
    def check_all(value: Any) -> str:
        if not isinstance(value, list):
            return "must be an array"
        if len(value) > most:
            return f"must hold at most {most}"
        return next((problem for item in value if (problem := check(item))), "")

    return check_all
