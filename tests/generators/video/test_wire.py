import json
from pathlib import Path
from typing import Any

from django.test import SimpleTestCase

from generators.video.params import VideoParams
from generators.video.wire import ExtendWire, VideoWire
from studio.providers.contract import State

ID = "0b6f9e51-7c1d-4f0e-9a55-2d4f1c0a7788"
FILM = "https://files.example/k/boat.mp4"
PARAMS = VideoParams(prompt="A paper boat drifts", ratio="9:16", duration=10, watermark="H").to_json()
DONE: dict[str, Any] = json.loads((Path(__file__).parent / "fixtures" / "succeeded.json").read_text())["data"]
WIRE = VideoWire()


class RequestTests(SimpleTestCase):
    def test_words_are_sent_as_the_page_has_them(self) -> None:
        wanted = {"prompt": "A paper boat drifts", "duration": 10, "quality": "720p", "waterMark": "H"}
        self.assertEqual(WIRE.to_request(PARAMS, files={}), {**wanted, "aspectRatio": "9:16"})

    def test_an_image_takes_the_place_of_the_ratio(self) -> None:
        body = WIRE.to_request(PARAMS, files={"reference": ["https://files.example/a.png"]})
        self.assertEqual((body["imageUrl"], "aspectRatio" in body), ("https://files.example/a.png", False))
        with self.assertRaises(ValueError):
            WIRE.to_request(PARAMS, files={"reference": ["https://a.example", "https://b.example"]})

    def test_an_extension_names_its_parent_and_nothing_that_is_kept(self) -> None:
        body = ExtendWire().to_request({**PARAMS, "parent": ID}, files={})
        self.assertEqual(set(body), {"taskId", "prompt", "quality", "waterMark"})
        with self.assertRaises(ValueError):
            ExtendWire().to_request(PARAMS, files={})
        self.assertEqual((ExtendWire.create, ExtendWire.query), ("/api/v1/runway/extend", WIRE.query))


class RecordTests(SimpleTestCase):
    def test_every_state_has_its_meaning(self) -> None:
        for word in ("wait", "queueing", "generating", "WAIT"):
            update = WIRE.to_update({**DONE, "state": word, "videoInfo": None})
            self.assertEqual((update.state, update.stage, update.progress), (State.RUNNING, word.lower(), None))
        update = WIRE.to_update(DONE)
        self.assertEqual((update.state, [output.address for output in update.outputs]), (State.SUCCEEDED, [FILM]))
        self.assertEqual(update.outputs[0].facts, {"video_id": "f1d2c3b4-0000-4000-8000-000000000001"})

    def test_numbers_come_as_text_too(self) -> None:
        for code, told in ((451, "451"), ("451", "451"), (None, ""), ("", ""), (400, "400")):
            update = WIRE.to_update({"state": "fail", "failCode": code, "failMsg": None, "videoInfo": None})
            self.assertEqual((update.state, update.error_code), (State.FAILED, told))
            self.assertTrue(update.error)

    def test_words_tell_what_a_400_is(self) -> None:
        refused = WIRE.to_update({"state": "fail", "failCode": 400, "failMsg": "NSFW prompt, moderation"})
        broken = WIRE.to_update({"state": "fail", "failCode": 400, "failMsg": "upload failed"})
        self.assertNotEqual(refused.error, broken.error)

    def test_what_has_expired_is_no_success(self) -> None:
        for flag in (1, "1"):
            update = WIRE.to_update({**DONE, "expireFlag": flag})
            self.assertEqual((update.state, update.error_code), (State.FAILED, "expired"))

    def test_what_is_no_record_is_refused(self) -> None:
        for record in (
            {},
            {**DONE, "state": "dreaming"},
            {**DONE, "state": None},
            {**DONE, "videoInfo": None},
            {**DONE, "videoInfo": {"videoUrl": ""}},
            {**DONE, "videoInfo": {}},
        ):
            with self.subTest(record=str(record)[:80]), self.assertRaises((ValueError, KeyError, TypeError)):
                WIRE.to_update(record)
