"""The worker's sign of life: a file in STUDIO_DATA whose age tells whether a worker is there."""

import time
from pathlib import Path

from django.conf import settings

EVERY = 5.0  # seconds
STALE = 30.0  # seconds after which the worker counts as gone

_last = 0.0


def _path() -> Path:
    return Path(settings.STUDIO_DATA) / "worker.alive"


def beat() -> None:
    """Leave a sign, at most every few seconds."""
    global _last
    now = time.monotonic()
    if now - _last >= EVERY or not _last:
        _last = now
        _path().touch(mode=0o600)


def age() -> float | None:
    """Seconds since the last sign, None when there never was one."""
    try:
        return max(0.0, time.time() - _path().stat().st_mtime)
    except FileNotFoundError:
        return None


def is_well() -> bool:
    seconds = age()
    return seconds is not None and seconds < STALE


def forget() -> None:
    """Before the first start: an old sign is no sign."""
    _path().unlink(missing_ok=True)
