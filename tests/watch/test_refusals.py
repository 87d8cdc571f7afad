"""Requests that Django itself refuses, and settings with which nothing can begin."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import SimpleTestCase, override_settings

from studio.watch.log import NoTraceOfVisitors
from tests.base import HTMX, StudioTestCase


class RefusedRequestTests(StudioTestCase):
    def test_too_much_at_once_is_said_on_a_page_of_ours(self) -> None:
        self.sign_in(self.alice)
        sent = {"prompt": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
        self.assertContains(self.client.post("/image/tasks/", sent), "That was too much at once", status_code=413)
        response = self.client.post("/image/tasks/", sent, headers=HTMX)
        self.assertEqual(response.status_code, 413)
        self.assertIn("too much at once", response["HX-Trigger"])
        many = {str(number): "" for number in range(2000)}
        self.assertEqual(self.client.post("/image/tasks/", many).status_code, 413)

    @override_settings(ALLOWED_HOSTS=["studio.example"])
    def test_another_host_is_answered_by_a_page_of_ours(self) -> None:
        response = self.client.get("/", headers={"Host": "evil.example"})
        self.assertContains(response, "The studio could not read that", status_code=400)
        self.assertNotContains(response, "evil.example", status_code=400)

    def test_it_is_one_line_in_the_log(self) -> None:
        try:
            raise ValueError("too large")
        except ValueError:
            trace = sys.exc_info()
        for name, is_kept in (("django.security.RequestDataTooBig", False), ("django.request", True)):
            record = logging.LogRecord(name, logging.ERROR, "", 0, "too large", None, trace)
            self.assertTrue(NoTraceOfVisitors().filter(record))
            self.assertIs(record.exc_info is not None, is_kept, name)
        console: dict[str, list[str]] = settings.LOGGING["handlers"]["console"]  # type: ignore[index]  # a plain dict
        self.assertEqual(console["filters"], ["visitors"])


class UnusableSettingTests(SimpleTestCase):
    def said(self, **environment: str) -> str:
        """The only thing that is said, by the command that is the first to run."""
        command = [sys.executable, "manage.py", "prepare"]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        with TemporaryDirectory() as folder:
            wishes = {**clean, "STUDIO_DATA": folder, **environment}
            done = subprocess.run(
                command, cwd=settings.BASE_DIR, env=wishes, capture_output=True, text=True, check=False, timeout=60
            )
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        return done.stderr

    def test_a_port_that_is_none(self) -> None:
        for port in ("80000", "abc", "0"):
            self.assertEqual(self.said(PORT=port), f"PORT is {port!r}, but must be a number from 1 to 65535.\n")

    def test_a_folder_that_cannot_be_made(self) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "a file"
            file.touch()
            said = self.said(STUDIO_DATA=str(file / "data"))
        self.assertEqual(said, f"STUDIO_DATA is {file}/data, which cannot be made: Not a directory.\n")
