"""What happens to a task. The browser, the public API, callbacks and the worker all come through here."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio.accounts import connections
from studio.accounts.models import Member, Right
from studio.catalog import registry as catalog
from studio.catalog.contract import Generator, TaskParams
from studio.credits import ledger
from studio.credits.ledger import InsufficientCreditsError
from studio.library import space
from studio.library.models import Asset
from studio.providers import registry as providers
from studio.providers.contract import GenerationRequest, State, Update
from studio.providers.registry import Engine
from studio.tasks import inputs, rows
from studio.tasks.models import NOT_SENT, Task, TaskAsset, TaskEvent, TeamPulse
from studio.tasks.states import Status

NO_RECORD = "no-record"  # the code of an engine that does not know a request: perhaps a callback told us a wrong id
GIVEN_UP = ("released", "timeout", "gone", NO_RECORD)  # codes of failures that are ours to say: it may still finish


def start_task(
    *,
    member: Member,
    generator: Generator,
    params: TaskParams,
    provider: str,
    idempotency_key: str,
    priority: Task.Priority = Task.Priority.INTERACTIVE,
    not_before: datetime | None = None,
) -> tuple[Task, bool]:
    """A new task with its credits held, or (task, False) when this key already made one: a double press is one task.

    Raises InsufficientCreditsError, NoRoomError when disk or quota are full, UnknownInputError for an input that the
    team does not have, and KeyError for an engine that does not serve this slice; then nothing changed.
    """
    if provider not in generator.providers():
        raise KeyError(provider)
    connection = connections.connection_for(member.team, provider)
    if (earlier := _by_key(member, idempotency_key)) is not None and not _asks_the_same(
        earlier, generator, params, provider
    ):
        # A page that a browser took out of its cache, with a key that is spent: other words are another press.
        words = json.dumps([generator.kind, provider, _wish(params.to_json())], sort_keys=True)
        idempotency_key = uuid.uuid5(uuid.NAMESPACE_URL, f"{idempotency_key} {words}").hex
        earlier = _by_key(member, idempotency_key)
    if earlier is not None:
        return earlier, False
    space.check(member.team)
    plan = {
        "provider": provider,
        "connection": connection,
        "priority": priority,
        "due_at": not_before or timezone.now(),
    }
    try:
        return _create(member, generator, params, idempotency_key, plan), True
    except (IntegrityError, InsufficientCreditsError):
        # Perhaps the same press arrived twice at the same moment, and the other one took the key, or the last credits.
        earlier = _by_key(member, idempotency_key)
        if earlier is None:
            raise
        return earlier, False


def _by_key(member: Member, key: str) -> Task | None:
    return Task.objects.for_team(member.team).filter(idempotency_key=key).first()


def _asks_the_same(task: Task, generator: Generator, params: TaskParams, provider: str) -> bool:
    return (task.kind, task.provider) == (generator.kind, provider) and _wish(task.params) == _wish(params.to_json())


def _wish(params: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, without the chance that each press draws."""
    return {name: value for name, value in params.items() if name != "seed"}


@transaction.atomic
def _create(member: Member, generator: Generator, params: TaskParams, key: str, plan: dict[str, Any]) -> Task:
    assets = inputs.find(member.team, generator, params)
    price = generator.price(params, provider=plan["provider"])
    version = TeamPulse.bump(member.team_id)  # before the wallet, as where a task ends: see TeamPulse
    hold = ledger.hold(team=member.team, amount=price, note=params.prompt, by=member.user)
    task = Task.objects.create(
        team=member.team,
        made_by=member.user,
        kind=generator.kind,
        params=params.to_json(),
        prompt=params.prompt,
        pieces=params.pieces,
        hold=hold,
        idempotency_key=key,
        version=version,
        state_version=version,
        **plan,
    )
    inputs.link(task, assets)
    TaskEvent.objects.create(task=task, status=Status.QUEUED, is_told=True)
    return task


def repeat_task(*, member: Member, task: Task, idempotency_key: str) -> Task:
    """The same wish again with another chance, as a new task; a double press is one. Raises as
    `start_task` does."""
    return start_task(
        member=member,
        generator=task.generator,
        params=task.typed_params.again(),
        provider=task.provider,
        idempotency_key=idempotency_key,
    )[0]


def may_stop(member: Member, task: Task) -> bool:
    """One's own tasks, or anyone's for those who manage."""
    own = task.made_by_id == member.user_id and member.may(Right.MAKE)
    return own or member.may(Right.MANAGE_TASKS)


def can_cancel(task: Task) -> bool:
    """Before it was sent; where the work is our own nothing ever is, and it really stops."""
    return task.status in {Status.QUEUED, Status.SUBMITTING, Status.RUNNING} and task.sent_at is None


def can_unfollow(task: Task) -> bool:
    """An upstream works on it, and none of them can be stopped."""
    return task.status in {Status.SUBMITTING, Status.RUNNING} and task.sent_at is not None and not task.is_hidden


@transaction.atomic
def unfollow_task(task: Task) -> bool:
    """Take its card off the pages; it goes on, is charged, and its result lands in the Library. False when there is
    nothing to follow any more."""
    version = TeamPulse.bump(task.team_id)
    going_on = Task.objects.filter(pk=task.pk, status__in=[Status.SUBMITTING, Status.RUNNING], sent_at__isnull=False)
    return bool(going_on.update(is_hidden=True, version=version, state_version=version))


@transaction.atomic
def cancel_task(task: Task) -> bool:
    """Stop it and return its credits; False when it can no longer be stopped. A running render sees it by itself."""
    if not task.advance(Status.CANCELLED, when=NOT_SENT):
        return False
    ledger.release(task.hold)
    return True


@transaction.atomic
def fail_task(task: Task, *, error: str, code: str = "", fence: int | None = None, when: Q | None = None) -> bool:
    """End it without a result and return its credits; False when it had ended, when `when` does not hold any more or
    when the fence is an old one."""
    if not task.advance(Status.FAILED, fence=fence, when=when, detail=error, error=error, error_code=code[:32]):
        return False
    ledger.release(task.hold)
    return True


def note_sending(task: Task) -> bool:
    """Write down that the paid request may leave from now on; False when the task is not ours to send any more."""
    now = timezone.now()
    mine = {"id": task.pk, "fence": task.fence, "status": Status.SUBMITTING, "sent_at": None}
    if not rows.update(Task, mine, {"sent_at": now}):
        return False
    task.sent_at = now
    return True


def release_task(task: Task) -> bool:
    """Give up on a task whose outcome is unknown: its credits return, a late result is still kept."""
    # Asked of the row, not of `task`: news may have come since that was read.
    still_unknown = Q(status=Status.UNKNOWN)
    error = _("Nothing was heard of this request, so it was released.")
    return fail_task(task, error=error, code="released", when=still_unknown)


def engine_of(task: Task) -> Engine | None:
    """Who carries it out; None when the studio was set up anew without its engine or its tool. Raises ProviderError when
    its key cannot be read."""
    if task.provider not in providers.names() or task.kind not in catalog.kinds():
        return None
    return connections.engine(task.provider, task.connection)


def request_of(task: Task, *, before_sending: Callable[[], bool] = lambda: True) -> GenerationRequest:
    """The task as its provider sees it."""
    generator = task.generator
    known = generator.known_upstream if task.provider not in providers.performers() else frozenset()
    return GenerationRequest(
        id=str(task.pk),
        kind=task.kind,
        params=task.params,
        renderer=generator.renderer,
        wire=generator.wire_for(task.typed_params),
        inputs=tuple(given for given in inputs.of(task) if given.role not in known),
        upstream_id=task.upstream_id,
        before_sending=before_sending,
        callback_url=f"{settings.PUBLIC_URL}/callbacks/{task.provider}/{task.callback_token}/"
        if settings.PUBLIC_URL
        else "",
    )


def outputs_of(update: Update) -> list[dict[str, Any]]:
    """What the engine named, as it is written down until it is stored."""
    return [{"address": output.address, "facts": dict(output.facts)} for output in update.outputs]


def apply_update(task: Task, update: Update, *, fence: int | None = None, **changes: Any) -> bool:
    """The one door for news of a running task, from a poll, a callback or our own engine. Safe to call twice; False
    means that nothing changed, else `changes` are written as well."""
    if update.state == State.RUNNING:
        return _note_progress(task, update, fence, changes)
    if update.state == State.SUCCEEDED:
        changes.update(outputs=outputs_of(update), progress=None, stage="", due_at=timezone.now())
        return task.advance(Status.STORING, fence=fence, **changes)
    if update.state == State.FAILED:
        return fail_task(task, error=update.error, code=update.error_code, fence=fence)
    return False


def _note_progress(task: Task, update: Update, fence: int | None, changes: dict[str, Any]) -> bool:
    progress = None if update.progress is None else round(min(max(update.progress, 0), 1) * 1000)
    news = {"progress": progress, "stage": update.stage[:64]}
    if (progress, news["stage"]) == (task.progress, task.stage):
        return False
    running = {"id": task.pk, "status": Status.RUNNING}
    if fence is not None:
        running["fence"] = fence
    with transaction.atomic(savepoint=False):
        changes.update(news, version=TeamPulse.bump(task.team_id))
        if not rows.update(Task, running, changes):
            return False
    for name, value in changes.items():
        setattr(task, name, value)
    return True


@transaction.atomic
def finish_task(task: Task, assets: Sequence[Asset], *, fence: int | None = None) -> bool:
    """All that could be stored is stored: link it and charge in proportion; nothing stored means failed and returned.

    False when the task had ended or the fence is an old one; then nothing changed.
    """
    if not assets:
        return fail_task(task, error=_("The result could not be stored."), code="storage", fence=fence)
    if not task.advance(Status.SUCCEEDED, fence=fence):
        return False
    _link(task, assets)
    charge = ledger.part_of(task.hold.amount, kept=len(assets), pieces=task.pieces)
    ledger.settle(task.hold, amount=charge)
    return True


def hear_late(task: Task, upstream_id: str) -> bool:
    """News of a task that had been given up: a worker will look for its result. False when there is nothing to look
    for, or it was found before."""
    given_up = Task.objects.filter(pk=task.pk, status=Status.FAILED, error_code__in=GIVEN_UP, sent_at__isnull=False)
    output = Q(links__role=TaskAsset.Role.OUTPUT)
    same = Q(upstream_id="") | (Q(upstream_id=upstream_id) | Q(error_code=NO_RECORD)) & ~output
    return bool(given_up.filter(same).update(upstream_id=upstream_id, due_at=timezone.now()))


@transaction.atomic
def link_late(task: Task, assets: Sequence[Asset]) -> bool:
    """The end of that search: what was found is kept beside the task and not charged. False when it was over before."""
    version = TeamPulse.bump(task.team_id)
    looking = Task.objects.filter(pk=task.pk, status=Status.FAILED, due_at__isnull=False)
    if not looking.update(due_at=None, lease_holder="", lease_until=None, version=version):
        return False
    _link(task, assets)
    return True


def _link(task: Task, assets: Sequence[Asset]) -> None:
    for asset in assets:
        TaskAsset.objects.get_or_create(
            task=task, role=TaskAsset.Role.OUTPUT, position=asset.position, defaults={"asset": asset}
        )
