"""Kie's JSON for pictures. The records are those of kie-api.md 10, and both readings of what its sources disagree on."""

import json
from pathlib import Path
from typing import Any

from django.test import SimpleTestCase

from generators.image.forms import COUNTS, SIZES, ImageParams
from generators.image.wire import ImageWire
from studio.providers.contract import State, Update
from studio.providers.kie import messages

FIXTURES = Path(__file__).parent / "fixtures"
PARAMS: dict[str, Any] = {"prompt": "a red fox", "size": "3:2", "count": 2, "seed": 7}
PLAIN = {"prompt": "a red fox", "size": "3:2", "nVariants": 2}


def record(name: str, **changes: Any) -> dict[str, Any]:
    return {**json.loads((FIXTURES / f"{name}.json").read_text()), **changes}


class RequestTests(SimpleTestCase):
    def ask(self, files: Any = None, **params: Any) -> dict[str, Any]:
        return ImageWire().to_request({**PARAMS, **params}, files=files or {})

    def test_it_says_what_was_asked_for_and_nothing_else(self) -> None:
        self.assertEqual(self.ask(), PLAIN)

    def test_every_request_of_the_form_can_be_said(self) -> None:
        for size in SIZES:
            for count in COUNTS:
                params = ImageParams(prompt="海边的灯塔 🦊", size=size, count=count)
                body = ImageWire().to_request(params.to_json(), files={})
                self.assertEqual(body, {"prompt": "海边的灯塔 🦊", "size": size, "nVariants": count})

    def test_switches_are_sent_when_they_are_set(self) -> None:
        for key, name in (("enhance", "isEnhance"), ("upload_cn", "uploadCn"), ("fallback", "enableFallback")):
            self.assertEqual(self.ask(**{key: True}), {**PLAIN, name: True})
            self.assertEqual(self.ask(**{key: False}), PLAIN)
            self.assertEqual(self.ask(**{key: None}), PLAIN)

    def test_a_model_to_fall_back_to_is_sent_with_the_fallback_alone(self) -> None:
        for model in ("GPT_IMAGE_1", "FLUX_MAX"):
            with_model = {**PLAIN, "enableFallback": True, "fallbackModel": model}
            self.assertEqual(self.ask(fallback=True, fallback_model=model), with_model)
            self.assertEqual(self.ask(fallback_model=model), PLAIN)
        with self.assertRaisesMessage(ValueError, "fallback_model"):
            self.ask(fallback=True, fallback_model="DALL_E")

    def test_references_are_at_most_five(self) -> None:
        urls = [f"https://t.example/{number}.png" for number in range(5)]
        self.assertEqual(self.ask({"reference": urls})["filesUrl"], urls)
        with self.assertRaisesMessage(ValueError, "reference"):
            self.ask({"reference": [*urls, "https://t.example/6.png"]})

    def test_a_mask_needs_exactly_one_reference(self) -> None:
        body = self.ask({"reference": ["https://t.example/r.png"], "mask": ["https://t.example/m.png"]})
        self.assertEqual(body["maskUrl"], "https://t.example/m.png")
        wrong: list[dict[str, list[str]]] = [
            {"mask": ["m"]},
            {"mask": ["m"], "reference": ["a", "b"]},
            {"mask": ["m", "n"], "reference": ["a"]},
        ]
        for files in wrong:
            with self.subTest(str(files)), self.assertRaisesMessage(ValueError, "mask"):
                self.ask(files)


class UpdateTests(SimpleTestCase):
    def read(self, name: str, **changes: Any) -> Update:
        return ImageWire().to_update(record(name, **changes))

    def test_what_succeeded_names_its_pictures(self) -> None:
        update = self.read("succeeded")
        self.assertEqual((update.state, update.progress, update.error), (State.SUCCEEDED, 1.0, ""))
        self.assertEqual([output.address for output in update.outputs], ["https://files.example/r/1.png"])

    def test_the_other_spelling_says_the_same(self) -> None:
        update = self.read("succeeded_in_the_quick_start")
        self.assertEqual((update.state, len(update.outputs)), (State.SUCCEEDED, 2))

    def test_what_is_running_tells_how_far_it_is(self) -> None:
        self.assertEqual(self.read("running"), Update(state=State.RUNNING, progress=0.48))

    def test_what_is_no_share_is_no_progress(self) -> None:
        odd: list[Any] = [None, "", "48%", "nan", "inf", "-1", "1.01", [], {}, "soon"]
        for progress in odd:
            with self.subTest(str(progress)):
                self.assertIsNone(self.read("running", progress=progress).progress)
        self.assertEqual(self.read("running", progress=0).progress, 0)

    def test_a_word_or_a_number_alone_tells_the_state(self) -> None:
        for name, state in (("succeeded", State.SUCCEEDED), ("running", State.RUNNING), ("failed", State.FAILED)):
            number = record(name)["successFlag"]
            for changes in (
                {"successFlag": None},
                {"status": None},
                {"status": "", "successFlag": str(number)},
                {"status": "BRAND_NEW"},
            ):
                with self.subTest(name=name, changes=str(changes)):
                    self.assertEqual(self.read(name, **changes).state, state)
        self.assertEqual(self.read("failed", status="CREATE_TASK_FAILED", successFlag=None).state, State.FAILED)

    def test_a_failure_has_our_sentence_and_their_code(self) -> None:
        update = self.read("failed")
        self.assertEqual((update.state, update.error), (State.FAILED, messages.POLICY.sentence))
        self.assertEqual((update.error_code, update.outputs), ("400", ()))
        for code, words, sentence in (
            (451, "download failed", messages.CODES[451].sentence),
            ("500", "generation failed", messages.BROKEN.sentence),
            (None, None, messages.NOT_MADE.sentence),
            (200, None, messages.NOT_MADE.sentence),
            (None, "content policy violation", messages.POLICY.sentence),
            ([], {}, messages.NOT_MADE.sentence),
            (999, "?", messages.BROKEN.sentence),
        ):
            with self.subTest(code=str(code)):
                self.assertEqual(self.read("failed", errorCode=code, errorMessage=words).error, sentence)

    def test_what_is_no_record_is_refused(self) -> None:
        odd: list[dict[str, Any]] = [
            {"status": None, "successFlag": None},
            {"status": None, "successFlag": True},
            {"status": None, "successFlag": 3},
            {"status": None, "successFlag": "SUCCESS"},
            {"response": None},
            {"response": []},
            {"response": {}},
            {"response": {"resultUrls": []}},
            {"response": {"resultUrls": None}},
            {"response": {"resultUrls": "https://files.example/1.png"}},
            {"response": {"resultUrls": [None]}},
            {"response": {"resultUrls": ["https://files.example/1.png", 7]}},
            {"response": {"resultUrls": [""]}},
        ]
        for changes in odd:
            with self.subTest(str(changes)), self.assertRaises((ValueError, KeyError, TypeError)):
                self.read("succeeded", **changes)
        for junk in ({}, {"status": "SUCCESS"}):
            with self.assertRaises((ValueError, KeyError, TypeError)):
                ImageWire().to_update(junk)
