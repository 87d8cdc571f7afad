"""Files on this machine's disk: whole or not there, whatever dies in between."""

import contextlib
import os
import secrets
import time
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from studio import disks

PARTS = ".parts"  # beside the files, on the same disk: unfinished ones, moved when they are whole


class WholeFileStorage(FileSystemStorage):
    """Writes beside, then moves into place. A name that exists is replaced: who chooses names chooses them well."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        parts = Path(self.path(PARTS))
        _make(parts)
        changed = [target.parent, *_make(target.parent)]
        part = parts / f"{target.name}.{secrets.token_hex(4)}"
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            for folder in changed:
                disks.settle(folder)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return name

    def forget_parts(self, older_than: float) -> int:
        """Remove what writers that died have left, after `older_than` seconds; how many there were."""
        before, count = time.time() - older_than, 0
        for part in Path(self.path(PARTS)).glob("*"):
            with contextlib.suppress(FileNotFoundError):  # it became whole, or another sweep was first
                if part.stat().st_mtime < before:
                    part.unlink()
                    count += 1
        return count


def _make(folder: Path) -> list[Path]:
    """Make it with the folders it lies in, each for its owner alone; those that have a new name in them now."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    return [each.parent for each in missing]
