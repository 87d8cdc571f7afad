"""Kie as an engine, spoken to over real sockets."""

import base64
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from studio.providers.contract import Input, Provider, State, Submission
from studio.providers.errors import OutcomeUnknownError
from studio.providers.kie import messages
from studio.providers.kie import upload as uploading
from tests.generators.image.test_wire import record
from tests.net.faults import HALF, hang
from tests.net.server import Script, answer
from tests.providers.kie.base import KEY, PROMPT, TOKEN, KieTestCase, body_of, envelope, line_of, picture

ID = "d231a99a000000000000000000008065"
TAKEN = envelope(data={"taskId": ID})
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def uploaded(url: str = "https://t.example/a.png") -> bytes:
    return envelope(msg="File uploaded successfully", data={"downloadUrl": url}, success=True)


class SubmitTests(KieTestCase):
    def test_it_is_an_engine(self) -> None:
        self.assertIsInstance(self.kie(TAKEN), Provider)

    def test_it_hands_over_and_remembers_the_id(self) -> None:
        kie = self.kie(TAKEN)
        self.assertEqual(
            kie.submit(self.request(callback_url=f"https://s.example/{TOKEN}/")), Submission(upstream_id=ID)
        )
        self.assertEqual(line_of(self.server.heard[0]), "POST /api/v1/gpt4o-image/generate")
        wanted = {"prompt": PROMPT, "size": "3:2", "nVariants": 2, "callBackUrl": f"https://s.example/{TOKEN}/"}
        self.assertEqual(body_of(self.server.heard[0]), wanted)

    def test_where_no_one_can_call_back_a_placeholder_does(self) -> None:
        kie = self.kie(TAKEN)
        kie.submit(self.request())
        kie.submit(self.request())
        first, second = (body_of(request)["callBackUrl"] for request in self.server.heard)
        self.assertRegex(first, r"^https://callback\.invalid/[\w-]{20,}$")
        self.assertNotEqual(first, second)

    def test_an_answer_without_an_id_is_unknown(self) -> None:
        odd: list[Any] = [None, {}, "x", [], {"taskId": None}, {"taskId": ""}, {"taskId": True}, {"taskId": "x" * 201}]
        for data in odd:
            with self.subTest(str(data)[:30]), self.assertRaises(OutcomeUnknownError):
                self.kie(envelope(data=data)).submit(self.request())

    def test_a_refusal_has_a_sentence_and_nothing_was_taken(self) -> None:
        error = self.refused(self.kie(envelope(402, "no")).submit, self.request())
        self.assertEqual((error.message, error.code), (messages.NO_CREDITS.sentence, "402"))

    def test_who_must_wait_sends_nothing(self) -> None:
        error = self.refused(self.kie(TAKEN, pace=lambda take: 2.5).submit, self.request())
        self.assertEqual((error.code, error.retryable, error.retry_after), ("pace", True, 2.5))
        self.assertEqual(self.server.heard, [])

    def test_nor_does_it_upload(self) -> None:
        kie = self.kie(TAKEN, uploads=(uploaded(),), pace=lambda take: 2.5)
        self.refused(kie.submit, self.request(inputs=(picture(),)))
        self.assertEqual((self.server.heard, self.uploads.heard), ([], []))

    def test_the_turn_is_taken_after_the_uploads_and_once(self) -> None:
        seen: list[tuple[bool, int]] = []

        def pace(take: bool) -> float:
            seen.append((take, len(self.uploads.heard)))
            return 0

        self.kie(TAKEN, uploads=(uploaded(),), pace=pace).submit(self.request(inputs=(picture(),)))
        self.assertEqual(seen, [(False, 0), (True, 1)])

    def test_a_request_that_the_wire_cannot_say_is_refused_before_it_is_paid(self) -> None:
        for request in (self.request(params={}), self.request(inputs=(picture(role="mask"),))):
            error = self.refused(self.kie(TAKEN, uploads=(uploaded(),)).submit, request)
            self.assertEqual((error.code, error.retryable, self.server.heard), ("422", False, []))


class UploadTests(KieTestCase):
    def submit(self, *uploads: Script, inputs: tuple[Input, ...] = (picture(),)) -> Any:
        self.kie(TAKEN, uploads=uploads).submit(self.request(inputs=inputs))
        return body_of(self.server.heard[0])

    def test_inputs_go_first_and_by_their_roles(self) -> None:
        both = (picture(PNG), picture(PNG, role="mask"))
        body = self.submit(uploaded("https://t.example/1"), uploaded("https://t.example/2"), inputs=both)
        self.assertEqual((body["filesUrl"], body["maskUrl"]), (["https://t.example/1"], "https://t.example/2"))

    def test_the_form_is_whole_and_named_after_its_kind(self) -> None:
        data = bytes(range(256)) * 1000
        self.submit(uploaded(), inputs=(picture(data, "image/jpeg"),))
        head, _gap, body = self.uploads.heard[0].partition(b"\r\n\r\n")
        self.assertEqual(line_of(head), "POST /api/file-stream-upload")
        self.assertIn(f"Authorization: Bearer {KEY}".encode(), head)
        self.assertNotIn(b"Transfer-Encoding", head)
        boundary = head.partition(b"boundary=")[2].split(b"\r\n")[0]
        parts = body.split(b"--" + boundary)
        self.assertEqual((parts[0], parts[-1]), (b"", b"--\r\n"))
        values = [part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts[1:-1]]
        self.assertEqual((values[0], values[2]), (b"studio/inputs", data))
        self.assertRegex(values[1].decode(), r"^[0-9a-f]{32}\.jpg$")
        self.assertIn(b'name="file"; filename="' + values[1], parts[3])
        self.assertIn(b"Content-Type: image/jpeg", parts[3])

    def test_every_time_it_has_another_name(self) -> None:
        self.submit(uploaded(), inputs=(picture(), picture()))
        names = {request.partition(b'filename="')[2][:32] for request in self.uploads.heard}
        self.assertEqual(len(names), 2)

    def test_when_the_stream_fails_it_goes_as_text(self) -> None:
        no = envelope(500)
        self.submit(no, no, no, uploaded(), inputs=(picture(b"pixels", "image/webp"),))
        self.assertEqual(line_of(self.uploads.heard[3]), "POST /api/file-base64-upload")
        body = body_of(self.uploads.heard[3])
        self.assertEqual(body["base64Data"], f"data:image/webp;base64,{base64.b64encode(b'pixels').decode()}")
        self.assertRegex(body["fileName"], r"^[0-9a-f]{32}\.webp$")
        self.assertEqual(body["uploadPath"], "studio/inputs")

    def test_what_is_large_does_not_go_as_text(self) -> None:
        kie = self.kie(TAKEN, uploads=(envelope(400),))
        with patch.object(uploading, "BASE64_LIMIT", 5):
            self.assertEqual(self.refused(kie.submit, self.request(inputs=(picture(b"123456"),))).code, "400")
        self.assertEqual(len(self.uploads.heard), 1)

    def test_a_failed_upload_means_that_nothing_was_sent(self) -> None:
        for script, code, retryable in (
            (envelope(401), "401", False),
            (envelope(500), "500", True),
            (b"", "broken", True),
            (uploaded("ftp://t.example/"), "unreadable", True),
            (envelope(data="https://t.example/"), "unreadable", True),
            (envelope(data={"fileUrl": "https://t.example/"}), "unreadable", True),
        ):
            error = self.refused(self.kie(TAKEN, uploads=(script,)).submit, self.request(inputs=(picture(),)))
            with self.subTest(code=code):
                self.assertEqual((error.code, error.retryable, self.server.heard), (code, retryable, []))

    def test_what_another_way_would_not_mend_goes_no_other_way(self) -> None:
        kie = self.kie(TAKEN, uploads=(envelope(401),))
        self.refused(kie.submit, self.request(inputs=(picture(),)))
        self.assertEqual(len(self.uploads.heard), 1)

    def test_every_kind_has_its_ending_whatever_the_machine_knows(self) -> None:
        with patch("studio.providers.kie.upload.mimetypes.guess_extension", return_value=None):
            for media_type, ending in {**uploading.ENDINGS, "image/odd": ".bin"}.items():
                self.submit(uploaded(), inputs=(picture(media_type=media_type),))
                self.assertIn(f'{ending}"\r\n'.encode(), self.uploads.heard[0])

    def test_an_input_that_cannot_be_opened_may_come_back(self) -> None:
        def gone() -> Any:
            raise FileNotFoundError

        error = self.refused(self.kie(TAKEN).submit, self.request(inputs=(replace(picture(), open=gone),)))
        self.assertEqual((error.code, error.retryable), ("input", True))


class FetchTests(KieTestCase):
    def ask(self, *scripts: Script) -> Any:
        return self.kie(*scripts).fetch(self.request(upstream_id=ID))

    def test_it_asks_for_the_record_and_tells_what_it_says(self) -> None:
        update = self.ask(envelope(data=record("succeeded")))
        self.assertEqual(line_of(self.server.heard[0]), f"GET /api/v1/gpt4o-image/record-info?taskId={ID}")
        self.assertEqual((update.state, len(update.outputs)), (State.SUCCEEDED, 1))

    def test_no_record_is_news_of_its_own(self) -> None:
        for script in (envelope(data=None), envelope(404), envelope(422, "recordInfo is null")):
            error = self.refused(self.ask, script)
            self.assertEqual((error.code, error.retryable), ("no-record", True))

    def test_a_record_that_cannot_be_read_or_is_of_another_may_be_asked_again(self) -> None:
        odd: list[Any] = [[], "x", 7, {}, {"status": "SUCCESS"}, record("succeeded", taskId="other")]
        for data in odd:
            error = self.refused(self.ask, envelope(data=data))
            with self.subTest(str(data)[:30]):
                self.assertEqual((error.code, error.retryable), ("unreadable", True))

    def test_trouble_on_the_way_is_no_end(self) -> None:
        for script in (envelope(429), envelope(455), envelope(500), b"", HALF, hang, answer(b"<html>")):
            self.assertTrue(self.refused(self.ask, script).retryable)


class CreditTests(KieTestCase):
    def test_it_is_exact(self) -> None:
        for data, credit in ((60.62, "60.62"), (142, "142"), ("0.4", "0.4"), (0, "0"), (-1.5, "-1.5")):
            self.assertEqual(self.kie(envelope(data=data)).credit(), Decimal(credit))
        self.assertEqual(line_of(self.server.heard[0]), "GET /api/v1/chat/credit")

    def test_what_is_no_number_is_not_read(self) -> None:
        odd: list[Any] = [None, True, "", "many", "NaN", "Infinity", [], {}, float("inf")]
        for data in odd:
            with self.subTest(str(data)):
                self.assertEqual(self.refused(self.kie(envelope(data=data)).credit).code, "unreadable")
