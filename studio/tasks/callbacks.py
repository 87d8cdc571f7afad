"""What an upstream tells by itself. It is a hint and nothing more: its body is not signed, so that only a question to
the upstream yields results and final states (product.md, States)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studio.accounts import connections
from studio.accounts.models import Connection
from studio.accounts.secrets import SecretLostError
from studio.providers.kie import callback as kie
from studio.tasks import services
from studio.tasks.models import Callback, Task
from studio.tasks.states import Status

KEPT = 20  # callbacks of one task whose text is kept
LENGTH = 16_000  # characters of it
QUIET = timedelta(seconds=3)  # kie-api.md 1.5: three questions per second and task; a flood of hints asks no oftener


class NotSignedError(Exception):
    """The account's callbacks are signed, and this one is not, or not now."""


def hear(task: Task, headers: Mapping[str, str], body: bytes) -> None:
    """Keep the callback, learn the upstream's id when we have none, and let a worker ask at once. Safe in any order and
    number. Raises NotSignedError."""
    _check_signature(task, headers, body)
    hint = kie.read(body)
    if _keep(task, hint.upstream_id, body):
        task.refresh_from_db()  # whoever moves it to `unknown` after this finds the callback: see `catch_up`
        _heed(task, hint.upstream_id)


def catch_up(task: Task) -> None:
    """Nobody knows the task's id, or it is a wrong one, and its callback may have come before: it can overtake the
    answer to the request, which then never came."""
    since = Callback.objects.filter(task=task, at__gte=task.sent_at or timezone.now())
    told = since.exclude(upstream_id__in=["", task.upstream_id]).order_by("-pk").first()
    if told is not None:
        _heed(task, told.upstream_id)


def _heed(task: Task, upstream_id: str) -> None:
    now = timezone.now()
    if task.status == Status.UNKNOWN and not task.upstream_id and upstream_id:
        news: dict[str, Any] = {"upstream_id": upstream_id, "started_at": now, "due_at": now}
        task.advance(Status.RUNNING, detail="callback", **news)
    elif task.status == Status.RUNNING:
        # A question that is under way may have been asked too early: its answer is not waited for.
        again = {"due_at": now, "lease_holder": "", "lease_until": None, "fence": F("fence") + 1}
        Task.objects.filter(pk=task.pk, status=Status.RUNNING, sent_at__isnull=False).update(**again)
    elif task.status == Status.FAILED and upstream_id:
        services.hear_late(task, upstream_id)


def _check_signature(task: Task, headers: Mapping[str, str], body: bytes) -> None:
    connection = Connection.objects.filter(pk=task.connection).first() if connections.is_id(task.connection) else None
    if connection is None:
        return
    try:
        key = connections.webhook_key_of(connection)
    except SecretLostError as error:
        raise NotSignedError from error
    if key and not kie.is_signed(headers, body, key, timezone.now().timestamp()):
        raise NotSignedError


@transaction.atomic
def _keep(task: Task, upstream_id: str, body: bytes) -> bool:
    """False when one like it came a moment ago: a flood costs one row, and no question."""
    latest = Callback.objects.filter(task=task).order_by("-pk").first()
    if latest is not None and latest.upstream_id == upstream_id and timezone.now() - latest.at < QUIET:
        return False
    if Callback.objects.filter(task=task).count() >= KEPT:
        assert latest is not None
        Callback.objects.filter(pk=latest.pk).update(at=timezone.now(), upstream_id=upstream_id)
        return True
    text = body[: 4 * LENGTH].decode("utf-8", "replace").replace("\0", "")[:LENGTH]
    Callback.objects.create(task=task, upstream_id=upstream_id, body=text)
    return True
