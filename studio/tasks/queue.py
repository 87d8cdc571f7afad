"""Who is next, and whether there is room: the one way out of the queue.

Interactive work goes before batch work. Within that, teams take turns, and within a team its members do: a hundred
tasks of one person delay nobody else by more than one. A task is admitted under the gate of its connection, which
keeps the limits of the engine (`settings.PROVIDERS`) whatever the number of workers.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min, Q

from studio.accounts.models import Team
from studio.library import space
from studio.providers import registry as providers
from studio.tasks import leases
from studio.tasks.models import Gate, Task, TaskQuerySet, TeamPulse, Turn
from studio.tasks.states import DISK_FULL, Status

DEPTH = 200  # places in the queue that anyone looks ahead


@dataclass(slots=True)
class Line:
    """What one member of one team waits for at one priority: `left` tasks, the first due at `first`."""

    priority: int
    team: UUID
    user: int
    first: datetime
    left: int


def next_in_line(limit: int, *, performing: bool) -> list[UUID]:
    """Ids of waiting tasks in the order of their turns: those whose work is done in our own processes (`performing`),
    or those for an upstream. What has no room at its engine is passed over; while the disk is almost full all wait."""
    performers = providers.performers()
    waiting = Task.objects.filter(status=Status.QUEUED).due()
    waiting = waiting.filter(provider__in=performers) if performing else waiting.exclude(provider__in=performers)
    stages = set(waiting.order_by().values_list("stage", flat=True).distinct())
    if stages and space.disk_is_low():
        _tell(waiting.exclude(stage=DISK_FULL), DISK_FULL)
        return []
    if DISK_FULL in stages:
        _tell(waiting.filter(stage=DISK_FULL), "")
    if not stages:
        return []
    waiting = waiting.exclude(_without_room())
    turns = [(line.priority, line.team, line.user) for line in _turns(waiting, limit)]
    ids = {key: iter(_ids(waiting, *key, count)) for key, count in Counter(turns).items()}
    return [pk for key in turns if (pk := next(ids[key], None))]


def places(team: Team) -> dict[UUID, int]:
    """How many tasks are ahead of each waiting one of the team, as the turns stand now; none for those far back."""
    queued = Task.objects.filter(status=Status.QUEUED)
    own = queued.for_team(team).order_by("due_at", "created_at")
    found: dict[UUID, int] = {}
    for connection in own.order_by().values_list("connection", flat=True).distinct():
        ids: defaultdict[tuple[int, UUID, int], deque[UUID]] = defaultdict(deque)
        for pk, priority, user in own.filter(connection=connection).values_list("pk", "priority", "made_by")[:DEPTH]:
            ids[priority, team.pk, user].append(pk)
        for place, line in enumerate(_turns(queued.filter(connection=connection), DEPTH)):
            if mine := ids[line.priority, line.team, line.user]:
                found[mine.popleft()] = place
    return found


def _tell(waiting: TaskQuerySet, stage: str) -> None:
    """Write down what they wait for, and let the pages of their teams know."""
    for team in set(waiting.order_by().values_list("team", flat=True)):
        with transaction.atomic():
            waiting.filter(team=team).update(stage=stage, version=TeamPulse.bump(team))


@transaction.atomic
def admit(pk: UUID, holder: str) -> Task | None:
    """The task out of the queue, submitting and ours; None when it is not waiting any more or has no room."""
    waiting = Task.objects.filter(pk=pk, status=Status.QUEUED).due().first()
    if waiting is None or not _has_room(waiting):
        return None
    TeamPulse.bump(waiting.team_id)  # before the task's row, see there
    task = leases.claim(pk, holder)
    if task is None or not task.advance(Status.SUBMITTING, fence=task.fence):
        return None
    turn = {"at": time.time_ns()}
    Turn.objects.update_or_create(team_id=task.team_id, user_id=task.made_by_id, defaults=turn)
    return task


def _turns(waiting: TaskQuerySet, limit: int) -> Iterator[Line]:
    """Whose turn it is, one after the other: the same line comes again as often as it has tasks."""
    rows = waiting.order_by().values_list("priority", "team", "made_by")
    lines = [Line(*row) for row in rows.annotate(first=Min("due_at"), left=Count("pk"))]
    turns = Turn.objects.filter(team__in={line.team for line in lines}).values_list("team", "user", "at")
    member_at = {(team, user): at for team, user, at in turns}
    team_at: dict[UUID, int] = {}
    for (team, _user), at in member_at.items():
        team_at[team] = max(at, team_at.get(team, 0))
    now = time.time_ns()
    for turn in range(min(limit, sum(line.left for line in lines))):
        line = min(
            (line for line in lines if line.left),
            key=lambda it: (it.priority, team_at.get(it.team, 0), member_at.get((it.team, it.user), 0), it.first),
        )
        line.left -= 1
        team_at[line.team] = member_at[line.team, line.user] = now + turn
        yield line


def _ids(waiting: TaskQuerySet, priority: int, team: UUID, user: int, count: int) -> list[UUID]:
    own = waiting.filter(priority=priority, team=team, made_by=user).order_by("due_at", "created_at")
    return list(own.values_list("pk", flat=True)[:count])


def _has_room(task: Task) -> bool:
    limits = providers.limits_of(task.provider)
    if not limits.bind(task.kind):
        return True
    gate = Gate.objects.filter(pk=task.connection)
    if not gate.update(passed=F("passed") + 1):
        Gate.objects.get_or_create(pk=task.connection)
        gate.update(passed=F("passed") + 1)
    flying = Task.objects.in_flight().filter(connection=task.connection)
    return limits.have_room(task.kind, dict(_counts(flying)))


def _counts(tasks: TaskQuerySet) -> Iterator[tuple[str, int]]:
    return tasks.order_by().values_list("kind").annotate(count=Count("pk")).iterator()


def _without_room() -> Q:
    """Waiting tasks that need not be tried now. The gate decides; this only keeps the full from blocking the others."""
    limited = [name for name in providers.names() if providers.limits_of(name).exist]
    if not limited:
        return Q(pk__in=[])
    full = Q(pk__in=[])
    rows = Task.objects.in_flight().filter(provider__in=limited).order_by()
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for provider, connection, kind, count in rows.values_list("provider", "connection", "kind").annotate(n=Count("pk")):
        counts.setdefault((provider, connection), {})[kind] = count
    for (provider, connection), flying in counts.items():
        limits = providers.limits_of(provider)
        if not limits.have_room("", flying):
            full |= Q(connection=connection)
        for kind in flying:
            if not limits.have_room(kind, flying):
                full |= Q(connection=connection, kind=kind)
    return full
