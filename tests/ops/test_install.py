"""`make` and `ops/install.py`: any folder, any start, any interruption ends in the same environment."""

import importlib.util
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
PLACE = "it's  a clone"  # an apostrophe and two spaces in a row


def load_install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", ROOT / "ops" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class OwnFolderTestCase(SimpleTestCase):
    def setUp(self) -> None:
        temporary = TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name) / PLACE
        self.root.mkdir()


class InstallTests(OwnFolderTestCase):
    """With empty locks, so that nothing is fetched; pip's own work is pip's to test."""

    def setUp(self) -> None:
        super().setUp()
        (self.root / "requirements").mkdir()
        for name in ("run", "test"):
            (self.root / "requirements" / f"{name}.lock").write_text(f"# {name}\n")
        self.install = load_install()
        venv = self.root / ".venv"
        places = {"ROOT": self.root, "VENV": venv, "PYTHON": venv / "bin/python", "STAMP": venv / "studio-locks.json"}
        for name, value in places.items():
            setattr(self.install, name, value)
        self.commands: list[list[str]] = []
        self.fails = False
        patch = mock.patch.object(self.install.subprocess, "run", self.run_command)
        patch.start()
        self.addCleanup(patch.stop)

    def run_command(self, command: list[Any], **_options: Any) -> Any:
        """In the place of the real commands: writes down what was asked; a venv is one empty file."""
        words = [str(word) for word in command]
        self.commands.append(words)
        if "venv" in words:
            self.install.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            self.install.PYTHON.touch()
        return mock.Mock(returncode=int(self.fails), stdout="", stderr="")

    def call(self, which: str) -> list[str]:
        """What was done, in short."""
        self.commands.clear()
        with redirect_stdout(io.StringIO()), mock.patch.object(self.install.shutil, "which", return_value="chromium"):
            self.install.main(which)
        kinds = {"venv": "venv", "install": "pip", "--version": "look"}
        return [next(kinds[word] for word in command if word in kinds) for command in self.commands]

    def test_the_second_start_runs_nothing(self) -> None:
        self.assertEqual(self.call("run"), ["venv", "pip"])
        self.assertEqual(self.call("run"), [])

    def test_only_hashed_packages_are_installed_and_no_index_is_named(self) -> None:
        self.call("run")
        command = " ".join(self.commands[-1])
        self.assertIn("--require-hashes --no-deps", command)
        self.assertNotRegex(command, "index|find-links|http")

    def test_the_environment_of_the_tests_serves_to_run(self) -> None:
        self.call("test")
        self.assertEqual(self.call("run"), [])

    def test_the_environment_to_run_is_completed_for_the_tests(self) -> None:
        self.call("run")
        self.assertEqual(self.call("test"), ["look", "pip"])

    def test_a_changed_lock_is_installed_over_the_old_one(self) -> None:
        self.call("run")
        (self.root / "requirements" / "run.lock").write_text("# newer\n")
        self.assertEqual(self.call("run"), ["look", "pip"])

    def test_an_interrupted_installation_is_made_afresh(self) -> None:
        self.fails = True
        self.install.PYTHON.parent.mkdir(parents=True)
        self.install.PYTHON.touch()
        self.install.STAMP.write_text(json.dumps({"run": "older"}))
        with mock.patch.object(self.install, "make_venv"), self.assertRaisesRegex(SystemExit, "did not finish"):
            self.call("run")
        self.fails = False
        self.assertEqual(self.call("run"), ["venv", "pip"])

    def test_another_python_below_the_environment_is_noticed(self) -> None:
        self.call("run")
        self.install.PYTHON.unlink()
        self.install.PYTHON.symlink_to(sys.executable)
        self.assertEqual(self.call("run"), ["look", "pip"])

    def test_a_python_without_venv_is_told_what_to_install(self) -> None:
        self.fails = True
        with self.assertRaisesRegex(SystemExit, "apt install python3-venv"):
            self.call("run")

    def test_without_chromium_a_person_is_told_and_root_gets_it(self) -> None:
        found = {"apt-get": "/usr/bin/apt-get"}.get
        with (
            mock.patch.object(self.install.shutil, "which", found),
            mock.patch.object(self.install.os, "geteuid", return_value=1000),
            self.assertRaisesRegex(SystemExit, "sudo apt-get install chromium"),
        ):
            self.install.need_chromium()
        with (
            mock.patch.object(self.install.shutil, "which", found),
            mock.patch.object(self.install.os, "geteuid", return_value=0),
            redirect_stdout(io.StringIO()),
        ):
            self.install.need_chromium()
        self.assertEqual([command[:2] for command in self.commands], [["apt-get", "update"], ["apt-get", "install"]])


class MakeTests(OwnFolderTestCase):
    """The real Makefile in a folder with stand-ins that say where and how they were called."""

    def setUp(self) -> None:
        super().setUp()
        (self.root / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
        (self.root / "ops").mkdir()
        (self.root / "ops" / "install.py").write_text(
            'import os, sys\nprint("install", sys.argv[1], "in", os.getcwd())'
        )
        python = self.root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/sh\necho "$@" in "$PWD"\n')
        python.chmod(0o755)

    def make(
        self, *words: str, folder: Path | None = None, path: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        if path is not None:
            clean["PATH"] = path
        return subprocess.run(
            ["/usr/bin/make", "--no-print-directory", *words],
            cwd=folder or self.root.parent,
            env=clean,
            capture_output=True,
            text=True,
        )

    def test_it_runs_from_any_folder(self) -> None:
        expected = [
            f"install run in {self.root}",
            f"manage.py prepare in {self.root}",
            f"manage.py serve in {self.root}",
        ]
        for words, folder in (
            (["-C", str(self.root), "run"], Path("/")),
            (["-f", str(self.root / "Makefile"), "run"], Path("/")),
            (["-f", f"{PLACE}/Makefile", "run"], self.root.parent),
            (["run"], self.root),
            ([], self.root),
        ):
            with self.subTest(words=words):
                done = self.make(*words, folder=folder)
                self.assertEqual(done.stdout.splitlines(), expected, done.stderr)

    def test_without_a_fitting_python_there_is_one_sentence(self) -> None:
        tools = self.root / "tools"
        tools.mkdir()
        for name in ("sh", "dirname"):
            (tools / name).symlink_to(Path("/bin") / name)
        done = self.make("-C", str(self.root), "run", path=str(tools))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("The studio needs Python 3.11 or newer with venv.", done.stderr)
        self.assertNotIn("Traceback", done.stderr)
