"""The whole life of a task, step by step. Each step is a function of one task, safe to run twice and at the same
time, and leaves the row true: which step is next follows from the row alone, so that a worker that died needs no one
to remember what it did.

    services.start_task                            queued      credits held, key of the press kept
    queue.admit         queued → submitting        when it is this member's turn and the engine has room
    submit              submitting → running       an upstream took it; or failed, or unknown: never sent again
    perform             submitting → running       our own engine works, then `store` at once
    poll (ask, note)    running → running | storing, or failed: it says so, or is silent for too long
    store               storing → succeeded        files kept, credits charged in proportion; failed when none could be,
                                                   queued again when our own engine's files are lost
    rescue              what a dead worker left: queued again when nothing was paid, else unknown
    expire              unknown → failed           nothing was heard for a day: the credits return
    keep_late           failed                     what came after that is kept, and not charged
    outbox.notify       the end is told to those who want to know
    services.cancel_task                           before anything was sent: queued, submitting or running → cancelled
"""

import logging
import random
import time
from collections.abc import Callable, Iterable
from copy import copy
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio import context
from studio.accounts import connections
from studio.library import space
from studio.providers import registry as providers
from studio.providers.contract import Performer, Provider, State, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError, WithdrawnError
from studio.providers.registry import Engine
from studio.tasks import callbacks, leases, queue, services
from studio.tasks.models import NOT_SENT, Task, TeamPulse
from studio.tasks.states import DISK_FULL, IN_FLIGHT, Status
from studio.worker.keeping import GIVE_UP, keep_all
from studio.worker.persist import persist

log = logging.getLogger(__name__)

POLL_FIRST, POLL_LAST = timedelta(seconds=3), timedelta(seconds=30)  # how soon an upstream is asked, and how seldom
RETRY_AFTER = timedelta(seconds=30)
GRACE = timedelta(minutes=5)  # kie-api.md 12.4: just after it was made an upstream may not know a request yet
NO_RECORD = services.NO_RECORD
ACCOUNT = {"401", "402", "403"}  # codes that are about the account, not the task: what was paid for goes on meanwhile
MAX_ATTEMPTS = 3
NEWS_EVERY = 0.4  # seconds between two writes of progress
LOOK_EVERY = 2.0  # seconds between two looks whether a render is still wanted

Stop = Callable[[], bool]
News = Update | Exception | None  # what a poll brought: an answer, what went wrong, or nothing to write down


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
    return task is not None and carry(task)


def run_step(pk: UUID, holder: str, stop: Stop = lambda: False) -> bool:
    """The next step, whichever it is."""
    return begin(pk, holder, stop) or carry_on(pk, holder)


def carry(task: Task) -> bool:
    """Take the next step of a task that is claimed."""
    _take(task, lambda engine: _carry(task, engine))
    return True


def _take(task: Task, step: Callable[[Engine], None]) -> None:
    with context.working(task=str(task.pk), team=str(task.team_id)):
        try:
            _with_engine(task, step)
        except Exception as error:  # noqa: BLE001  # it is logged
            _put_off(task, error)
        else:
            leases.hand_back(task)


def _with_engine(task: Task, step: Callable[[Engine], None]) -> None:
    try:
        engine = services.engine_of(task)
    except ProviderError as error:  # its key cannot be read
        leave(task, error.message, error.code)
        return
    if engine is None:
        leave(task, _("The tool or the engine of this task is no longer here."), "gone")
    else:
        step(engine)


def _put_off(task: Task, error: Exception) -> None:
    """Ours, or the machine's: the task keeps its place and its credits, is tried again later, and others go on."""
    if space.is_full(error):
        log.error("no space left for task %s; it waits", task.pk)
        is_attempt = task.status in IN_FLIGHT
        _wait(task, stage=DISK_FULL, **({"attempts": max(0, task.attempts - 1)} if is_attempt else {}))
    else:
        log.error("a step of task %s failed", task.pk, exc_info=error)
        _wait(task)


def _carry(task: Task, engine: Engine) -> None:
    if task.status == Status.STORING:
        store(task, engine)
    elif task.status == Status.UNKNOWN:
        expire(task)
    elif task.status == Status.FAILED:
        keep_late(task, engine)
    elif task.status == Status.RUNNING and not isinstance(engine, Performer):
        poll(task, engine)
    else:
        rescue(task)


def submit(task: Task, engine: Provider) -> None:
    """Hand the task to an upstream, once. What breaks after the request may have arrived is `unknown`."""
    request = services.request_of(task, before_sending=lambda: services.note_sending(task))
    try:
        submission = engine.submit(request)
    except WithdrawnError:
        return
    except ProviderError as error:
        refusal = error  # Python forgets `error` at the end of this block
        persist(lambda: _note_refusal(task, refusal))
    except OutcomeUnknownError:
        persist(lambda: _lose_sight(task))
    else:
        persist(lambda: _note_submission(task, submission.upstream_id))


def _note_submission(task: Task, upstream_id: str) -> None:
    """Whatever became of the lease meanwhile: who sent the request is the only one who ever learns its id."""
    connections.note_well(task.connection)
    now = timezone.now()
    news: dict[str, Any] = {"upstream_id": upstream_id, "started_at": now, "due_at": now + POLL_FIRST}
    news["sent_at"] = task.sent_at or now
    if not task.advance(Status.RUNNING, **news, **leases.FREE):
        services.hear_late(task, upstream_id)


def _note_refusal(task: Task, error: ProviderError) -> None:
    """Nothing was taken, whatever others came to think of it."""
    connections.note_trouble(task.connection, error)
    if error.retryable and _age(task) < GIVE_UP:
        wait = timedelta(seconds=error.retry_after or RETRY_AFTER.total_seconds())
        again: dict[str, Any] = {"sent_at": None, "stage": error.code[:64], "due_at": timezone.now() + wait}
        if task.advance(Status.QUEUED, fence=task.fence, **again, **leases.FREE):
            return
    if task.sent_at is None:  # it never left us: whoever has the task by now need not hear of it
        services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
        return
    pending = Q(status__in=[Status.SUBMITTING, Status.UNKNOWN], upstream_id="")
    services.fail_task(task, error=error.message, code=error.code, when=pending)


def poll(task: Task, engine: Provider) -> None:
    """Ask the upstream once."""
    _note(task, _ask(task, engine))


def is_asked(task: Task) -> bool:
    """Its next step is a poll, so `ask` and `note` may take it in two halves."""
    is_upstream = task.provider in providers.names() and task.provider not in providers.performers()
    return task.status == Status.RUNNING and is_upstream


def ask(task: Task) -> News:
    """The half of a poll that leaves the task as it is."""
    with context.working(task=str(task.pk), team=str(task.team_id)):
        try:
            return _ask(task, cast("Provider", services.engine_of(task)))
        except Exception as error:  # noqa: BLE001  # `note` logs it
            return error


def note(heard: Iterable[tuple[Task, News]]) -> None:
    """The other half, for many polls in one commit: a database takes longest over those. What breaks it is put off, the
    rest is kept one by one."""
    # By their teams: two workers that took the rows in different orders would wait for each other.
    ordered = sorted(heard, key=lambda it: it[0].team_id)
    try:
        with transaction.atomic(), TeamPulse.once():
            for task, news in ordered:
                with context.working(task=str(task.pk), team=str(task.team_id)):
                    _note(copy(task), news)  # the task itself stays as it was, also when this is taken back
    except Exception:  # noqa: BLE001  # what broke is logged below
        for task, news in ordered:
            _note_alone(task, news)


def _note_alone(task: Task, news: News) -> None:
    with context.working(task=str(task.pk), team=str(task.team_id)):
        try:
            with transaction.atomic():
                _note(copy(task), news)
        except Exception as error:  # noqa: BLE001  # it is logged
            _put_off(copy(task), error)


def _ask(task: Task, engine: Provider) -> News:
    try:
        return engine.fetch(services.request_of(task))
    except ProviderError as error:
        connections.note_trouble(task.connection, error)
        return error


def _note(task: Task, news: News) -> None:
    later: dict[str, Any] = {"due_at": timezone.now() + next_poll(task), **leases.FREE}
    if isinstance(news, ProviderError):
        _note_trouble(task, news, later)
    elif isinstance(news, Update):
        if news.state == State.RUNNING and _age(task) > task.generator.patience:
            give_up(task)
        elif not services.apply_update(task, news, fence=task.fence, **later):
            leases.hand_back(task, due_at=later["due_at"])
    elif news is not None:
        _put_off(task, news)


def _note_trouble(task: Task, error: ProviderError, later: dict[str, Any]) -> None:
    is_over = not error.retryable and error.code not in ACCOUNT
    is_over = is_over or (error.code == NO_RECORD and _age(task) > GRACE)
    if is_over:
        services.fail_task(task, error=error.message, code=error.code, fence=task.fence)
        if error.code == NO_RECORD:
            callbacks.catch_up(task)
    elif _age(task) > task.generator.patience:
        give_up(task)
    else:
        least = timezone.now() + timedelta(seconds=error.retry_after or 0)
        leases.hand_back(task, due_at=max(later["due_at"], least))


def next_poll(task: Task) -> timedelta:
    """How long to wait before the next question: often at first, as seldom as POLL_LAST later, by what is typical of
    its kind; never all at the same moment."""
    pace = max(_age(task), task.generator.typical / 4) / 6
    return min(max(pace, POLL_FIRST), POLL_LAST) * random.uniform(0.8, 1.2)  # noqa: S311  # not a secret


def _age(task: Task) -> timedelta:
    return timezone.now() - (task.started_at or task.created_at)


def give_up(task: Task, *, error: str = "", code: str = "timeout") -> None:
    """Follow it no longer; the credits return. A result that comes after all is kept (`keep_late`)."""
    error = error or _("Nothing came of it in the time that it may take, so it is followed no longer.")
    services.fail_task(task, error=error, code=code, fence=task.fence)


def leave(task: Task, error: str, code: str) -> None:
    """Its engine, its key or its tool is not here any more. Perhaps it comes back, and something was paid for."""
    if task.status == Status.FAILED:
        services.link_late(task, [])
    elif task.sent_at is None or _age(task) > GIVE_UP:
        give_up(task, error=error, code=code)
    else:
        _wait(task)


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
        _lose_sight(task)


def _lose_sight(task: Task) -> None:
    """A paid request may have arrived, and nobody has its id: unless a callback has already told it."""
    now = timezone.now()
    news: dict[str, Any] = {"sent_at": task.sent_at or now, "due_at": now + GIVE_UP, **leases.FREE}
    if task.advance(Status.UNKNOWN, fence=task.fence, **news):
        callbacks.catch_up(task)


def expire(task: Task) -> None:
    """Nothing was heard of it in its time."""
    services.release_task(task)


def store(task: Task, engine: Engine) -> None:
    """Keep every output that was named, then end the task and charge for what was kept."""
    try:
        kept = keep_all(task, engine)
    except ProviderError as error:
        log.warning("an output of task %s cannot be had now: %s", task.pk, error)
        leases.hand_back(task, due_at=timezone.now() + RETRY_AFTER)
        return
    if kept is None:
        rescue(task)
    elif services.finish_task(task, kept, fence=task.fence) and isinstance(engine, Performer):
        engine.forget(str(task.pk))


def keep_late(task: Task, engine: Engine) -> None:
    """Its credits were returned, and now there may be a result after all: it is kept and not charged."""
    news = _ask(task, cast("Provider", engine))
    is_over = _age(task) > 2 * GIVE_UP or (isinstance(news, ProviderError) and not news.retryable)
    if isinstance(news, Update) and news.state == State.SUCCEEDED:
        task.outputs = services.outputs_of(news)
        _store_late(task, engine, is_over)
    elif is_over or (isinstance(news, Update) and news.state == State.FAILED):
        services.link_late(task, [])
    else:
        leases.hand_back(task, due_at=timezone.now() + POLL_LAST)


def _store_late(task: Task, engine: Engine, is_last_try: bool) -> None:
    try:
        kept = keep_all(task, engine, is_last_try=is_last_try)
    except ProviderError as error:
        log.warning("an output of task %s cannot be had now: %s", task.pk, error)
        leases.hand_back(task, due_at=timezone.now() + POLL_LAST)
        return
    services.link_late(task, kept or [])


def _wait(task: Task, **changes: Any) -> None:
    """Not now: back into the queue when nothing was sent yet, else the same state, later."""
    changes = {"stage": "", "due_at": timezone.now() + RETRY_AFTER, **changes}
    if task.status in IN_FLIGHT and task.sent_at is None:
        task.advance(Status.QUEUED, fence=task.fence, when=NOT_SENT, progress=None, **changes, **leases.FREE)
    else:
        with transaction.atomic():
            leases.hand_back(task, version=TeamPulse.bump(task.team_id), **changes)
