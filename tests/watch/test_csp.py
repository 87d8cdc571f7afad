"""What a browser reports of our Content-Security-Policy: one careful line, and no way to fill the log."""

import json
from typing import Any

from django.test import Client, TestCase

from studio.watch import csp
from tests.base import StudioTestCase

URL = "/csp-report/"
REPORT = {
    "document-uri": "https://studio.example/accounts/join/a-token-of-somebody/?q=secret#more",
    "violated-directive": "script-src-elem 'self'",
    "blocked-uri": "https://user:word@evil.example:8443/path/secret.js?x=secret",
    "original-policy": "secret",
    "script-sample": "secret",
}


class ReportTests(StudioTestCase):
    def send(self, body: Any, **options: Any) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(URL, content, content_type="application/csp-report", **options).status_code

    def lines(self, *bodies: Any) -> list[str]:
        with self.assertNoLogs("django"), self.assertLogs("studio.csp") as logs:
            csp.log.warning("the first")
            for body in bodies:
                self.assertEqual(self.send(body), 204)
        return [record.getMessage() for record in logs.records[1:]]

    def test_the_policy_names_the_address(self) -> None:
        self.assertIn(f"report-uri {URL}", self.client.get("/accounts/login/")["Content-Security-Policy"])

    def test_a_report_is_one_line_without_secrets(self) -> None:
        said = "The browser blocked https://evil.example on /accounts/join/***/ (script-src-elem)"
        self.assertEqual(self.lines({"csp-report": REPORT}), [said])

    def test_words_of_the_browser_stay_words(self) -> None:
        for blocked, told in (("inline", "inline"), ("data:text/html,secret", "data"), ("a b\nc", "?"), ("", "?")):
            with self.subTest(blocked=blocked):
                self.assertIn(f"blocked {told} on", self.lines({"csp-report": {**REPORT, "blocked-uri": blocked}})[0])

    def test_strange_values_are_a_question_mark(self) -> None:
        for strange in ([1], {"a": 1}, None, 7, "http://[", "javascript:secret()"):
            with self.subTest(strange=strange):
                report = dict.fromkeys(("document-uri", "violated-directive"), strange)
                told = self.lines({"csp-report": {**report, "blocked-uri": [strange]}})
                self.assertEqual(told, ["The browser blocked ? on ? (?)"])

    def test_garbage_leaves_no_line(self) -> None:
        garbage = [b"", b"\xff\x00", b"[]", b'"text"', b"[" * 9000, {"csp-report": "x"}, {"other": REPORT}, [REPORT]]
        self.assertEqual(self.lines(*garbage), [])

    def test_what_is_too_large_is_not_read(self) -> None:
        large = {"csp-report": {**REPORT, "script-sample": "x" * csp.LIMIT}}
        huge = {"csp-report": {**REPORT, "script-sample": "x" * 3 * 1024**2}}
        self.assertEqual(self.lines(large, huge), [])

    def test_a_flood_ends_and_is_a_matter_of_its_address_alone(self) -> None:
        self.assertEqual(len(self.lines(*[{"csp-report": REPORT}] * (csp.TIMES + 5))), csp.TIMES)
        with self.assertLogs("studio.csp"):
            self.assertEqual(self.send({"csp-report": REPORT}, REMOTE_ADDR="192.0.2.7"), 204)

    def test_it_needs_neither_a_session_nor_a_token_nor_the_database(self) -> None:
        self.sign_in(self.alice)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = self.client.cookies
        with self.assertNumQueries(0), self.assertLogs("studio.csp"):
            answer = strict.post(URL, json.dumps({"csp-report": REPORT}), content_type="application/csp-report")
        self.assertEqual(answer.status_code, 204)
        self.assertEqual(self.client.get(URL).status_code, 405)


class FirstRunTests(TestCase):
    def test_it_answers_before_the_first_person(self) -> None:
        self.assertEqual(self.client.post("/csp-report/", b"", content_type="application/csp-report").status_code, 204)
