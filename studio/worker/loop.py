"""The embedded worker: finds due tasks and runs their steps, renders and short steps each in their own threads."""

import logging
import os
import queue as queues
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from uuid import UUID

from django.db import Error, connection

from studio.tasks import leases, outbox, queue
from studio.tasks.models import Task
from studio.worker import heartbeat, rounds, sweep

log = logging.getLogger(__name__)
IDLE = 0.1  # seconds between two looks at the table when nothing is going on
PAUSE = 0.01  # seconds between two looks when there is: some steps end meanwhile, and one look serves them all
PAUSES = 5  # times in it that the loop looks whether any step is still under way
STARTS = 4  # submits at once: they mostly wait for others
STEPS = 6  # polls and stores at once, likewise
AHEAD = 3  # times as many steps may be ours already and wait for a thread, so that it need not wait for the next look
AWAY = 1.0  # seconds until the next look when the database did not answer
HUNG = 120.0  # seconds without a look after which this worker gives no sign of life any more
NEWS = 50  # tasks whose end is told in one look
RENEW_EVERY = leases.LEASE.total_seconds() / 4


class Lane:
    """A pool of threads that takes no task twice, and `ahead` more than it can work on at once. `on_end` hears that a
    step was taken, and a thread is free."""

    def __init__(self, size: int, name: str, on_end: Callable[[], None], *, ahead: int = 0) -> None:
        self.size, self.most, self.on_end = size, size + ahead, on_end
        self.pool: Executor = ThreadPoolExecutor(size, thread_name_prefix=name)
        self.taken: dict[UUID, Future[bool]] = {}

    @property
    def at_work(self) -> set[UUID]:
        """The tasks whose steps have not ended."""
        self.taken = {pk: future for pk, future in self.taken.items() if not future.done()}
        return set(self.taken)

    @property
    def room(self) -> int:
        return self.most - len(self.at_work)

    def fill(self, find: Callable[[int], list[UUID]], step: Callable[[UUID], bool]) -> int:
        """Start a step for each task that `find` names and that fits; how many were started."""
        room = self.room
        if room <= 0:
            return 0
        new = [pk for pk in find(room + len(self.taken)) if pk not in self.taken][:room]
        for pk in new:
            self.start(pk, step, pk)
        return len(new)

    def start(self, pk: UUID, step: Callable[..., bool], *args: object) -> None:
        self.taken[pk] = self.pool.submit(step, *args)
        self.taken[pk].add_done_callback(self._heard)

    def end(self) -> list[UUID]:
        """Wait for the steps that have begun; the ids of the tasks whose steps never will."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        return [pk for pk, future in self.taken.items() if future.cancelled()]

    def _heard(self, step: "Future[bool]") -> None:
        """A step that could not be taken is no news: it would be tried again at once, and again."""
        if not step.cancelled() and step.exception() is None and step.result():
            self.on_end()


class Worker:
    """`renders` is how many Local renders run at once, by default one per core less one for the web."""

    def __init__(self, renders: int | None = None) -> None:
        self.holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping, self.ended = threading.Event(), threading.Event()
        self.calls: queues.SimpleQueue[None] = queues.SimpleQueue()  # a signal handler may use it, unlike an Event
        self.renders = Lane(renders or max(1, (os.cpu_count() or 2) - 1), "render", self.call)
        self.starts = Lane(STARTS, "start", self.call, ahead=STARTS)
        self.steps = Lane(STEPS, "step", self.call, ahead=AHEAD * STEPS)
        self.news = Lane(1, "news", self.call)
        self.lanes = (self.renders, self.starts, self.steps, self.news)
        self.heard: deque[tuple[Task, rounds.News]] = deque()  # from upstreams, and not written down yet
        self.swept = self.looked = time.monotonic()
        self.is_answered = True

    def run(self) -> None:
        """Until `stop` is called; then short steps end and renders are handed back."""
        log.info("worker %s started, %s renders at once", self.holder, self.renders.size)
        threading.Thread(target=self._keep_leases, name="leases", daemon=True).start()
        with heartbeat.Heart(self.holder, self.is_looking):
            while not self.stopping.is_set():
                self._look_or_wait()
            left = [pk for lane in self.lanes for pk in lane.end()]
            self._run(self._note)()
            self._run(leases.leave)(self.holder, left)
            self.ended.set()
        log.info("worker %s stopped", self.holder)

    def stop(self) -> None:
        self.stopping.set()
        self.call()

    def call(self) -> None:
        """Let it look again soon, without waiting for the next look."""
        if self.calls.empty():
            self.calls.put(None)

    def is_looking(self) -> bool:
        """False when the loop itself hangs: threads of its process that go on are no sign of life."""
        return time.monotonic() - self.looked < HUNG

    def _look_or_wait(self) -> None:
        self.looked = time.monotonic()
        try:
            self.look()
        except (Error, OSError):  # also a full disk
            if self.is_answered:
                log.exception("the database or the disk did not answer; trying again")
            self.is_answered = False
            connection.close()
            self.stopping.wait(AWAY)  # whatever ends meanwhile, it cannot be written down
        else:
            if not self.is_answered:
                log.info("it answers again")
            self.is_answered = True
            self._wait()

    def _wait(self) -> None:
        """Until somebody calls, then a little longer: see PAUSE. With nothing under way there is nothing to wait for."""
        try:
            self.calls.get(timeout=IDLE)
        except queues.Empty:
            return
        for _ in range(PAUSES):
            if not any(lane.at_work for lane in self.lanes) or self.stopping.wait(PAUSE / PAUSES):
                return

    def look(self) -> int:
        """Write down what was heard, start the steps that are due and fit, tell what has ended, clear away what is left
        over; how many were started."""
        self._note()
        begin = self._run(lambda pk: rounds.begin(pk, self.holder, self.stopping.is_set))
        found = self._carry_on()
        found += self.starts.fill(lambda room: queue.next_in_line(room, performing=False), begin)
        found += self.renders.fill(lambda room: queue.next_in_line(room, performing=True), begin)
        found += self._tell()
        if time.monotonic() - self.swept >= sweep.EVERY:
            self.swept = time.monotonic()
            self.steps.pool.submit(self._run(sweep.sweep))
        return found

    def _carry_on(self) -> int:
        room = self.steps.room
        if room <= 0:
            return 0
        # After a sleep of the machine a lease has run out though its step goes on, here and now.
        busy = self.steps.at_work | self.starts.at_work | self.renders.at_work
        tasks = leases.take(self.holder, room, but=busy)
        for task in tasks:
            self.steps.start(task.pk, self._run(self._ask if rounds.is_asked(task) else rounds.carry), task)
        return len(tasks)

    def _tell(self) -> int:
        tasks = outbox.untold(NEWS) if self.news.room else []
        if tasks:
            self.news.start(tasks[0], self._run(lambda *news: bool(outbox.notify(*news))), *tasks)
        return len(tasks)

    def _ask(self, task: Task) -> bool:
        """A poll keeps no thread and no commit of its own for what it brings: many are written down together."""
        self.heard.append((task, rounds.ask(task)))
        return True

    def _note(self) -> bool:
        heard = list(self.heard)
        if heard:
            rounds.note(heard)
        for _ in heard:  # only now: when the database did not answer they are noted with the next look
            self.heard.popleft()
        return bool(heard)

    def _run(self, step: Callable[..., bool | int | None]) -> Callable[..., bool]:
        """The step for a thread of ours, which keeps its connection to the database while that is sound."""

        def run(*args: object) -> bool:
            try:
                return bool(step(*args))
            except Exception:
                log.exception("a step of %s could not be taken", args)
                connection.close()
                return False

        return run

    def _keep_leases(self) -> None:
        """However long a step takes, its task stays ours while this process lives."""
        renew = self._run(lambda *tasks: leases.renew(self.holder, tasks))
        while not self.ended.wait(RENEW_EVERY):
            renew(*self.renders.taken, *self.starts.taken, *self.steps.taken)
