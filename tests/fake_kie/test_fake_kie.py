"""The fake keeps to kie-api.md: what a client sees when nothing goes wrong, and when it asks for the wrong thing."""

import io
import json
from typing import Any

import requests
from django.test import SimpleTestCase
from PIL import Image

from tests.fake_kie import FakeKie
from tests.fake_kie.plans import Family

GENERATE = "/api/v1/gpt4o-image/generate"
RECORD = "/api/v1/gpt4o-image/record-info"


class FakeKieTestCase(SimpleTestCase):
    def setUp(self) -> None:
        self.kie = FakeKie().start()
        self.addCleanup(self.kie.stop)
        self.http = requests.Session()
        self.addCleanup(self.http.close)
        self.http.trust_env = False
        self.http.headers["Authorization"] = f"Bearer {self.kie.key}"
        self.kie.settings.query_limit = None
        self.kie.plan(every=None, steps=("running", "running", "success"))

    def post(self, path: str, body: Any) -> Any:
        return self.http.post(self.kie.url + path, json=body).json()

    def create(self, **says: Any) -> str:
        answer = self.post(GENERATE, {"prompt": "A red bicycle", "size": "1:1"} | says)
        self.assertEqual((answer["code"], answer["msg"]), (200, "success"))
        return str(answer["data"]["taskId"])

    def ask(self, task: str) -> Any:
        return self.http.get(self.kie.url + RECORD, params={"taskId": task}).json()

    def record(self, task: str) -> Any:
        return self.ask(task)["data"]

    def credits(self) -> Any:
        return self.http.get(self.kie.url + "/api/v1/chat/credit").json()["data"]


class ImageTests(FakeKieTestCase):
    def test_a_picture_is_made_step_by_step(self) -> None:
        task = self.create()
        self.assertEqual(self.record(task)["progress"], "0.00")
        running = self.record(task)
        self.assertEqual((running["successFlag"], running["status"], running["progress"]), (0, "GENERATING", "0.33"))
        self.assertIsNone(running["response"])
        self.assertIsNone(running["completeTime"])
        done = self.record(task)
        self.assertEqual((done["successFlag"], done["status"], done["progress"]), (1, "SUCCESS", "1.00"))
        self.assertIsNone(done["errorCode"])
        self.assertGreaterEqual(done["completeTime"], done["createTime"])
        self.assertEqual(json.loads(done["paramJson"]), {"prompt": "A red bicycle", "size": "1:1"})

    def test_the_files_are_pictures_of_the_wanted_ratio_and_differ(self) -> None:
        for ratio, size in (("1:1", (1024, 1024)), ("3:2", (1536, 1024)), ("2:3", (1024, 1536))):
            task = self.create(size=ratio, nVariants=2)
            self.kie.finish(task)
            urls = self.record(task)["response"]["resultUrls"]
            answers = [self.http.get(url) for url in urls]
            self.assertEqual({answer.headers["Content-Type"] for answer in answers}, {"image/png"})
            pictures = [Image.open(io.BytesIO(answer.content)) for answer in answers]
            self.assertEqual([(picture.format, picture.size) for picture in pictures], [("PNG", size)] * 2)
            self.assertNotEqual(answers[0].content, answers[1].content)

    def test_time_alone_moves_a_task_too(self) -> None:
        self.kie.plan(every=10, steps=("missing", "running", "running", "success"))
        task = self.create()
        self.assertEqual(self.ask(task), {"code": 422, "msg": "recordInfo is null", "data": None})
        self.kie.advance(15)
        before = self.record(task)["progress"]
        self.kie.advance(10)
        self.assertGreater(self.record(task)["progress"], before)
        self.kie.advance(10)
        done = self.record(task)
        self.assertEqual(done["successFlag"], 1)
        self.assertAlmostEqual(done["completeTime"] - done["createTime"], 30_000, delta=1)

    def test_a_task_with_a_short_plan_ends_by_itself(self) -> None:
        self.kie.plan(every=0.01, steps=("running", "failed"))
        task = self.create(callBackUrl=f"{self.kie.url}/hook")
        self.kie.log.wait("hook")
        self.assertEqual(self.record(task)["status"], "GENERATE_FAILED")

    def test_the_record_speaks_every_documented_dialect(self) -> None:
        self.kie.plan(steps=("success",), snake_case=True, with_status=False, text_times=True, record={"extra": 1})
        record = self.record(self.create())
        self.assertIn("result_urls", record["response"])
        self.assertNotIn("status", record)
        self.assertRegex(record["createTime"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual(record["extra"], 1)

    def test_results_may_be_fewer_than_asked_for_or_lie_anywhere(self) -> None:
        self.kie.plan(every=None, steps=("success",), count=1)
        self.assertEqual(len(self.record(self.create(nVariants=4))["response"]["resultUrls"]), 1)
        self.kie.plan(every=None, steps=("success",), urls=("http://169.254.169.254/a.png",))
        self.assertEqual(self.record(self.create())["response"]["resultUrls"], ["http://169.254.169.254/a.png"])

    def test_a_plan_may_cover_only_so_many_tasks(self) -> None:
        self.kie.plan(every=None, steps=("failed",), times=1)
        self.assertEqual([self.record(self.create())["successFlag"] for _time in range(2)], [2, 0])

    def test_a_failure_says_why_and_gives_the_credits_back(self) -> None:
        self.kie.plan(prompt="*storm*", steps=("failed",), error_code=400, error="Flagged")
        before = self.credits()
        record = self.record(self.create(prompt="A storm at sea"))
        self.assertEqual((record["successFlag"], record["status"]), (2, "GENERATE_FAILED"))
        self.assertEqual((record["errorCode"], record["errorMessage"]), (400, "Flagged"))
        self.assertIsNone(record["response"])
        self.assertEqual(self.credits(), before)

    def test_each_field_is_checked(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"size": "16:9"},
            {"size": None},
            {"size": 1},
            {"prompt": 5},
            {"prompt": None},
            {"prompt": " "},
            {"nVariants": 3},
            {"nVariants": "2"},
            {"nVariants": True},
            {"isEnhance": "false"},
            {"uploadCn": 0},
            {"enableFallback": 1},
            {"fallbackModel": "OTHER"},
            {"filesUrl": "https://files.example/a.png"},
            {"filesUrl": ["https://files.example/a.png"] * 6},
            {"filesUrl": ["https://files.example/a.gif"]},
            {"fileUrl": "a.png"},
            {"maskUrl": 1},
            {"callBackUrl": "ftp://studio.example"},
        ]
        for fields in wrong:
            with self.subTest(fields):
                answer = self.post(GENERATE, {"prompt": "A red bicycle", "size": "1:1"} | fields)
                self.assertEqual((answer["code"], answer["data"]), (422, None))
        self.assertEqual(self.kie.tasks, {})

    def test_every_documented_field_is_taken(self) -> None:
        url = "https://files.example/a.png"
        says = {"filesUrl": [url], "fileUrl": url, "maskUrl": url, "nVariants": 4, "isEnhance": True}
        says |= {"uploadCn": False, "enableFallback": True, "fallbackModel": "GPT_IMAGE_1"}
        self.create(**says, callBackUrl="https://studio.invalid/hook", other=1)
        self.assertEqual(self.kie.last_create.unknown, ["other"])

    def test_a_body_that_is_no_json_object_is_malformed(self) -> None:
        for raw in (b"{", b"[]", b""):
            answer = self.http.post(self.kie.url + GENERATE, data=raw, headers={"Content-Type": "application/json"})
            self.assertEqual((answer.status_code, answer.json()["code"]), (200, 400))

    def test_an_unreadable_reference_fails_after_it_was_accepted(self) -> None:
        body = {"base64Data": "bm90IGEgcGljdHVyZQ==", "uploadPath": "in", "fileName": "a.png"}
        stored = self.post("/api/file-base64-upload", body)["data"]["downloadUrl"]
        for url, code in ((stored, 400), (f"{self.kie.url}/uploads/in/none.png", 451)):
            task = self.create(filesUrl=[url])
            self.kie.advance(60)
            self.assertEqual(self.record(task)["errorCode"], code)


class AccountTests(FakeKieTestCase):
    def test_the_key_is_asked_for_first_and_refused_on_http_200(self) -> None:
        for path in (GENERATE, "/api/v1/common/download-url"):
            answer = self.http.post(self.kie.url + path, data=b"{", headers={"Authorization": "Bearer other"})
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.json(), {"code": 401, "msg": "You do not have access permissions", "data": None})

    def test_a_creation_is_charged_at_once(self) -> None:
        self.kie.account(self.kie.key, "10.62")
        self.create()
        self.assertEqual(self.credits(), 4.62)
        self.assertEqual(self.post(GENERATE, {"prompt": "Another", "size": "1:1"})["code"], 402)
        self.assertEqual(len(self.kie.tasks), 1)
        self.assertEqual(len(self.kie.creates()), 2)

    def test_the_twenty_first_creation_in_ten_seconds_is_refused(self) -> None:
        for _number in range(20):
            self.create()
        answer = self.http.post(self.kie.url + GENERATE, json={"prompt": "Another", "size": "1:1"})
        self.assertEqual((answer.status_code, answer.json()["code"]), (429, 429))
        self.kie.advance(10)
        self.create()

    def test_a_task_may_be_asked_for_three_times_a_second(self) -> None:
        self.kie.settings.query_limit = 3
        task = self.create()
        self.assertEqual([self.ask(task)["code"] for _time in range(4)], [200, 200, 200, 429])
        self.kie.advance(1)
        self.assertEqual(self.ask(task)["code"], 200)

    def test_a_task_is_seen_by_its_own_key_only(self) -> None:
        self.kie.account("other")
        task = self.create()
        self.http.headers["Authorization"] = "Bearer other"
        self.assertEqual(self.ask(task), {"code": 200, "msg": "success", "data": None})

    def test_a_task_is_seen_at_the_door_of_its_own_family_only(self) -> None:
        task = self.create()
        self.kie.tasks[task].family = Family("other", lambda _task, _step: None, lambda _task, _step: {})
        self.assertEqual(self.ask(task), {"code": 200, "msg": "success", "data": None})

    def test_an_unknown_id_is_answered_as_it_was_set(self) -> None:
        for setting, code in (("null", 200), ("422", 422), ("404", 404)):
            self.kie.settings.unknown = setting
            answer = self.ask("none")
            self.assertEqual((answer["code"], answer["data"]), (code, None))

    def test_http_may_say_what_the_body_says(self) -> None:
        self.kie.settings.http_errors = True
        answer = self.http.post(self.kie.url + GENERATE, json={})
        self.assertEqual((answer.status_code, answer.json()["code"]), (422, 422))

    def test_an_unknown_path_is_not_found(self) -> None:
        self.assertEqual(self.http.get(f"{self.kie.url}/api/v1/none").status_code, 404)


class DownloadTests(FakeKieTestCase):
    def finished(self) -> tuple[str, str]:
        task = self.create()
        self.kie.finish(task)
        return task, self.record(task)["response"]["resultUrls"][0]

    def test_a_direct_address_is_good_for_twenty_minutes(self) -> None:
        task, url = self.finished()
        asked = (
            ("/api/v1/gpt4o-image/download-url", {"taskId": task, "url": url}),
            ("/api/v1/common/download-url", {"url": url}),
        )
        signed = [self.post(path, body)["data"] for path, body in asked]
        self.assertEqual([self.http.get(address).status_code for address in signed], [200, 200])
        self.assertEqual(self.http.get(signed[0].replace("sig=", "sig=0")).status_code, 403)
        self.kie.advance(1_201)
        self.assertEqual([self.http.get(address).status_code for address in signed], [403, 403])

    def test_foreign_unfinished_and_unknown_results_have_no_direct_address(self) -> None:
        task, url = self.finished()
        unfinished = self.create()
        for body in (
            {"taskId": "none", "url": url},
            {"taskId": unfinished, "url": url},
            {"taskId": task, "url": "https://files.example/other.png"},
            {"taskId": task},
        ):
            self.assertEqual(self.post("/api/v1/gpt4o-image/download-url", body)["code"], 422)
        foreign = {"url": "https://files.example/other.png"}
        self.assertEqual(self.post("/api/v1/common/download-url", foreign)["code"], 422)

    def test_results_are_gone_after_fourteen_days_unless_that_is_switched_off(self) -> None:
        task, url = self.finished()
        self.kie.advance(14 * 86_400 + 1)
        self.assertEqual(self.http.get(url).status_code, 404)
        body = {"taskId": task, "url": url}
        self.assertEqual(self.post("/api/v1/gpt4o-image/download-url", body)["code"], 422)
        self.kie.settings.media_days = None
        self.assertEqual(self.http.get(url).status_code, 200)

    def test_a_file_wants_a_user_agent_but_no_key(self) -> None:
        _task, url = self.finished()
        self.assertEqual(requests.get(url, timeout=5).status_code, 200)
        self.assertEqual(self.http.get(url, headers={"User-Agent": ""}).status_code, 403)
