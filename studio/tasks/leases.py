"""Who works on which task: leases with an end, and a fence number that makes a late worker harmless."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from studio.tasks.models import Task
from studio.tasks.states import OPEN, Status

LEASE = timedelta(seconds=30)


def _free() -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now())


def due(limit: int, *, performing: bool, performers: list[str]) -> list[UUID]:
    """Ids of tasks that wait for a worker, the longest due first: those whose work is done in our own processes
    (`performing`), or all other steps."""
    waiting = Task.objects.filter(_free(), status__in=OPEN, due_at__lte=timezone.now())
    heavy = Q(status=Status.QUEUED, provider__in=performers)
    waiting = waiting.filter(heavy) if performing else waiting.exclude(heavy)
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:limit])


def claim(pk: UUID, holder: str) -> Task | None:
    """The task with a fresh fence, or None when another worker was first. One conditional UPDATE decides."""
    mine = Task.objects.filter(_free(), pk=pk, status__in=OPEN, due_at__lte=timezone.now())
    if not mine.update(lease_holder=holder, lease_until=timezone.now() + LEASE, fence=F("fence") + 1):
        return None
    return Task.objects.select_related("team", "made_by", "hold").get(pk=pk, lease_holder=holder)


def renew(task: Task) -> bool:
    """Keep the lease; False when the task was taken over, cancelled or has ended."""
    mine = Task.objects.filter(pk=task.pk, fence=task.fence, status=task.status)
    return bool(mine.update(lease_until=timezone.now() + LEASE))


def hand_back(task: Task, **changes: Any) -> bool:
    """Give the lease up, so that the next worker need not wait for its end."""
    mine = Task.objects.filter(pk=task.pk, fence=task.fence)
    return bool(mine.update(lease_holder="", lease_until=None, **changes))
