"""Puts a backup into an empty place. Everything is unpacked beside and compared with its checksums first; only then
does it move to where the studio looks for it, the database last."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from studio import data, disks
from studio.backups import moving, postgres, sqlite
from studio.backups.archive import DATABASE, MEDIA, SECRET_KEY, SQLITE, BackupError, Manifest, Reader
from studio.backups.progress import Progress, Say, size
from studio.library import space

STAGE = ".restoring"  # in the data folder and in the media folder, each on the disk of what it becomes
NEVER_MIND = {STAGE, "lost+found"}  # in a media folder that counts as empty


def restore(stream: BinaryIO, *, say: Say) -> Manifest:
    """Raises BackupError; then nothing has changed, but for what a database's own failure may leave."""
    with _locked():
        _check_place()
        with Reader(stream) as reader:
            told = reader.manifest()
            _check_manifest(told)
            say(f"Made by studio {told.studio} at {told.made_at}: {told.rows} rows, {told.files} files")
            with _stage(told) as stage:
                stage.unpack(reader, say)
                with stage.database():
                    stage.switch()
        connection.close()
        call_command("migrate", interactive=False, verbosity=0)
        if not told.has_secret_key:
            say("The backup holds no secret key: set SECRET_KEY to the one that it was made with.")
    return told


class Stage:
    """Where a backup waits until it is known to be whole."""

    def __init__(self, told: Manifest) -> None:
        self.told = told
        self.data, self.media = Path(settings.STUDIO_DATA) / STAGE, Path(settings.MEDIA_ROOT) / STAGE
        in_place = connection.vendor == told.vendor == "sqlite"
        self.sqlite = sqlite.place().with_name(STAGE + ".sqlite3") if in_place else self.data / SQLITE

    def open(self) -> None:
        self.clear()
        for folder in (self.data / DATABASE, self.media):
            folder.mkdir(mode=0o700, parents=True)

    def clear(self) -> None:
        for folder in (self.data, self.media):
            shutil.rmtree(folder, ignore_errors=True)
        self.sqlite.unlink(missing_ok=True)

    def place_of(self, name: str) -> Path:
        """Where a member of the archive waits. The reader lets no name pass that leads out of these folders."""
        if name == SQLITE:
            return self.sqlite
        folder, _slash, rest = name.partition("/")
        return self.media / rest if folder == MEDIA else self.data / name

    def unpack(self, reader: Reader, say: Say) -> None:
        progress, files, parts = Progress(say, "Unpacked", self.told.media_bytes), 0, set()
        for name, chunks in reader.members():
            place = self.place_of(name)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                    progress.add(len(chunk) if name.startswith(MEDIA) else 0)
            if name.startswith(MEDIA):
                files += 1
            else:
                parts.add(name)
        if files != self.told.files or parts != _parts(self.told):
            raise BackupError("The backup is not whole: it holds other files than it says.")

    def database(self) -> AbstractContextManager[None]:
        """The database as it will be when the context ends without an error."""
        if connection.vendor == "sqlite":
            return sqlite.put(self.sqlite)
        if self.told.vendor == "sqlite":
            return moving.put(self.sqlite)
        return postgres.put(self.data / DATABASE, self.told.tables, self.told.migrations)

    def switch(self) -> None:
        """Move files and key to their places."""
        os.sync()  # once for all of them, instead of once for each
        for path in self.media.iterdir():
            path.rename(self.media.parent / path.name)
        if self.told.has_secret_key:
            (self.data / SECRET_KEY).replace(self.data.parent / SECRET_KEY)


def _parts(told: Manifest) -> set[str]:
    """Everything beside the media that the archive must hold."""
    key = {SECRET_KEY} if told.has_secret_key else set()
    if told.vendor == "sqlite":
        return {SQLITE, *key}
    return {f"{DATABASE}/{table}.copy" for table in told.tables} | key


@contextmanager
def _stage(told: Manifest) -> Iterator[Stage]:
    """Cleared again in the end, whatever happens. What a killed restore left goes first."""
    stage = Stage(told)
    try:
        stage.open()
        yield stage
    except Exception as error:
        if space.is_full(error):
            raise BackupError("There was not enough room; nothing was changed.") from error
        if isinstance(error, IntegrityError):
            first = str(error).splitlines()[0]
            raise BackupError(f"The rows of this backup do not fit together; nothing was changed. {first}") from error
        raise
    finally:
        stage.clear()


@contextmanager
def _locked() -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(data.lock(settings.STUDIO_DATA))
        except BlockingIOError as error:
            raise BackupError(f"A studio is running on {settings.STUDIO_DATA}: stop it first.") from error
        yield


def _check_place() -> None:
    """Only an empty place: what is there would be mixed with what comes, or lost."""
    if sentence := disks.refusal(settings.DATABASES["default"]):
        raise BackupError(sentence)
    database = sqlite.what_is_there() if connection.vendor == "sqlite" else postgres.what_is_there()
    media = Path(settings.MEDIA_ROOT)
    with suppress(FileNotFoundError):
        if {path.name for path in media.iterdir()} - NEVER_MIND:
            database = database or str(media)
    if database:
        raise BackupError(
            f"There is a studio here already ({database}): restore into an empty place, a new STUDIO_DATA folder"
            + (" and an empty database." if connection.vendor != "sqlite" else ".")
        )


def _check_manifest(told: Manifest) -> None:
    if told.vendor == "postgresql" and connection.vendor == "sqlite":
        raise BackupError(
            "This backup is of a PostgreSQL database: set DATABASE_URL to an empty one. Only the way from SQLite to "
            "PostgreSQL is open, not the way back."
        )
    known = set()
    for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        known |= {key, *map(tuple, migration.replaces)}
    if strange := sorted(set(told.migrations) - known):
        raise BackupError(
            f"This backup was made by another studio ({told.studio}): it has the migration {'.'.join(strange[0])}, which "
            "this one does not know. Restore it with the version that made it, or a newer one."
        )
    free = space.free_bytes()
    if free < told.media_bytes:
        raise BackupError(f"There is not enough room: {size(told.media_bytes)} are needed, {size(free)} are free.")
