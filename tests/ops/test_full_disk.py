"""A disk that is full: said plainly, and nothing half-written is shown or charged."""

import errno
import json
import os
import subprocess
import sys
import tempfile
import unittest
from typing import Any
from unittest.mock import patch

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from studio.credits.models import CreditAccount, Hold
from studio.setup.services import set_up
from studio.tasks.bench import fresh_key
from studio.tasks.models import Task
from tests.base import HTMX, STARTER, StudioTestCase

MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$1" && shift && exec "$@"'
SENTENCE = "Nothing was changed and nothing is lost. Whoever runs this studio can make room."


def on_a_small_disk(folder: str, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it in a name space of its own, where a disk of 6 MB lies on `folder`."""
    small = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", folder]
    return subprocess.run(
        [*small, *command],
        env={**os.environ, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
    )


class SmallDiskTests(unittest.TestCase):
    """With a real file system, where the machine lets a test mount one."""

    told: dict[str, dict[str, Any]]

    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.TemporaryDirectory() as folder:
            if on_a_small_disk(folder, "true").returncode:
                raise unittest.SkipTest("no disk may be mounted here: PageLimitTests and test_files stand in for it")
            environment = {"DJANGO_SETTINGS_MODULE": "studio.settings", "STUDIO_DATA": f"{folder}/data"}
            environment |= {"DATABASE_URL": f"sqlite:///{folder}/data/db.sqlite3", "MIN_FREE_DISK": "0"}
            done = on_a_small_disk(folder, sys.executable, "-m", "tests.ops.full_disk", **environment)
        assert done.returncode == 0, done.stderr
        cls.told = json.loads(done.stdout)

    def test_the_disk_was_really_full(self) -> None:
        self.assertEqual(self.told["meanwhile"]["left"], 0)

    def test_every_press_is_refused_with_a_sentence(self) -> None:
        meanwhile = self.told["meanwhile"]
        self.assertEqual(meanwhile["statuses"], [503])
        self.assertIn(SENTENCE, meanwhile["page"])
        self.assertIn(SENTENCE, meanwhile["toast"])

    def test_nothing_half_written_is_left(self) -> None:
        before, meanwhile = self.told["before"], self.told["meanwhile"]
        for name in ("tasks", "holds", "held", "balance", "assets", "files"):
            self.assertEqual(meanwhile[name], before[name], name)
        self.assertEqual(meanwhile["image"], "full")

    def test_what_is_there_can_still_be_seen(self) -> None:
        self.assertEqual(self.told["meanwhile"]["pages"], [200, 200, 200])

    def test_with_room_again_everything_goes_on(self) -> None:
        before, after = self.told["before"], self.told["after"]
        self.assertEqual((after["statuses"], after["image"]), (before["statuses"], "kept"))
        self.assertEqual(after["tasks"], 2 * before["tasks"])
        self.assertEqual(len(after["files"]), 2 * len(before["files"]))

    def test_the_database_is_sound_and_the_sums_are_right_at_every_moment(self) -> None:
        for moment, told in self.told.items():
            with self.subTest(moment):
                self.assertEqual((told["sound"], told["entries"]), ("ok", told["balance"]))
                self.assertEqual(told["held"], 100 * told["holds"])


@unittest.skipUnless(connection.vendor == "sqlite", "SQLite's own limit")
class PageLimitTests(TransactionTestCase):
    """The same error of SQLite without another disk: a database that may not grow."""

    def setUp(self) -> None:
        super().setUp()
        member = set_up(name="Alice", email="alice@example.org", password="a long enough password", team="Harbour")
        self.client.force_login(member.user)
        self.client.raise_request_exception = False
        most = self.pragma("max_page_count")
        self.addCleanup(self.pragma, f"max_page_count={most}")
        self.pragma("max_page_count=1")  # SQLite makes it as many as there are

    def pragma(self, words: str) -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute(f"PRAGMA {words}").fetchone()[0])

    def press(self, headers: dict[str, str]) -> Any:
        """Until no free page is left."""
        wish = {"prompt": "fox " * 400, "size": "1:1", "count": "1", "engine": "local"}
        for _ in range(200):
            response = self.client.post("/image/tasks/", wish | {"idempotency_key": fresh_key()}, headers=headers)
            if response.status_code >= 500:
                break
        return response

    def test_it_is_said_on_a_page_or_a_toast_and_nothing_is_held_for_what_did_not_begin(self) -> None:
        with self.assertLogs("django.request", "ERROR"):
            page, toast = self.press({}), self.press(HTMX)
        self.assertContains(page, SENTENCE, status_code=503)
        self.assertEqual((toast.status_code, toast["Retry-After"]), (503, "60"))
        self.assertIn(SENTENCE, toast["HX-Trigger"])
        account = CreditAccount.objects.get()
        self.assertEqual((account.held, account.balance), (100 * Task.objects.count(), STARTER))
        self.assertEqual(Hold.objects.count(), Task.objects.count())


class OtherErrorsTests(StudioTestCase):
    def test_they_keep_their_page(self) -> None:
        self.sign_in(self.alice)
        self.client.raise_request_exception = False
        with (
            patch("studio.library.gallery.page", side_effect=ZeroDivisionError),
            self.assertLogs("django.request", "ERROR"),
        ):
            response = self.client.get("/")
        self.assertContains(response, "Something broke here", status_code=500)

    async def test_an_async_view_without_room_says_it_too(self) -> None:
        asset = await sync_to_async(self.make_asset)()
        await self.async_client.aforce_login(self.alice.user)
        self.async_client.raise_request_exception = False
        full = OSError(errno.ENOSPC, "No space left on device")
        with patch("studio.library.serving.serve", side_effect=full), self.assertLogs("django.request", "ERROR"):
            response = await self.async_client.get(f"/files/{asset.pk}/")
        self.assertContains(response, SENTENCE, status_code=503)
