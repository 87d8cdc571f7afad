"""The web process: what it leaves to the application, and what it tells about itself."""

import socket
from unittest import mock

import uvicorn
from django.core.management import call_command
from django.test import SimpleTestCase


class RunWebTests(SimpleTestCase):
    def served(self) -> uvicorn.Config:
        """The configuration that the server would run with."""
        seen: list[uvicorn.Config] = []

        class Server:
            def __init__(self, config: uvicorn.Config) -> None:
                seen.append(config)

            def run(self, sockets: list[socket.socket]) -> None:
                assert sockets[0].getsockname()[1] > 0

        listener = socket.create_server(("127.0.0.1", 0))
        with mock.patch.object(uvicorn, "Server", Server):
            call_command("run_web", socket=listener.detach())
        return seen[0]

    def test_whom_it_believes_is_left_to_the_application(self) -> None:
        self.assertFalse(self.served().proxy_headers)

    def test_it_keeps_its_name_to_itself_and_writes_no_line_per_visit(self) -> None:
        config = self.served()
        self.assertFalse(config.server_header)
        self.assertFalse(config.access_log)
