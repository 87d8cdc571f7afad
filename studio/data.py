"""The folder that holds all state of the embedded default (`STUDIO_DATA`): private, and with its own secret key."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import IO


class UnusableError(Exception):
    """A setting with which nothing can begin; the words are for whoever wrote it."""


def prepare(folder: Path) -> Path:
    """Make the folder if it is missing, readable by its owner alone, and return it as an absolute path. Raises
    UnusableError where nothing can be written."""
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableError(f"STUDIO_DATA is {folder}, which cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnusableError(f"STUDIO_DATA is {folder}, where this user may not write.")
    return folder


def port(text: str) -> int:
    """Raises UnusableError for what is no number of a port."""
    if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536:
        return int(text)
    raise UnusableError(f"PORT is {text!r}, but must be a number from 1 to 65535.")


def secret_key(folder: Path) -> str:
    """The key kept in `folder`, made on the first call; two first calls at once agree on one key."""
    path = folder / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        draft = folder / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails when another process was first: its key counts, never a half-written one
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii").strip()


def lock(folder: Path) -> IO[str]:
    """Held as long as the file is open: one studio or one restore per folder. Raises BlockingIOError when it is taken."""
    file = (folder / "studio.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
