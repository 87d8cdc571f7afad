"""The render process: one spec comes in by pipe, files and news go out. It never opens the database.

In: one JSON line `{"renderer": "module:function", "params": {...}, "folder": "...", "memory_limit": bytes,
"inputs": {role: [path, ...]}}`; later a closed pipe means stop.
Out: JSON lines `{"progress": 0.4, "stage": "..."}`, at the end `{"outputs": [...]}` or `{"error": "disk-full"}` or
`{"error": "memory"}`. Without such a last line it has crashed; why is in the log.
"""

import contextlib
import errno
import importlib
import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from studio.engine import Stopped

NICE = 10  # steps behind the web, which answers first however much is being drawn
FULL = {errno.ENOSPC, errno.EDQUOT}
NO_MEMORY = ("cv2", -4)  # how OpenCV says it: StsNoMem


class Pipe:
    """The way back to the worker; also knows whether the worker still wants the work."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.stopped = out, threading.Event()

    def say(self, **news: Any) -> None:
        self.out.write(json.dumps(news) + "\n")
        self.out.flush()

    def report(self, progress: float, stage: str = "") -> None:
        if self.stopped.is_set():
            raise Stopped
        self.say(progress=round(progress, 3), stage=stage)

    def listen(self, into: TextIO) -> None:
        """Until the pipe closes: the worker stopped the task, or died."""
        into.read()
        self.stopped.set()


def keep_modest(memory_limit: int) -> None:
    """Take from the machine only what a render may have; before heavy libraries are loaded, which look once."""
    os.nice(NICE)
    os.putenv("OPENBLAS_NUM_THREADS", "1")  # each thread takes 88 MB at its start, one per core: no use to us
    with contextlib.suppress(OSError):  # where memory runs out, the kernel ends a render and not the studio
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    _limit_memory(memory_limit or resource.RLIM_INFINITY)


def _limit_memory(limit: int) -> None:
    """The soft limit only, so that it can be raised again to say what happened."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    known = [most for most in (limit, hard) if most != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(known, default=resource.RLIM_INFINITY), hard))


def reason_of(error: BaseException | None) -> str:
    """`disk-full` or `memory` when that is what broke, also under other errors; empty when it is something else."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return "disk-full"
        if isinstance(error, MemoryError) or (type(error).__module__, getattr(error, "code", 0)) == NO_MEMORY:
            return "memory"
        error = error.__cause__ or error.__context__
    return ""


def main() -> int:
    """Exit codes: 0 done, 3 stopped, 4 told as `error`; anything else is a crash."""
    # Libraries print to stdout as they like; the pipe keeps its own descriptor, theirs goes to the log.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    pipe, spec = Pipe(out), json.loads(sys.stdin.readline())
    threading.Thread(target=pipe.listen, args=[sys.stdin], daemon=True).start()
    keep_modest(spec["memory_limit"])
    module, _, function = spec["renderer"].partition(":")
    try:
        render = getattr(importlib.import_module(module), function)
        inputs = {role: [Path(path) for path in paths] for role, paths in spec.get("inputs", {}).items()}
        given = {"inputs": inputs} if inputs else {}
        outputs = render(spec["params"], folder=Path(spec["folder"]), report=pipe.report, **given)
    except Stopped:
        return 3
    except Exception as error:
        _limit_memory(resource.RLIM_INFINITY)
        reason = reason_of(error)
        if not reason:
            raise
        pipe.say(error=reason)
        return 4
    pipe.say(outputs=[{"address": output.address, "facts": dict(output.facts)} for output in outputs])
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # the listening thread may still hold stdin's lock
