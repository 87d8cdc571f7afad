"""Who works on which task: leases with an end, and a fence number that makes a late worker harmless."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from studio.tasks.models import Task

LEASE = timedelta(seconds=30)
FREE: dict[str, Any] = {"lease_holder": "", "lease_until": None}  # beside other changes: gives the lease up with them


def due(limit: int) -> list[UUID]:
    """Ids of tasks past the queue that wait for a worker, the longest due first."""
    return list(Task.objects.carried().due().order_by("due_at").values_list("pk", flat=True)[:limit])


def claim(pk: UUID, holder: str) -> Task | None:
    """The task with a fresh fence, or None when another worker was first. One conditional UPDATE decides."""
    mine = Task.objects.due().filter(pk=pk)
    if not mine.update(lease_holder=holder, lease_until=timezone.now() + LEASE, fence=F("fence") + 1):
        return None
    return Task.objects.select_related("team", "made_by", "hold").get(pk=pk)


def renew(holder: str, tasks: Iterable[UUID]) -> int:
    """Keep the leases that `holder` still has of these; how many they are."""
    mine = Task.objects.filter(pk__in=list(tasks), lease_holder=holder)
    return mine.update(lease_until=timezone.now() + LEASE)


def is_ours(task: Task) -> bool:
    """False when the task was taken over, moved on or has ended since it was read."""
    return Task.objects.filter(pk=task.pk, fence=task.fence, status=task.status).exists()


def hand_back(task: Task, **changes: Any) -> bool:
    """Give the lease up, so that the next worker need not wait for its end; False when it was not ours any more
    or has ended meanwhile: then its lease ended with it."""
    if not task.lease_holder:
        return False
    return bool(Task.objects.open().filter(pk=task.pk, fence=task.fence).update(**FREE, **changes))
