"""What a restore refuses, in one sentence and before it has changed anything."""

import io
import json
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings

from studio import data
from studio.backups import sqlite
from studio.backups.archive import BackupError
from studio.backups.restore import restore
from tests.backups.base import BackupTestCase, Place, full_archive

Change = Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes] | None]


class RestoreTestCase(BackupTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.archive = full_archive()

    def refused(self, words: str, archive: Path | None = None, folder: Path | None = None) -> None:
        """In this process, which is quicker: nothing asks the database before everything is unpacked."""
        folder = folder or self.folder / "target"
        folder.mkdir(exist_ok=True)
        with (
            override_settings(STUDIO_DATA=folder, MEDIA_ROOT=folder / "media"),
            patch.object(sqlite, "place", lambda: folder / "db.sqlite3"),
            (archive or self.archive).open("rb") as file,
            self.assertRaises((BackupError, FileExistsError)) as caught,
        ):
            restore(file, say=str)
        self.assertIn(words, str(caught.exception))
        if folder == self.folder / "target":
            self.assert_empty(Place(folder))

    def rewritten(self, change: Change, *more: tuple[tarfile.TarInfo, bytes]) -> Path:
        """The archive with each member changed, left out, or others added at the end."""
        path = self.folder / "changed.tar"
        with tarfile.open(self.archive) as before, tarfile.open(path, "w") as after:
            members = []
            for member in before:
                file = before.extractfile(member)
                assert file is not None
                if (changed := change(member, file.read())) is not None:
                    members.append(changed)
            for info, content in (*members, *more):
                info.size = len(content)
                after.addfile(info, io.BytesIO(content))
        return path

    def with_manifest(self, **changes: object) -> Path:
        def change(info: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
            if info.name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            return info, content

        return self.rewritten(change)


class DamageTests(RestoreTestCase):
    def test_one_changed_byte_in_any_part_is_found(self) -> None:
        for beginning in ("database", "secret", "media"):
            with self.subTest(part=beginning):
                done: list[str] = []

                def change(info: tarfile.TarInfo, content: bytes, beginning: str = beginning, done: list[str] = done):  # type: ignore[no-untyped-def]  # a Change
                    if info.name.startswith(beginning) and not done:
                        done.append(info.name)
                        middle = len(content) // 2
                        content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
                    return info, content

                archive = self.rewritten(change)
                self.refused(f"The backup is damaged: {done[0]} is not what was written.", archive)

    def test_an_archive_that_was_cut_off_is_found_wherever_that_was(self) -> None:
        whole = self.archive.read_bytes()
        with tarfile.open(self.archive) as archive:
            members = archive.getmembers()
        cuts = {members[3].offset, members[3].offset_data + 9, members[-1].offset, members[-1].offset_data + 70, 100}
        for cut in sorted(cuts):
            with self.subTest(cut=cut):
                short = self.folder / "short.tar"
                short.write_bytes(whole[:cut])
                self.refused("cut off" if cut > 100 else "The backup is damaged", short)

    def test_a_missing_or_a_second_file_is_found(self) -> None:
        def without(info: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes] | None:
            return None if info.name.startswith("media") else (info, content)

        self.refused("The backup is damaged", self.rewritten(without))
        self.refused("something was added", self.rewritten(lambda *both: both, (tarfile.TarInfo("media/more"), b"x")))

    def test_what_is_no_backup_is_said_to_be_none(self) -> None:
        other = self.folder / "other.tar"
        with tarfile.open(other, "w") as archive:
            archive.addfile(tarfile.TarInfo("readme"))
        for name, content in (("tar", other.read_bytes()), ("text", b"words " * 400), ("empty", b"")):
            with self.subTest(name):
                other.write_bytes(content)
                self.refused("backup", other)
        self.refused("This is not a backup of a studio.", self.with_manifest(vendor=None, format="x"))


class TrustTests(RestoreTestCase):
    def test_what_leads_out_of_the_place_is_refused(self) -> None:
        outside = self.folder / "outside"
        for name in ("../../outside", str(outside)):
            with self.subTest(name=name):
                self.refused("The backup is not to be trusted", self.rewritten(self.before_the_end(name)))
                self.assertFalse(outside.exists())
        archive = self.rewritten(self.before_the_end("media/link", tarfile.SYMTYPE))
        self.refused("it holds 'media/link'", archive)

    def test_a_name_that_comes_twice_is_not_written_twice(self) -> None:
        self.refused("File exists", self.rewritten(self.before_the_end("secret_key")))

    def before_the_end(self, name: str, kind: bytes = tarfile.REGTYPE) -> Change:
        """Put one more member where the secret key was; the key itself comes in its own place for its own name."""

        def change(info: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes] | None:
            if info.name.endswith(".png"):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "/etc/passwd"
            return info, content

        return change


class OtherStudioTests(RestoreTestCase):
    def test_an_archive_of_a_newer_studio_is_refused_with_the_reason(self) -> None:
        told = json.loads(subprocess.check_output(["tar", "xfO", self.archive, "manifest.json"]))
        newer = [*told["migrations"], ["tasks", "0099_of_next_year"]]
        self.refused("tasks.0099_of_next_year", self.with_manifest(migrations=newer, studio="9.0"))
        self.refused("made by a newer studio", self.with_manifest(format=2))

    def test_the_other_database_is_refused_with_the_way_out(self) -> None:
        self.refused("set DATABASE_URL to an empty one", self.with_manifest(vendor="postgresql"))

    def test_too_little_room_is_seen_before_anything_is_unpacked(self) -> None:
        self.refused("There is not enough room", self.with_manifest(media_bytes=10**18))


class PlaceTests(RestoreTestCase):
    def test_a_place_that_is_not_empty_is_left_as_it_is(self) -> None:
        for name in ("db.sqlite3", "db.sqlite3-wal", "media/teams/a.png"):
            with self.subTest(name=name):
                folder = self.folder / name.partition("/")[0]
                path = folder / name
                path.parent.mkdir(parents=True)
                path.write_text("mine")
                self.refused(f"There is a studio here already ({folder}", folder=folder)
                self.assertEqual(path.read_text(), "mine")

    def test_a_running_studio_is_left_alone(self) -> None:
        folder = self.folder / "running"
        folder.mkdir()
        with data.lock(folder):
            self.refused(f"A studio is running on {folder}: stop it first.", folder=folder)

    def test_the_person_reads_one_sentence(self) -> None:
        place = self.place()
        self.assertIn("No such file", place.refusal("restore", self.folder / "nowhere.tar"))
        self.assertIn("studio here already", self.source.refusal("restore", self.archive))
        short = self.folder / "short.tar"
        short.write_bytes(self.archive.read_bytes()[:-20_000])
        self.assertIn("cut off", place.refusal("restore", short))
        self.assert_empty(place)

    def test_what_a_killed_restore_left_is_cleared_away_and_an_empty_disk_for_the_media_will_do(self) -> None:
        place = self.place()
        (place.folder / "media" / "lost+found").mkdir(parents=True)
        for name in (".restoring/database/x.copy", "media/.restoring/teams/half.png", ".restoring.sqlite3"):
            path = place.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("half")
        place.restore(self.archive)
        self.assertEqual(list(place.folder.rglob(".restoring*")), [])
        self.assertEqual(place.tell()["files"], self.source.tell()["files"])

    def test_a_restore_that_is_ended_leaves_nothing(self) -> None:
        place = self.place()
        content = self.archive.read_bytes()
        with subprocess.Popen(
            [sys.executable, "manage.py", "restore", "-"],
            env=place.environment,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(content[: len(content) - 4096])
            process.stdin.flush()
            self.assertIn(b"Made by studio", process.stdout.readline())
            process.terminate()
            self.assertEqual(process.wait(20), 143)
        self.assert_empty(place)


class OldStateTests(RestoreTestCase):
    def test_an_older_backup_is_brought_up_to_date(self) -> None:
        """As one would be that was made before the last migration of axes."""
        old = self.copy()
        old.run("manage.py", "migrate", "axes", "0009", "--verbosity=0")
        old.backup(self.folder / "old.tar")
        target = self.place()
        target.restore(self.folder / "old.tar")
        told, wanted = target.tell(), self.source.tell()
        self.assertEqual(told["objects"], wanted["objects"])
        connection = sqlite3.connect(target.folder / "db.sqlite3")
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone(), ("ok",))
