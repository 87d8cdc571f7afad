import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.test import SimpleTestCase

from tests.fake_kie.callbacks import Callbacks, reachable, signature
from tests.fake_kie.test_fake_kie import FakeKieTestCase


class Receiver(ThreadingHTTPServer):
    """Whoever is called back; answers with the statuses it was given, then 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.statuses: list[int] = []
        self.bodies: list[Any] = []
        self.headers: list[dict[str, str]] = []


class Hook(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.headers.append(dict(self.headers.items()))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class CallbackTests(FakeKieTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.hook = Receiver()
        thread = threading.Thread(target=self.hook.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.addCleanup(self.hook.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.hook.shutdown)
        self.kie.callbacks.spacing = 0.001

    def finished(self, end: str = "success", **says: Any) -> str:
        """A task with a callback that has ended and told so."""
        task = self.create(callBackUrl=f"http://127.0.0.1:{self.hook.server_port}/hook", **says)
        self.kie.finish(task, end)
        self.kie.callbacks.wait()
        return task

    def test_success_is_told_once_with_the_addresses(self) -> None:
        task = self.finished(nVariants=2)
        urls = self.record(task)["response"]["resultUrls"]
        told = {"code": 200, "msg": "success", "data": {"taskId": task, "info": {"result_urls": urls}}}
        self.assertEqual(self.hook.bodies, [told])
        self.assertEqual(self.hook.headers[0]["Content-Type"], "application/json")
        self.assertNotIn("X-Webhook-Signature", self.hook.headers[0])

    def test_failure_is_told_with_its_reason(self) -> None:
        self.kie.plan(every=None, error_code=451, error="Download failed")
        task = self.finished("failed")
        told = {"code": 451, "msg": "Download failed", "data": {"taskId": task, "info": None}}
        self.assertEqual(self.hook.bodies, [told])

    def test_a_webhook_key_signs_in_either_form(self) -> None:
        self.kie.callbacks.key = "secret"
        for form in ("base64", "hex"):
            self.kie.callbacks.form = form
            task = self.finished()
            sent = self.hook.headers[-1]
            right = signature("secret", task, sent["X-Webhook-Timestamp"], form=form)
            self.assertEqual(sent["X-Webhook-Signature"], right)

    def test_a_callback_is_repeated_forged_stale_or_bare(self) -> None:
        self.kie.callbacks.key = "secret"
        self.kie.plan(every=None, callbacks=("final", "final", "forged", "stale", "unsigned", "failed"))
        task = self.finished()
        self.assertEqual([body["code"] for body in self.hook.bodies], [200, 200, 200, 200, 200, 400])
        right = [
            "X-Webhook-Signature" in sent
            and sent["X-Webhook-Signature"] == signature("secret", task, sent["X-Webhook-Timestamp"])
            for sent in self.hook.headers
        ]
        self.assertEqual(right, [True, True, False, True, False, True])
        times = [int(sent.get("X-Webhook-Timestamp", 0)) for sent in self.hook.headers]
        self.assertLess(times[3], times[0] - 80_000)

    def test_a_callback_may_never_come_or_come_when_it_is_told_to(self) -> None:
        self.kie.plan(every=None, callbacks=())
        task = self.finished()
        self.assertEqual(self.hook.bodies, [])
        self.kie.callback(task)
        self.kie.callbacks.wait()
        self.assertEqual(len(self.hook.bodies), 1)

    def test_a_callback_may_overtake_the_answer_to_the_creation(self) -> None:
        self.kie.plan(every=None, early=True)
        task = self.create(callBackUrl=f"http://127.0.0.1:{self.hook.server_port}/hook")
        self.assertEqual([body["data"]["taskId"] for body in self.hook.bodies], [task])
        self.assertEqual(self.record(task)["successFlag"], 0)

    def test_three_retries_follow_and_then_no_more(self) -> None:
        self.hook.statuses = [500, 302, 200]
        self.finished()
        self.assertEqual([sent.status for sent in self.kie.callbacks.attempts], [500, 302, 200])
        self.hook.statuses = [500] * 9
        self.finished()
        self.assertEqual(len(self.kie.callbacks.attempts), 3 + 4)

    def test_a_test_may_deliver_by_itself(self) -> None:
        self.kie.callbacks.key = "secret"
        task = self.create()
        with self.assertRaises(ValueError):
            self.kie.notice(task)
        self.kie.finish(task)
        body, headers = self.kie.notice(task)
        self.assertEqual(body["data"]["taskId"], task)
        self.assertEqual(headers["X-Webhook-Signature"], signature("secret", task, headers["X-Webhook-Timestamp"]))

    def test_a_placeholder_address_is_passed_over(self) -> None:
        task = self.create(callBackUrl="https://studio.invalid/hook")
        self.kie.finish(task)
        self.assertEqual(self.kie.callbacks.wait(), [])


class SignatureTests(SimpleTestCase):
    def test_it_keeps_to_the_published_vector(self) -> None:
        self.assertEqual(signature("secret", "abc", "1700000000"), "pWyIqB3XokHJ+bi/+PmlwFhdeyTqDp2KL6omOd179gg=")

    def test_without_a_key_nothing_is_signed(self) -> None:
        self.assertEqual(Callbacks().headers("abc", "final"), {})

    def test_only_real_web_addresses_are_called(self) -> None:
        self.assertTrue(reachable("http://127.0.0.1:1/hook"))
        for url in ("ftp://studio.example", "https://a.invalid/", "https://invalid", "hook", "file:///etc/passwd"):
            self.assertFalse(reachable(url), url)
