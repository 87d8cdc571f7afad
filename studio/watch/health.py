"""`/healthz`: 200 when web, database and worker are well. It tells numbers, never names or places."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from studio.library import space
from studio.tasks.backlog import Backlog, backlog
from studio.watch.glance import Glance
from studio.worker import heartbeat

PATIENCE = 3.0  # seconds that the database has to answer
SLOW = 15 * 60.0  # seconds after which a waiting task has waited too long


@dataclass(frozen=True, slots=True)
class Seen:
    """What only the database knows."""

    worker_is_well: bool
    backlog: Backlog


def look() -> Seen:
    """Raises when the database does not answer."""
    age = heartbeat.age()
    return Seen(worker_is_well=age is not None and age < heartbeat.STALE, backlog=backlog())


glance = Glance(look)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    try:
        seen = glance(PATIENCE)
    except (Error, TimeoutError):
        seen = None
    report = report_on(seen, space.free_bytes())
    return JsonResponse(report, status=503 if report["status"] == "down" else 200)


def report_on(seen: Seen | None, free: int) -> dict[str, Any]:
    """None is a database that did not answer: then nobody knows of a worker or a queue."""
    worker = seen is not None and seen.worker_is_well
    waiting, oldest = (seen.backlog.waiting, round(seen.backlog.oldest, 1)) if seen else (None, None)
    slow, low = oldest is not None and oldest >= SLOW, space.is_low(free)
    return {
        "status": "down" if not worker else "degraded" if slow or low else "ok",
        "web": "ok",
        "database": "ok" if seen else "down",
        "worker": "ok" if worker else "down",
        "queue": {"waiting": waiting, "oldest_seconds": oldest, "state": "slow" if slow else "ok"},
        "disk": {"free_bytes": free, "state": "low" if low else "ok"},
    }
