"""Everything that can go wrong on the wire, seen from a client."""

import json
import socket
import threading
from typing import Any

import requests
from django.test import SimpleTestCase

from tests.fake_kie.faults import Fault
from tests.fake_kie.test_fake_kie import GENERATE, RECORD, FakeKieTestCase

BODY = {"prompt": "A red bicycle", "size": "1:1"}
END = "gpt4o-image/generate"
BROKEN = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


class FaultTests(FakeKieTestCase):
    def generate(self) -> requests.Response:
        return self.http.post(self.kie.url + GENERATE, json=BODY, timeout=10, allow_redirects=False)

    def test_only_the_nth_call_goes_wrong(self) -> None:
        self.kie.fault(END, nth=2, code=455, msg="Maintenance")
        codes = [self.generate().json()["code"] for _time in range(3)]
        self.assertEqual(codes, [200, 455, 200])
        self.assertEqual(len(self.kie.tasks), 2)

    def test_a_fault_may_last_and_may_fit_many_endpoints(self) -> None:
        self.kie.fault("gpt4o-image/*", times=None, code=500, status=503, headers={"Retry-After": "7"})
        answers = [self.generate(), self.http.get(self.kie.url + RECORD), self.generate()]
        self.assertEqual([answer.status_code for answer in answers], [503] * 3)
        self.assertEqual(answers[0].headers["Retry-After"], "7")
        self.assertEqual(self.credits(), 1000.62)

    def test_an_error_may_hide_that_the_call_was_carried_out(self) -> None:
        self.kie.fault(END, code=500, acts=True)
        self.assertEqual(self.generate().json(), {"code": 500, "msg": "error", "data": None})
        self.assertEqual(len(self.kie.tasks), 1)
        self.assertEqual(self.kie.last_create.task, next(iter(self.kie.tasks)))

    def test_a_reset_comes_before_reading_or_after_acting(self) -> None:
        for acts, made in ((False, 0), (True, 1)):
            self.kie.fault(END, "reset", acts=acts)
            with self.assertRaises(BROKEN):
                self.generate()
            self.assertEqual(len(self.kie.tasks), made)
            self.assertIsNone(self.kie.last_create.status)

    def test_bodies_come_that_no_client_wants(self) -> None:
        self.kie.fault(END, "html")
        self.assertEqual(self.generate().headers["Content-Type"], "text/html")
        self.kie.fault(END, "empty")
        self.assertEqual(self.generate().content, b"")
        self.kie.fault(END, "half")
        with self.assertRaises(json.JSONDecodeError):
            json.loads(self.generate().text)
        self.kie.fault(END, "types")
        wrong = self.generate().json()
        self.assertEqual((wrong["code"], type(wrong["data"])), ("200", list))
        self.kie.fault(END, "no_data")
        self.assertEqual(self.generate().json(), {"code": 200, "msg": "success"})
        self.kie.fault(END, body="null")
        self.assertIsNone(self.generate().json())
        self.kie.fault(END, "oversized", size=3_000_000)
        self.assertGreater(len(self.generate().content), 3_000_000)

    def test_a_truncated_body_breaks_the_connection(self) -> None:
        self.kie.fault(END, "truncated")
        with self.assertRaises(BROKEN):
            self.generate()
        self.assertEqual(len(self.kie.tasks), 1)

    def test_a_slow_drip_arrives_in_the_end(self) -> None:
        self.kie.fault(END, "drip", seconds=0.0001)
        self.assertEqual(self.generate().json()["code"], 200)

    def test_a_redirect_leads_anywhere(self) -> None:
        self.kie.fault(END, "redirect", location="http://169.254.169.254/")
        answer = self.generate()
        self.assertEqual((answer.status_code, answer.headers["Location"]), (302, "http://169.254.169.254/"))
        self.assertEqual(self.kie.tasks, {})

    def hanging(self, *, acts: bool) -> Any:
        """The answer to a call that hung, None when there was none."""
        self.kie.fault(END, "hang", acts=acts)
        arrived, seen = len(self.kie.log.of(END)), []
        headers = {"Authorization": f"Bearer {self.kie.key}"}

        def ask() -> None:
            try:
                seen.append(requests.post(self.kie.url + GENERATE, json=BODY, headers=headers, timeout=30).json())
            except BROKEN:
                seen.append(None)

        thread = threading.Thread(target=ask)
        thread.start()
        self.kie.log.wait(END, arrived + 1)
        self.assertEqual(seen, [])
        while thread.is_alive():
            self.kie.release()
            thread.join(0.01)
        return seen[0]

    def test_a_call_hangs_until_it_is_released(self) -> None:
        self.assertEqual(self.hanging(acts=True)["code"], 200)
        self.assertIsNone(self.hanging(acts=False))
        self.assertEqual(len(self.kie.tasks), 1)

    def test_stopping_lets_nothing_hang_and_starting_goes_on(self) -> None:
        task = self.create()
        self.kie.stop()
        with self.assertRaises(BROKEN):
            self.generate()
        self.kie.start()
        self.assertEqual(self.record(task)["taskId"], task)

    def test_a_misspelt_fault_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            self.kie.fault(END, "rest")


class HostileFileTests(FakeKieTestCase):
    def setUp(self) -> None:
        super().setUp()
        task = self.create()
        self.kie.finish(task)
        self.url = self.record(task)["response"]["resultUrls"][0]

    def fetch(self, kind: str = "answer", **says: Any) -> requests.Response:
        self.kie.fault("files/*", kind, **says)
        answer = self.http.get(self.url, stream=True, timeout=10, allow_redirects=False)
        self.addCleanup(answer.close)
        return answer

    def test_a_file_is_missing_expired_or_elsewhere(self) -> None:
        for status in (404, 403, 410):
            self.assertEqual(self.fetch(status=status).status_code, status)
        self.assertEqual(
            self.fetch("redirect", location="http://127.0.0.1:1/").headers["Location"], "http://127.0.0.1:1/"
        )

    def test_a_file_lies_about_what_it_is(self) -> None:
        wrong = self.fetch("headers", headers={"Content-Type": "text/plain"})
        self.assertEqual(wrong.headers["Content-Type"], "text/plain")
        self.assertTrue(wrong.content.startswith(b"\x89PNG"))
        page = self.fetch("fake_png")
        self.assertEqual(page.headers["Content-Type"], "image/png")
        self.assertIn(b"<html", page.content.replace(b"<!doctype ", b"<"))

    def test_a_file_stops_too_early(self) -> None:
        with self.assertRaises(BROKEN):
            self.fetch("truncated").content  # noqa: B018
        self.assertLess(len(self.fetch("half").content), len(self.http.get(self.url).content))

    def test_a_file_never_stops(self) -> None:
        endless = self.fetch("endless")
        self.assertNotIn("Content-Length", endless.headers)
        self.assertEqual(len(endless.raw.read(1_000_000)), 1_000_000)
        huge = self.fetch("huge")
        self.assertEqual(int(huge.headers["Content-Length"]), 10 * 1024**3)
        self.assertEqual(len(huge.raw.read(1_000_000)), 1_000_000)

    def test_a_file_arrives_slowly(self) -> None:
        slow = self.fetch("drip", seconds=0.001)
        self.assertEqual(slow.raw.read(4), b"\x89PNG")


class CountTests(SimpleTestCase):
    def test_calls_are_counted_from_the_moment_the_fault_is_set(self) -> None:
        fault = Fault(endpoint="*", nth=2, times=2)
        self.assertEqual([fault.strikes() for _time in range(4)], [False, True, True, False])


class ConnectionTests(FakeKieTestCase):
    def test_one_connection_serves_many_calls(self) -> None:
        with socket.create_connection(("127.0.0.1", self.kie.port), timeout=10) as connection:
            reader = connection.makefile("rb")
            for _time in range(2):
                connection.sendall(b"GET /api/v1/none HTTP/1.1\r\nHost: kie\r\n\r\n")
                self.assertIn(b"404", reader.readline())
                size = 0
                while (line := reader.readline()) != b"\r\n":
                    if line.lower().startswith(b"content-length"):
                        size = int(line.split(b":")[1])
                self.assertEqual(json.loads(reader.read(size))["code"], 404)
            reader.close()
