"""Small renderers for the Local engine's render process. Each shows one way in which a real one may behave."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from studio.providers.contract import Output, Params, Report

LONG = 30  # seconds: longer than any test waits


def _written(folder: Path, name: str, text: str) -> Output:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Output(address=str(path), facts={"text": text})


def _signed(folder: Path) -> None:
    """Leave the number of this process for whoever wants to know whether it lives."""
    _written(folder, "pid", str(os.getpid()))


def works(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Reports four times, then writes what it was told."""
    for step in range(4):
        report((step + 1) / 4, f"step {step + 1}/4")
    return [_written(folder, f"{place}.txt", word) for place, word in enumerate(params["words"])]


def looks_around(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Tells what is loaded and what lies in its folder."""
    found = sorted(path.name for path in folder.iterdir())
    return [Output(address=str(folder), facts={"loaded": sorted(sys.modules), "found": found})]


def reports_for_ever(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    _signed(folder)
    while True:
        report(0.5, "x" * 60)


def ignores_stop(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Reports once, then never asks again whether anybody wants it."""
    _signed(folder)
    report(0.1, "deaf")
    time.sleep(LONG)
    return []


def hangs(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Never says a word."""
    _signed(folder)
    time.sleep(LONG)
    return []


def loses_its_pipe(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Can say nothing more, but goes on."""
    _signed(folder)
    os.closerange(3, 64)
    time.sleep(LONG)
    return []


def leaves_a_child(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Its child holds a copy of the pipe and outlives it."""
    child = os.fork()
    if not child:
        time.sleep(LONG)
        _written(folder, "ended", "the child has ended")
        os._exit(0)
    return [Output(address="", facts={"child": child})]


def crashes(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    report(0.2, "nearly")
    os._exit(7)


def raises(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    raise RuntimeError("a mistake in the renderer")


def chatters(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Prints as libraries do: from Python, from below Python, and from a program that it started."""
    print("not json", flush=True)  # noqa: T201  # noise is its purpose
    os.write(1, b'{"outputs": []}\n')
    subprocess.run(["echo", '{"progress": 7}'], check=True)
    report(0.5, "chatting")
    return [_written(folder, "0.txt", "done")]


def reads_its_inputs(
    params: Params, *, folder: Path, report: Report, inputs: Mapping[str, Sequence[Path]]
) -> Sequence[Output]:
    """Tells what it was given."""
    told = {role: [f"{path.name} {path.read_text()}" for path in paths] for role, paths in inputs.items()}
    return [Output(address="", facts={"inputs": told})]
