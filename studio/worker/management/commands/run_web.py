"""`manage.py run_web`: the web process alone, on a socket that the supervisor opened or on HOST:PORT."""

import socket
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from studio.worker import lifeline, supervisor


class Command(BaseCommand):
    help = "Serve the pages on HOST:PORT, without a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--socket", type=int, help="a listening socket's descriptor")
        parser.add_argument("--lifeline", type=int, help="a pipe that closes when the parent is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lifeline"] is not None:
            lifeline.watch(options["lifeline"])
        given = options["socket"]
        listener = supervisor.listen(settings.HOST, settings.PORT) if given is None else socket.socket(fileno=given)
        config = uvicorn.Config(
            "studio.asgi:application",
            lifespan="off",
            log_config=None,
            log_level="warning",  # that it starts and stops, the supervisor says
            access_log=False,
            server_header=False,
            proxy_headers=False,  # `studio.asgi` listens to those that the settings trust
            timeout_graceful_shutdown=5,
        )
        with listener:
            uvicorn.Server(config).run(sockets=[listener])
