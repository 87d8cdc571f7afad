"""What Kie may answer, and what is known afterwards: refused, to be asked again, or unknown."""

import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from studio.net import Door
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.kie import messages
from studio.providers.kie.client import ANSWER_LIMIT, Client
from tests.net.faults import HALF, drip_a_body, hang, reset
from tests.net.server import Script, Talk, answer, redirect
from tests.providers.kie.base import KEY, PROMPT, KieTestCase, body_of, envelope, line_of

HTML = answer(b"<html>Bad gateway</html>", headers=["Content-Type: text/html"])
UNREADABLE: dict[str, Script] = {
    "html": HTML,
    "empty": answer(b""),
    "cut json": answer(b'{"code": 200, "data": {"task'),
    "a list": answer(b"[200]"),
    "a word": answer(b'"ok"'),
    "null": answer(b"null"),
    "no code": answer(b'{"msg": "success", "data": {"taskId": "x"}}'),
    "a code of words": envelope("OK", data={"taskId": "x"}),
    "a true code": envelope(True, data={"taskId": "x"}),
    "a broken code": envelope(200.0, data={"taskId": "x"}),
    "no utf-8": answer(b'{"code": 200, "msg": "\xff\xfe"}'),
    "too deep": answer(b"[" * 100_000),
    "too large": answer(b" " * (ANSWER_LIMIT + 1)),
    "a redirect": redirect("/elsewhere"),
    "bad gateway": answer(b"<html>", status="502 Bad Gateway"),
    "gateway timeout": answer(b"", status="504 Gateway Timeout"),
    "a yes with a no": envelope(200, data={"taskId": "x"}, http="500 Internal Server Error"),
    "request timeout": answer(b"", status="408 Request Timeout"),
    "truncated": HALF,
    "silence": hang,
    "reset": reset,
    "end": b"",
}
LATER = {429, 430, 433, 455, 503, 550, 405}
FINAL_FOR_READS = {400, 401, 402, 409, 413, 422, 451, 501, 531}


class CreateTests(KieTestCase):
    def test_it_sends_the_key_and_the_request_and_reads_the_data(self) -> None:
        client = self.account(envelope(data={"taskId": "x"}))
        self.assertEqual(client.create("/api/v1/lyrics", {"prompt": PROMPT}), {"taskId": "x"})
        self.assertEqual(line_of(self.server.heard[0]), "POST /api/v1/lyrics")
        self.assertIn(f"Authorization: Bearer {KEY}\r\n".encode(), self.server.heard[0])
        self.assertIn(b"Content-Type: application/json\r\n", self.server.heard[0])
        self.assertEqual(body_of(self.server.heard[0]), {"prompt": PROMPT})

    def test_a_code_may_be_text(self) -> None:
        self.assertEqual(self.account(envelope("200", data={"taskId": "x"})).create("/c", {}), {"taskId": "x"})
        self.assertEqual(self.refused(self.account(envelope("402")).create, "/c", {}).code, "402")

    def test_what_cannot_be_read_is_unknown_and_never_sent_again(self) -> None:
        for name, script in UNREADABLE.items():
            client = self.account(script)
            with self.subTest(name), self.assertRaises(OutcomeUnknownError):
                client.create("/c", {"prompt": PROMPT})
            self.assertEqual(len(self.server.heard), 1)

    def test_time_that_runs_out_is_unknown(self) -> None:
        with self.assertRaises(OutcomeUnknownError):
            self.account(drip_a_body, seconds=1).create("/c", {})

    def test_every_code_is_a_refusal_with_a_sentence_of_ours(self) -> None:
        for code in [*messages.CODES.keys() - {200}, 201, 0, 418, 599, 9999]:
            client = self.account(envelope(code, "their words"))
            with self.subTest(code=code):
                error = self.refused(client.create, "/c", {})
                self.assertEqual((error.code, error.retryable), (str(code), code in LATER))
                self.assertEqual((error.message, error.detail), (messages.meaning_of(code).sentence, "their words"))
            self.assertEqual(len(self.server.heard), 1)

    def test_a_refusal_may_come_with_any_status(self) -> None:
        for status in ("400 Bad", "401 No", "429 Slow", "500 Oh", "503 No"):
            error = self.refused(self.account(envelope(402, http=status)).create, "/c", {})
            self.assertEqual(error.code, "402")

    def test_a_status_below_500_is_a_refusal_without_an_envelope(self) -> None:
        for status, retryable in ((400, False), (401, False), (403, False), (404, False), (413, False), (429, True)):
            error = self.refused(self.account(answer(b"<html>", status=f"{status} No")).create, "/c", {})
            self.assertEqual((error.code, error.retryable), (str(status), retryable))

    def test_who_comes_too_often_is_told_when_to_come_again(self) -> None:
        soon = format_datetime(datetime.now(UTC) + timedelta(hours=9), usegmt=True)
        past = format_datetime(datetime.now(UTC) - timedelta(hours=9), usegmt=True)
        for told, wait in (
            ("7", 7),
            ("0", 0),
            ("", 10),
            ("soon", 10),
            ("-3", 10),
            (soon, 3600),
            (past, 0),
            ("9" * 400, 3600),
        ):
            for http in ("429 Too Many", "200 OK"):
                client = self.account(envelope(429, http=http, headers=[f"Retry-After: {told}"]))
                with self.subTest(told=told[:20], http=http):
                    error = self.refused(client.create, "/c", {})
                    self.assertEqual((error.retryable, error.retry_after), (True, wait))

    def test_a_port_that_nobody_listens_on_may_be_tried_again(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            place = f"127.0.0.1:{taken.getsockname()[1]}"
        client = Client(key=KEY, base_url=f"http://{place}", door=Door(allow={place}), sleep=self.slept.append)
        error = self.refused(client.create, "/c", {})
        self.assertEqual((error.code, error.retryable, self.slept), ("unreachable", True, []))

    def test_a_private_address_is_refused_for_good(self) -> None:
        self.account(envelope())
        client = Client(key=KEY, base_url=self.server.url, door=Door())
        error = self.refused(client.create, "/c", {})
        self.assertEqual((error.code, error.retryable, self.server.heard), ("refused", False, []))

    def test_what_is_no_key_is_not_sent(self) -> None:
        for key in ("", "  ", "two words", "a\r\nX: y", "schlüssel", "\0"):
            client = self.account(envelope(), key=key)
            with self.subTest(key=key):
                error = self.refused(client.create, "/c", {})
                self.assertEqual((error.code, self.server.heard), ("401", []))


class ReadTests(KieTestCase):
    def test_it_asks_again_and_waits_longer_each_time(self) -> None:
        for script in (envelope(500), envelope(455), envelope(429), HTML, b"", HALF, UNREADABLE["bad gateway"]):
            self.slept.clear()
            client = self.account(script, script, envelope(data=142.6))
            with self.subTest(str(script)[:60]):
                self.assertEqual(client.read("GET", "/q", params={"taskId": "x y"}), 142.6)
                self.assertEqual(self.slept, [0.75, 1.5])
                self.assertEqual([line_of(request) for request in self.server.heard], ["GET /q?taskId=x+y"] * 3)

    def test_it_gives_up_and_says_that_it_may_be_asked_again(self) -> None:
        for name, script in UNREADABLE.items():
            client = self.account(script)
            with self.subTest(name):
                self.assertTrue(self.refused(client.read, "GET", "/q").retryable)
                self.assertEqual(len(self.server.heard), 3)

    def test_codes_are_final_or_not(self) -> None:
        for code in messages.CODES.keys() - {200, 404}:
            client = self.account(envelope(code))
            with self.subTest(code=code):
                error = self.refused(client.read, "GET", "/q")
                self.assertEqual((error.code, error.retryable), (str(code), code not in FINAL_FOR_READS))
                self.assertEqual(len(self.server.heard), 1 if code in FINAL_FOR_READS else 3)

    def test_a_record_that_is_not_there_is_news_and_not_asked_for_again_at_once(self) -> None:
        for script in (
            envelope(404, "no"),
            envelope(422, "recordInfo is null"),
            envelope(422, "record is null"),
            answer(b"", status="404 Not Found"),
        ):
            error = self.refused(self.account(script).read, "GET", "/q")
            self.assertEqual((error.code, error.retryable, len(self.server.heard)), ("no-record", True, 1))
        self.assertFalse(self.refused(self.account(envelope(422, "model not supported")).read, "GET", "/q").retryable)

    def test_it_waits_as_long_as_it_is_told_within_its_time(self) -> None:
        script = envelope(429, headers=["Retry-After: 3"])
        self.assertIsNone(self.account(script, envelope()).read("GET", "/q"))
        self.assertEqual(self.slept, [3.0])
        error = self.refused(self.account(script, seconds=2).read, "GET", "/q")
        self.assertEqual((error.retry_after, len(self.server.heard)), (3.0, 1))

    def test_whoever_has_to_wait_for_long_keeps_no_thread_meanwhile(self) -> None:
        error = self.refused(self.account(envelope(429, headers=["Retry-After: 20"])).read, "GET", "/q")
        self.assertEqual((error.retry_after, len(self.server.heard), self.slept), (20.0, 1, []))

    def test_time_is_over_for_all_tries_together(self) -> None:
        error = self.refused(self.account(drip_a_body, seconds=1).read, "GET", "/q")
        self.assertTrue(error.retryable)
        self.assertEqual(len(self.server.heard), 1)

    def test_a_body_is_made_anew_for_each_try(self) -> None:
        bodies = iter([b"one", b"two"])
        client = self.account(envelope(500), envelope())
        client.read("POST", "/u", upload=lambda: ("x/y", next(bodies)))
        self.assertEqual([request[-3:] for request in self.server.heard], [b"one", b"two"])

    def test_an_upload_that_says_no_success_is_none(self) -> None:
        client = self.account(envelope(200, data={"downloadUrl": "x"}, success=False))
        self.assertEqual(self.refused(client.read, "POST", "/u").code, "unreadable")


class SecretsTests(KieTestCase):
    def echo(self, talk: Talk) -> None:
        words = f"{PROMPT} {KEY} https://a.example/x.png?sig=tokenzibbel#frag"
        talk.say(envelope(500, words, {"paramJson": json.dumps({"prompt": words})}))

    def test_no_line_of_the_log_and_no_exception_tells_what_is_secret(self) -> None:
        junk = answer(f"<html>{KEY} {PROMPT} https://a.example/?sig=tokenzibbel</html>".encode())
        scripts: list[Script] = [self.echo, junk, b"", HALF]
        for script in scripts:
            for paid in (True, False):
                client = self.account(script)
                with (
                    self.assertLogs("studio", "DEBUG") as logs,
                    self.assertRaises((ProviderError, OutcomeUnknownError)) as e,
                ):
                    if paid:
                        client.create("/c", {"prompt": PROMPT}, hide=[PROMPT])
                    else:
                        client.read("GET", "/q", params={"taskId": "taskzibbel"}, hide=[PROMPT])
                told = "\n".join(
                    [*logs.output, str(e.exception), repr(e.exception), getattr(e.exception, "detail", "")]
                )
                self.assertNotRegex(told, "zibbel|grummel")
                self.assertIsNone(e.exception.__cause__)

    def test_at_the_level_that_is_delivered_nothing_of_the_answer_is_told(self) -> None:
        with self.assertLogs("studio", "INFO") as logs:
            self.refused(self.account(envelope(422, "something else")).create, "/c", {})
        self.assertEqual(len(logs.output), 1)
        self.assertIn("code 422", logs.output[0])
        self.assertNotIn("something else", logs.output[0])

    def test_what_is_kept_of_their_words_is_short(self) -> None:
        error = self.refused(self.account(envelope(422, "x" * 10_000)).create, "/c", {})
        self.assertEqual(len(error.detail), 500)
        self.assertEqual(self.refused(self.account(envelope(422, ["x"])).create, "/c", {}).detail, "")
