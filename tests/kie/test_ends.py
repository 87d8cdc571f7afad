"""How a request may end at Kie, in every dialect that is known of the record (kie-api.md 10.2), and when it does not."""

from typing import Any

from studio.library import uploads
from studio.providers.kie import messages
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.fake_kie.plans import CREATE_FAILED, FAILED, RUNNING, SUCCESS
from tests.kie.base import PROMPT, QUERY, SOON, KieTestCase
from tests.kie.pictures import photo

POLICY = "Your content was flagged by OpenAI as violating content policies"


class FailureTests(KieTestCase):
    def failed(self, *, end: str = FAILED, **says: Any) -> Task:
        self.kie.plan(steps=(end,), every=None, **says)
        task = self.walk(self.press())
        self.assertEqual(task.status, Status.FAILED)
        self.expect_money()
        return task

    def test_every_failure_has_its_sentence_and_its_code_and_costs_nothing(self) -> None:
        for code, words, sentence in (
            (400, POLICY, messages.POLICY.sentence),
            (400, "Reference image violates policy", messages.POLICY.sentence),
            (400, "invalid_image_format", messages.CODES[400].sentence),
            (451, "Failed to download the image", messages.CODES[451].sentence),
            (500, "Failed to get user token", messages.BROKEN.sentence),
            (500, "Image edit failed", messages.BROKEN.sentence),
        ):
            for end in (FAILED, CREATE_FAILED):
                with self.subTest(words=words, end=end):
                    task = self.failed(end=end, error_code=code, error=words)
                    self.assertEqual((task.error, task.error_code), (sentence, str(code)))
                    self.assertNotIn(PROMPT, task.error)

    def test_a_failure_is_read_from_the_number_alone_and_from_text(self) -> None:
        for says in (
            {"with_status": False},
            {"with_status": False, "record": {"successFlag": "2", "errorCode": "400"}},
            {"record": {"successFlag": None, "status": "generate_failed"}},
            {"with_status": False, "record": {"successFlag": 2, "status": None}},
        ):
            with self.subTest(says=str(says)):
                self.assertEqual(self.failed(**says).error, messages.POLICY.sentence)

    def test_one_without_a_code_or_words_is_told_all_the_same(self) -> None:
        for record in (
            {"errorCode": None, "errorMessage": None},
            {"errorCode": "", "errorMessage": 7},
            {"errorCode": 200},
        ):
            with self.subTest(record=str(record)):
                task = self.failed(record=record, error="Nothing was made")
                self.assertEqual(task.error, messages.NOT_MADE.sentence)


class SuccessTests(KieTestCase):
    def test_every_dialect_of_a_success_is_a_picture(self) -> None:
        for says in (
            {"snake_case": True},
            {"with_status": False},
            {"with_status": False, "record": {"successFlag": "1"}},
            {"record": {"successFlag": None}},
            {"text_times": True},
            {"record": {"progress": None, "createTime": None, "completeTime": "soon", "paramJson": None}},
            {"record": {"status": "DONE", "errorCode": 200, "errorMessage": ""}},
        ):
            with self.subTest(says=str(says)):
                self.kie.plan(steps=SOON, every=None, **says)
                self.expect_pictures(self.walk(self.press()), 1)

    def test_progress_is_told_and_what_is_no_number_is_none(self) -> None:
        self.kie.plan(steps=(RUNNING, RUNNING, RUNNING, SUCCESS), every=None)
        task = self.again(self.again(self.submitted()))
        self.assertEqual((task.status, task.progress), (Status.RUNNING, 250))
        oddities: tuple[Any, ...] = ("NaN", "soon", "7", -1, [], True, None)
        for progress in oddities:
            self.kie.plan(steps=(RUNNING,), every=None, record={"progress": progress})
            task = self.again(self.submitted())
            self.assertEqual(task.status, Status.RUNNING)

    def test_fewer_pictures_than_were_asked_for_cost_less(self) -> None:
        self.kie.plan(steps=SOON, every=None, count=3)
        self.expect_pictures(self.walk(self.press(count=4)), 3)
        self.expect_money(spent=self.price(4) * 3 // 4)

    def test_more_cost_no_more(self) -> None:
        self.kie.plan(steps=SOON, every=None, count=2)
        self.expect_pictures(self.walk(self.press()), 2)
        self.expect_money(spent=self.price())

    def test_a_record_that_says_nothing_useful_is_asked_for_again_and_not_for_ever(self) -> None:
        records: tuple[dict[str, Any], ...] = (
            {"response": None},
            {"response": {"resultUrls": []}},
            {"response": {"resultUrls": "x"}},
            {"response": {"resultUrls": [None]}},
            {"status": "ODD", "successFlag": 9},
            {"taskId": "another"},
        )
        for record in records:
            with self.subTest(record=str(record)):
                self.kie.plan(steps=SOON, every=None, record=record)
                task = self.again(self.again(self.again(self.submitted())))
                self.assertEqual((task.status, task.error), (Status.RUNNING, ""))
                self.kie.advance(3_601)
                self.expect_failed(self.step(task), "timeout")


class StuckTests(KieTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie.plan(steps=(RUNNING,), every=None)

    def stuck(self, **params: Any) -> Task:
        task = self.again(self.submitted(**params))
        self.kie.advance(3_601)
        task = self.step(task)
        self.expect_failed(task, "timeout")
        return task

    def late(self, task: Task) -> Task:
        self.assertEqual(self.call_back(task), 200)
        self.assertEqual(self.read(task).status, Status.FAILED)
        return self.again(task)

    def test_it_is_given_up_with_a_sentence_and_what_comes_later_is_kept_and_not_charged(self) -> None:
        task = self.late(self.stuck())
        self.assertEqual((task.status, len(task.results), task.due_at), (Status.FAILED, 1, None))
        self.assertEqual([asset.cost for asset in task.results], [0])
        self.expect_money()

    def test_so_is_one_with_references(self) -> None:
        asset = uploads.keep_upload(member=self.alice, upload=photo("PNG", (96, 64), "teal"))
        task = self.late(self.stuck(references=(str(asset.pk),)))
        self.assertEqual((len(task.results), task.due_at), (1, None))

    def test_a_callback_that_comes_again_keeps_nothing_twice(self) -> None:
        task = self.late(self.stuck())
        self.kie.advance(10)
        asked = len(self.calls(QUERY))
        self.call_back(task)
        self.assertIsNone(self.read(task).due_at)
        self.assertEqual((len(task.results), len(self.calls(QUERY))), (1, asked))

    def test_a_late_file_that_cannot_be_had_is_not_looked_for_for_ever(self) -> None:
        task = self.stuck()
        self.kie.fault("files/*", status=403, code=403, times=None)
        task = self.late(task)
        self.assertIsNotNone(task.due_at)
        self.kie.advance(49 * 3_600)
        task = self.step(task)
        self.assertEqual((len(task.results), task.due_at), (0, None))
        self.expect_money()

    def test_a_late_failure_changes_nothing(self) -> None:
        task = self.stuck()
        upstream_id = task.upstream_id
        self.kie.finish(upstream_id, FAILED)
        self.deliver(task, *self.kie.notice(upstream_id))
        task = self.again(task)
        self.assertEqual((task.error_code, task.due_at), ("timeout", None))
