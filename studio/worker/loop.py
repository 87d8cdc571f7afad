"""The embedded worker: finds due tasks and runs their steps, renders and short steps each in their own threads."""

import logging
import os
import secrets
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

from django.db import close_old_connections, connection
from django.db.utils import OperationalError

from studio.providers import registry as providers
from studio.tasks import leases
from studio.worker import heartbeat, rounds

log = logging.getLogger(__name__)
IDLE = 0.1  # seconds between two looks at the table when nothing was due
STEPS = 4


class Lane:
    """A pool of threads that takes no more than it can start at once, and no task twice."""

    def __init__(self, size: int, name: str) -> None:
        self.size, self.pool = size, ThreadPoolExecutor(size, thread_name_prefix=name)
        self.taken: dict[UUID, Future[bool]] = {}

    @property
    def room(self) -> int:
        self.taken = {pk: future for pk, future in self.taken.items() if not future.done()}
        return self.size - len(self.taken)


class Worker:
    """`renders` is how many Local renders run at once, by default one per core less one for the web."""

    def __init__(self, renders: int | None = None) -> None:
        self.holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.renders = Lane(renders or max(1, (os.cpu_count() or 2) - 1), "render")
        self.steps = Lane(STEPS, "step")

    def run(self) -> None:
        """Until `stop` is called; then short steps end and renders are handed back."""
        log.info("worker %s started, %s renders at once", self.holder, self.renders.size)
        while not self.stopping.is_set():
            try:
                heartbeat.beat()
                found = self.look()
            except OperationalError:
                log.exception("the database did not answer; trying again")
                close_old_connections()
                found = 0
            if not found:
                self.stopping.wait(IDLE)
        for lane in (self.renders, self.steps):
            lane.pool.shutdown(wait=True, cancel_futures=True)
        log.info("worker %s stopped", self.holder)

    def stop(self) -> None:
        self.stopping.set()

    def look(self) -> int:
        """Start the steps that are due and fit; how many were started."""
        performers = providers.performers()
        return self._fill(self.steps, performers, performing=False) + self._fill(
            self.renders, performers, performing=True
        )

    def _fill(self, lane: Lane, performers: list[str], *, performing: bool) -> int:
        room = lane.room
        if room <= 0:
            return 0
        ids = leases.due(room + len(lane.taken), performing=performing, performers=performers)
        new = [pk for pk in ids if pk not in lane.taken][:room]
        for pk in new:
            lane.taken[pk] = lane.pool.submit(self._run, pk)
        return len(new)

    def _run(self, pk: UUID) -> bool:
        try:
            return rounds.run_step(pk, self.holder, self.stopping.is_set)
        except OperationalError:
            log.exception("the database did not answer during a step of task %s", pk)
            return False
        finally:
            connection.close()
