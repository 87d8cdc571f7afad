"""Every code of kie-api.md 1.4, in the body alone and with the status that goes with it: on the request that is paid for,
and on a question about it."""

from typing import Any

from studio.providers.kie import messages
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.fake_kie.plans import RUNNING
from tests.kie.base import CREATE, FAILS, QUERY, KieTestCase

REFUSED = (400, 401, 402, 404, 408, 409, 413, 422, 451, 500, 501, 505, 531)
LATER = (405, 429, 430, 433, 455, 503, 550)
ENDS_A_QUESTION = (400, 409, 413, 422, 451, 501, 531)
ASKED_AGAIN = (401, 402, 404, 408, 500, 505, *LATER)  # the first two are the account's, not the task's
MUTE = (408, 499, 500, 502, 503, 504, 522)  # statuses of a gateway that may have handed the request on


class CodesTestCase(KieTestCase):
    def ways(self, code: int) -> list[dict[str, Any]]:
        return [{"code": code}, {"code": code, "status": code}]

    def sentence(self, code: int) -> str:
        return messages.CODES[code].sentence


class CreateTests(CodesTestCase):
    def test_what_is_refused_fails_with_its_sentence_and_the_credits_return(self) -> None:
        for code in REFUSED:
            for way in self.ways(code):
                with self.subTest(**way):
                    self.kie.fault(CREATE, **way)
                    task = self.step(self.press())
                    self.expect_failed(task, str(code))
                    self.assertEqual(task.error, self.sentence(code))
        self.expect_creates(2 * len(REFUSED))

    def test_what_is_refused_for_now_goes_on_by_itself(self) -> None:
        self.kie.settings.create_limit = None
        self.kie.plan(steps=FAILS, every=None)
        for code in LATER:
            for way in self.ways(code):
                with self.subTest(**way):
                    before = len(self.kie.creates())
                    self.kie.fault(CREATE, **way)
                    task = self.step(self.press())
                    self.assertEqual((task.status, task.stage, task.sent_at), (Status.QUEUED, str(code), None))
                    self.expect_money(held=self.price())
                    self.assertEqual(self.again(task).status, Status.RUNNING)
                    self.assertEqual(len(self.kie.creates()), before + 2)
                    self.assertEqual(self.walk(task).status, Status.FAILED)
        self.expect_money()

    def test_it_comes_again_when_it_is_told_to(self) -> None:
        for name, seconds in (("77", 77), ("3", 3), ("", 10), ("soon", 10), ("999999", 3600)):
            with self.subTest(name=name):
                self.kie.fault(CREATE, code=429, status=429, headers={"Retry-After": name} if name else {})
                task = self.step(self.press())
                self.assertAlmostEqual(self.seconds_until(task), seconds, delta=2)

    def seconds_until(self, task: Task) -> float:
        assert task.due_at is not None
        return task.due_at.timestamp() - self.kie.now()

    def test_a_status_without_words_of_kie_is_a_refusal_below_500_only(self) -> None:
        for status in (400, 401, 402, 404, 413, 422):
            with self.subTest(status=status):
                self.kie.fault(CREATE, "html", status=status)
                self.expect_failed(self.step(self.press()), str(status))

    def test_and_else_nobody_knows_what_became_of_it(self) -> None:
        for status in MUTE:
            with self.subTest(status=status):
                before = len(self.kie.creates())
                self.kie.fault(CREATE, "html", status=status)
                task = self.step(self.press())
                self.assertEqual((task.status, task.upstream_id), (Status.UNKNOWN, ""))
                self.kie.advance(3_600)
                self.assertEqual(self.step(task).status, Status.UNKNOWN)
                self.assertEqual(len(self.kie.creates()), before + 1)
        self.expect_money(held=len(MUTE) * self.price())

    def test_an_empty_account_is_told_and_the_next_request_may_go(self) -> None:
        self.kie.account(self.kie.key, "3")
        task = self.step(self.press())
        self.expect_failed(task, "402")
        self.assertIn("no credits left", task.error)
        self.assertEqual(self.connection().trouble_code, "402")
        self.kie.account(self.kie.key, "30")
        self.expect_pictures(self.walk(self.press()), 1)
        self.assertEqual(self.connection().trouble_code, "")

    def test_a_key_that_is_not_let_in_is_told(self) -> None:
        self.kie.accounts.clear()
        self.expect_failed(self.step(self.press()), "401")


class QueryTests(CodesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie.settings.create_limit = None
        self.kie.plan(steps=(RUNNING,), every=None)

    def test_what_is_refused_ends_the_task(self) -> None:
        for code in ENDS_A_QUESTION:
            for way in self.ways(code):
                with self.subTest(**way):
                    task = self.submitted()
                    self.kie.fault(QUERY, **way)
                    task = self.again(task)
                    self.expect_failed(task, str(code))
                    self.assertEqual(task.error, self.sentence(code))

    def test_everything_else_is_asked_again(self) -> None:
        task = self.submitted()
        for code in ASKED_AGAIN:
            for way in self.ways(code):
                with self.subTest(**way):
                    fault = self.kie.fault(QUERY, times=None, **way)
                    task = self.again(task)
                    self.assertEqual((task.status, task.error), (Status.RUNNING, ""))
                    self.assertGreaterEqual(fault.seen, 1)
                    self.kie.faults.all.clear()
        self.kie.finish(task.upstream_id)
        self.expect_pictures(self.again(self.again(task)), 1)
        self.expect_creates(1)
        self.expect_money(spent=self.price())

    def test_it_asks_again_when_it_is_told_to(self) -> None:
        task = self.submitted()
        self.kie.fault(QUERY, code=429, status=429, times=None, headers={"Retry-After": "222"})
        task = self.again(task)
        assert task.due_at is not None
        self.assertAlmostEqual(task.due_at.timestamp() - self.kie.now(), 222, delta=3)
        self.assertEqual((len(self.calls(QUERY)), self.slept), (1, []))

    def test_a_record_that_is_not_there_yet_is_waited_for(self) -> None:
        for answer in ("422", "404", "null"):
            with self.subTest(answer=answer):
                self.kie.settings.too_early = answer
                self.kie.plan(steps=("missing", "missing", RUNNING), every=None)
                task = self.submitted()
                for _question in range(3):
                    task = self.again(task)
                    self.assertEqual((task.status, task.error), (Status.RUNNING, ""))

    def test_one_that_never_comes_ends_the_task(self) -> None:
        self.kie.plan(steps=("missing",), every=None)
        task = self.submitted()
        self.kie.advance(301)
        self.expect_failed(self.step(task), "no-record")

    def test_trouble_that_does_not_end_is_not_followed_for_ever(self) -> None:
        task = self.submitted()
        self.kie.fault(QUERY, code=500, times=None)
        self.kie.advance(3_601)
        self.expect_failed(self.step(task), "timeout")
