"""How much there is to do, told cheaply however long the history or the queue is."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from studio.tasks.models import Task, TaskQuerySet
from studio.tasks.states import Status

MOST = 1_000  # waiting tasks that are counted: from there on it is "that many or more"
MOST_OPEN = 10_000


@dataclass(frozen=True, slots=True)
class Backlog:
    """Tasks in the queue whose time has come, and for how many seconds the first of them has been waiting."""

    waiting: int
    oldest: float


def backlog() -> Backlog:
    now = timezone.now()
    queued = _unfinished().filter(status=Status.QUEUED, due_at__lte=now).order_by("due_at")
    since = list(queued.values_list("due_at", flat=True)[:MOST])
    oldest = (now - since[0]).total_seconds() if since and since[0] else 0.0
    return Backlog(waiting=len(since), oldest=oldest)


def open_by_kind() -> Counter[tuple[str, str, str]]:
    """How many open tasks there are of each kind, provider and status."""
    return Counter(_unfinished().order_by().values_list("kind", "provider", "status")[:MOST_OPEN])


def _unfinished() -> TaskQuerySet:
    # The very words of the index's condition: SQLite uses a partial index for nothing less.
    return Task.objects.filter(finished_at__isnull=True)
