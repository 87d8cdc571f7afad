"""One parent for web and worker: starts them, restarts what dies, stops them together."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

from studio import data

log = logging.getLogger(__name__)

TICK = 0.1  # seconds between two looks at the children
GRACE = 12.0  # seconds that children have to end by themselves
FIRST_DELAY, LONGEST_DELAY = 1.0, 30.0  # seconds before a restart; doubled by each early death
HEALTHY = 60.0  # seconds after which a child counts as started


class CannotStartError(Exception):
    """The message says in one sentence why, and what to do."""


class Child:
    """One process in its own group. `fds` stay open in it under the same numbers."""

    def __init__(self, name: str, command: Sequence[str], fds: Sequence[int] = ()) -> None:
        self.name, self.command, self.fds = name, list(command), tuple(fds)
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = self.due_at = 0.0
        self.delay = FIRST_DELAY

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(self.command, pass_fds=self.fds, start_new_session=True)  # noqa: S603  # ours
        self.started_at = now
        if self.due_at:
            log.info("%s starts again", self.name)

    def look(self, now: float) -> None:
        """Start what is due; note a death and when to start again."""
        if self.process is None:
            if now >= self.due_at:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.kill()
        if now - self.started_at >= HEALTHY:
            self.delay = FIRST_DELAY
        log.warning("%s ended (%s), it starts again in %.0f s", self.name, _in_words(code), self.delay)
        self.process, self.due_at = None, now + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)

    def ask_to_end(self) -> None:
        if self.process is not None and self.is_alive:
            self.process.terminate()

    def kill(self) -> None:
        """End the process and what it started, also when it has ended itself and left its own children behind."""
        if self.process is not None:
            # PermissionError is how macOS says that only zombies are left in the group.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """`clock` and `sleep` are seconds; tests bring their own."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        on_tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.children, self.clock, self.sleep, self.on_tick = list(children), clock, sleep, on_tick
        self.asked, self.interrupts = False, 0

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.asked = True
        self.interrupts += number == signal.SIGINT  # make passes SIGTERM on, so that one may arrive twice

    def run(self) -> None:
        """Until SIGTERM, Ctrl+C or the terminal closes; a second Ctrl+C does not wait."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                signal.signal(number, self.on_signal)
        try:
            while not self.asked:
                for child in self.children:
                    child.look(self.clock())
                self.on_tick()
                self.sleep(TICK)
        finally:
            self.stop()

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_end()
        deadline = self.clock() + GRACE
        while any(child.is_alive for child in self.children) and self.clock() < deadline and self.interrupts < 2:
            self.sleep(TICK)
        for child in self.children:
            child.kill()


def _in_words(code: int) -> str:
    """What a process's exit code means: Popen gives a signal's number as a negative one."""
    return f"code {code}" if code >= 0 else signal.Signals(-code).name


def listen(host: str, port: int) -> socket.socket:
    """The web's socket, kept by the parent so that a restarted web loses no visitor. Raises CannotStartError."""
    try:
        family, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=512, dualstack_ipv6=address[0] == "::")
    except OSError as error:
        raise CannotStartError(
            f"Cannot listen on {host}:{port} ({str(error.strerror).partition(' (')[0]}). Is a studio running there already? "
            f"Choose another port: PORT={port + 1} make run"
        ) from error


def lock(folder: Path) -> IO[str]:
    """Held as long as the file is open: one studio per data folder. Raises CannotStartError."""
    try:
        return data.lock(folder)
    except BlockingIOError as error:
        raise CannotStartError(f"A studio is already running on {folder}.") from error


def manage(command: str, *arguments: str) -> list[str]:
    """How to run a management command of ours with this very Python."""
    root = Path(__file__).resolve().parents[2]
    return [sys.executable, str(root / "manage.py"), command, *arguments]
