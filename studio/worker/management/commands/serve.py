"""`manage.py serve`: web and worker under one supervisor. This is what `make run` ends in."""

import os
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from studio import disks
from studio.accounts.services import is_first_run
from studio.setup import code
from studio.worker import heartbeat, supervisor
from studio.worker.supervisor import CannotStartError, Child, Supervisor

EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104  # compared, not bound


class Command(BaseCommand):
    help = "Serve the studio: web and worker, restarted when they die, stopped together by Ctrl+C or SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        if sentence := disks.refusal(settings.DATABASES["default"]):
            raise CommandError(sentence)
        try:
            with supervisor.lock(settings.STUDIO_DATA), supervisor.listen(settings.HOST, settings.PORT) as listener:
                heartbeat.forget()
                self._children_of(listener).run()
        except CannotStartError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The studio is closed.")

    def _children_of(self, listener: socket.socket) -> Supervisor:
        line, _kept_open = os.pipe()
        web = Child(
            "web",
            supervisor.manage("run_web", "--socket", str(listener.fileno()), "--lifeline", str(line)),
            [listener.fileno(), line],
        )
        worker = Child("worker", supervisor.manage("run_worker", "--lifeline", str(line)), [line])
        return Supervisor([web, worker], on_tick=self._greeting())

    def _greeting(self) -> Callable[[], None]:
        """Says once, when web and worker are there, where the studio is."""
        said = False

        def greet() -> None:
            nonlocal said
            if not said and heartbeat.is_well() and _web_answers():
                said = True
                self._say()
                heartbeat.let_go()  # from here on the supervisor needs no database

        return greet

    def _say(self) -> None:
        first = is_first_run()
        name = "localhost" if settings.LOOPBACK or settings.HOST in EVERY_ADDRESS else settings.HOST
        self.stdout.write(f"\nThe studio is open at http://{name}:{settings.PORT}{'/setup/' if first else ''}")
        if first and code.is_needed():
            self.stdout.write(f"One-time code for the set-up: {code.current()}")
        self.stdout.write("Ctrl+C stops it.\n")
        self.stdout.flush()


def _web_answers() -> bool:
    """Any answer will do. The socket is open before the web process is, so that connecting alone proves nothing."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104  # compared, not bound
    with suppress(OSError, HTTPException), closing(HTTPConnection(host, settings.PORT, timeout=0.5)) as connection:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    return False
