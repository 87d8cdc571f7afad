"""Proves that tasks and credits agree, and that no open task was forgotten: the rules beside `credits.reconcile`."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, NullIf

from studio.credits.models import Hold
from studio.credits.reconcile import Rule, differ, own_rules_of
from studio.tasks.models import Task, TaskAsset, TaskEvent
from studio.tasks.states import FINAL, Status

OUTPUTS = Count("links", filter=Q(links__role=TaskAsset.Role.OUTPUT))


def _holds() -> QuerySet[Any]:
    state = Case(
        When(status=Status.SUCCEEDED, then=Value(Hold.State.SETTLED)),
        When(status__in=FINAL, then=Value(Hold.State.RELEASED)),
        default=Value(Hold.State.OPEN),
    )
    return differ(Task.objects.all(), expected=state, found=F("hold__state"))


def _charges() -> QuerySet[Any]:
    # `ledger.part_of` in SQL, where whole numbers are divided as there
    paid = Least(OUTPUTS, F("pieces"), output_field=BigIntegerField())
    part = ExpressionWrapper(F("hold__amount") * paid / NullIf(F("pieces"), 0), output_field=BigIntegerField())
    done = Task.objects.filter(status=Status.SUCCEEDED)
    return differ(done, expected=Coalesce(part, 0), found=F("hold__charged"))


def _empty() -> QuerySet[Any]:
    done = Task.objects.filter(status=Status.SUCCEEDED).annotate(found=OUTPUTS)
    return done.filter(found=0).annotate(expected=Value("one at least"))


def _holds_of_nothing() -> QuerySet[Any]:
    return Hold.objects.filter(task__isnull=True).annotate(expected=Value("a task"), found=Value("none"))


def _payers() -> QuerySet[Any]:
    return differ(Task.objects.all(), expected=F("team"), found=F("hold__account__team"))


def _forgotten() -> QuerySet[Any]:
    lost = Task.objects.exclude(status__in=FINAL).filter(due_at__isnull=True)
    return lost.annotate(expected=Value("a time"), found=Value("none"))


def _busy_after_the_end() -> QuerySet[Any]:
    at_work = Q(due_at__isnull=False) | Q(lease_until__isnull=False) | ~Q(lease_holder="")
    busy = Task.objects.filter(at_work, status__in=FINAL)
    return busy.annotate(expected=Value("nobody's"), found=F("lease_holder"))


def _sent_and_waiting() -> QuerySet[Any]:
    sent = Task.objects.filter(status=Status.QUEUED, sent_at__isnull=False)
    return sent.annotate(expected=Value(Status.UNKNOWN), found=F("status"))


def _running_without_a_name() -> QuerySet[Any]:
    sent = Task.objects.filter(status=Status.RUNNING, sent_at__isnull=False, upstream_id="")
    return sent.annotate(expected=Value("an id"), found=Value("none"))


def _histories() -> QuerySet[Any]:
    last = TaskEvent.objects.filter(task=OuterRef("pk")).order_by("-pk").values("status")[:1]
    return differ(Task.objects.all(), expected=Coalesce(Subquery(last), Value("an event")), found=F("status"))


def _foreign_assets() -> QuerySet[Any]:
    return differ(TaskAsset.objects.all(), expected=F("task__team"), found=F("asset__team"))


RULES = (
    Rule("its hold is open as long as it is, then charged or returned", _holds),
    Rule("it is charged for what was kept", _charges),
    Rule("what succeeded has outputs", _empty),
    Rule("a hold belongs to a task", _holds_of_nothing),
    Rule("the team that asked is the team that pays", _payers),
    Rule("an open task is looked at again", _forgotten),
    Rule("an ended task is nobody's work", _busy_after_the_end),
    Rule("what was sent is never queued again", _sent_and_waiting),
    Rule("what runs upstream has an id there", _running_without_a_name),
    Rule("its last event is its state", _histories),
    Rule("an asset is of the task's own team", _foreign_assets),
    *own_rules_of(Task),
    *own_rules_of(TaskAsset),
)


def counts() -> dict[str, int]:
    found = Task.objects.aggregate(
        tasks=Count("pk"), **{f"{status}_tasks": Count("pk", filter=Q(status=status)) for status in Status}
    )
    return {name: int(count) for name, count in found.items()}
