"""SQLite's side of a backup: a copy of the database while others write, and one put in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections

from studio.backups.archive import SQLITE, BackupError

ALIAS = "snapshot"


def place() -> Path:
    return Path(settings.DATABASES["default"]["NAME"]).absolute()


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """Copy the database into `folder` as it is at one moment; the name under which Django reads the copy."""
    if not place().exists():
        raise BackupError(f"There is no studio in {place().parent} yet.")
    copy = folder / SQLITE
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    with opened(copy, "?mode=ro&immutable=1") as alias:
        yield alias


@contextmanager
def opened(path: Path, options: str = "") -> Iterator[str]:
    """Another SQLite database, under a name of its own."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"file:{quote(str(path))}{options}", "OPTIONS": {}}
    connections.databases[ALIAS] = {**connection.settings_dict, **engine}
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def what_is_there() -> str:
    """What stands where a database is to be put; empty when nothing does. An old log would be taken for the new one's."""
    beside = [place().with_name(place().name + end) for end in ("", "-wal", "-shm")]
    return ", ".join(str(path) for path in beside if path.exists())


@contextmanager
def put(staged: Path) -> Iterator[None]:
    """Move the copy into place, once the caller has done its part: from then on the studio is there."""
    yield
    staged.replace(place())
