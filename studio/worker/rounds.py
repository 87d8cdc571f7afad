"""The steps that carry a task on. Each is a function of one claimed task, safe to run twice, and leaves the row true.

Which step is next follows from the row alone, so that a worker that died needs no one to remember what it did.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio.library import storage
from studio.library.models import Asset
from studio.providers import registry as providers
from studio.providers.contract import Performer, Provider, State, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.registry import Engine
from studio.tasks import leases, services
from studio.tasks.models import Task
from studio.tasks.states import Status

log = logging.getLogger(__name__)

POLL_EVERY = timedelta(seconds=5)
RETRY_AFTER = timedelta(seconds=30)
GIVE_UP_UNKNOWN = timedelta(hours=24)  # product.md, States
MAX_ATTEMPTS = 3
NEWS_EVERY = 0.4  # seconds between two writes of progress
RENEW_EVERY = leases.LEASE.total_seconds() / 4

Stop = Callable[[], bool]


def run_step(pk: UUID, holder: str, stop: Stop = lambda: False) -> bool:
    """Claim the task and take its next step; False when another worker has it."""
    task = leases.claim(pk, holder)
    if task is None:
        return False
    try:
        _step(task, stop)
    except Exception:
        # Ours to mend: the task stays as it was, is tried again later, and other tasks go on.
        log.exception("a step of task %s failed", task.pk)
        leases.hand_back(task, due_at=timezone.now() + RETRY_AFTER)
    else:
        leases.hand_back(task)
    return True


def _step(task: Task, stop: Stop) -> None:
    engine = providers.get(task.provider)
    if task.status == Status.STORING:
        store(task, engine)
    elif isinstance(engine, Performer):
        perform(task, engine, stop) if task.status == Status.QUEUED else rescue(task)
    elif task.status == Status.QUEUED:
        submit(task, engine)
    elif task.status == Status.RUNNING:
        poll(task, engine)
    elif task.status == Status.SUBMITTING:  # whoever handed it over died: it may have arrived
        task.advance(Status.UNKNOWN, fence=task.fence, due_at=timezone.now() + GIVE_UP_UNKNOWN)
    else:
        services.release_task(task)


def submit(task: Task, engine: Provider) -> None:
    """Hand the task to an upstream, once. What breaks after the request may have arrived is `unknown`, never sent
    again."""
    if not task.advance(Status.SUBMITTING, fence=task.fence):
        return
    try:
        submission = engine.submit(services.request_of(task))
    except ProviderError as error:
        services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
    except OutcomeUnknownError:
        task.advance(Status.UNKNOWN, fence=task.fence, due_at=timezone.now() + GIVE_UP_UNKNOWN)
    else:
        now = timezone.now()
        task.advance(
            Status.RUNNING,
            fence=task.fence,
            upstream_id=submission.upstream_id,
            started_at=now,
            due_at=now + POLL_EVERY,
        )


def poll(task: Task, engine: Provider) -> None:
    """Ask the upstream once."""
    try:
        update = engine.fetch(task.upstream_id)
    except ProviderError as error:
        if not error.retryable:
            services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
            return
        update = Update(state=State.RUNNING)
    services.apply_update(task, update, fence=task.fence)
    if task.status == Status.RUNNING:
        leases.hand_back(task, due_at=timezone.now() + POLL_EVERY)


def perform(task: Task, engine: Performer, stop: Stop) -> None:
    """Do the work in a process of ours, keep the lease meanwhile, then store what came out."""
    if task.attempts >= MAX_ATTEMPTS:
        services.fail_task(task, error=_("The Local engine stopped three times."), code="crash", fence=task.fence)
        return
    started = task.advance(Status.SUBMITTING, fence=task.fence, attempts=task.attempts + 1) and task.advance(
        Status.RUNNING, fence=task.fence, started_at=timezone.now()
    )
    if not started:
        return
    try:
        update = engine.perform(services.request_of(task), on_update=_follower(task, stop))
    except ProviderError as error:
        services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
        engine.forget(str(task.pk))
        return
    if update.state != State.STOPPED and services.apply_update(task, update, fence=task.fence):
        store(task, engine)
    elif stop():  # this worker is leaving: the next one begins anew, and this attempt does not count
        task.advance(Status.QUEUED, fence=task.fence, attempts=task.attempts - 1, progress=None, stage="")
    else:
        engine.forget(str(task.pk))


def _follower(task: Task, stop: Stop) -> Callable[[Update], bool]:
    """Writes the news of a render, not more often than a page can show it; False when nobody wants it any more."""
    written = renewed = time.monotonic()

    def on_update(update: Update) -> bool:
        nonlocal written, renewed
        now = time.monotonic()
        if stop():
            return False
        if now - renewed >= RENEW_EVERY:
            renewed = now
            if not leases.renew(task):
                return False
        if now - written >= NEWS_EVERY:
            written = now
            if not services.apply_update(task, update, fence=task.fence):
                return Task.objects.filter(pk=task.pk, fence=task.fence, status=Status.RUNNING).exists()
        return True

    return on_update


def rescue(task: Task) -> None:
    """The worker that performed it died: begin again. The lease has run out, so nobody else works on it."""
    task.advance(Status.QUEUED, fence=task.fence, progress=None, stage="", outputs=[], due_at=timezone.now())


def store(task: Task, engine: Engine) -> None:
    """Keep every output that was named, then end the task and charge for what was kept."""
    kept: list[Asset] = []
    params = task.typed_params
    for position, output in enumerate(task.outputs):
        origin = storage.Origin(
            team=task.team,
            made_by=task.made_by,
            request=task.pk,
            position=position,
            generator=task.kind,
            prompt=task.prompt,
            provider=task.provider,
            parameters=params.to_json(),
            cost=task.hold.amount // task.pieces,
        )
        try:
            kept.append(storage.keep_image(Path(output["address"]), origin=origin, facts=output["facts"]))
        except storage.NotKeepableError as error:
            log.warning("output %s of task %s was not kept: %s", position, task.pk, error)
        except FileNotFoundError:
            rescue(task)
            return
    services.finish_task(task, kept, fence=task.fence)
    if isinstance(engine, Performer):
        engine.forget(str(task.pk))
