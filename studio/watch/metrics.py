"""`/metrics` for Prometheus, behind `METRICS_TOKEN`: what this web process did, and what the database knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from studio.library import space
from studio.tasks.backlog import Backlog, backlog, open_by_kind
from studio.tasks.models import TaskTotal
from studio.watch.exposition import CONTENT_TYPE, Family, Sample, one, render
from studio.watch.glance import Glance
from studio.watch.traffic import traffic
from studio.worker import heartbeat

PATIENCE = 5.0  # seconds that the database has to answer; Prometheus itself waits ten


@dataclass(frozen=True, slots=True)
class Seen:
    """What only the database knows."""

    open: dict[tuple[str, str, str], int]
    totals: list[TaskTotal]
    backlog: Backlog
    beats: list[float]


def look() -> Seen:
    """Raises when the database does not answer."""
    totals = list(TaskTotal.objects.order_by("kind", "provider", "status"))
    return Seen(open=open_by_kind(), totals=totals, backlog=backlog(), beats=heartbeat.ages())


glance = Glance(look)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 when no token is set: then there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not constant_time_compare(given.strip(), settings.METRICS_TOKEN) or scheme.lower() != "bearer":
        return HttpResponse("Bearer token needed.\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
    try:
        seen = glance(PATIENCE)
    except (Error, TimeoutError):
        seen = None
    return HttpResponse(render([*of_process(), *of_machine(), *of_database(seen)]), CONTENT_TYPE)


def of_process() -> Iterator[Family]:
    answers = sorted(traffic.answers.items())
    yield one("studio_process_start_time_seconds", "gauge", "When this web process started.", traffic.started_at)
    yield Family(
        "studio_http_requests_total",
        "counter",
        "Requests that this web process answered, by the class of their status.",
        [Sample(count, {"status": status}) for status, count in answers],
    )
    yield Family(
        "studio_http_request_duration_seconds",
        "summary",
        "Time until the answers of this web process began.",
        [Sample(traffic.seconds, suffix="_sum"), Sample(sum(count for _, count in answers), suffix="_count")],
    )


def of_machine() -> Iterator[Family]:
    yield one("studio_disk_free_bytes", "gauge", "Free room where the data is kept.", space.free_bytes())
    if (size := database_bytes()) is not None:
        yield one("studio_database_bytes", "gauge", "Size of the SQLite database.", size)


def of_database(seen: Seen | None) -> Iterator[Family]:
    """None is a database that did not answer: what it knows is then left out, not told as zero."""
    yield one("studio_database_up", "gauge", "Whether the database answered in time.", int(seen is not None))
    if seen is None:
        return
    well = [age for age in seen.beats if age < heartbeat.STALE]
    yield one("studio_workers", "gauge", "Workers that gave a sign of life lately.", len(well))
    ages = [Sample(age) for age in seen.beats[:1]]
    yield Family("studio_worker_beat_age_seconds", "gauge", "Time since the last sign of life of any worker.", ages)
    yield one("studio_queue_waiting", "gauge", "Tasks that are due in the queue, at most 1000.", seen.backlog.waiting)
    yield one("studio_queue_oldest_seconds", "gauge", "How long the first of them waits.", seen.backlog.oldest)
    yield Family(
        "studio_tasks",
        "gauge",
        "Open tasks, at most 10000 in all.",
        [Sample(n, {"kind": k, "provider": p, "status": s}) for (k, p, s), n in sorted(seen.open.items())],
    )
    yield from _of_totals([(_sort(total), total) for total in seen.totals])


def _of_totals(totals: list[tuple[dict[str, str], TaskTotal]]) -> Iterator[Family]:
    ended = [Sample(total.ended, sort) for sort, total in totals]
    yield Family("studio_tasks_ended_total", "counter", "Tasks that have ended.", ended)
    busy = [Sample(total.busy / 1000, sort) for sort, total in totals]
    yield Family("studio_task_seconds_total", "counter", "Time from the start to the end of ended tasks.", busy)
    charged = [Sample(total.charged / 100, sort) for sort, total in totals]
    yield Family("studio_credits_charged_total", "counter", "Credits charged for ended tasks.", charged)


def _sort(total: TaskTotal) -> dict[str, str]:
    return {"kind": total.kind, "provider": total.provider, "status": total.status}


def database_bytes() -> int | None:
    """What SQLite takes up, with what it has not yet written home; None for a database elsewhere."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return None
    files = [Path(f"{database['NAME']}{end}") for end in ("", "-wal")]
    return sum(path.stat().st_size for path in files if path.exists())
