"""Backup and restore on SQLite, by the commands, into a fresh place, compared row by row and file by file."""

import gzip
import json
import os
import subprocess
import sys
import tarfile

from django.conf import settings

from tests.backups.base import BackupTestCase, Place, full_archive


class RoundTripTests(BackupTestCase):
    def test_every_row_and_every_file_comes_back(self) -> None:
        before = self.source.tell()
        self.assertGreater(len(before["files"]), 9)
        said = self.source.backup(self.archive)
        self.assertIn(f"The backup is {self.archive}", said)
        target = self.place()
        said = target.restore(self.archive)
        self.assertIn(f"Restored: {sum(map(len, before['rows'].values()))} rows in {len(before['rows'])} tables", said)
        after = target.tell()
        for part in before:
            self.assertEqual(after[part], before[part], part)
        self.assert_true_to_itself(after)
        self.assertEqual(after["modes"], ["0o0"], "for its owner alone")

    def test_the_archive_is_private_whole_and_open_to_other_tools(self) -> None:
        self.source.backup(self.archive)
        self.assertEqual(self.archive.stat().st_mode & 0o777, 0o600)
        self.assertEqual(list(self.folder.iterdir()), [self.archive], "nothing is left beside it")
        unpacked = self.folder / "unpacked"
        unpacked.mkdir()
        subprocess.run(["tar", "xf", self.archive, "-C", unpacked], check=True)
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=unpacked, check=True)
        told = json.loads((unpacked / "manifest.json").read_text())
        self.assertEqual((told["vendor"], told["studio"], told["missing"]), ("sqlite", "0.1.0", []))
        self.assertIn(["tasks", "0001_initial"], told["migrations"])
        self.assertEqual(told["tables"]["library_asset"]["rows"], 3)
        self.assertEqual(told["files"], len([path for path in (unpacked / "media").rglob("*") if path.is_file()]))

    def test_a_backup_of_a_busy_studio_is_of_one_moment(self) -> None:
        source = self.copy()
        with source.busy() as worker:
            source.backup(self.archive)
            for _ in range(3):  # it went on all the while
                assert worker.stdout is not None
                self.assertTrue(worker.stdout.readline())
        target = self.place()
        target.restore(self.archive)
        told = target.tell()
        self.assert_true_to_itself(told)
        self.assertGreaterEqual(told["sums"]["done"], 6)
        later = source.tell()
        self.assertGreater(later["sums"]["done"], told["sums"]["done"])
        for table in ("credits_entry", "library_asset"):  # what is only ever added to
            self.assertLess(set(told["rows"][table]), set(later["rows"][table]))

    def test_a_restored_studio_can_be_backed_up_and_restored_again_also_through_pipes(self) -> None:
        first = self.place("first")
        first.restore(full_archive())
        done = subprocess.run(
            [sys.executable, "manage.py", "backup", "-"],
            env=first.environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=True,
        )
        self.assertIn(b"Files: 12", done.stderr)
        target = self.place()
        subprocess.run(
            [sys.executable, "manage.py", "restore", "-"],
            input=gzip.compress(done.stdout),
            env=target.environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=True,
        )
        self.assertEqual(target.tell(), self.source.tell())
        self.assertEqual(list(first.folder.glob(".studio*")), [])

    def test_a_folder_gets_a_dated_file_and_no_name_means_the_data_folder(self) -> None:
        self.source.backup(self.folder)
        self.source.run("manage.py", "backup")
        for folder in (self.folder, self.source.folder / "backups"):
            (path,) = folder.glob("*.tar")
            self.assertRegex(path.name, r"^studio-\d{8}-\d{6}\.tar$")


class UnhappyBackupTests(BackupTestCase):
    def test_no_studio_no_backup(self) -> None:
        place = self.place()
        self.assertIn("There is no studio in", place.refusal("backup", self.archive))
        self.assertEqual(list(place.folder.glob("*db*")), [])
        (place.folder / "db.sqlite3").touch()  # as a first start that was stopped at once leaves it
        self.assertIn("There is no studio in", place.refusal("backup", self.archive))
        self.assertEqual([path for path in self.folder.iterdir() if path != place.folder], [])

    def test_nothing_is_overwritten(self) -> None:
        self.archive.write_text("mine")
        self.assertIn("is there already", self.source.refusal("backup", self.archive))
        self.assertEqual(self.archive.read_text(), "mine")
        self.assertIn("No such file", self.source.refusal("backup", self.folder / "no" / "folder.tar"))

    def test_a_missing_and_a_damaged_file_are_told_by_name_and_keep_nothing_else_back(self) -> None:
        source = self.copy()
        originals = sorted((source.folder / "media" / "teams").rglob("*.png"))
        originals[0].unlink()
        originals[1].write_bytes(b"damaged")
        said = source.backup(self.archive)
        self.assertIn(
            f"Missing on the disk, so not in the backup: teams/{str(originals[0]).partition('teams/')[2]}", said
        )
        self.assertIn(f"Damaged on the disk, kept as it is: teams/{str(originals[1]).partition('teams/')[2]}", said)
        target = self.place()
        target.restore(self.archive)
        self.assertEqual(target.tell()["files"], source.tell()["files"])

    def test_a_key_from_the_environment_stays_there_and_is_told(self) -> None:
        source = Place(self.source.folder, SECRET_KEY="from the environment, long enough to be one of them")
        self.assertIn("The secret key comes from SECRET_KEY", source.backup(self.archive))
        with tarfile.open(self.archive) as archive:
            self.assertNotIn("secret_key", archive.getnames())
        target = self.place()
        self.assertIn("set SECRET_KEY to the one", target.restore(self.archive))

    def test_a_backup_that_is_ended_leaves_nothing_half(self) -> None:
        """It is stopped at its first file, and asked to end."""
        source = self.copy()
        original = next((source.folder / "media" / "teams").rglob("*.png"))
        original.unlink()
        os.mkfifo(original)
        with subprocess.Popen(
            [sys.executable, "manage.py", "backup", str(self.archive)],
            env=source.environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            self.assertIn("Database", process.stdout.readline())
            self.assertIn("Files", process.stdout.readline())
            process.terminate()
            self.assertEqual(process.wait(20), 143)
        self.assertEqual(list(self.folder.glob("*")), [source.folder])
        self.assertEqual(list(self.folder.glob(".*")), [])
