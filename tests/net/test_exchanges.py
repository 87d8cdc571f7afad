"""Exchanges that go wrong, and what is known of the request afterwards."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from django.test import SimpleTestCase

from studio.net import (
    BrokenError,
    Door,
    NotConnectedError,
    OutboundError,
    OutboundRefusedError,
    StatusError,
    TooLargeError,
    TooSlowError,
)
from tests.net.faults import HALF, drip_a_body, drip_a_head, drip_news, flood, hang, hang_in_the_middle, reset
from tests.net.server import Script, Server, answer, redirect

OPENSSL = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=kie.example -addext subjectAltName=DNS:kie.example"


class ExchangeTestCase(SimpleTestCase):
    def serve(self, *scripts: Script) -> tuple[Server, Door]:
        server = Server(self, *scripts)
        impatient = {hang, hang_in_the_middle} & set(scripts)
        return server, Door(allow={server.place}, read_timeout=0.2 if impatient else 30)

    def fails(self, script: Script, kind: type[OutboundError], **options: Any) -> OutboundError:
        server, door = self.serve(script)
        with self.assertRaises(OutboundError) as caught:
            door.call("POST", f"{server.url}/secret-path?token=zibbel", **{"seconds": 30, "limit": 1000, **options})
        self.assertIs(type(caught.exception), kind)
        self.assertNotIn("secret-path", str(caught.exception))
        self.assertNotIn("zibbel", str(caught.exception))
        self.assertIsNone(caught.exception.__cause__)
        return caught.exception


class CallTests(ExchangeTestCase):
    def test_every_status_is_an_answer(self) -> None:
        for status in ("200 OK", "302 Found", "404 Not Found", "429 Too Many", "500 Oh", "503 No"):
            server, door = self.serve(answer(b"{}", status=status, headers=["Location: /other", "X-A: b"]))
            told = door.call("POST", server.url + "/a", params={"taskId": "x&y"}, json={"a": 1}, seconds=30, limit=9)
            self.assertEqual((told.status, told.body, told.headers["x-a"]), (int(status[:3]), b"{}", "b"))
            self.assertEqual(len(server.heard), 1)
            self.assertTrue(server.heard[0].startswith(b"POST /a?taskId=x%26y HTTP/1.1\r\n"))
            self.assertIn(b"User-Agent: Studio/", server.heard[0])
            self.assertTrue(server.heard[0].endswith(b'{"a": 1}'))

    def test_a_connection_that_breaks_leaves_open_whether_the_request_arrived(self) -> None:
        broken: list[Script] = [b"", HALF, reset, hang, hang_in_the_middle, b"\0\0\0 nonsense\r\n\r\n"]
        for script in broken:
            with self.subTest(str(script)):
                self.assertTrue(self.fails(script, BrokenError).sent)

    def test_a_port_that_nobody_listens_on_got_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            place = f"127.0.0.1:{taken.getsockname()[1]}"
        with self.assertRaises(NotConnectedError) as caught:
            Door(allow={place}).call("POST", f"http://{place}/", seconds=30, limit=1)
        self.assertFalse(caught.exception.sent)

    def test_time_is_over_however_busy_the_other_side_seems(self) -> None:
        for script in (drip_a_head, drip_a_body, drip_news):
            with self.subTest(script.__name__):
                self.assertTrue(self.fails(script, TooSlowError, seconds=1).sent)

    def test_time_that_was_over_before_sends_nothing(self) -> None:
        server, door = self.serve(answer())
        for seconds in (0.0, -1.0):
            with self.assertRaises(NotConnectedError):
                door.call("POST", server.url, seconds=seconds, limit=1)
        self.assertEqual(server.heard, [])

    def test_an_answer_has_its_limit_whether_it_says_its_length_or_not(self) -> None:
        self.assertTrue(self.fails(answer(b"x" * 1001), TooLargeError).sent)
        self.assertTrue(self.fails(answer(b"x", length=10**12), TooLargeError).sent)  # said, before it comes
        self.assertTrue(self.fails(flood, TooLargeError).sent)
        server, door = self.serve(answer(b"x" * 1000))
        self.assertEqual(len(door.call("GET", server.url, seconds=30, limit=1000).body), 1000)

    def test_no_library_logs_where_we_went(self) -> None:
        for script in (answer(b"{}", headers=["no header at all"]), answer(b"{}"), HALF):
            server, door = self.serve(script)
            with self.assertNoLogs(level="DEBUG"), contextlib.suppress(BrokenError):
                door.call("GET", f"{server.url}/?token=zibbel", seconds=30, limit=1000)

    def test_what_http_cannot_carry_is_not_sent(self) -> None:
        server, door = self.serve(answer())
        bad: list[dict[str, Any]] = [{"headers": {"A": "b\r\nC: d"}}, {"json": float("nan")}]
        for options in bad:
            with self.subTest(str(options)), self.assertRaises(OutboundRefusedError):
                door.call("POST", server.url, seconds=30, limit=1, **options)
        self.assertEqual(server.heard, [])


class DownloadTests(ExchangeTestCase):
    def get(self, *scripts: Script, **options: Any) -> tuple[bytes, str]:
        server, door = self.serve(*scripts)
        download = door.download(server.url, **{"seconds": 30, "limit": 10_000_000, **options})
        with download.file as file:
            return file.read(), download.media_type

    def test_it_gives_the_file_and_its_kind(self) -> None:
        body = bytes(range(256)) * 4000
        self.assertEqual(self.get(answer(body, headers=["Content-Type: Image/PNG; x=y"])), (body, "image/png"))

    def test_it_follows_redirects_and_tires_of_them(self) -> None:
        self.assertEqual(self.get(*[redirect("/next")] * 5, answer(b"here"))[0], b"here")
        with self.assertRaisesMessage(OutboundRefusedError, "redirects"):
            self.get(redirect("/round"))

    def test_anything_but_the_file_is_told_by_its_status(self) -> None:
        for status in ("204 No", "206 Part", "302 Nowhere", "403 No", "404 No", "410 Gone", "500 Oh"):
            with self.subTest(status), self.assertRaises(StatusError) as caught:
                self.get(answer(b"x", status=status))
            self.assertEqual(caught.exception.status, int(status[:3]))

    def test_a_file_that_does_not_come_whole_is_no_file(self) -> None:
        for script in (HALF, hang_in_the_middle):
            with self.assertRaises(BrokenError):
                self.get(script)
        for script, kind in ((drip_a_body, TooSlowError), (flood, TooLargeError)):
            with self.subTest(kind.__name__), self.assertRaises(kind):
                self.get(script, seconds=1, limit=300_000)

    def test_the_time_is_for_all_redirects_together(self) -> None:
        with self.assertRaises(TooSlowError):
            self.get(redirect("/next"), drip_a_body, seconds=1)

    def test_a_full_disk_is_told_as_it_is(self) -> None:
        class Full:
            closed = False

            def write(self, _data: bytes) -> None:
                raise OSError(28, "No space left on device")

            def close(self) -> None:
                self.closed = True

        full = Full()
        with patch("studio.net.TemporaryFile", return_value=full), self.assertRaisesMessage(OSError, "No space"):
            self.get(answer(b"file"))
        self.assertTrue(full.closed)


@unittest.skipUnless(shutil.which("openssl"), "makes its certificates with openssl")
class TlsTests(SimpleTestCase):
    pair: Path

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.pair = Path(folder.name) / "pair.pem"
        subprocess.run(
            ["openssl", *OPENSSL.split(), "-keyout", cls.pair, "-out", f"{cls.pair}.crt"],
            check=True,
            capture_output=True,
        )
        cls.pair.write_bytes(cls.pair.read_bytes() + Path(f"{cls.pair}.crt").read_bytes())

    def call(self, name: str, tls: ssl.SSLContext | None) -> tuple[bytes, Server]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pair)
        self.names: list[str | None] = []
        context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        server = Server(self, answer(b"hello"), tls=context)
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
        door = Door(allow={f"{name}:{server.port}"}, tls=tls)
        with patch("studio.net.socket.getaddrinfo", return_value=found):
            try:
                return door.call("POST", f"https://{name}:{server.port}/", seconds=30, limit=99).body, server
            finally:
                self.heard = server.heard

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=f"{self.pair}.crt")

    def test_the_certificate_is_of_the_name_and_not_of_the_address(self) -> None:
        body, server = self.call("kie.example", self.trusting())
        self.assertEqual((body, self.names), (b"hello", ["kie.example"]))
        self.assertIn(f"Host: kie.example:{server.port}".encode(), server.heard[0])

    def test_a_certificate_of_another_name_or_of_nobody_gets_no_request(self) -> None:
        for name, tls in (("other.example", self.trusting()), ("kie.example", None)):
            with self.subTest(name), self.assertRaises(NotConnectedError) as caught:
                self.call(name, tls)
            self.assertFalse(caught.exception.sent)
            self.assertEqual(self.heard, [])
