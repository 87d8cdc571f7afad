"""`manage.py serve`: web and worker under one supervisor. This is what `make run` ends in."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from studio.accounts.services import is_first_run
from studio.setup import code
from studio.worker import heartbeat, supervisor
from studio.worker.supervisor import CannotStartError, Child, Supervisor


class Command(BaseCommand):
    help = "Serve the studio: web and worker, restarted when they die, stopped together by Ctrl+C or SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            held = supervisor.lock(settings.STUDIO_DATA)
            listener = supervisor.listen(settings.HOST, settings.PORT)
        except CannotStartError as error:
            raise CommandError(str(error)) from error
        heartbeat.forget()
        line, _kept_open = os.pipe()
        web = Child(
            "web",
            supervisor.manage("run_web", "--socket", str(listener.fileno()), "--lifeline", str(line)),
            [listener.fileno(), line],
        )
        worker = Child("worker", supervisor.manage("run_worker", "--lifeline", str(line)), [line])
        Supervisor([web, worker], on_tick=self._greeting()).run()
        listener.close()
        held.close()

    def _greeting(self) -> Any:
        """Says once, when all is well, where the studio is."""
        said = False

        def greet() -> None:
            nonlocal said
            if not said and heartbeat.is_well():
                said = True
                self._say()

        return greet

    def _say(self) -> None:
        first = is_first_run()
        self.stdout.write(f"\nThe studio is open at http://localhost:{settings.PORT}{'/setup/' if first else ''}")
        if first and code.is_needed():
            self.stdout.write(f"One-time code for the set-up: {code.current()}")
        self.stdout.write("Ctrl+C stops it.\n")
        self.stdout.flush()
