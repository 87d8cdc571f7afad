"""Makes a backup while the studio runs: one moment of the database, every file it knows, the secret key."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage

from studio import disks
from studio.backups import snapshot
from studio.backups.archive import MANIFEST, MEDIA, SECRET_KEY, BackupError, Manifest, Writer
from studio.backups.progress import Progress, Say, size
from studio.backups.snapshot import Snapshot
from studio.library import space

TEMPORARY = ".studio-backup-"  # beside the archive; what a killed backup left may be removed
PER_FILE = 2048  # bytes that an archive needs beside a file's content, at most


def to_file(path: Path, *, say: Say) -> Manifest:
    """Whole under its name, or not there at all; readable by its owner alone. Raises BackupError."""
    if path.exists():
        raise BackupError(f"{path} is there already.")
    with _room(path.parent), TemporaryDirectory(prefix=TEMPORARY, dir=path.parent) as name:
        taken = _take(Path(name), say)
        _check_room(taken, path.parent)
        part = Path(name) / f"{path.name}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            _write(taken, stream, say)
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(path)
        disks.settle(path.parent)
    return taken.manifest


def to_stream(stream: BinaryIO, *, say: Say) -> Manifest:
    """For a pipe. Only the copy of the database needs room, in the data folder. Raises BackupError."""
    with _room(settings.STUDIO_DATA), TemporaryDirectory(prefix=TEMPORARY, dir=settings.STUDIO_DATA) as name:
        taken = _take(Path(name), say)
        _write(taken, stream, say)
        stream.flush()
    return taken.manifest


def _take(folder: Path, say: Say) -> Snapshot:
    inside = folder / "snapshot"
    inside.mkdir()
    taken = snapshot.take(inside)
    bytes_ = sum(part.stat().st_size for part in taken.parts)
    told = taken.manifest
    say(f"Database: {told.rows} rows in {len(told.tables)} tables, {size(bytes_)}")
    say(f"Files: {told.files}, {size(told.media_bytes)}")
    for name in told.missing:
        say(f"Missing on the disk, so not in the backup: {name}")
    if not told.has_secret_key:
        say("The secret key comes from SECRET_KEY and is not in the backup: keep it, too.")
    return taken


def _write(taken: Snapshot, stream: BinaryIO, say: Say) -> None:
    manifest, progress = taken.manifest.to_json(), Progress(say, "Copied", taken.manifest.media_bytes)
    with Writer(stream) as writer:
        writer.add(MANIFEST, io.BytesIO(manifest), len(manifest))
        for part in taken.parts:
            _add(writer, snapshot.part_name(taken.folder, part), part)
        if key := snapshot.secret_key():
            _add(writer, SECRET_KEY, key)
        for name, checksum, count in taken.files():
            with default_storage.open(name) as file:
                digest = writer.add(f"{MEDIA}/{name}", file, count)
            if checksum and checksum != digest:
                say(f"Damaged on the disk, kept as it is: {name}")
            progress.add(count)
        writer.finish()


def _add(writer: Writer, name: str, path: Path) -> None:
    with path.open("rb") as file:
        writer.add(name, file, path.stat().st_size)


def _check_room(taken: Snapshot, folder: Path) -> None:
    parts = sum(part.stat().st_size for part in taken.parts)
    needed = parts + taken.manifest.media_bytes + PER_FILE * (taken.manifest.files + len(taken.parts) + 10)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(f"There is not enough room in {folder}: {size(needed)} are needed, {size(free)} are free.")


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if space.is_full(error):
            raise BackupError(f"There was not enough room in {folder}; nothing was left there.") from error
        raise
