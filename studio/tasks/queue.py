"""Who is next, and whether there is room: the one way out of the queue.

Interactive work goes before batch work. Within that, teams take turns, and within a team its members do: a hundred
tasks of one person delay nobody else by more than one. A task is admitted under the gate of its connection, which
keeps the limits of the engine (`settings.PROVIDERS`) whatever the number of workers.
"""

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import repeat
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Min
from django.utils import timezone

from studio.accounts import connections
from studio.accounts.models import Team
from studio.library import space
from studio.providers import registry as providers
from studio.tasks import leases, rows
from studio.tasks.models import Gate, Task, TaskQuerySet, TeamPulse, Turn
from studio.tasks.states import DISK_FULL, Status

DEPTH = 200  # places in the queue that anyone looks ahead
# The first waiting task of each member, kind and connection: it jumps from one to the next in the index `waiting_tasks`,
# so that a long queue costs no more than a short one. Django has no words for that. (COALESCE of a value with itself:
# SQLite seeks by all five columns only when those that it compares with have no type of their own.)
HEADS = """
WITH RECURSIVE head(id) AS (
    SELECT (
        SELECT id FROM tasks_task WHERE status = 'queued'
        ORDER BY connection, kind, priority, team_id, made_by_id, due_at, created_at LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT later.id FROM tasks_task later WHERE later.status = 'queued'
        AND (later.connection, later.kind, later.priority, later.team_id, later.made_by_id) > (
            COALESCE(task.connection, task.connection), COALESCE(task.kind, task.kind),
            COALESCE(task.priority, task.priority), COALESCE(task.team_id, task.team_id),
            COALESCE(task.made_by_id, task.made_by_id)
        )
        ORDER BY later.connection, later.kind, later.priority, later.team_id, later.made_by_id,
            later.due_at, later.created_at LIMIT 1
    ) FROM head JOIN tasks_task task ON task.id = head.id
)
SELECT task.id, provider, connection, kind, priority, team_id, made_by_id, due_at, created_at, stage
FROM head JOIN tasks_task task ON task.id = head.id
"""
Place = tuple[datetime, datetime, UUID | None]  # sorts tasks as they came: due, created, id


@dataclass(slots=True)
class Line:
    """What one member of one team waits for at one priority: `tasks` in their order, read as they are needed, the
    first due at `first`."""

    priority: int
    team: UUID
    user: int
    first: datetime
    tasks: Iterator[UUID | None]


def next_in_line(limit: int, *, performing: bool) -> list[UUID]:
    """Ids of waiting tasks in the order of their turns: those whose work is done in our own processes (`performing`),
    or those for an upstream. What has no room at its engine is passed over; while the disk is almost full all wait."""
    now, performers = timezone.now(), providers.performers()
    heads = [
        task
        for task in Task.objects.raw(HEADS)
        if (task.provider in performers) == performing and task.due_at is not None and task.due_at <= now
    ]
    if heads and not _has_disk({head.provider for head in heads}, {head.stage for head in heads}):
        return []
    return [pk for _line, pk in _in_turn(_lines(_with_room(heads), limit), limit) if pk]


def _has_disk(engines: set[str], stages: set[str]) -> bool:
    """Whether anything may begin. What waits for the disk is told so, and what need not any more as well."""
    waiting = Task.objects.filter(status=Status.QUEUED, provider__in=engines).due()
    if space.disk_is_low():
        if stages != {DISK_FULL}:
            _tell(waiting.exclude(stage=DISK_FULL), DISK_FULL)
        return False
    if DISK_FULL in stages:
        _tell(waiting.filter(stage=DISK_FULL), "")
    return True


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


def admit(pk: UUID, holder: str) -> Task | None:
    """The task out of the queue, submitting and ours; None when it is not waiting any more or has no room."""
    task = Task.objects.filter(pk=pk).first()
    if task is None or task.status != Status.QUEUED or not task.is_due:
        return None
    with transaction.atomic():
        claim = leases.claim_of(task, holder)
        if not _has_room(task) or not task.advance(Status.SUBMITTING, fence=task.fence, claim=claim):
            return None
        member, turn = {"team_id": task.team_id, "user_id": task.made_by_id}, {"at": time.time_ns()}
        if not rows.update(Turn, member, turn):
            Turn.objects.get_or_create(**member, defaults=turn)
    return task


def _turns(waiting: TaskQuerySet, limit: int) -> Iterator[Line]:
    """Whose turn it is, one after the other: the same line comes again as often as it has tasks."""
    rows = waiting.order_by().values_list("priority", "team", "made_by").annotate(first=Min("due_at"), left=Count("*"))
    lines = [Line(priority, team, user, first, repeat(None, left)) for priority, team, user, first, left in rows]
    return (line for line, _pk in _in_turn(lines, limit))


def _lines(heads: Iterable[Task], limit: int) -> list[Line]:
    """A member's tasks of all kinds and connections stand in one line."""
    members: defaultdict[tuple[int, UUID, int], list[Task]] = defaultdict(list)
    for head in heads:
        members[head.priority, head.team_id, head.made_by_id].append(head)
    return [
        Line(
            *member,
            min(_place(head)[0] for head in own),
            (pk for _, _, pk in merge(*(_behind(head, limit) for head in own))),
        )
        for member, own in members.items()
    ]


def _place(task: Task) -> Place:
    assert task.due_at is not None
    return task.due_at, task.created_at, task.pk


def _behind(head: Task, limit: int) -> Iterator[Place]:
    """The head, then those behind it: asked for only when the head has had its turn."""
    yield _place(head)
    same = {name: getattr(head, name) for name in ("connection", "kind", "priority", "team_id", "made_by_id")}
    others = Task.objects.filter(status=Status.QUEUED, **same).due().order_by("due_at", "created_at")
    yield from (
        (due, created, pk)
        for due, created, pk in others.values_list("due_at", "created_at", "pk")[:limit]
        if due and pk != head.pk
    )


def _in_turn(lines: list[Line], limit: int) -> Iterator[tuple[Line, UUID | None]]:
    """Whoever had no turn for longest is next: the team, and within it the member."""
    turns = Turn.objects.filter(team__in={line.team for line in lines}).values_list("team", "user", "at")
    member_at = {(team, user): at for team, user, at in turns} if lines else {}
    team_at: dict[UUID, int] = {}
    for (team, _user), at in member_at.items():
        team_at[team] = max(at, team_at.get(team, 0))
    now = turn = time.time_ns()
    while lines and turn < now + limit:
        line = min(
            lines,
            key=lambda it: (it.priority, team_at.get(it.team, 0), member_at.get((it.team, it.user), 0), it.first),
        )
        try:
            task = next(line.tasks)
        except StopIteration:
            lines.remove(line)
            continue
        team_at[line.team] = member_at[line.team, line.user] = turn
        turn += 1
        yield line, task


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
    return tasks.order_by().values_list("kind").annotate(count=Count("*")).iterator()


def _keyed() -> set[str]:
    return {name for name in providers.names() if providers.needs_key(name)}


def _with_room(heads: list[Task]) -> list[Task]:
    """Those that are worth a try now. The gate and the engine decide; this only keeps the full from blocking the
    others, and a long queue from knocking again and again while its account has to wait."""
    keyed = {head.connection for head in heads if head.provider in _keyed()}
    early = {connection for connection in keyed if connections.wait_of(connection) > 0}
    heads = [head for head in heads if head.connection not in early]
    limits = {head.connection: providers.limits_of(head.provider) for head in heads}
    limited = [connection for connection, its in limits.items() if its.exist]
    flying: defaultdict[str, dict[str, int]] = defaultdict(dict)
    if limited:
        rows = Task.objects.in_flight().filter(connection__in=limited).order_by().values_list("connection", "kind")
        for connection, kind, count in rows.annotate(count=Count("*")):
            flying[connection][kind] = count
    return [head for head in heads if limits[head.connection].have_room(head.kind, flying[head.connection])]
