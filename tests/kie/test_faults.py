"""What breaks on the way, before and after Kie acted: nothing is ever paid for twice, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from studio.net import Answer, Door
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.fake_kie.plans import RUNNING
from tests.kie.base import CREATE, QUERY, QUICK, KieTestCase

# What says nothing that can be relied on, whether Kie acted or not.
BROKEN: tuple[dict[str, Any], ...] = (
    {"kind": "reset"},
    {"kind": "hang", "seconds": 5},
    {"kind": "html"},
    {"kind": "empty"},
    {"kind": "truncated"},
    {"kind": "half"},
    {"kind": "types"},
    {"kind": "no_data"},
    {"kind": "oversized", "size": 5_000_000},
    {"kind": "endless"},
    {"kind": "huge"},
    {"kind": "drip", "seconds": 0.2},
    {"kind": "redirect", "location": "/elsewhere"},
    {"kind": "answer", "body": '{"code": 200, "msg": "success", "data": null}'},
    {"kind": "answer", "body": '{"code": 200, "msg": "success", "data": {"taskId": ""}}'},
    {"kind": "answer", "body": '{"code": 200, "data": {"taskId": ["x"]}}'},
    {"kind": "answer", "body": "[" * 9_000},
    {"kind": "answer", "code": 200, "status": 500, "data": {"taskId": "0" * 32}},
)


class FaultTestCase(KieTestCase):
    timeouts = QUICK

    def setUp(self) -> None:
        super().setUp()
        self.kie.settings.create_limit = None
        self.kie.plan(steps=(RUNNING,), every=None)

    def lost(self, **fault: Any) -> Task:
        """A task whose request was sent, and whose answer says nothing."""
        before = len(self.kie.creates())
        self.kie.fault(CREATE, **fault)
        task = self.step(self.press())
        self.kie.release()
        self.assertEqual((task.status, task.upstream_id, task.error), (Status.UNKNOWN, "", ""))
        self.assertEqual(len(self.kie.creates()), before + 1)
        return task


class CreateTests(FaultTestCase):
    def test_after_it_acted_the_callback_brings_the_task_back(self) -> None:
        for number, fault in enumerate(BROKEN, 1):
            with self.subTest(**fault):
                task = self.lost(**fault, acts=True)
                self.restart()
                upstream_id = self.kie.creates()[-1].task
                self.assertEqual(self.deliver(task, *self.notice(upstream_id)), 200)
                task = self.read(task)
                self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, upstream_id))
                self.assertEqual(self.again(task).status, Status.RUNNING)  # the upstream says so, the callback did not
                self.expect_creates(number)
        self.expect_money(held=len(BROKEN) * self.price())

    def notice(self, upstream_id: str) -> Any:
        return self.kie.notice(upstream_id, "success")

    def test_before_it_acted_the_credits_return_after_a_day(self) -> None:
        tasks = [self.lost(**fault, acts=False) for fault in BROKEN if fault["kind"] in {"reset", "html", "hang"}]
        self.expect_money(held=len(tasks) * self.price())
        self.kie.advance(timedelta(hours=23).total_seconds())
        for task in tasks:
            self.assertEqual(self.step(task).status, Status.UNKNOWN)
        self.kie.advance(timedelta(hours=2).total_seconds())
        for task in tasks:
            self.assertEqual(self.step(task).error_code, "released")
        self.expect_money()
        self.expect_creates(len(tasks))

    def test_an_upstream_that_is_not_there_is_no_lost_request(self) -> None:
        self.kie.stop()
        task = self.step(self.press())
        self.assertEqual((task.status, task.stage, task.sent_at), (Status.QUEUED, "unreachable", None))
        self.kie.start()
        self.assertEqual(self.again(task).status, Status.RUNNING)
        self.expect_creates(1)

    def test_a_slow_answer_is_an_answer(self) -> None:
        self.kie.fault(CREATE, "drip", seconds=0.002)
        self.assertEqual(self.step(self.press()).status, Status.RUNNING)

    def test_the_whole_way_of_a_lost_answer(self) -> None:
        task = self.lost(kind="hang", seconds=5, acts=True)
        self.call_back(task)
        self.expect_pictures(self.walk(task), 1)
        self.expect_money(spent=self.price())
        self.expect_creates(1)

    def test_a_callback_that_overtakes_the_answer_is_remembered_when_that_is_lost(self) -> None:
        self.kie.fault(CREATE, "hang", seconds=5, acts=True)
        task = self.press()
        with patch.object(Door, "call", self.with_a_callback(task)):
            task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.expect_pictures(self.walk(task), 1)
        self.expect_creates(1)

    def test_and_changes_nothing_when_it_is_not(self) -> None:
        task = self.press()
        with patch.object(Door, "call", self.with_a_callback(task)):
            task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.expect_pictures(self.walk(task), 1)

    def test_so_is_one_that_came_before_the_worker_died(self) -> None:
        task = self.press()
        overtaken = self.with_a_callback(task)

        def die(door: Door, method: str, url: str, **rest: Any) -> Answer:
            overtaken(door, method, url, **rest)
            raise KeyboardInterrupt

        with patch.object(Door, "call", die), self.assertRaises(KeyboardInterrupt):
            self.step(task)
        self.restart()
        self.expire_lease(task)
        task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.expect_creates(1)

    def with_a_callback(self, task: Task) -> Callable[..., Answer]:
        """The door, and the callback comes in before the answer does."""
        call = Door.call

        def overtaken(door: Door, method: str, url: str, **rest: Any) -> Answer:
            try:
                return call(door, method, url, **rest)
            finally:
                if url.endswith(CREATE):
                    self.assertEqual(self.call_back(task), 200)
                    self.assertEqual(self.read(task).status, Status.SUBMITTING)

        return overtaken


class QueryTests(FaultTestCase):
    def test_whatever_breaks_it_is_asked_again(self) -> None:
        task = self.submitted()
        for fault in BROKEN:
            with self.subTest(**fault):
                self.kie.fault(QUERY, times=None, **fault)
                task = self.again(task)
                self.kie.faults.all.clear()
                self.kie.release()
                self.assertEqual((task.status, task.error, task.lease_holder), (Status.RUNNING, "", ""))
        self.kie.finish(task.upstream_id)
        self.expect_pictures(self.walk(task), 1)
        self.expect_creates(1)
        self.expect_money(spent=self.price())
