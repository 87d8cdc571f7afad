"""Tells those who want to know that a task has ended, or that its outcome is unknown: each event once.

A listener is called in the transaction that marks the event as told, and may only write to the database: what it wrote
and the mark are kept together or not at all. What must leave the house gets a row of its own there, and its own round.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from studio import context
from studio.tasks import rows
from studio.tasks.models import TaskEvent, TaskTotal
from studio.tasks.states import FINAL

Listener = Callable[[TaskEvent], None]
log = logging.getLogger(__name__)
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Decorator: call it for every event from now on."""
    _listeners.append(listener)
    return listener


def untold(limit: int) -> list[UUID]:
    """Ids of tasks with news that nobody was told yet, the oldest news first."""
    events = TaskEvent.objects.filter(is_told=False).order_by("at")
    return list(dict.fromkeys(events.values_list("task_id", flat=True)[:limit]))


def notify(*tasks: UUID) -> int:
    """Tell the news of these tasks in their order; how many were told here. Safe to call twice and at the same time.
    What a listener could not take is told again later, and keeps nothing else back."""
    told = 0
    news = TaskEvent.objects.filter(task__in=tasks, is_told=False).select_related("task__hold", "task__team")
    for event in news:
        with context.working(task=str(event.task_id)):
            try:
                told += _tell(event)
            except Exception:
                log.exception("event %s of task %s could not be told", event.status, event.task_id)
    return told


@transaction.atomic
def _tell(event: TaskEvent) -> bool:
    """False when it was told before."""
    if not rows.update(TaskEvent, {"id": event.pk, "is_told": False}, {"is_told": True}):
        return False
    for listener in _listeners:
        listener(event)
    return True


@listen
def _log(event: TaskEvent) -> None:
    """Who operates the studio reads here what happened, without what was asked for."""
    task = event.task
    words = {
        "task": str(task.pk),
        "team": str(task.team_id),
        "kind": task.kind,
        "provider": task.provider,
        "code": task.error_code,
        "charged": task.hold.charged,
    }
    log.info("task %s %s", task.pk, event.status, extra=words)


@listen
def _count(event: TaskEvent) -> None:
    if event.status in FINAL:
        TaskTotal.add(event.task)
