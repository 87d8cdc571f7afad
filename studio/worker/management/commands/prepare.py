"""`manage.py prepare`: everything that must be true before the studio is served; quick when nothing changed."""

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio import disks
from studio.statics import catalogs, fonts


class Command(BaseCommand):
    help = "Build the fonts and the translations, collect the static files when they changed, and migrate the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--files-only", action="store_true", help="leave the database alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["files_only"] and (sentence := disks.refusal(settings.DATABASES["default"])):
            raise CommandError(sentence)
        build = Path(settings.BASE_DIR) / "build"
        build.mkdir(exist_ok=True)
        with (build / ".prepare.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # two studios may start at once from one clone
            self._make_files(build)
        if not options["files_only"]:
            call_command("migrate", interactive=False, verbosity=0)

    def _make_files(self, build: Path) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        if not stamp.exists():
            self.stdout.write("Cutting fonts and gathering files (a few seconds, once) ...")
            self.stdout.flush()
        fonts.build(build / "static" / "fonts")
        catalogs.build(Path(settings.BASE_DIR) / "locale", build / "locale")
        state = _state_of_static_files()
        if not stamp.exists() or stamp.read_text() != state:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(state)


def _state_of_static_files() -> str:
    """Changes when any static file of ours or of a package does, or where they are gathered."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([".*"]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
