"""How a child learns that its supervisor is gone, however that died: a pipe that only the parent keeps open."""

import os
import signal
import threading


def watch(descriptor: int) -> None:
    """Ask this process to end when the other end of the pipe closes."""

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True, name="lifeline").start()
