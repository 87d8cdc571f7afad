"""Django's own list of what a published studio must not forget."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
KEY = "a7!kQz-93xW_pLr5tVn8#yBd2$sGh6&mJc4*fEu1(oTi)0vXwZ"


class DeployCheckTests(SimpleTestCase):
    def check(self, **given: str) -> subprocess.CompletedProcess[str]:
        with TemporaryDirectory() as folder:
            environment = {
                **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
                "DJANGO_SETTINGS_MODULE": "studio.settings",
                "STUDIO_DATA": folder,
                "PUBLIC_URL": "https://studio.example",
                "SECRET_KEY": KEY,
                "DEBUG": "0",
                **given,
            }
            line = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
            return subprocess.run(
                line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
            )

    def test_a_published_studio_forgets_nothing(self) -> None:
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_check_still_finds_something(self) -> None:
        for wrong, code in (({"PUBLIC_URL": "http://studio.example"}, "W012"), ({"SECRET_KEY": "short"}, "W009")):
            with self.subTest(code=code):
                done = self.check(**wrong)
                self.assertEqual(done.returncode, 1)
                self.assertIn(f"security.{code}", done.stderr)
