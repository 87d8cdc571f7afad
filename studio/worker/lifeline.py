"""How a child learns that its supervisor is gone, however that died: a pipe that only the parent keeps open."""

import os
import signal
import threading
import time

GRACE = 12.0  # seconds to end in, as the supervisor would give


def watch(descriptor: int) -> None:
    """End this process, with those it started, when the other end of the pipe closes: politely at first."""

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="lifeline").start()
