"""The render process: one spec comes in by pipe, files and news go out. It never opens the database.

In: one JSON line `{"renderer": "module:function", "params": {...}, "folder": "..."}`; later a closed pipe means stop.
Out: JSON lines `{"progress": 0.4, "stage": "..."}`, at the end `{"outputs": [...]}`. Without that line it has failed; why is
in the log.
"""

import importlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from studio.engine import Stopped


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


def main() -> int:
    """Exit codes: 0 done, 3 stopped; anything else is a crash."""
    # Libraries print to stdout as they like; the pipe keeps its own descriptor, theirs goes to the log.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    pipe, spec = Pipe(out), json.loads(sys.stdin.readline())
    threading.Thread(target=pipe.listen, args=[sys.stdin], daemon=True).start()
    module, _, function = spec["renderer"].partition(":")
    render = getattr(importlib.import_module(module), function)
    try:
        outputs = render(spec["params"], folder=Path(spec["folder"]), report=pipe.report)
    except Stopped:
        return 3
    pipe.say(outputs=[{"address": output.address, "facts": dict(output.facts)} for output in outputs])
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # the listening thread may still hold stdin's lock
