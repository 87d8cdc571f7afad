"""`manage.py restore`: a backup into an empty place."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.backups.archive import BackupError
from studio.backups.restore import restore


class Command(BaseCommand):
    help = "Put a backup into an empty STUDIO_DATA folder and an empty database, and bring it up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what `manage.py backup` made, or - for a pipe")

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o077)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            if options["file"] == "-":
                told = restore(sys.stdin.buffer, say=self._say)
            else:
                with Path(options["file"]).open("rb") as file:
                    told = restore(file, say=self._say)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self._say(f"Restored: {told.rows} rows in {len(told.tables)} tables, {told.files} files.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
