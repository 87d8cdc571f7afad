"""The Local engine: runs a slice's renderer in a process of its own and passes its news on."""

import contextlib
import errno
import json
import logging
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _

from studio.providers.contract import GenerationRequest, Input, Output, State, Update
from studio.providers.errors import ProviderError

log = logging.getLogger(__name__)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a request; anything else is not ours to clear
BEAT = 1.0  # seconds between two calls of `on_update` when the renderer is silent
GRACE = 2.0  # seconds a stopped process has to leave by itself

News = dict[str, Any]


class LocalProvider:
    """`workdir` holds one folder per request until it is forgotten; `time_limit` ends a render that hangs, and
    `memory_limit` (bytes, 0 for none) one that wants too much. A full disk is raised as OSError: the request can be
    performed again."""

    def __init__(self, *, workdir: Path, time_limit: timedelta, memory_limit: int = 0) -> None:
        self.workdir, self.time_limit = Path(workdir), time_limit.total_seconds()
        self.memory_limit = memory_limit

    def perform(self, request: GenerationRequest, *, on_update: Callable[[Update], bool]) -> Update:
        folder = self.workdir / request.id
        shutil.rmtree(folder, ignore_errors=True)  # what an earlier, lost attempt left
        folder.mkdir(mode=0o700, parents=True)
        inputs = _copied(request.inputs, folder / "input")
        process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", "studio.providers.local.render"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).resolve().parents[3],
        )
        try:
            return self._follow(process, request, folder, inputs, on_update)
        finally:
            _end(process)

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        return Path(address).open("rb")

    def forget(self, request_id: str) -> None:
        shutil.rmtree(self.workdir / request_id, ignore_errors=True)

    def kept(self) -> list[str]:
        return [folder.name for folder in self.workdir.glob("*") if folder.is_dir() and ID.fullmatch(folder.name)]

    def _follow(
        self,
        process: subprocess.Popen[str],
        request: GenerationRequest,
        folder: Path,
        inputs: dict[str, list[str]],
        on_update: Callable[[Update], bool],
    ) -> Update:
        assert process.stdin is not None
        assert process.stdout is not None
        spec: News = {"renderer": request.renderer, "params": dict(request.params), "folder": str(folder)}
        spec.update(memory_limit=self.memory_limit, inputs=inputs)
        with contextlib.suppress(BrokenPipeError):  # it died at start: the end of its pipe says so below
            process.stdin.write(json.dumps(spec) + "\n")
            process.stdin.flush()
        deadline = time.monotonic() + self.time_limit
        latest = Update(state=State.RUNNING)
        for news in _lines(process.stdout):
            if time.monotonic() > deadline:
                raise ProviderError("The Local engine took too long and was stopped.", code="timeout")
            if "outputs" in news:
                return Update(state=State.SUCCEEDED, progress=1.0, outputs=_outputs(news["outputs"]))
            if "error" in news:
                raise _broken(news["error"], folder)
            if "progress" in news:
                latest = Update(state=State.RUNNING, progress=news["progress"], stage=news.get("stage", ""))
            if not on_update(latest):
                return Update(state=State.STOPPED)
        with contextlib.suppress(subprocess.TimeoutExpired):  # it closed its pipe and lives on: no result either
            process.wait(GRACE)
        log.error("the render process of %s ended with %s and no result", request.id, process.returncode)
        raise ProviderError("The Local engine stopped before the work was done.", code="crash")


def _copied(inputs: Sequence[Input], folder: Path) -> dict[str, list[str]]:
    """Copies for the render process, which sees only its own folder: their paths by role."""
    paths: dict[str, list[str]] = {}
    for place, given in enumerate(inputs):
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{place}{Path(given.name).suffix}"
        try:
            with given.open() as source, path.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError as error:
            raise ProviderError(_("A file that this needs is not in storage any more."), code="input") from error
        paths.setdefault(given.role, []).append(str(path))
    return paths


def _broken(reason: str, folder: Path) -> Exception:
    if reason == "disk-full":
        shutil.rmtree(folder, ignore_errors=True)  # half a picture is of no use, its space is
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    return ProviderError(_("This needed more memory than the Local engine may use."), code="memory")


def _outputs(given: list[News]) -> tuple[Output, ...]:
    return tuple(Output(address=item["address"], facts=item["facts"]) for item in given)


def _lines(stdout: IO[str]) -> Iterator[News]:
    """What the process says, an empty piece of news each second of silence, and the end when its pipe closes."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        with stdout:  # closed by its only reader: from another thread that could wait for ever
            for line in stdout:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=BEAT)
        except queue.Empty:
            yield {}
            continue
        if line is None:
            return
        yield json.loads(line)


def _end(process: subprocess.Popen[str]) -> None:
    """Close its pipe, which means stop; kill what does not leave."""
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
