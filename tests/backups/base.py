"""A studio in a folder of its own, with processes of its own, as whoever runs one has it."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.conf import settings
from django.test import SimpleTestCase

Told = dict[str, Any]


class Place:
    """Where a studio is, or may come to be: a data folder, and a database in it or elsewhere."""

    def __init__(self, folder: Path, database: str = "", **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "studio.settings",
            "STUDIO_DATA": str(folder),
            "DATABASE_URL": database or f"sqlite:///{folder}/db.sqlite3",
            "MIN_FREE_DISK": "0",
            **environment,
        }

    def run(self, *command: str, fails: bool = False, **options: Any) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *command],
            env=self.environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
            **options,
        )
        assert bool(done.returncode) == fails, done.stderr + done.stdout
        return done

    def fill(self) -> None:
        self.run("-m", "tests.backups.program", "fill")

    def tell(self) -> Told:
        told: Told = json.loads(self.run("-m", "tests.backups.program", "tell").stdout)
        return told

    def backup(self, path: Path) -> str:
        return self.run("manage.py", "backup", str(path)).stdout

    def restore(self, path: Path) -> str:
        return self.run("manage.py", "restore", str(path)).stdout

    def refusal(self, command: str, path: Path | str) -> str:
        """What the person reads, when it is one sentence and no traceback."""
        done = self.run("manage.py", command, str(path), fails=True)
        lines = done.stderr.strip().splitlines()
        assert lines[-1].startswith("CommandError: "), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return lines[-1].removeprefix("CommandError: ")

    @contextmanager
    def busy(self) -> Iterator["subprocess.Popen[str]"]:
        """With a process that finishes one task after the other; it has done some when this begins."""
        command = [sys.executable, "-m", "tests.backups.program", "work"]
        with subprocess.Popen(
            command, env=self.environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            for _ in range(3):
                assert worker.stdout.readline()
            yield worker
            assert worker.poll() is None, "it worked to the end"
            worker.kill()


@cache
def full_studio() -> Place:
    """Made once for all tests, which leave it as it is."""
    folder = tempfile.mkdtemp(prefix="studio-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = Place(Path(folder) / "source")
    place.fill()
    return place


@cache
def full_archive() -> Path:
    """Its backup."""
    path = full_studio().folder.with_name("full.tar")
    full_studio().backup(path)
    return path


class BackupTestCase(SimpleTestCase):
    """`source` is a full studio, `copy()` one that may be hurt, `place()` an empty place."""

    source: ClassVar[Place]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.source = full_studio()

    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.archive = self.folder / "studio.tar"

    def place(self, name: str = "target", database: str = "") -> Place:
        return Place(self.folder / name, database)

    def copy(self) -> Place:
        shutil.copytree(self.source.folder, self.folder / "copy")
        return Place(self.folder / "copy")

    def assert_empty(self, place: Place) -> None:
        """A refused restore has left nothing but the files that every command makes."""
        left = {str(path.relative_to(place.folder)) for path in place.folder.rglob("*")}
        self.assertLessEqual(left, {"secret_key", "studio.lock", "media"})

    def assert_true_to_itself(self, told: Told) -> None:
        """Money, files and links of one moment."""
        sums = told["sums"]
        self.assertEqual(sums["entries"], sums["balance"])
        self.assertEqual(sums["holds"], sums["held"])
        self.assertEqual(sums["sizes"], sums["used"])
        self.assertEqual([sums["lost"], sums["copies"], sums["unlinked"]], [[], [], []])
