"""`manage.py backup`: the whole studio in one file, while it runs."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from studio.backups import backup
from studio.backups.archive import BackupError
from studio.backups.progress import size


class Command(BaseCommand):
    help = "Copy the database, the media and the secret key into one archive, while the studio runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            default="",
            help="the archive, or the folder for it, or - for a pipe (default: backups/ in STUDIO_DATA)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o077)
        # Asked to end, it clears away what it has written so far.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            if options["file"] == "-":
                self._to_pipe()
            else:
                self._to_file(_path(options["file"]))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def _to_file(self, path: Path) -> None:
        backup.to_file(path, say=self._say)
        self._say(f"The backup is {path} ({size(path.stat().st_size)}). It holds the secret key: keep it safe.")

    def _to_pipe(self) -> None:
        if sys.stdout.isatty():
            raise BackupError("A terminal cannot keep a backup: name a file, or lead the output into a pipe.")
        backup.to_stream(sys.stdout.buffer, say=self.stderr.write)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _path(given: str) -> Path:
    folder = Path(settings.STUDIO_DATA) / "backups"
    if not given:
        folder.mkdir(mode=0o700, exist_ok=True)
    path = Path(given).absolute() if given else folder
    return path / f"studio-{timezone.localtime():%Y%m%d-%H%M%S}.tar" if path.is_dir() else path
