"""Worker processes: started, waited for, stopped; and what they said of a locked database."""

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.databases import ROOT, Env

START = 60.0  # seconds that a worker has to come up
LOCKED = re.compile(r"database (table )?is locked", re.IGNORECASE)
# How a worker of each side is started, and the words that it says when it is there.
COMMANDS = {
    "studio": (["run_worker", "--renders=1"], " started, "),
    # Its own pause is a whole second by default; here both look ten times a second.
    "reference": (["db_worker", "--interval=0.1", "--no-startup-delay", "--no-reload"], "Starting worker"),
}


class WorkerFailedError(Exception):
    """A worker did not come up, or did not end well when it was told to stop."""


class Logs:
    """What all processes of a benchmark have said."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, 0
        folder.mkdir()

    def new(self) -> Path:
        self.made += 1
        return self.folder / f"{self.made}.log"

    def locked(self) -> int:
        """How often a database was locked."""
        return sum(len(LOCKED.findall(path.read_text())) for path in self.folder.iterdir())


@contextlib.contextmanager
def workers(side: str, count: int, env: Env, logs: Logs) -> Iterator[list[int]]:
    """The process ids of `count` workers that are up; they are stopped at the end."""
    words, up = COMMANDS[side]
    paths, processes = [logs.new() for _ in range(count)], []
    try:
        for path in paths:
            with path.open("w") as log:
                command = [sys.executable, "manage.py", *words]
                processes.append(subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log))
        for path in paths:
            _wait_for(up, path)
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(30) for process in processes]
    if any(codes):
        raise WorkerFailedError(f"workers ended with {codes}")


def _wait_for(words: str, path: Path) -> None:
    deadline = time.monotonic() + START
    while words not in path.read_text():
        if time.monotonic() > deadline:
            raise WorkerFailedError(path.read_text()[-2000:])
        time.sleep(0.02)


def memory_of(pid: int) -> int:
    """The most that the process has held, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0
