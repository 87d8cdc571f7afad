"""`manage.py run_worker`: carries tasks on until it is told to stop."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.worker import lifeline
from studio.worker.loop import Worker


class Command(BaseCommand):
    help = "Carry queued tasks on: submit, render, poll, store. Ends cleanly on SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--renders", type=int, help="Local renders at once (default: cores less one)")
        parser.add_argument("--lifeline", type=int, help="a pipe that closes when the parent is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(renders=options["renders"])
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: worker.stop())
        if options["lifeline"] is not None:
            lifeline.watch(options["lifeline"])
        worker.run()
