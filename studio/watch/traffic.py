"""What this web process has answered since it started."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Traffic:
    started_at: float = field(default_factory=time.time)
    answers: Counter[str] = field(default_factory=Counter)  # by the class of their status: "2xx"
    seconds: float = 0.0  # until the answer began
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, status: int, seconds: float) -> None:
        with self._lock:
            self.answers[f"{status // 100}xx"] += 1
            self.seconds += seconds


traffic = Traffic()
