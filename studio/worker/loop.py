"""The embedded worker: finds due tasks and runs their steps, renders and short steps each in their own threads."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

from django.db import Error, connection

from studio.tasks import leases, outbox, queue
from studio.worker import heartbeat, rounds, sweep

log = logging.getLogger(__name__)
IDLE = 0.1  # seconds between two looks at the table when nothing was due
STEPS = 6  # submits, polls and stores at once: they mostly wait for others
AWAY = 1.0  # seconds until the next look when the database did not answer
HUNG = 120.0  # seconds without a look after which this worker gives no sign of life any more
NEWS = 50  # tasks whose end is told in one look
RENEW_EVERY = leases.LEASE.total_seconds() / 4


class Lane:
    """A pool of threads that takes no more than it can start at once, and no task twice. `on_end` hears that a step was
    taken, and a thread is free."""

    def __init__(self, size: int, name: str, on_end: Callable[[], None]) -> None:
        self.size, self.pool, self.on_end = size, ThreadPoolExecutor(size, thread_name_prefix=name), on_end
        self.taken: dict[UUID, Future[bool]] = {}

    @property
    def room(self) -> int:
        self.taken = {pk: future for pk, future in self.taken.items() if not future.done()}
        return self.size - len(self.taken)

    def fill(self, find: Callable[[int], list[UUID]], step: Callable[[UUID], bool], but: Collection[UUID] = ()) -> int:
        """Start a step for each task that `find` names and that fits, none of `but`; how many were started."""
        room = self.room
        if room <= 0:
            return 0
        busy = {*self.taken, *but}
        new = [pk for pk in find(room + len(busy)) if pk not in busy][:room]
        for pk in new:
            self.taken[pk] = self.pool.submit(step, pk)
            self.taken[pk].add_done_callback(self._heard)
        return len(new)

    def _heard(self, step: Future[bool]) -> None:
        """A step that could not be taken is no news: it would be tried again at once, and again."""
        if not step.cancelled() and step.exception() is None and step.result():
            self.on_end()


class Worker:
    """`renders` is how many Local renders run at once, by default one per core less one for the web."""

    def __init__(self, renders: int | None = None) -> None:
        self.holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping, self.ended = threading.Event(), threading.Event()
        self.wake = threading.Event()  # there may be more to do, without waiting for the next look
        self.renders = Lane(renders or max(1, (os.cpu_count() or 2) - 1), "render", self.wake.set)
        self.steps, self.news = Lane(STEPS, "step", self.wake.set), Lane(1, "news", self.wake.set)
        self.swept = self.looked = time.monotonic()
        self.is_answered = True

    def run(self) -> None:
        """Until `stop` is called; then short steps end and renders are handed back."""
        log.info("worker %s started, %s renders at once", self.holder, self.renders.size)
        threading.Thread(target=self._keep_leases, name="leases", daemon=True).start()
        with heartbeat.Heart(self.holder, self.is_looking):
            while not self.stopping.is_set():
                self._look_or_wait()
            for lane in (self.renders, self.steps, self.news):
                lane.pool.shutdown(wait=True, cancel_futures=True)
            self.ended.set()
        log.info("worker %s stopped", self.holder)

    def stop(self) -> None:
        self.stopping.set()
        self.wake.set()

    def is_looking(self) -> bool:
        """False when the loop itself hangs: threads of its process that go on are no sign of life."""
        return time.monotonic() - self.looked < HUNG

    def _look_or_wait(self) -> None:
        self.looked = time.monotonic()
        self.wake.clear()
        try:
            self.look()
            wait = IDLE
        except (Error, OSError):  # also a full disk
            if self.is_answered:
                log.exception("the database or the disk did not answer; trying again")
            self.is_answered, wait = False, AWAY
            connection.close()
        else:
            if not self.is_answered:
                log.info("it answers again")
            self.is_answered = True
        if wait == AWAY:
            self.stopping.wait(wait)  # whatever ends meanwhile, it cannot be written down
        else:
            self.wake.wait(wait)

    def look(self) -> int:
        """Start the steps that are due and fit, tell what has ended, clear away what is left over; how much there was
        to do."""
        begin, carry_on = self._run(self._begin), self._run(self._carry_on)
        # After a sleep of the machine a lease has run out though its render goes on, here and now.
        found = self.steps.fill(leases.due, carry_on, but=self.renders.taken)
        found += self.steps.fill(lambda room: queue.next_in_line(room, performing=False), begin)
        found += self.renders.fill(lambda room: queue.next_in_line(room, performing=True), begin)
        found += self.news.fill(lambda _room: outbox.untold(NEWS), self._run(lambda pk: bool(outbox.notify(pk))))
        if time.monotonic() - self.swept >= sweep.EVERY:
            self.swept = time.monotonic()
            self.steps.pool.submit(self._run(sweep.sweep))
        return found

    def _begin(self, pk: UUID) -> bool:
        return rounds.begin(pk, self.holder, self.stopping.is_set)

    def _carry_on(self, pk: UUID) -> bool:
        return rounds.carry_on(pk, self.holder)

    def _run(self, step: Callable[..., bool]) -> Callable[..., bool]:
        """The step for a thread of ours, which keeps its connection to the database while that is sound."""

        def run(*args: UUID) -> bool:
            try:
                return step(*args)
            except Exception:
                log.exception("a step of %s could not be taken", args)
                connection.close()
                return False

        return run

    def _keep_leases(self) -> None:
        """However long a step takes, its task stays ours while this process lives."""
        renew = self._run(lambda *tasks: bool(leases.renew(self.holder, tasks)))
        while not self.ended.wait(RENEW_EVERY):
            renew(*self.renders.taken, *self.steps.taken)
