"""Results on their way here: addresses that die, pages in the place of files, and ways into our own network."""

from typing import Any

from studio.providers.kie.provider import DOWNLOAD, KieProvider, Timeouts
from tests.net.faults import HALF, drip_a_body, flood, reset
from tests.net.server import Script, Server, answer, redirect
from tests.providers.kie.base import KieTestCase, body_of, envelope, line_of

FILE = answer(b"\x89PNG bytes", headers=["Content-Type: image/png"])
PAGES = (
    answer(b"<p>expired", headers=["Content-Type: text/html; charset=utf-8"]),
    answer(b" \n<!DOCTYPE html><p>expired", headers=["Content-Type: image/png"]),
    answer(b'{"code":404,"msg":"gone"}', headers=["Content-Type: image/png"]),
    answer(b"{}", headers=["Content-Type: application/json"]),
    answer(b"", headers=["Content-Type: image/png"]),
)


def status(code: int) -> bytes:
    return answer(b"x", status=f"{code} So")


class FilesTestCase(KieTestCase):
    def ready(self, *files: Script, fresh: Script | None = None, **options: Any) -> KieProvider:
        """`files` answer for the addresses, `fresh` for the question after a fresh one."""
        self.files = Server(self, *files)
        self.address = f"{self.files.url}/r/1.png?sig=zibbel"
        again = envelope(data=f"{self.files.url}/fresh.png") if fresh is None else fresh
        return self.kie(again, allow={self.files.place}, **options)

    def get(self, kie: KieProvider, **changes: Any) -> bytes:
        with kie.open(self.request(upstream_id="up", **changes), self.address) as file:
            self.assertTrue(file.seekable())
            return file.read()


class OpenTests(FilesTestCase):
    def test_it_brings_the_file_without_telling_the_key(self) -> None:
        kie = self.ready(FILE)
        self.assertEqual(self.get(kie), b"\x89PNG bytes")
        self.assertEqual(line_of(self.files.heard[0]), "GET /r/1.png?sig=zibbel")
        self.assertIn(b"User-Agent: ", self.files.heard[0])
        self.assertNotIn(b"Authorization", self.files.heard[0])
        self.assertEqual(self.server.heard, [])

    def test_an_address_that_fails_is_tried_once_more_under_a_fresh_one(self) -> None:
        for first in (*PAGES, status(403), status(404), status(410), status(500), status(429), b"", HALF, reset):
            kie = self.ready(first, FILE)
            with self.subTest(str(first)[:60]):
                self.assertEqual(self.get(kie), b"\x89PNG bytes")
                self.assertEqual(line_of(self.server.heard[0]), "POST /api/v1/gpt4o-image/download-url")
                self.assertEqual(body_of(self.server.heard[0]), {"taskId": "up", "url": self.address})
                self.assertEqual(line_of(self.files.heard[1]), "GET /fresh.png")

    def test_a_slice_without_a_way_of_its_own_has_the_common_one(self) -> None:
        kie = self.ready(status(404), FILE)
        self.get(kie, wire=None)
        self.assertEqual(line_of(self.server.heard[0]), f"POST {DOWNLOAD}")
        self.assertEqual(body_of(self.server.heard[0]), {"url": self.address})

    def test_what_is_gone_on_both_ways_is_lost(self) -> None:
        gone = [envelope(422, "record null"), envelope(422, "only records within 14 days"), envelope(404)]
        for first in (status(404), status(410), status(403), PAGES[0]):
            for fresh in (None, *gone):
                kie = self.ready(first, status(404), fresh=fresh)
                with self.subTest(f"{first[:12]!r} {fresh!r}"), self.assertRaises(FileNotFoundError) as caught:
                    self.get(kie)
                self.assertNotIn("zibbel", str(caught.exception))

    def test_what_may_come_back_is_not_lost(self) -> None:
        pairs: list[tuple[Script, Script, Script | None]] = [
            (status(404), status(403), None),
            (status(404), PAGES[0], None),
            (status(404), status(503), None),
            (status(404), b"", None),
            (status(500), status(404), None),
            (b"", status(410), None),
            (status(429), status(404), None),
            (status(404), FILE, envelope(500)),
            (status(404), FILE, envelope(429)),
            (status(404), FILE, envelope(data=None)),
            (status(404), FILE, b""),
        ]
        for first, second, fresh in pairs:
            kie = self.ready(first, second, fresh=fresh)
            with self.subTest(str((first, second, fresh))[:80]):
                self.assertTrue(self.refused(self.get, kie).retryable)

    def test_a_file_has_its_size_and_its_time(self) -> None:
        large = (answer(b"x" * 101), flood)
        for script in large:
            error = self.refused(self.get, self.ready(script, file_limit=100))
            self.assertEqual((error.code, error.retryable, len(self.files.heard)), ("too-large", False, 1))
        self.assertEqual(len(self.get(self.ready(answer(b"x" * 100), file_limit=100))), 100)
        quick = Timeouts(file=0.5)
        error = self.refused(self.get, self.ready(drip_a_body, timeouts=quick))
        self.assertEqual((error.code, error.retryable, len(self.files.heard)), ("broken", True, 2))


class PrivateTests(FilesTestCase):
    def test_no_address_leads_into_our_own_network(self) -> None:
        inside = Server(self, FILE)
        kie = self.ready(redirect(inside.url))
        error = self.refused(self.get, kie)
        self.assertEqual((error.code, error.retryable), ("refused", False))
        for address in (inside.url, "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "x", ""):
            self.address = address
            error = self.refused(self.get, kie)
            self.assertEqual((error.code, error.retryable), ("refused", False))
        kie = self.ready(status(404), fresh=envelope(data=inside.url))
        self.assertFalse(self.refused(self.get, kie).retryable)
        self.assertEqual(inside.heard, [])

    def test_the_hosts_that_the_operator_set_may_give_files_too(self) -> None:
        kie = self.kie(FILE, uploads=(FILE,))
        for server in (self.server, self.uploads):
            self.address = f"{server.url}/r/1.png"
            self.assertEqual(self.get(kie), b"\x89PNG bytes")
