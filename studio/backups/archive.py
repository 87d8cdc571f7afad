"""The file that a backup is: a plain tar, written and read as a stream, which any tar and sha256sum can open too.

manifest.json       first: which studio, when, which database, which migrations, how much is to come
database.sqlite3    or database/<table>.copy, one per table of PostgreSQL
secret_key
media/…             each file that a row names
SHA256SUMS          last: one line for each of the above, so that an archive that was cut off has none
"""

import hashlib
import json
import re
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, Self, cast

FORMAT = 1
MANIFEST, SQLITE, SECRET_KEY, SUMS = "manifest.json", "database.sqlite3", "secret_key", "SHA256SUMS"
DATABASE, MEDIA = "database", "media"  # folders
TABLE = re.compile(r"[a-z0-9_]+\.copy")
CHUNK = 1024**2
BLOCK = 512  # bytes: tar's unit
LARGEST_MANIFEST = 64 * CHUNK


class BackupError(Exception):
    """Why it cannot be backed up or restored, as a sentence for the person at the terminal."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`tables` holds the rows and the columns of each table, `missing` the files that rows name and nobody finds."""

    studio: str
    made_at: str
    vendor: str
    migrations: list[tuple[str, str]]
    tables: dict[str, dict[str, Any]]
    files: int
    media_bytes: int
    has_secret_key: bool
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Raises BackupError."""
        try:
            values = json.loads(text)
            version = int(values["format"])
            known = {name: values[name] for name in cls.__dataclass_fields__}
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError("This is not a backup of a studio.") from error
        if version > FORMAT:
            raise BackupError("This backup was made by a newer studio: update this one first.")
        return cls(**{**known, "migrations": [(app, name) for app, name in known["migrations"]]})


class Hashed:
    """Reads `size` bytes of a file through a hash. Raises BackupError when there are fewer."""

    def __init__(self, name: str, file: BinaryIO | IO[bytes], size: int) -> None:
        self.name, self.file, self.left, self.digest = name, file, size, hashlib.sha256()

    def read(self, count: int = CHUNK) -> bytes:
        """Exactly `count` bytes while there are as many, as tar wants them."""
        count, chunk = min(count, self.left), b""
        while len(chunk) < count:
            more = self.file.read(count - len(chunk))
            if not more:
                raise BackupError(f"{self.name} changed while it was copied: try again.")
            chunk += more
        self.left -= len(chunk)
        self.digest.update(chunk)
        return chunk

    @property
    def hexdigest(self) -> str:
        return self.digest.hexdigest()


class Sink:
    """What tar asks of a file that it writes to; a pipe cannot tell where it is."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.written = stream, 0

    def write(self, content: bytes) -> int:
        self.stream.write(content)
        self.written += len(content)
        return len(content)

    def tell(self) -> int:
        return self.written


class Writer:
    """Used with `with`; an archive that was not finished has no end, and so is no backup."""

    def __init__(self, stream: BinaryIO) -> None:
        self.tar = tarfile.TarFile(fileobj=cast("IO[bytes]", Sink(stream)), mode="w", format=tarfile.PAX_FORMAT)
        self.sums, self.now = TemporaryFile(), time.time()  # noqa: SIM115  # closed on exit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.sums.close()

    def add(self, name: str, file: BinaryIO | IO[bytes], size: int) -> str:
        """Append it; its checksum. Raises BackupError when it changes meanwhile."""
        hashed = Hashed(name, file, size)
        self._append(name, hashed, size)
        if file.read(1):
            raise BackupError(f"{name} changed while it was copied: try again.")
        self.sums.write(_line(hashed.hexdigest, name))
        return hashed.hexdigest

    def finish(self) -> None:
        size = self.sums.tell()
        self.sums.seek(0)
        self._append(SUMS, self.sums, size)
        self.tar.close()

    def _append(self, name: str, file: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self.now
        self.tar.addfile(info, file)
        self.tar.members.clear()  # type: ignore[attr-defined]  # it remembers every one: too many for a large library


class Reader:
    """Goes through an archive once, used with `with`. What it hands out is only to be believed when `members` has come
    to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        with _readable():
            self.tar = tarfile.open(fileobj=stream, mode="r|*")  # noqa: SIM115  # closed on exit
        self.sums = TemporaryFile()  # noqa: SIM115  # closed on exit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.tar.close()
        self.sums.close()

    def manifest(self) -> Manifest:
        """The first member. Raises BackupError when this is no backup that can be read here."""
        with _readable():
            member = self.tar.next()
            file = self.tar.extractfile(member) if member is not None and member.name == MANIFEST else None
            if member is None or file is None or member.size > LARGEST_MANIFEST:
                raise BackupError("This is not a backup of a studio.")
            hashed = Hashed(member.name, file, member.size)
            text = hashed.read(member.size)
        self.sums.write(_line(hashed.hexdigest, MANIFEST))
        return Manifest.from_json(text)

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and content of each that follows, to be read at once; at the end everything is compared with the list.

        Raises BackupError for a name that leads elsewhere, for what is no plain file, and for an archive that is
        damaged or was cut off.
        """
        while True:
            with _readable():
                member = self.tar.next()
                self.tar.members.clear()  # type: ignore[attr-defined]  # as in Writer
                if member is None:
                    raise BackupError("The backup is damaged or was cut off: its end is missing.")
                file = self.tar.extractfile(member) if member.isreg() else None
                if file is None or not is_safe(member.name):
                    raise BackupError(f"The backup is not to be trusted: it holds {member.name!r}.")
                if member.name == SUMS:
                    self._compare(file)
                    return
                hashed = Hashed(member.name, file, member.size)
            yield member.name, _chunks(hashed)
            self.sums.write(_line(hashed.hexdigest, member.name))

    def _compare(self, listed: IO[bytes]) -> None:
        self.sums.seek(0)
        for found, wanted in zip_longest(self.sums, listed):
            if found != wanted:
                name = (wanted or found).decode(errors="replace").strip().partition("  ")[2]
                raise BackupError(f"The backup is damaged: {name} is not what was written.")
        if self.tar.next() is not None:
            raise BackupError("The backup is not to be trusted: something was added behind its end.")


def is_safe(name: str) -> bool:
    """Whether it is one of the names that backups have; none of them leads out of its folder."""
    path = PurePosixPath(name)
    if str(path) != name or path.is_absolute() or ".." in path.parts or not name.isprintable() or "\\" in name:
        return False
    if not path.parts:
        return False
    if path.parts[0] == DATABASE:
        return len(path.parts) == 2 and TABLE.fullmatch(path.name) is not None
    return name in {SQLITE, SECRET_KEY, SUMS} or (path.parts[0] == MEDIA and len(path.parts) > 1)


def _chunks(hashed: Hashed) -> Iterator[bytes]:
    with _readable():
        while chunk := hashed.read():
            yield chunk


def _line(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode()


@contextmanager
def _readable() -> Iterator[None]:
    """What the tar and gzip modules say of a file that is broken, in one sentence."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupError("The backup is damaged or was cut off.") from error
