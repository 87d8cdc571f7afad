"""The two that are compared: the studio, and a plain django-tasks-db with an empty task. Both are asked the same."""

import uuid
from datetime import timedelta
from typing import Any, Protocol

from django.apps import apps
from django.db.models import Sum
from django.utils import timezone

from benchmarks.generator import BenchParams
from studio.accounts.models import Member
from studio.catalog import registry
from studio.tasks import services
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status

LATER = timedelta(days=1)


class Side(Protocol):
    def enqueue(self, number: int, *, later: bool = False) -> uuid.UUID:
        """One task more, for now or until `release`."""
        ...

    def release(self) -> None: ...

    def left(self) -> int:
        """Tasks that have not ended, or whose end was not told."""
        ...

    def steps(self) -> int:
        """How often a worker claimed a task, did its part and wrote down what came of it."""
        ...

    def starts(self) -> dict[uuid.UUID, float]:
        """When the first step of each task began, in seconds of the clock."""
        ...


class Studio:
    def __init__(self, engine: str = "ends") -> None:
        self.engine, self.members = engine, list(Member.objects.select_related("team", "user").order_by("pk"))

    def enqueue(self, number: int, *, later: bool = False) -> uuid.UUID:
        task, _new = services.start_task(
            member=self.members[number % len(self.members)],
            generator=registry.get("bench"),
            params=BenchParams(prompt="a lighthouse on a cliff"),
            provider=self.engine,
            idempotency_key=uuid.uuid4().hex,
            not_before=timezone.now() + LATER if later else None,
        )
        return task.pk

    def release(self) -> None:
        Task.objects.filter(status=Status.QUEUED).update(due_at=timezone.now())

    def left(self) -> int:
        return Task.objects.open().count() + TaskEvent.objects.filter(is_told=False).count()

    def steps(self) -> int:
        claims: int = Task.objects.aggregate(sum=Sum("fence"))["sum"]  # each claim hands out the next fence
        return claims

    def starts(self) -> dict[uuid.UUID, float]:
        events = TaskEvent.objects.filter(status=Status.SUBMITTING).values_list("task_id", "at")
        return {pk: at.timestamp() for pk, at in events}


class Reference:
    def __init__(self) -> None:
        from benchmarks.empty import empty

        self.task: Any = empty
        self.rows: Any = apps.all_models["django_tasks_database"]["dbtaskresult"]._default_manager

    def enqueue(self, number: int, *, later: bool = False) -> uuid.UUID:
        task = self.task.using(run_after=timezone.now() + LATER) if later else self.task
        return uuid.UUID(task.enqueue().id)

    def release(self) -> None:
        self.rows.update(run_after=timezone.now())

    def left(self) -> int:
        return int(self.rows.exclude(status="SUCCESSFUL").count())

    def steps(self) -> int:
        return int(self.rows.filter(status="SUCCESSFUL").count())

    def starts(self) -> dict[uuid.UUID, float]:
        return {pk: at.timestamp() for pk, at in self.rows.values_list("pk", "started_at")}


def side(name: str, engine: str = "ends") -> Side:
    return Studio(engine) if name == "studio" else Reference()
