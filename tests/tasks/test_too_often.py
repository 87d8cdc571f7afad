"""One person alone cannot keep the studio busy: what is too much is said kindly, and leaves nothing."""

import uuid
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile

from studio.accounts.models import Member
from studio.library import uploads
from studio.library.models import Asset
from studio.tasks import bench
from studio.tasks.models import Task
from tests.base import HTMX, StudioTestCase

WISH = {"prompt": "a boat", "size": "1:1", "count": "1", "engine": "local"}


class TooOftenTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        for room in (bench, uploads):
            few = mock.patch.object(room, "TIMES", 2)
            few.start()
            self.addCleanup(few.stop)
        self.sign_in(self.bob)

    def file(self, tone: int = 0) -> SimpleUploadedFile:
        return SimpleUploadedFile(f"{tone}.png", self.picture(colour=f"#0000{tone:02x}").read_bytes())

    def wish(self, **changes: object) -> dict[str, object]:
        return {**WISH, "idempotency_key": uuid.uuid4().hex, **changes}

    def test_tasks_are_refused_by_the_form(self) -> None:
        for _time in range(2):
            self.assertEqual(self.client.post("/image/tasks/", self.wish()).status_code, 302)
        sent = self.wish(reference_files=self.file())
        self.assertContains(self.client.post("/image/tasks/", sent, headers=HTMX), "many tasks", status_code=422)
        self.assertEqual((Task.objects.count(), Asset.objects.count()), (2, 0))
        self.sign_in(self.alice)
        self.assertEqual(self.client.post("/image/tasks/", self.wish()).status_code, 302)

    def test_a_task_once_more_is_refused_by_a_toast(self) -> None:
        task = self.make_task(self.bob)
        for expected in (2, 3, 3):
            key = {"idempotency_key": uuid.uuid4().hex}
            response = self.client.post(f"/tasks/{task.pk}/again/", key, headers=HTMX)
            self.assertEqual(Task.objects.count(), expected)
        self.assertIn("many tasks", response["HX-Trigger"])

    def test_uploads_are_refused_in_their_own_words(self) -> None:
        for tone in range(2):
            self.assertEqual(self.upload(self.bob, tone), 201)
        self.assertEqual(self.upload(self.bob, 9), 429)
        self.assertEqual(self.upload(self.alice, 9), 201)

    def upload(self, who: Member, tone: int) -> int:
        self.sign_in(who)
        response = self.client.post("/library/uploads/", {"file": self.file(tone)})
        if response.status_code == 429:
            self.assertIn("many files", response.json()["error"])
        return response.status_code

    def test_a_heap_of_files_is_told_once(self) -> None:
        files = [self.file(tone) for tone in range(5)]
        page = self.client.post("/library/bring/", {"file": files}, follow=True)
        self.assertContains(page, "many files", count=1)
        self.assertEqual(Asset.objects.count(), 2)

    def test_a_file_of_a_form_is_refused_by_the_form(self) -> None:
        sent = self.wish(reference_files=[self.file(tone) for tone in range(3)])
        self.assertContains(self.client.post("/image/tasks/", sent), "many files", status_code=422)
        self.assertEqual(Task.objects.count(), 0)
