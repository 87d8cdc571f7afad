import errno
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path
from unittest.mock import patch

from django.db import OperationalError
from django.test import SimpleTestCase, override_settings
from django.utils import translation

from studio.library import space
from studio.library.models import Usage
from studio.library.space import NoRoomError
from tests.base import StudioTestCase

Disk = namedtuple("Disk", "total used free")
GB = 1024**3


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


class FullTests(SimpleTestCase):
    def test_a_full_disk_is_known_by_its_numbers_not_its_words(self) -> None:
        class DiskFullError(Exception):
            sqlstate = "53100"  # as psycopg says it

        sqlite = sqlite3.OperationalError()
        sqlite.sqlite_errorcode = sqlite3.SQLITE_FULL
        for error in (
            OSError(errno.ENOSPC, "x"),
            OSError(errno.EDQUOT, "x"),
            caused(OperationalError(), sqlite),
            caused(OperationalError(), DiskFullError()),
            caused(ValueError(), caused(OperationalError(), sqlite)),
        ):
            with self.subTest(error=error):
                self.assertTrue(space.is_full(error))

    def test_other_errors_are_not_taken_for_it(self) -> None:
        busy = sqlite3.OperationalError()
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        for error in (
            OSError(errno.EACCES, "No space left on device"),
            caused(OperationalError("database or disk is full"), busy),
            FileNotFoundError(),
            ValueError("53100"),
        ):
            with self.subTest(error=error):
                self.assertFalse(space.is_full(error))


class DiskTests(StudioTestCase):
    def free(self, **free: int) -> None:
        """What `shutil.disk_usage` says of folders with these names."""

        def usage(folder: Path) -> Disk:
            return Disk(0, 0, free.get(folder.name, 9 * GB))

        changed = patch.object(shutil, "disk_usage", usage)
        changed.start()
        self.addCleanup(changed.stop)

    def test_it_looks_at_the_real_disk_also_before_the_folders_are_made(self) -> None:
        with override_settings(MEDIA_ROOT=self.folder / "not" / "yet", STUDIO_DATA=self.folder):
            self.assertAlmostEqual(space.free_bytes(), shutil.disk_usage(self.folder).free, delta=GB)

    def test_the_fuller_of_two_disks_counts(self) -> None:
        (self.folder / "media").mkdir()
        self.free(media=3)
        self.assertEqual(space.free_bytes(), 3)

    def test_below_the_limit_nothing_new_begins(self) -> None:
        (self.folder / "media").mkdir()
        self.free(media=GB - 1)
        with override_settings(MIN_FREE_DISK=GB), self.assertRaisesMessage(NoRoomError, "Whoever runs this studio"):
            space.check(self.team)
        for limit in (GB - 1, 0):
            with self.subTest(limit=limit), override_settings(MIN_FREE_DISK=limit):
                space.check(self.team)


class QuotaTests(StudioTestCase):
    def test_without_a_quota_nobody_asks(self) -> None:
        with self.assertNumQueries(0):
            space.check(self.team)

    def test_a_team_at_its_quota_is_told_quota_use_and_who_can_help(self) -> None:
        Usage.objects.create(team=self.team, bytes=3 * GB, files=1)
        with override_settings(TEAM_QUOTA=3 * GB), translation.override("en"):
            sentence = space.why_not(self.team)
            self.assertEqual(space.why_not(self.other_team), "")
        self.assertIn("3.0\xa0GB of 3.0\xa0GB are used", sentence)
        self.assertIn("Whoever runs this studio", sentence)
        with override_settings(TEAM_QUOTA=3 * GB + 1):
            self.assertEqual(space.why_not(self.team), "")
