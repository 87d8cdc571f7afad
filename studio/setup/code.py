"""The one-time code that proves that the person at `/setup/` also sees the terminal."""

import logging
import os
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare

log = logging.getLogger(__name__)
TRIES = 10  # wrong guesses before the code changes, so that six digits cannot be tried through


def _path() -> Path:
    return Path(settings.STUDIO_DATA) / "setup_code"


def is_needed() -> bool:
    return not settings.LOOPBACK


def current() -> str:
    """Six digits, kept in `STUDIO_DATA` until the set-up is done, so that a restart does not change them."""
    return _read()[0]


def fits(given: str) -> bool:
    """Whether `given` is the code; every tenth wrong guess makes a new one, which the terminal shows."""
    code, wrong = _read()
    if constant_time_compare("".join(given.split()), code):
        return True
    if wrong + 1 >= TRIES:
        _write(_fresh(), 0)
        log.warning("too many wrong set-up codes: there is a new one")
        # For the person at the terminal, as the greeting was: a log travels further than a secret may.
        sys.stdout.write(f"Too many wrong codes. The new one-time code for the set-up: {current()}\n")
        sys.stdout.flush()
    else:
        _write(code, wrong + 1)
    return False


def forget() -> None:
    _path().unlink(missing_ok=True)


def _fresh() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def _read() -> tuple[str, int]:
    try:
        code, wrong = _path().read_text(encoding="ascii").split()
        return code, int(wrong)
    except (FileNotFoundError, ValueError):
        return _write(_fresh(), 0)


def _write(code: str, wrong: int) -> tuple[str, int]:
    draft = _path().with_name(f".setup_code.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(f"{code} {wrong}")
    draft.replace(_path())
    return code, wrong
