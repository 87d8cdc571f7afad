"""Large tables, filled without living through each task, and how long a worker's look at them takes."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from studio.accounts.models import Member
from studio.credits.models import CreditAccount, Hold
from studio.tasks import leases, outbox, queue
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status

BATCH = 1000
NEXT, NEWS = 12, 50  # ids that a worker asks for in one look


def finish(count: int) -> None:
    now = timezone.now()
    _fill(count, {"state": Hold.State.RELEASED, "ended_at": now}, status=Status.FAILED, due_at=None, finished_at=now)


def queue_up(count: int) -> None:
    _fill(count, {}, status=Status.QUEUED)


def running(count: int) -> None:
    _fill(count, {}, status=Status.RUNNING, upstream_id="bench", provider="endless", connection="endless")


@transaction.atomic
def _fill(count: int, hold: dict[str, Any], **values: Any) -> None:
    members = list(Member.objects.all())
    accounts = {account.team_id: account for account in CreditAccount.objects.all()}
    values = {"provider": "ends", "connection": "ends", "kind": "bench", "pieces": 1, **values}
    for first in range(0, count, BATCH):
        tasks = []
        for number in range(first, min(first + BATCH, count)):
            by = members[number % len(members)]
            held = Hold(account=accounts[by.team_id], amount=100, by_id=by.user_id, **hold)
            wish = {"prompt": "a lighthouse on a cliff"}
            task = Task(team_id=by.team_id, made_by_id=by.user_id, hold=held, params=wish, **wish, **values)
            tasks.append(task)
        Hold.objects.bulk_create([task.hold for task in tasks])
        Task.objects.bulk_create(tasks)
        TaskEvent.objects.bulk_create(
            [TaskEvent(task=task, status=status, is_told=True) for task in tasks for status in _history(task)]
        )


def _history(task: Task) -> list[Status]:
    return [Status.QUEUED] if task.status == Status.QUEUED else [Status.QUEUED, Status.SUBMITTING, Status.RUNNING]


def look(times: int) -> dict[str, float]:
    """Seconds that the parts of one look take, each the middle of many."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its own autovacuum does within a minute of such a growth
    parts: dict[str, Callable[[], object]] = {
        "due": lambda: leases.due(NEXT),
        "next": lambda: queue.next_in_line(NEXT, performing=False),
        "news": lambda: outbox.untold(NEWS),
    }
    taken: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(times):
        for name, part in parts.items():
            began = time.perf_counter()
            part()
            taken[name].append(time.perf_counter() - began)
    found = {name: median(seconds) for name, seconds in taken.items()}
    return {**found, "all": sum(found.values())}
