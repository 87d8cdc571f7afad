"""The web process: whose word about the visitor's address counts, and what it tells about itself."""

import socket
from typing import Any
from unittest import mock

import uvicorn
from django.core.management import call_command
from django.test import SimpleTestCase, override_settings


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

    def test_nobody_is_believed_by_default(self) -> None:
        self.assertFalse(self.served().proxy_headers)

    @override_settings(TRUSTED_PROXIES=["192.0.2.1", "192.0.2.2"])
    def test_listed_proxies_are_believed_and_no_one_else(self) -> None:
        config = self.served()
        config.load()
        self.assertTrue(config.proxy_headers)
        trusted: Any = config.loaded_app
        self.assertIn("192.0.2.1", trusted.trusted_hosts)
        self.assertIn("192.0.2.2", trusted.trusted_hosts)
        self.assertNotIn("127.0.0.1", trusted.trusted_hosts)

    def test_it_keeps_its_name_to_itself_and_writes_no_line_per_visit(self) -> None:
        config = self.served()
        self.assertFalse(config.server_header)
        self.assertFalse(config.access_log)
