"""A task: one request of a person, from the click to the stored result, and its history."""

import secrets
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Team, User
from studio.catalog import registry
from studio.catalog.contract import Generator, TaskParams
from studio.credits.models import Hold
from studio.library.models import Asset
from studio.tasks import rows
from studio.tasks.states import CARRIED, FINAL, IN_FLIGHT, OPEN, TOLD, Status, among, sources_of

_moved = threading.local()


class TeamPulse(models.Model):
    """Counts the changes of a team's tasks, so that a page can ask what is new since its own number.

    A transaction that changes tasks moves this number first, then the task, then the credits: two that took these rows
    in different orders would each wait for what the other has.
    """

    team = models.OneToOneField(Team, on_delete=models.PROTECT, primary_key=True, related_name="pulse")
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.team_id}: {self.version}"

    @classmethod
    def bump(cls, team_id: uuid.UUID) -> int:
        """The next version. Inside a transaction: the row stays locked until it commits, so that versions appear in
        their order and no reader can pass one by."""
        if (known := getattr(_moved, "versions", None)) is not None:
            if team_id not in known:
                known[team_id] = cls._move(team_id)
            return int(known[team_id])
        return cls._move(team_id)

    @classmethod
    @contextmanager
    def once(cls) -> Iterator[None]:
        """Within the block, which is one transaction that is kept whole or not at all, a team's version moves once."""
        _moved.versions = {}
        try:
            yield
        finally:
            _moved.versions = None

    @classmethod
    def _move(cls, team_id: uuid.UUID) -> int:
        # In SQL, for every move of every task comes by here: Django would take longer to write it than to run it.
        pk = cls._meta.pk.get_db_prep_value(team_id, connection)
        with connection.cursor() as cursor:
            cursor.execute('UPDATE "tasks_teampulse" SET version = version + 1 WHERE team_id = %s', [pk])
            if not cursor.rowcount:
                cls.objects.get_or_create(pk=team_id)
                cursor.execute('UPDATE "tasks_teampulse" SET version = version + 1 WHERE team_id = %s', [pk])
            cursor.execute("SELECT version FROM tasks_teampulse WHERE team_id = %s", [pk])
            return int(cursor.fetchone()[0])


NOT_SENT = Q(sent_at__isnull=True)  # nothing that is paid for can have left us


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Gate(models.Model):
    """One per connection with a limit. Whoever admits a task through it moves the number first, and so waits for
    everyone who is admitting another: the count of tasks in flight that follows is true until the end of the
    transaction."""

    connection = models.CharField(max_length=64, primary_key=True)
    passed = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.connection}: {self.passed}"


class Turn(models.Model):
    """When a member's work last began, in nanoseconds: whoever had no turn for longest is next (`queue`)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_turn_per_member")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id}: {self.at}"


class TaskQuerySet(models.QuerySet["Task"]):
    def for_team(self, team: Team) -> "TaskQuerySet":
        return self.filter(team=team)

    def open(self) -> "TaskQuerySet":
        return self.filter(among(OPEN))

    def carried(self) -> "TaskQuerySet":
        """Past the queue, and a worker has or will have something to do for it."""
        return self.filter(among(CARRIED), due_at__isnull=False)

    def unclaimed(self) -> "TaskQuerySet":
        """No worker holds them now."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now()))

    def due(self) -> "TaskQuerySet":
        """Open, for what is final is due no more."""
        return self.unclaimed().filter(due_at__lte=timezone.now())

    def in_flight(self) -> "TaskQuerySet":
        """They take up a place at their engine, or are about to."""
        return self.filter(among(IN_FLIGHT))


class Task(models.Model):
    """The row is the truth; workers only carry it on.

    `fence` is handed out with each lease and checked on every write: a worker that lost its lease changes nothing.
    `version` is the team's pulse at the last change, `state_version` at the last change of state. `outputs` are the
    addresses that the engine named, waiting to be stored. `progress` is in thousandths. `connection` is the account at
    the engine that the task runs on; it never changes. `sent_at` is written just before the request that is paid for:
    a worker that dies before it has certainly not sent it, one that dies after it may have. `is_hidden` when the team
    stopped following it: its card is on no page, and everything else goes on.
    """

    class Priority(models.IntegerChoices):
        INTERACTIVE = 0, _("Somebody waits for it")
        BATCH = 10, _("Whenever there is room")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tasks")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    provider = models.CharField(max_length=32)
    connection = models.CharField(max_length=64)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.INTERACTIVE)
    params = models.JSONField()
    prompt = models.TextField(blank=True)
    pieces = models.PositiveSmallIntegerField()
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="task")
    idempotency_key = models.CharField(max_length=64, default=new_token)
    is_hidden = models.BooleanField(default=False)
    callback_token = models.CharField(max_length=64, unique=True, default=new_token)

    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    upstream_id = models.CharField(max_length=200, blank=True)
    outputs = models.JSONField(default=list)
    error = models.TextField(blank=True)
    error_code = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    due_at = models.DateTimeField(default=timezone.now, null=True)
    lease_holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)
    state_version = models.BigIntegerField(default=0)

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "idempotency_key"], name="one_task_per_press"),
            models.CheckConstraint(
                condition=Q(status__in=FINAL, finished_at__isnull=False)
                | ~Q(status__in=FINAL) & Q(finished_at__isnull=True),
                name="a_task_has_an_end_when_it_is_final",
            ),
        ]
        indexes = [
            models.Index(  # steps that are due
                fields=["due_at"], condition=among(CARRIED) & Q(due_at__isnull=False), name="carried_tasks"
            ),
            models.Index(  # who is next in the queue
                fields=["connection", "kind", "priority", "team", "made_by", "due_at", "created_at"],
                condition=Q(status=Status.QUEUED),
                name="waiting_tasks",
            ),
            models.Index(  # is there room at the engine
                fields=["connection", "kind"],
                condition=among(IN_FLIGHT),
                name="tasks_in_flight",
            ),
            models.Index(fields=["team", "kind", "-created_at"], name="tasks_of_a_page"),  # the feed of a tool
            models.Index(fields=["team", "version"], name="changed_tasks"),  # the pulse
            models.Index(  # the badge, and how soon a page asks again
                fields=["team", "-created_at"], condition=among(OPEN), name="open_tasks_of_a_team"
            ),
            models.Index(  # how long the queue is, and what else is open (`backlog`)
                fields=["status", "due_at", "kind", "provider"],
                condition=Q(finished_at__isnull=True),
                name="unfinished_tasks",
            ),
            models.Index(  # what went wrong last (`trouble`)
                fields=["team", "provider", "-finished_at"],
                condition=Q(status=Status.FAILED),
                name="failures_of_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.status}"

    @property
    def generator(self) -> Generator:
        return registry.get(self.kind)

    @property
    def typed_params(self) -> TaskParams:
        return self.generator.params_class.from_json(self.params)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_due(self) -> bool:
        """As `TaskQuerySet.due` says it."""
        now = timezone.now()
        is_free = self.lease_until is None or self.lease_until < now
        return is_free and self.due_at is not None and self.due_at <= now

    @property
    def results(self) -> list[Asset]:
        """The stored outputs in their order; reads what `prefetch_related("links__asset")` brought."""
        return [link.asset for link in self.links.all() if link.role == TaskAsset.Role.OUTPUT]

    @property
    def inputs(self) -> list[Asset]:
        """What went in, in order; reads the same."""
        return [link.asset for link in self.links.all() if link.role == TaskAsset.Role.INPUT]

    def advance(
        self,
        to: Status,
        *,
        fence: int | None = None,
        when: Q | None = None,
        claim: Mapping[str, Any] | None = None,
        detail: str = "",
        **changes: Any,
    ) -> bool:
        """Move to `to`; False means that the table of moves or `when` forbids it now, or that `fence` is an old one:
        another process was first. `claim` is a new lease that begins with the move (`leases.claim_of`)."""
        allowed: dict[str, Any] = {"id": self.pk} if fence is None else {"id": self.pk, "fence": fence}
        sources = tuple(sources_of(to))
        changes.update(claim or {}, status=to)
        if to in FINAL:
            changes.update(finished_at=timezone.now(), due_at=None, lease_holder="", lease_until=None)
        event = {"status": to, "detail": detail, "at": timezone.now(), "is_told": to not in TOLD}
        with transaction.atomic(savepoint=False):
            version = TeamPulse.bump(self.team_id)
            changes.update(version=version, state_version=version)
            if when is None:
                won = rows.update(Task, {**allowed, "status": sources}, changes)
            else:
                won = Task.objects.filter(when, status__in=sources, **allowed).update(**changes)
            if not won:
                return False
            rows.insert(TaskEvent, {"task_id": self.pk, **event})
        for name, value in changes.items():
            setattr(self, name, value)
        return True


class TaskEvent(models.Model):
    """One step in a task's life: its history, and the outbox for those who want to know (`outbox`)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    status = models.CharField(max_length=10, choices=Status)
    detail = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    is_told = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(is_told=False), name="untold_events")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.status}"


class Callback(models.Model):
    """What an upstream told by itself, as it came: for whoever looks into a task. Nothing is believed of it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="callbacks")
    at = models.DateTimeField(default=timezone.now)
    upstream_id = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.task_id}: {self.at}"


class TaskTotal(models.Model):
    """What has ended so far, by kind, provider and final state: added up as the ends are told, so that nobody need
    count the tasks. `charged` is in hundredths of a credit, `busy` in milliseconds from the start to the end."""

    kind = models.CharField(max_length=16)
    provider = models.CharField(max_length=32)
    status = models.CharField(max_length=10, choices=Status)
    ended = models.BigIntegerField(default=0)
    charged = models.BigIntegerField(default=0)
    busy = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "provider", "status"], name="one_total_of_a_sort")]

    def __str__(self) -> str:
        return f"{self.kind} {self.provider} {self.status}: {self.ended}"

    @classmethod
    def add(cls, task: Task) -> None:
        """Count a task at its end. Not safe to call twice: the outbox sees to that."""
        assert task.finished_at is not None
        busy = round((task.finished_at - task.started_at).total_seconds() * 1000) if task.started_at else 0
        sort: dict[str, Any] = {"kind": task.kind, "provider": task.provider, "status": task.status}
        more = {"ended": F("ended") + 1, "charged": F("charged") + task.hold.charged, "busy": F("busy") + max(0, busy)}
        if not cls.objects.filter(**sort).update(**more):
            cls.objects.get_or_create(**sort)
            cls.objects.filter(**sort).update(**more)


class TaskAsset(models.Model):
    """What went into a task and what came out of it, in order."""

    class Role(models.TextChoices):
        INPUT = "input"
        OUTPUT = "output"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="links")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=6, choices=Role)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "role", "position"], name="one_asset_per_place")]
        ordering = ["role", "position"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.role} {self.position}"
