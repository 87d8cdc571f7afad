"""The fake's Runway keeps to kie-api.md 4."""

import io
from typing import Any

import av

from tests.fake_kie.test_fake_kie import FakeKieTestCase

WISH = {"prompt": "A paper boat drifts down a rainy street", "duration": 5, "quality": "720p", "aspectRatio": "16:9"}


class VideoTests(FakeKieTestCase):
    def begin(self, path: str = "generate", **says: Any) -> Any:
        wish = {name: value for name, value in {**WISH, **says}.items() if value is not None}
        return self.post(f"/api/v1/runway/{path}", wish)

    def detail(self, task: str) -> Any:
        return self.http.get(f"{self.kie.url}/api/v1/runway/record-detail", params={"taskId": task}).json()["data"]

    def made(self, **says: Any) -> str:
        task = str(self.begin(**says)["data"]["taskId"])
        self.kie.finish(task)
        return task

    def size(self, task: str) -> tuple[int, int, float]:
        content = self.http.get(self.detail(task)["videoInfo"]["videoUrl"]).content
        with av.open(io.BytesIO(content), "r") as box:
            codec = box.streams.video[0].codec_context
            return codec.width, codec.height, round((box.duration or 0) / 1e6)

    def test_a_clip_goes_through_every_state(self) -> None:
        self.kie.plan(every=None, steps=("wait", "queueing", "running", "success"))
        task = self.begin()["data"]["taskId"]
        records = [self.detail(task) for _ in range(4)]
        self.assertEqual([it["state"] for it in records], ["wait", "queueing", "generating", "success"])
        self.assertEqual([it["videoInfo"] is None for it in records], [True, True, True, False])
        self.assertEqual((records[3]["failCode"], records[3]["expireFlag"], records[3]["parentTaskId"]), (None, 0, ""))
        self.assertEqual(records[0]["generateParam"]["prompt"], WISH["prompt"])

    def test_the_film_is_real_and_as_asked(self) -> None:
        self.assertEqual(self.size(self.made()), (128, 72, 5))
        self.assertEqual(self.size(self.made(aspectRatio="9:16", duration="10")), (72, 128, 10))

    def test_every_field_is_checked(self) -> None:
        for wrong in (
            {"prompt": None},
            {"prompt": " "},
            {"prompt": "x" * 1801},
            {"duration": 7},
            {"duration": None},
            {"quality": "4k"},
            {"quality": None},
            {"aspectRatio": "2:1"},
            {"aspectRatio": None},
            {"duration": 10, "quality": "1080p"},
            {"imageUrl": "no address"},
            {"waterMark": 5},
        ):
            self.assertEqual(self.begin(**wrong)["code"], 422, wrong)
        self.assertEqual(self.credits(), 1000.62)

    def test_an_image_needs_no_ratio(self) -> None:
        self.assertEqual(self.begin(aspectRatio=None, imageUrl="https://pictures.example/p.jpg")["code"], 200)

    def test_an_extension_follows_its_parent_and_can_be_followed(self) -> None:
        parent = self.made(aspectRatio="1:1")
        wish = {"duration": None, "aspectRatio": None}
        child = self.begin("extend", taskId=parent, **wish)["data"]["taskId"]
        self.kie.finish(child)
        self.assertEqual((self.detail(child)["parentTaskId"], self.size(child)), (parent, (72, 72, 5)))
        grandchild = self.begin("extend", taskId=child, **wish)["data"]["taskId"]
        self.kie.finish(grandchild)
        self.assertEqual(self.detail(grandchild)["state"], "success")

    def test_an_unknown_or_forgotten_parent_is_taken_and_fails(self) -> None:
        self.kie.settings.create_limit = None
        old = self.made()
        self.kie.advance(15 * 86_400)
        for parent in ("0b6f9e51", old):
            task = self.begin("extend", taskId=parent, duration=None, aspectRatio=None)["data"]["taskId"]
            for _ in range(2):
                record = self.detail(task)
            self.kie.advance(5)
            record = self.detail(task)
            self.assertEqual((record["state"], record["failCode"]), ("fail", 400))

    def test_after_two_weeks_it_has_expired(self) -> None:
        task = self.made()
        address = self.detail(task)["videoInfo"]["videoUrl"]
        self.kie.advance(15 * 86_400)
        self.assertEqual(self.detail(task)["expireFlag"], 1)
        self.assertEqual(self.http.get(address).status_code, 404)

    def test_callbacks_are_in_snake_case(self) -> None:
        task = self.made(callBackUrl=f"{self.kie.url}/hook")
        body, _headers = self.kie.notice(task)
        self.assertEqual(set(body["data"]), {"task_id", "video_id", "video_url", "image_url"})
        self.assertEqual(body["data"]["task_id"], task)
        failed, _headers = self.kie.notice(task, "failed")
        self.assertEqual((failed["code"], failed["data"]["video_url"]), (400, ""))
