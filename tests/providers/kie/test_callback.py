import base64
import hashlib
import hmac
import json
from typing import Any

from django.test import SimpleTestCase

from studio.providers.kie import callback
from studio.providers.kie.callback import LIMIT, CallbackHint, is_signed

STAMP = 1_700_000_000
SIGNATURE = "pWyIqB3XokHJ+bi/+PmlwFhdeyTqDp2KL6omOd179gg="  # the test vector of kie-api.md 1.6.1
HEX = "a56c88a81dd7a241c9f9b8bff8f9a5c0585d7b24ea0e9d8a2faa2639dd7bf608"
UNKEYED = base64.b64encode(hmac.new(b"", f"abc.{STAMP}".encode(), hashlib.sha256).digest()).decode()
BODY = b'{"code": 200, "data": {"task_id": "abc"}}'


def hint(told: Any) -> CallbackHint:
    return callback.read(json.dumps(told).encode())


class HintTests(SimpleTestCase):
    def test_every_place_of_the_id_is_known(self) -> None:
        for told in (
            {"code": 200, "data": {"taskId": "abc", "info": {"result_urls": []}}},
            {"data": {"task_id": "abc"}},
            {"taskId": "abc"},
            {"task_id": "abc", "data": None},
            {"task_id": "abc", "data": {"taskId": ""}},
            {"data": {"taskId": None, "task_id": "abc"}, "taskId": "other"},
        ):
            with self.subTest(str(told)):
                self.assertEqual(hint(told).upstream_id, "abc")
        self.assertEqual(hint({"data": {"taskId": 4711}}).upstream_id, "4711")

    def test_a_failure_is_a_hint_like_others(self) -> None:
        told = {"code": 400, "msg": "flagged", "data": {"taskId": "abc", "info": None}}
        self.assertEqual(hint(told), CallbackHint(upstream_id="abc"))

    def test_the_stage_is_told(self) -> None:
        self.assertEqual(hint({"data": {"task_id": "abc", "callbackType": "first"}}).stage, "first")
        self.assertEqual(hint({"data": {"task_id": "abc", "callbackType": ["first"]}}).stage, "")

    def test_what_names_no_task_is_an_empty_hint(self) -> None:
        bodies = [
            b"",
            b"x",
            b"null",
            b"[]",
            b"7",
            b'"abc"',
            b"{",
            b"\xff",
            b"[" * 100_000,
            b"9" * 5000,
            b'{"data": "abc"}',
        ]
        odd: list[Any] = [None, True, 1.5, [], {}, "", "x" * 201, "a\nb", "a\0b"]
        bodies += [json.dumps({"data": {"taskId": told}}).encode() for told in odd]
        for body in bodies:
            with self.subTest(body[:40]):
                self.assertEqual(callback.read(body), CallbackHint())

    def test_a_large_body_is_read_and_a_huge_one_is_not(self) -> None:
        body = b'{"data": {"taskId": "abc"}, "x": "'
        self.assertEqual(callback.read(body + b"x" * (LIMIT - len(body) - 2) + b'"}').upstream_id, "abc")
        self.assertEqual(callback.read(body + b"x" * (LIMIT - len(body) - 1) + b'"}').upstream_id, "")


class SignatureTests(SimpleTestCase):
    def signed(self, **changes: Any) -> bool:
        with_changes: dict[str, Any] = {
            "stamp": str(STAMP),
            "signature": SIGNATURE,
            "key": "secret",
            "now": STAMP,
            **changes,
        }
        headers = {
            "X-Webhook-Timestamp": with_changes["stamp"],
            with_changes.get("name", "X-Webhook-Signature"): with_changes["signature"],
        }
        return is_signed(headers, with_changes.get("body", BODY), with_changes["key"], with_changes["now"])

    def test_the_documented_form_and_the_one_seen_in_a_client_are_taken(self) -> None:
        for signature in (SIGNATURE, SIGNATURE.rstrip("="), HEX, HEX.upper(), f" {SIGNATURE} "):
            with self.subTest(signature):
                self.assertTrue(self.signed(signature=signature))
        self.assertTrue(self.signed(name="x-webhook-SIGNATURE"))
        self.assertTrue(self.signed(body=b'{"taskId": "abc"}'))

    def test_anything_else_is_not_signed(self) -> None:
        changes: list[dict[str, Any]] = [
            {"signature": ""},
            {"signature": SIGNATURE.lower()},
            {"signature": HEX[:-1]},
            {"signature": "ü"},
            {"key": ""},
            {"key": "", "signature": UNKEYED},
            {"key": "Secret"},
            {"body": b'{"data": {"task_id": "abd"}}'},
            {"body": b"{}"},
            {"body": b"x"},
            {"stamp": ""},
            {"stamp": "soon"},
            {"stamp": f"{STAMP}.0"},
            {"stamp": f"+{STAMP}"},
            {"stamp": str(STAMP + 1)},
            {"stamp": "9" * 400},
            {"stamp": "١٧٠٠٠٠٠٠٠٠"},
            {"name": "X-Signature"},
        ]
        for change in changes:
            with self.subTest(str(change)[:60]):
                self.assertFalse(self.signed(**change))

    def test_an_old_one_is_not_taken_again(self) -> None:
        for now, taken in ((STAMP + 300, True), (STAMP + 301, False), (STAMP - 300, True), (STAMP - 300.5, False)):
            self.assertEqual(self.signed(now=now), taken)
