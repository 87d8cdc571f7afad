"""The archive itself: what goes in comes out, once, in order, and nothing else does."""

import gc
import hashlib
import io
import tarfile
import tracemalloc
import unittest
from collections.abc import Iterable

from studio.backups import archive
from studio.backups.archive import BackupError, Manifest, Reader, Writer, is_safe
from studio.backups.progress import Progress

TOLD = Manifest(
    studio="1.0",
    made_at="2026-11-25T05:00:00+00:00",
    vendor="sqlite",
    migrations=[("tasks", "0001_initial")],
    tables={"a": {"rows": 2, "columns": ["x"]}, "b": {"rows": 3, "columns": []}},
    files=1,
    media_bytes=3,
    has_secret_key=True,
)


def written(members: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with Writer(stream) as writer:
        for name, content in members:
            writer.add(name, io.BytesIO(content), len(content))
        writer.finish()
    return stream.getvalue()


def read(content: bytes) -> tuple[Manifest, dict[str, bytes]]:
    with Reader(io.BytesIO(content)) as reader:
        return reader.manifest(), {name: b"".join(chunks) for name, chunks in reader.members()}


def crafted(name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    """A backup with one more member, as no Writer makes it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        manifest = tarfile.TarInfo("manifest.json")
        manifest.size = len(TOLD.to_json())
        tar.addfile(manifest, io.BytesIO(TOLD.to_json()))
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    return stream.getvalue()


class ArchiveTests(unittest.TestCase):
    def test_what_goes_in_comes_out(self) -> None:
        long = f"media/teams/{'x' * 90}/{'y' * 90}.png"
        members = {"database.sqlite3": b"d" * 5_000_000, "secret_key": b"key", long: b"", "media/海.png": b"\0\1"}
        told, found = read(written([("manifest.json", TOLD.to_json()), *members.items()]))
        self.assertEqual((told, found), (TOLD, members))
        self.assertEqual(told.rows, 5)

    def test_the_sums_are_those_of_sha256sum(self) -> None:
        with tarfile.open(fileobj=io.BytesIO(written([("secret_key", b"key")]))) as tar:
            file = tar.extractfile("SHA256SUMS")
            assert file is not None
            self.assertEqual(file.read().decode(), f"{hashlib.sha256(b'key').hexdigest()}  secret_key\n")

    def test_a_file_that_changes_meanwhile_is_no_part_of_a_backup(self) -> None:
        for content in (b"longer", b"s", b""):
            with (
                self.subTest(content=content),
                Writer(io.BytesIO()) as writer,
                self.assertRaisesRegex(BackupError, "secret_key changed"),
            ):
                writer.add("secret_key", io.BytesIO(content), 3)

    def test_memory_does_not_grow_with_the_library(self) -> None:
        def kept(count: int) -> int:
            names = [("manifest.json", TOLD.to_json()), *((f"media/{number}.png", b"") for number in range(count))]
            content = written(names)
            tracemalloc.start()
            with Reader(io.BytesIO(content)) as reader:
                reader.manifest()
                for _name, chunks in reader.members():
                    self.assertEqual(b"".join(chunks), b"")
                gc.collect()
                taken = tracemalloc.take_snapshot()
            tracemalloc.stop()
            ours = [tracemalloc.Filter(True, str(place)) for place in (archive.__file__, tarfile.__file__)]
            return sum(trace.size for trace in taken.filter_traces(ours).traces)

        self.assertLess(kept(2000), kept(20) + 200_000)


class UntrustedTests(unittest.TestCase):
    def test_no_other_name_than_a_backups_own(self) -> None:
        for name in (
            "../outside",
            "media/../../outside",
            "/etc/passwd",
            "media//etc/x",
            "./media/x",
            "media/./x",
            "media/x/",
            "media",
            "",
            ".",
            "database",
            "database/../x.copy",
            "database/x/y.copy",
            "database/X.copy",
            "database/x.sh",
            "db.sqlite3",
            "secret_key/x",
            "manifest.json",
            "media\\..\\x",
            "media/a\nb",
            "media/a\0b",
        ):
            with self.subTest(name=name):
                self.assertFalse(name and is_safe(name))
                if name and "\0" not in name and not name.endswith("/"):
                    with self.assertRaisesRegex(BackupError, "not to be trusted"):
                        read(crafted(name))
        for name in ("secret_key", "database.sqlite3", "database/tasks_task.copy", "media/x", "media/a/..b"):
            with self.subTest(name=name):
                self.assertTrue(is_safe(name))

    def test_only_plain_files(self) -> None:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            with self.subTest(kind=kind), self.assertRaisesRegex(BackupError, "not to be trusted"):
                read(crafted("media/x", kind))

    def test_a_manifest_comes_first_and_says_what_it_must(self) -> None:
        for members in ([("secret_key", b"x")], [("manifest.json", b"[]")], [("manifest.json", b'{"format": 1}')], []):
            with self.subTest(members=members), self.assertRaisesRegex(BackupError, "not a backup of a studio"):
                read(written(members))


class ProgressTests(unittest.TestCase):
    def test_it_tells_now_and_then_and_never_more_than_all(self) -> None:
        now, said = [0.0], list[str]()
        progress = Progress(said.append, "Copied", 200, clock=lambda: now[0])
        for moment in (0.5, 1.9, 2.0, 3.0, 4.1):
            now[0] = moment
            progress.add(60)
        self.assertEqual(said, ["Copied: 180 bytes of 200 bytes (90 %)", "Copied: 300 bytes of 200 bytes (100 %)"])
