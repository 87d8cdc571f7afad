"""Who works on which task: leases with an end, and a fence number that makes a late worker harmless."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studio.tasks import rows
from studio.tasks.models import Task, TaskQuerySet
from studio.tasks.states import OPEN

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
    return Task.objects.get(pk=pk)


def claim_of(task: Task, holder: str) -> dict[str, Any]:
    """What `claim` changes, to be written beside a move that asks for the fence of the task as it was read."""
    return {"lease_holder": holder, "lease_until": timezone.now() + LEASE, "fence": task.fence + 1}


def take(holder: str, limit: int, *, but: Collection[UUID] = ()) -> list[Task]:
    """Up to `limit` tasks that are due, none of `but`, each claimed as by `claim`: one commit for all of them."""
    ids = [pk for pk in due(limit + len(but)) if pk not in but][:limit]
    if not ids:
        return []
    # What another worker is claiming now is passed over, not waited for. SQLite has one writer at a time anyway.
    free = Task.objects.select_for_update(skip_locked=True).due().filter(pk__in=ids)
    with transaction.atomic():
        claimed = {"lease_holder": holder, "lease_until": timezone.now() + LEASE, "fence": F("fence") + 1}
        Task.objects.filter(pk__in=free.values("pk")).update(**claimed)
    return list(Task.objects.filter(pk__in=ids, lease_holder=holder).order_by("due_at"))


def renew(holder: str, tasks: Iterable[UUID]) -> int:
    """Keep the leases that `holder` still has of these; how many they are."""
    return _of(holder, tasks).update(lease_until=timezone.now() + LEASE)


def leave(holder: str, tasks: Iterable[UUID]) -> int:
    """Give up the leases that `holder` still has of these, whose steps were not begun; how many they are."""
    return _of(holder, tasks).update(**FREE)


def is_ours(task: Task) -> bool:
    """False when the task was taken over, moved on or has ended since it was read."""
    return Task.objects.filter(pk=task.pk, fence=task.fence, status=task.status).exists()


def hand_back(task: Task, **changes: Any) -> bool:
    """Give the lease up, so that the next worker need not wait for its end; False when it was not ours any more
    or has ended meanwhile: then its lease ended with it. The changes are made only while the task is in the state that
    we know of."""
    if not task.lease_holder:
        return False
    mine = {"id": task.pk, "fence": task.fence}
    changes = {**FREE, **changes}
    if rows.update(Task, {**mine, "status": task.status}, changes):
        for name, value in changes.items():
            setattr(task, name, value)
        return True
    return bool(rows.update(Task, {**mine, "status": OPEN}, FREE))


def _of(holder: str, tasks: Iterable[UUID]) -> TaskQuerySet:
    return Task.objects.filter(pk__in=list(tasks), lease_holder=holder)
