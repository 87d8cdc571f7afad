"""Everything there is to know about one task, as its Details show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from studio.credits.shown import shown
from studio.library.details import provider_name
from studio.tasks.models import Task


@dataclass(frozen=True, slots=True)
class EventLine:
    at: datetime
    label: str
    detail: str


def context_for(task: Task) -> dict[str, Any]:
    return {
        "task": task,
        "parameters": _parameters(task),
        "facts": _facts(task),
        "unread": _unread(task),
        "events": [EventLine(event.at, event.get_status_display(), _(event.detail)) for event in task.events.all()],
    }


def _parameters(task: Task) -> list[tuple[str, str]]:
    try:
        return task.generator.details(task.typed_params)
    except (KeyError, ValueError):  # of a slice, or a version of it, that is gone: the bare values still tell
        return [(str(name), str(value)) for name, value in task.params.items()]


def _facts(task: Task) -> list[tuple[str, str]]:
    rows = [
        (_("State"), task.get_status_display()),
        (_("Engine"), provider_name(task.provider)),
        (_("Made by"), task.made_by.name),
        (_("Asked"), _moment(task.created_at)),
        (_("Started"), _moment(task.started_at)),
        (_("Ended"), _moment(task.finished_at)),
        (_("Held"), shown(task.hold.amount)),
        (_("Charged"), shown(task.hold.charged)),
        (_("Task"), str(task.pk)),
        (_("Upstream id"), task.upstream_id),
        (_("Code"), task.error_code),
    ]
    return [(label, value) for label, value in rows if value]


def _moment(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def _unread(task: Task) -> list[str]:
    """Words of the prompt that the engine says it did not understand, in their order, each once."""
    words: Iterable[str] = (word for asset in task.results for word in asset.facts.get("unread", []))
    return list(dict.fromkeys(words))
