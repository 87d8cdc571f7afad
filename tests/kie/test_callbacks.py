"""Callbacks as Kie sends them and as others would: they are hints, in any order and number, and never an answer."""

import json
from typing import Any

from django.test import override_settings

from studio.tasks import services
from studio.tasks.models import Callback, Task
from studio.tasks.states import Status
from tests.fake_kie.callbacks import signature
from tests.fake_kie.plans import FAILED, RUNNING, SUCCESS
from tests.kie.base import CREATE, QUERY, KieTestCase

GARBAGE = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b'"x"',
    b"\xff\xfe\0",
    b"[" * 100_000,
    b'{"data": {"taskId": {"a": 1}}}',
    b'{"data": {"taskId": null}, "code": 200}',
    b'{"data": [{"taskId": "x"}]}',
    json.dumps({"data": {"taskId": "x" * 5_000}}).encode(),
    json.dumps({"data": {"taskId": "a\0b"}}).encode(),
    b"<!doctype html>",
)


class CallbackTestCase(KieTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie.plan(steps=(RUNNING,), every=None)

    def unknown(self) -> Task:
        """Kie acted, and the connection broke before it said so."""
        self.kie.fault(CREATE, "reset", acts=True)
        task = self.step(self.press())
        self.assertEqual(task.status, Status.UNKNOWN)
        return task

    def forged(self, upstream_id: str) -> dict[str, Any]:
        urls = ["https://elsewhere.invalid/x.png"]
        return {"code": 200, "msg": "success", "data": {"taskId": upstream_id, "info": {"result_urls": urls}}}


class HintTests(CallbackTestCase):
    def test_polls_alone_do(self) -> None:
        task = self.submitted()
        self.kie.finish(task.upstream_id)
        self.expect_pictures(self.walk(task), 1)
        self.assertEqual(Callback.objects.count(), 0)

    def test_a_callback_asks_nothing_by_itself_and_brings_no_result(self) -> None:
        task = self.submitted()
        asked = len(self.kie.log.of())
        self.assertEqual(self.call_back(task), 200)
        task = self.read(task)
        self.assertEqual((len(self.kie.log.of()), task.status, task.outputs), (asked, Status.RUNNING, []))
        self.expect_pictures(self.walk(task), 1)

    def test_it_is_asked_about_at_once(self) -> None:
        task = self.again(self.again(self.submitted()))
        self.call_back(task)
        self.assertTrue(self.read(task).is_due)

    def test_one_that_lies_changes_nothing(self) -> None:
        for word in (SUCCESS, FAILED):
            with self.subTest(word=word):
                task = self.submitted()
                self.assertEqual(self.deliver(task, *self.kie.notice(task.upstream_id, word)), 200)
                task = self.again(task)
                self.assertEqual((task.status, task.outputs, task.error), (Status.RUNNING, [], ""))

    def test_one_that_comes_fifty_times_is_one(self) -> None:
        task = self.submitted()
        answers = {self.call_back(task) for _time in range(50)}
        self.assertEqual((answers, Callback.objects.count()), ({200}, 1))
        self.expect_pictures(self.walk(task), 1)
        self.assertEqual(len(self.calls(QUERY)), 1)
        for _time in range(25):
            self.kie.advance(5)
            self.assertEqual(self.call_back(task, upstream_id=task.upstream_id), 200)
        self.assertEqual((self.read(task).status, Callback.objects.count()), (Status.SUCCEEDED, 20))
        self.expect_money(spent=self.price())
        self.expect_creates(1)

    def test_one_before_and_one_after_everything_changes_nothing(self) -> None:
        task = self.press()
        self.assertEqual(self.deliver(task, self.forged("before")), 200)
        self.assertEqual(self.read(task).status, Status.QUEUED)
        task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.kie.finish(task.upstream_id)
        task = self.walk(task)
        self.kie.advance(10)
        self.assertEqual(self.call_back(task, FAILED), 200)
        self.assertEqual(self.read(task).status, Status.SUCCEEDED)

    def test_another_id_does_not_move_a_task_that_has_one(self) -> None:
        task = self.submitted()
        self.assertEqual(self.deliver(task, self.forged("another")), 200)
        self.assertEqual(self.read(task).upstream_id, task.upstream_id)
        task = self.again(task)
        self.assertEqual((task.status, self.calls(QUERY)[-1].query), (Status.RUNNING, {"taskId": task.upstream_id}))

    def test_garbage_is_received_and_nothing_else(self) -> None:
        task, lost = self.submitted(), self.unknown()
        for body in (*GARBAGE, b"x" * 5_000_000, json.dumps(self.forged("x")).encode() + b" " * 5_000_000):
            with self.subTest(body=body[:20]):
                self.kie.advance(5)
                self.assertEqual((self.deliver(task, body), self.deliver(lost, body)), (200, 200))
                self.assertEqual(self.read(task).status, Status.RUNNING)
                self.assertEqual((self.read(lost).status, self.read(lost).upstream_id), (Status.UNKNOWN, ""))
        self.assertTrue(all(len(kept.body) <= 16_000 for kept in Callback.objects.all()))
        self.assertEqual(self.again(task).status, Status.RUNNING)

    def test_only_a_post_to_a_known_address_is_heard(self) -> None:
        task = self.submitted()
        url = f"/callbacks/kie/{task.callback_token}/"
        for method in ("get", "put", "delete", "patch", "head", "options"):
            self.assertEqual(getattr(self.client, method)(url).status_code, 405)
        for wrong in (f"/callbacks/kie/{'x' * 32}/", f"/callbacks/local/{task.callback_token}/"):
            self.assertEqual(self.client.post(wrong, {}, content_type="application/json").status_code, 404)
        self.assertEqual(Callback.objects.count(), 0)


class UnknownTests(CallbackTestCase):
    def test_its_callback_brings_it_back(self) -> None:
        task = self.unknown()
        self.expect_money(held=self.price())
        self.assertEqual(self.call_back(task), 200)
        task = self.read(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.expect_pictures(self.walk(task), 1)
        self.expect_money(spent=self.price())
        self.expect_creates(1)

    def test_so_does_one_that_tells_of_a_failure(self) -> None:
        task = self.unknown()
        upstream_id = self.kie.last_create.task
        self.kie.finish(upstream_id, FAILED)
        self.deliver(task, *self.kie.notice(upstream_id))
        self.expect_failed(self.walk(task), "400")

    def test_what_is_released_and_comes_after_all_is_kept_and_not_charged(self) -> None:
        task = self.unknown()
        self.assertTrue(services.release_task(task))
        self.expect_money()
        self.assertEqual(self.call_back(task), 200)
        self.assertEqual(self.read(task).status, Status.FAILED)
        task = self.again(task)
        self.assertEqual((task.status, task.error_code, len(task.results)), (Status.FAILED, "released", 1))
        self.expect_money()
        self.expect_creates(1)

    def test_a_forged_id_brings_nothing_and_the_true_one_is_still_heard(self) -> None:
        task = self.unknown()
        self.deliver(task, self.forged("f" * 32))
        task = self.again(task)
        self.assertEqual((task.status, task.outputs), (Status.RUNNING, []))
        self.kie.advance(301)
        self.expect_failed(self.step(task), "no-record")
        self.assertEqual(self.call_back(task), 200)
        task = self.again(task)
        self.assertEqual((task.status, len(task.results)), (Status.FAILED, 1))
        self.expect_money()

    def test_also_when_it_came_before_that_was_known(self) -> None:
        task = self.unknown()
        upstream_id = self.kie.last_create.task
        for told in ("f" * 32, upstream_id):
            self.deliver(task, self.forged(told))
        self.kie.finish(upstream_id)
        self.kie.advance(301)
        task = self.again(self.step(task))
        self.assertEqual((task.status, task.error_code, len(task.results)), (Status.FAILED, "no-record", 1))
        self.expect_money()

    def test_an_id_that_came_before_anything_was_sent_is_none(self) -> None:
        task = self.press()
        self.deliver(task, self.forged("f" * 32))
        self.kie.advance(1)
        self.kie.fault(CREATE, "reset", acts=True)
        task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.UNKNOWN, ""))

    def test_the_record_of_anothers_account_is_not_ours(self) -> None:
        self.kie.account("another")
        task = self.unknown()
        other = self.kie.tasks[self.kie.last_create.task]
        other.account = self.kie.accounts["another"]
        self.kie.finish(other.id)
        self.deliver(task, self.forged(other.id))
        task = self.again(task)
        self.assertEqual((task.status, task.outputs), (Status.RUNNING, []))


class SignedTests(CallbackTestCase):
    webhook_key = "hook-zibbelquax"

    def test_a_right_signature_is_heard_in_both_forms(self) -> None:
        self.kie.callbacks.key = self.webhook_key
        for form in ("base64", "hex"):
            with self.subTest(form=form):
                self.kie.callbacks.form = form
                task = self.unknown()
                self.assertEqual(self.call_back(task), 200)
                self.assertEqual(self.read(task).status, Status.RUNNING)

    def test_every_other_is_refused_and_nothing_is_kept(self) -> None:
        self.kie.callbacks.key = self.webhook_key
        task = self.unknown()
        upstream_id = self.kie.last_create.task
        body, good = self.kie.notice(upstream_id, SUCCESS)
        stamp = good["X-Webhook-Timestamp"]
        wrong: list[dict[str, str]] = [
            self.kie.notice(upstream_id, word)[1] for word in ("forged", "unsigned", "stale") if self.ended(upstream_id)
        ]
        wrong += [
            {**good, "X-Webhook-Signature": signature(self.webhook_key, "another", stamp)},
            {**good, "X-Webhook-Timestamp": str(int(stamp) + 1)},
            {**good, "X-Webhook-Timestamp": "soon"},
            {"X-Webhook-Signature": good["X-Webhook-Signature"]},
            {"X-Webhook-Timestamp": stamp},
            {**good, "X-Webhook-Signature": ""},
            {**good, "X-Webhook-Signature": "é" * 44},
        ]
        for headers in wrong:
            with self.subTest(headers=str(headers)):
                self.assertEqual(self.deliver(task, body, headers), 403)
        self.assertEqual((self.read(task).status, Callback.objects.count()), (Status.UNKNOWN, 0))
        self.assertEqual(self.deliver(task, body, good), 200)

    def ended(self, upstream_id: str) -> bool:
        self.kie.finish(upstream_id)
        return True

    def test_a_signature_of_another_task_does_not_open_this_one(self) -> None:
        self.kie.callbacks.key = self.webhook_key
        task = self.submitted()
        other = self.submitted()
        _body, headers = self.kie.notice(other.upstream_id, SUCCESS)
        body, _headers = self.kie.notice(task.upstream_id, SUCCESS)
        self.assertEqual(self.deliver(task, body, headers), 403)

    @override_settings(KIE_WEBHOOK_KEY="")
    def test_without_a_key_a_signature_does_not_matter(self) -> None:
        self.kie.callbacks.key = "not ours"
        task = self.submitted()
        self.assertEqual(self.call_back(task), 200)
