"""The whole life of a task, step by step. Each step is a function of one task, safe to run twice and at the same
time, and leaves the row true: which step is next follows from the row alone, so that a worker that died needs no one
to remember what it did.

    services.start_task                            queued      credits held, key of the press kept
    queue.admit         queued → submitting        when it is this member's turn and the engine has room
    submit              submitting → running       an upstream took it; or failed, or unknown: never sent again
    perform             submitting → running       our own engine works, then `store` at once
    poll                running → running | storing | failed
    store               storing → succeeded        files kept, credits charged in proportion
    rescue              what a dead worker left: queued again when nothing was paid, else unknown
    expire              unknown → failed           nothing was heard for a day: the credits return
    outbox.notify       the end is told to those who want to know
    services.cancel_task                           queued, or running on our own engine → cancelled
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio import context
from studio.library import space, storage
from studio.library.models import Asset
from studio.providers import registry as providers
from studio.providers.contract import Performer, Provider, State, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.registry import Engine
from studio.tasks import leases, queue, services
from studio.tasks.models import NOT_SENT, Task, TeamPulse
from studio.tasks.states import DISK_FULL, IN_FLIGHT, Status

log = logging.getLogger(__name__)

POLL_EVERY = timedelta(seconds=5)
RETRY_AFTER = timedelta(seconds=30)
GIVE_UP_UNKNOWN = timedelta(hours=24)  # product.md, States
MAX_ATTEMPTS = 3
NEWS_EVERY = 0.4  # seconds between two writes of progress
LOOK_EVERY = 2.0  # seconds between two looks whether a render is still wanted

Stop = Callable[[], bool]


def begin(pk: UUID, holder: str, stop: Stop = lambda: False) -> bool:
    """Take a waiting task out of the queue and hand it to its engine; False when it has no turn, or another worker."""
    task = queue.admit(pk, holder)
    if task is None:
        return False
    _take(task, lambda engine: perform(task, engine, stop) if isinstance(engine, Performer) else submit(task, engine))
    return True


def carry_on(pk: UUID, holder: str) -> bool:
    """Take the next step of a task that is past the queue; False when it is not due or another worker has it."""
    task = leases.claim(pk, holder)
    if task is None:
        return False
    _take(task, lambda engine: _carry(task, engine))
    return True


def run_step(pk: UUID, holder: str, stop: Stop = lambda: False) -> bool:
    """The next step, whichever it is."""
    return begin(pk, holder, stop) or carry_on(pk, holder)


def _take(task: Task, step: Callable[[Engine], None]) -> None:
    with context.working(task=str(task.pk), team=str(task.team_id)):
        _try(task, step)


def _try(task: Task, step: Callable[[Engine], None]) -> None:
    try:
        step(providers.get(task.provider))
    except Exception as error:
        # Ours, or the machine's: the task keeps its place and its credits, is tried again later, and others go on.
        if space.is_full(error):
            log.error("no space left for task %s; it waits", task.pk)
            _wait(task, stage=DISK_FULL, attempts=max(0, task.attempts - 1))
        else:
            log.exception("a step of task %s failed", task.pk)
            _wait(task)
    else:
        leases.hand_back(task)


def _carry(task: Task, engine: Engine) -> None:
    if task.status == Status.STORING:
        store(task, engine)
    elif task.status == Status.UNKNOWN:
        expire(task)
    elif task.status == Status.RUNNING and not isinstance(engine, Performer):
        poll(task, engine)
    else:
        rescue(task)


def submit(task: Task, engine: Provider) -> None:
    """Hand the task to an upstream, once. What breaks after the request may have arrived is `unknown`."""
    request = services.request_of(task)
    if not services.note_sending(task):
        return
    try:
        submission = engine.submit(request)
    except ProviderError as error:
        services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
    except OutcomeUnknownError:
        task.advance(Status.UNKNOWN, fence=task.fence, due_at=timezone.now() + GIVE_UP_UNKNOWN, **leases.FREE)
    else:
        now = timezone.now()
        news: dict[str, Any] = {"upstream_id": submission.upstream_id, "started_at": now, "due_at": now + POLL_EVERY}
        # Whatever became of the lease meanwhile: who sent the request is the only one who ever learns its id.
        task.advance(Status.RUNNING, **news, **leases.FREE)


def poll(task: Task, engine: Provider) -> None:
    """Ask the upstream once."""
    try:
        update = engine.fetch(services.request_of(task))
    except ProviderError as error:
        if not error.retryable:
            services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
            return
        update = Update(state=State.RUNNING)
    services.apply_update(task, update, fence=task.fence)
    if task.status == Status.RUNNING:
        leases.hand_back(task, due_at=timezone.now() + POLL_EVERY)


def perform(task: Task, engine: Performer, stop: Stop) -> None:
    """Do the work in a process of ours, then store what came out."""
    if task.attempts >= MAX_ATTEMPTS:
        services.fail_task(task, error=_("The Local engine stopped three times."), code="crash", fence=task.fence)
        return
    news: dict[str, Any] = {"started_at": timezone.now(), "attempts": task.attempts + 1, "stage": ""}
    if not task.advance(Status.RUNNING, fence=task.fence, **news):
        return
    try:
        update = engine.perform(services.request_of(task), on_update=_follower(task, stop))
    except ProviderError as error:
        if services.fail_task(task, error=error.message, code=error.code, fence=task.fence):
            engine.forget(str(task.pk))  # else another worker has it, and its files are there
        return
    if update.state != State.STOPPED and services.apply_update(task, update, fence=task.fence):
        store(task, engine)
    elif stop():  # this worker is leaving: the next one begins anew, and this attempt does not count
        again: dict[str, Any] = {"attempts": task.attempts - 1, "progress": None, "stage": ""}
        task.advance(Status.QUEUED, fence=task.fence, **again, **leases.FREE)
    # Cancelled or taken over: what is left of it is swept.


def _follower(task: Task, stop: Stop) -> Callable[[Update], bool]:
    """Writes the news of a render, not more often than a page can show it; False when nobody wants it any more."""
    written = looked = time.monotonic()

    def on_update(update: Update) -> bool:
        nonlocal written, looked
        now = time.monotonic()
        if stop():
            return False
        if now - written >= NEWS_EVERY and services.apply_update(task, update, fence=task.fence):
            written = looked = now
        if now - looked >= LOOK_EVERY:
            looked = now
            return leases.is_ours(task)
        return True

    return on_update


def rescue(task: Task) -> None:
    """The worker that had it died, and its lease has run out. What was not paid for begins again; a paid request that
    may have arrived is `unknown`."""
    if task.sent_at is None:
        again: dict[str, Any] = {"progress": None, "stage": "", "outputs": [], "due_at": timezone.now()}
        task.advance(Status.QUEUED, fence=task.fence, when=NOT_SENT, **again, **leases.FREE)
    else:
        task.advance(Status.UNKNOWN, fence=task.fence, due_at=timezone.now() + GIVE_UP_UNKNOWN, **leases.FREE)


def expire(task: Task) -> None:
    """Nothing was heard of it in its time."""
    services.release_task(task)


def store(task: Task, engine: Engine) -> None:
    """Keep every output that was named, then end the task and charge for what was kept."""
    kept: list[Asset] = []
    for position, output in enumerate(task.outputs):
        try:
            kept.append(_keep(task, engine, position, output))
        except storage.NotKeepableError as error:
            log.warning("output %s of task %s was not kept: %s", position, task.pk, error)
        except ProviderError as error:
            log.warning("output %s of task %s cannot be had now: %s", position, task.pk, error)
            leases.hand_back(task, due_at=timezone.now() + RETRY_AFTER)
            return
        except FileNotFoundError:
            if isinstance(engine, Performer):
                rescue(task)
                return
            log.warning("output %s of task %s is lost", position, task.pk)
    if services.finish_task(task, kept, fence=task.fence) and isinstance(engine, Performer):
        engine.forget(str(task.pk))


def _keep(task: Task, engine: Engine, position: int, output: dict[str, Any]) -> Asset:
    origin = storage.Origin(
        team=task.team,
        made_by=task.made_by,
        request=task.pk,
        position=position,
        at=task.created_at,
        generator=task.kind,
        prompt=task.prompt,
        provider=task.provider,
        parameters=task.typed_params.to_json(),
        cost=task.hold.amount // task.pieces,
    )
    if (asset := storage.kept(origin)) is not None:
        return asset
    with _opened(task, engine, output["address"], origin) as file:
        return storage.keep_image(file, origin=origin, facts=output["facts"])


def _opened(task: Task, engine: Engine, address: str, origin: storage.Origin) -> BinaryIO:
    try:
        return engine.open(services.request_of(task), address)
    except FileNotFoundError:
        # Lost since another worker began to store it: what that one has kept is all there is.
        file = storage.half_kept(origin)
        if file is None:
            raise
        return file


def _wait(task: Task, **changes: Any) -> None:
    """Not now: back into the queue when nothing was sent yet, else the same state, later."""
    changes = {"stage": "", "due_at": timezone.now() + RETRY_AFTER, **changes}
    if task.status in IN_FLIGHT and task.sent_at is None:
        task.advance(Status.QUEUED, fence=task.fence, when=NOT_SENT, progress=None, **changes, **leases.FREE)
    else:
        with transaction.atomic():
            leases.hand_back(task, version=TeamPulse.bump(task.team_id), **changes)
