"""What `manage.py serve` says to the person at the terminal."""

import io
import socket
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase, override_settings

from studio.accounts.models import User
from studio.setup import code
from studio.worker import heartbeat, supervisor
from studio.worker.management.commands import serve


class OwnDataTestCase(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        data = override_settings(STUDIO_DATA=self.folder)
        data.enable()
        self.addCleanup(data.disable)


class GreetingTests(OwnDataTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.out = io.StringIO()

    def said(self) -> str:
        serve.Command(stdout=self.out)._say()
        return self.out.getvalue()

    def make_user(self) -> None:
        User.objects.create_user("alice@example.org", "a long enough password", name="Alice")

    def test_it_names_the_address(self) -> None:
        self.make_user()
        with override_settings(PORT=8123):
            self.assertIn("The studio is open at http://localhost:8123\n", self.said())

    def test_on_loopback_the_first_run_needs_no_code(self) -> None:
        said = self.said()
        self.assertIn("/setup/", said)
        self.assertNotIn("code", said)

    @override_settings(HOST="0.0.0.0", LOOPBACK=False)  # noqa: S104  # a setting, not bound
    def test_beyond_loopback_the_first_run_shows_the_code_until_it_is_used(self) -> None:
        said = self.said()
        self.assertIn("http://localhost:", said)
        self.assertIn(f"One-time code for the set-up: {code.current()}", said)

    @override_settings(HOST="192.0.2.7", LOOPBACK=False)
    def test_with_a_user_there_is_no_code_and_a_named_host_is_shown(self) -> None:
        self.make_user()
        said = self.said()
        self.assertIn("http://192.0.2.7:", said)
        self.assertNotIn("code", said)

    def test_it_greets_once_and_only_when_web_and_worker_are_there(self) -> None:
        greet = serve.Command(stdout=self.out)._greeting()
        greet()
        self.assertEqual(self.out.getvalue(), "", "no worker yet")
        heartbeat.Heart("test").beat()
        self.assertTrue(heartbeat.is_well())
        with socket.create_server(("127.0.0.1", 0)) as listener, override_settings(PORT=listener.getsockname()[1]):
            greet()
            self.assertEqual(self.out.getvalue(), "", "an open socket is no web process yet")
            threading.Thread(target=answer_everyone, args=[listener], daemon=True).start()
            while not self.out.getvalue():
                greet()
            greet()
        self.assertEqual(self.out.getvalue().count("The studio is open"), 1)


class CannotStartTests(OwnDataTestCase):
    def test_a_second_studio_on_the_same_data_ends_with_a_sentence(self) -> None:
        with (
            supervisor.lock(self.folder),
            self.assertRaisesMessage(CommandError, "A studio is already running on"),
        ):
            call_command("serve")

    def test_a_port_in_use_ends_with_a_sentence(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with (
                override_settings(PORT=port),
                self.assertRaisesMessage(CommandError, f"Cannot listen on 127.0.0.1:{port}"),
            ):
                call_command("serve")


def answer_everyone(listener: socket.socket) -> None:
    """Answer everyone who is or comes in line, as a web process that has come up does."""
    listener.settimeout(2)
    while True:
        try:
            peer, _ = listener.accept()
        except OSError:
            return
        with peer:
            peer.recv(4096)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
