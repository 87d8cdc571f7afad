"""What there is to keep, as it was at one moment: the database, and the names of the files that its rows know."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from studio.backups import postgres, sqlite
from studio.backups.archive import DATABASE, SQLITE, BackupError, Manifest
from studio.library.models import Asset

NAMES = "names"  # the list of files, one JSON line each: a large library does not fit into memory


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`folder` holds the parts of the database and the list of files."""

    folder: Path
    manifest: Manifest

    @property
    def parts(self) -> list[Path]:
        return [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path.name != NAMES]

    def files(self) -> Iterator[tuple[str, str, int]]:
        """Storage name, checksum (empty for small copies) and size of each file."""
        with (self.folder / NAMES).open(encoding="utf-8") as lines:
            for line in lines:
                name, checksum, size = json.loads(line)
                yield name, checksum, size


@cache
def version() -> str:
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def secret_key() -> Path | None:
    """The key's file; None when the studio's key comes from the environment."""
    path = Path(settings.STUDIO_DATA) / "secret_key"
    own = path.exists() and path.read_text(encoding="ascii").strip() == settings.SECRET_KEY
    return path if own else None


def take(folder: Path) -> Snapshot:
    """Into an empty folder, while the studio runs. Files are written before their rows and never change, so that each
    of them can be copied later. Raises BackupError when there is no studio."""
    with _database(folder) as alias:
        tables = {
            table: {"rows": _count(alias, table), "columns": postgres.columns_of(table, connections[alias])}
            for table in sorted(connections[alias].introspection.table_names())
        }
        if Asset._meta.db_table not in tables:
            raise BackupError("There is no studio in this database yet.")
        files, total, missing = _list_files(alias, folder / NAMES)
        migrations = sorted(MigrationRecorder(connections[alias]).applied_migrations())
    manifest = Manifest(
        studio=version(),
        made_at=timezone.now().isoformat(timespec="seconds"),
        vendor=connection.vendor,
        migrations=migrations,
        tables=tables,
        files=files,
        media_bytes=total,
        has_secret_key=secret_key() is not None,
        missing=missing,
    )
    return Snapshot(folder=folder, manifest=manifest)


def part_name(folder: Path, part: Path) -> str:
    """A part's name in the archive."""
    name = part.relative_to(folder).as_posix()
    assert name == SQLITE or name.startswith(f"{DATABASE}/")
    return name


def _database(folder: Path) -> AbstractContextManager[str]:
    return sqlite.snapshot(folder) if connection.vendor == "sqlite" else postgres.snapshot(folder)


def _count(alias: str, table: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608  # a name, quoted
        return int(cursor.fetchone()[0])


def _list_files(alias: str, path: Path) -> tuple[int, int, list[str]]:
    """Write the list; how many files there are, their bytes, and which are missing."""
    count = total = 0
    missing = []
    with path.open("w", encoding="utf-8") as lines:
        for asset in Asset.objects.using(alias).filter(gone_at=None).only("file", "checksum").order_by("pk").iterator():
            for name in asset.files:
                try:
                    size = default_storage.size(name)
                except FileNotFoundError:
                    missing.append(name)
                    continue
                lines.write(json.dumps([name, asset.checksum if name == asset.name else "", size]) + "\n")
                count, total = count + 1, total + size
    return count, total, missing
