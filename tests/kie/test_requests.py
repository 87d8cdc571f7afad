"""What is sent to Kie for a picture, field by field (kie-api.md 10.1, 11), and what comes of it."""

import io
import json
from typing import Any

from PIL import Image

from studio.library import uploads
from studio.library.models import Asset
from studio.tasks.states import Status
from tests.base import stored
from tests.kie.base import CREATE, DOWNLOAD, PROMPT, QUERY, SOON, UPLOAD, KieTestCase
from tests.kie.pictures import photo


class RequestTestCase(KieTestCase):
    def asset(self, form: str = "PNG", size: tuple[int, int] = (96, 64), colour: str = "teal") -> Asset:
        return uploads.keep_upload(member=self.alice, upload=photo(form, size, colour))

    def body(self) -> dict[str, Any]:
        call = self.kie.last_create
        self.assertEqual((call.method, call.path, call.unknown), ("POST", f"/api/v1/{CREATE}", []))
        self.assertEqual(call.headers["authorization"], f"Bearer {self.kie.key}")
        self.assertEqual(call.headers["content-type"], "application/json")
        self.assertTrue(call.headers["user-agent"])
        assert isinstance(call.body, dict)
        return call.body


class WordsTests(RequestTestCase):
    def test_words_become_pictures(self) -> None:
        task = self.walk(self.press(size="3:2", count=2))
        self.expect_pictures(task, 2)
        address = f"https://studio.invalid/callbacks/kie/{task.callback_token}/"
        self.assertEqual(self.body(), {"prompt": PROMPT, "size": "3:2", "nVariants": 2, "callBackUrl": address})
        self.assertEqual((task.upstream_id, task.error), (self.kie.last_create.task, ""))
        self.assertEqual([(asset.width, asset.height) for asset in task.results], [(1536, 1024)] * 2)
        self.assertEqual([asset.cost for asset in task.results], [self.price()] * 2)
        self.expect_money(spent=self.price(2))
        self.expect_creates(1)

    def test_it_asks_with_the_key_and_fetches_files_without(self) -> None:
        task = self.walk(self.press())
        for call in self.calls(QUERY):
            self.assertEqual((call.method, call.query, call.key), ("GET", {"taskId": task.upstream_id}, self.kie.key))
        (file,) = self.calls("files/*")
        self.assertEqual(("authorization" in file.headers, bool(file.headers["user-agent"])), (False, True))
        self.assertEqual(self.calls(DOWNLOAD), [])
        self.assertTrue(stored(task.results[0].name).startswith(b"\x89PNG"))

    def test_every_size_and_count_is_taken(self) -> None:
        for size, count in (("1:1", 1), ("2:3", 4), ("3:2", 1)):
            task = self.submitted(size=size, count=count)
            self.assertEqual((self.body()["size"], self.body()["nVariants"]), (size, count))
            self.assertEqual(task.status, Status.RUNNING)

    def test_words_of_every_kind_arrive_as_they_were_written(self) -> None:
        for prompt in ('a "fox"\\n\n\tand 海边的灯塔 🦊', "x" * 2000, "<b>&amp;</b> ' or 1=1 --", "‮reversed"):
            self.submitted(prompt=prompt)
            self.assertEqual(self.body()["prompt"], prompt)


class WithoutAnAddressTests(RequestTestCase):
    public_url = ""

    def test_a_placeholder_is_sent_that_nobody_listens_on(self) -> None:
        task = self.walk(self.press())
        self.assertRegex(self.body()["callBackUrl"], r"^https://callback\.invalid/[\w-]{16,}$")
        self.assertNotIn(task.callback_token, self.body()["callBackUrl"])
        self.expect_pictures(task, 1)


class ReferenceTests(RequestTestCase):
    def test_five_references_are_uploaded_in_their_order_without_what_was_in_them(self) -> None:
        forms = ["JPEG", "PNG", "WEBP", "JPEG", "PNG"]
        assets = [self.asset(form, colour=f"#00{place}0{place}0") for place, form in enumerate(forms)]
        task = self.walk(self.press(references=tuple(str(asset.pk) for asset in assets)))
        self.expect_pictures(task, 1)
        calls, body = self.calls(UPLOAD), self.body()
        self.assertEqual([call.unknown for call in calls], [[]] * 5)
        self.assertEqual([call.key for call in calls], [self.kie.key] * 5)
        self.assertEqual([call.form["file"].content for call in calls], [stored(asset.name) for asset in assets])
        told = [json.loads(json.dumps(call.answer))["data"]["downloadUrl"] for call in calls]
        self.assertEqual(body["filesUrl"], told)
        self.assertNotIn("maskUrl", body)
        for call, asset in zip(calls, assets, strict=True):
            name = call.form["fileName"].text
            self.assertRegex(name, rf"^[0-9a-f]{{32}}\.{asset.extension}$")
            self.assertEqual(call.form["file"].file_name, name)
            self.assertRegex(call.form["uploadPath"].text, r"^[^/].*[^/]$")
            for secret in (b"Exif", b"GPS", b"harbour-secret"):
                self.assertNotIn(secret, call.raw)
        self.assertEqual(len({call.form["fileName"].text for call in calls}), 5)

    def test_the_same_picture_is_uploaded_afresh_for_each_request(self) -> None:
        asset = self.asset()
        addresses = []
        for _press in range(2):
            self.submitted(references=(str(asset.pk),))
            addresses += self.body()["filesUrl"]
        self.assertEqual(len(set(addresses)), 2)

    def test_what_is_refused_for_now_is_uploaded_again_with_the_next_try(self) -> None:
        self.kie.fault(CREATE, code=455)
        task = self.step(self.press(references=(str(self.asset().pk),)))
        self.assertEqual((task.status, task.stage, task.sent_at), (Status.QUEUED, "455", None))
        self.kie.advance(4 * 86_400)
        self.expect_pictures(self.walk(task), 1)
        self.assertEqual(len(self.calls(UPLOAD)), 2)

    def test_a_picture_that_kie_cannot_fetch_is_told_and_costs_nothing(self) -> None:
        self.kie.settings.upload_days = -1
        task = self.walk(self.press(references=(str(self.asset().pk),)))
        self.expect_failed(task, "451")

    def test_a_stream_that_fails_goes_as_text(self) -> None:
        self.kie.fault(UPLOAD, status=500, code=500, times=None)
        asset = self.asset("JPEG")
        task = self.walk(self.press(references=(str(asset.pk),)))
        self.expect_pictures(task, 1)
        (call,) = self.calls("file-base64-upload")
        self.assertTrue(call.body["base64Data"].startswith("data:image/jpeg;base64,"))
        (upload,) = self.kie.uploads.values()
        self.assertEqual(upload.content, stored(asset.name))

    def test_no_upload_means_that_nothing_was_sent(self) -> None:
        self.kie.fault("file-*", status=500, code=500, times=None)
        task = self.step(self.press(references=(str(self.asset().pk),)))
        self.assertEqual((task.status, task.sent_at), (Status.QUEUED, None))
        self.expect_creates(0)
        self.kie.faults.all.clear()
        self.expect_pictures(self.walk(task), 1)


class MaskTests(RequestTestCase):
    def mask(self, reference: Asset) -> Asset:
        mask = uploads.keep_box(member=self.alice, box=(25, 25, 50, 50), of=reference)
        assert mask is not None
        return mask

    def opened(self, address: str) -> Image.Image:
        return Image.open(io.BytesIO(self.kie.uploads[address.partition("/uploads/")[2]].content))

    def test_a_mask_has_the_size_and_the_format_of_its_reference_and_black_where_it_may_change(self) -> None:
        for form in ("PNG", "JPEG", "WEBP"):
            reference = self.asset(form)
            task = self.walk(self.press(references=(str(reference.pk),), mask=str(self.mask(reference).pk)))
            self.expect_pictures(task, 1)
            body = self.body()
            picture, mask = self.opened(body["filesUrl"][0]), self.opened(body["maskUrl"])
            self.assertEqual((mask.format, mask.size), (picture.format, picture.size))
            self.assertEqual(body["filesUrl"][0].rpartition(".")[2], body["maskUrl"].rpartition(".")[2])
            tones = mask.convert("L").tobytes()
            self.assertLess(tones[32 * 96 + 48], 4)
            self.assertGreater(tones[2 * 96 + 2], 251)
            self.assertTrue(all(tone < 40 or tone > 215 for tone in tones), form)

    def test_a_mask_that_was_made_for_another_picture_is_made_to_fit(self) -> None:
        mask = self.mask(self.asset(size=(50, 50)))
        task = self.walk(self.press(references=(str(self.asset("JPEG").pk),), mask=str(mask.pk)))
        self.expect_pictures(task, 1)


class AdvancedTests(RequestTestCase):
    def test_what_only_kie_knows_is_sent_when_it_is_wanted(self) -> None:
        self.submitted(enhance=True, upload_cn=True, fallback=True, fallback_model="GPT_IMAGE_1")
        body = self.body()
        self.assertEqual((body["isEnhance"], body["uploadCn"], body["enableFallback"]), (True, True, True))
        self.assertEqual(body["fallbackModel"], "GPT_IMAGE_1")

    def test_and_not_otherwise(self) -> None:
        self.submitted(fallback=True)
        self.assertEqual(self.body()["enableFallback"], True)
        self.assertEqual({"isEnhance", "uploadCn", "fallbackModel"} & set(self.body()), set())

    def test_the_form_has_them_for_kie_and_its_params_arrive(self) -> None:
        self.sign_in(self.alice)
        page = self.client.get("/image/").content.decode()
        for label in ("Advanced", "Enhance the prompt", "Upload through China", "Fallback model"):
            self.assertIn(label, page)
        self.assertIn('<details class="advanced" data-only="kie">', page)
        with self.settings(KIE_API_KEY=""):
            self.assertContains(self.client.get("/image/"), '<details class="advanced" data-only="kie" hidden>')
        key = page.split('name="idempotency_key"')[1].split('value="')[1].split('"')[0]
        says = {"prompt": PROMPT, "size": "1:1", "count": "1", "engine": "kie", "idempotency_key": key}
        says |= {"enhance": "on", "fallback": "on", "fallback_model": "FLUX_MAX"}
        self.assertLess(self.client.post("/image/tasks/", says).status_code, 400)
        (task,) = self.team.tasks.all()
        self.assertEqual(self.walk(task).status, Status.SUCCEEDED)
        self.assertEqual((self.body()["isEnhance"], self.body()["fallbackModel"]), (True, "FLUX_MAX"))

    def test_a_record_in_the_words_of_the_quick_start_is_a_picture_too(self) -> None:
        self.kie.plan(steps=SOON, every=None, snake_case=True, with_status=False, text_times=True)
        self.expect_pictures(self.walk(self.press()), 1)
