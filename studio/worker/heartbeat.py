"""The worker's sign of life: a row in the database, so that it is seen from every machine that shares it."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import Error, connection
from django.utils import timezone

from studio.worker.models import Beat

log = logging.getLogger(__name__)
EVERY = 5.0  # seconds
STALE = 30.0  # seconds after which the worker counts as gone
FAREWELL = 5.0  # seconds to take the sign away in
KEPT = timedelta(minutes=10)  # how long the sign of one that died stays, for whoever looks


class Heart:
    """Beats in a thread of its own within the `with` block, as long as `is_alive` says so, and then takes its sign
    away. A slow step does not stop it, nor does a database that is away for a while."""

    def __init__(self, holder: str, is_alive: Callable[[], bool] = lambda: True) -> None:
        self.holder, self.is_alive = holder, is_alive
        self.started_at, self.is_well = timezone.now(), True
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def __enter__(self) -> "Heart":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.thread.join(FAREWELL)  # and no longer: a database that hangs does not keep the process

    def beat(self) -> None:
        now = timezone.now()
        if not Beat.objects.filter(pk=self.holder).update(at=now):  # the first, or swept away while the machine slept
            facts = {"host": socket.gethostname(), "pid": os.getpid(), "started_at": self.started_at}
            Beat.objects.update_or_create(holder=self.holder, defaults={**facts, "at": now})

    def _run(self) -> None:
        while not self.stopping.is_set():
            if self.is_alive():
                self._try(self.beat)
            self.stopping.wait(EVERY)
        self._try(lambda: Beat.objects.filter(pk=self.holder).delete())
        connection.close()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Error:
            if self.is_well:
                log.exception("the sign of life could not be left; trying again")
            self.is_well = False
            connection.close()
        else:
            self.is_well = True


def ages() -> list[float]:
    """Seconds since each worker's last sign, the freshest first; those that died lately are among them."""
    now = timezone.now()
    return [max(0.0, (now - at).total_seconds()) for at in Beat.objects.order_by("-at").values_list("at", flat=True)]


def age() -> float | None:
    """Seconds since the last sign, None when there is none."""
    return next(iter(ages()), None)


def is_well() -> bool:
    """Whether some worker is there; a database that does not answer knows of none."""
    try:
        seconds = age()
    except Error:
        let_go()
        return False
    return seconds is not None and seconds < STALE


def forget() -> None:
    """Before the first start: an old sign of this machine is no sign."""
    with suppress(Error):
        Beat.objects.filter(host=socket.gethostname()).delete()
    let_go()


def let_go() -> None:
    """Close this thread's connection: it broke, or nobody needs it for long. Not within a transaction."""
    if not connection.in_atomic_block:
        connection.close()


def sweep() -> int:
    """Take away what workers that died have left; how many they were."""
    return Beat.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
