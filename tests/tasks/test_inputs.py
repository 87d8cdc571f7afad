"""What goes into a task: found within the team, kept in order, handed to the engine, shown on the card."""

import io
import json
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from studio.library import uploads
from studio.library.models import Asset
from studio.providers.contract import Output, State, Update
from studio.providers.fake import FakePerformer
from studio.tasks import services
from studio.tasks.inputs import UnknownInputError
from studio.tasks.models import Task, TaskAsset
from studio.worker import rounds
from tests.base import HTMX, StudioTestCase, stored

FORM = {"prompt": "gouache", "size": "1:1", "count": "1", "engine": "local"}
NOT_HERE = "One of these is not in your team’s library. Please choose again."


def png(colour: str, size: tuple[int, int] = (30, 20)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile(f"{colour}.png", out.getvalue())


class InputTests(StudioTestCase):
    def upload(self, colour: str = "teal", member: Any = None) -> Asset:
        return uploads.keep_upload(member=member or self.alice, upload=png(colour))

    def post(self, **fields: Any) -> Any:
        form = {**FORM, "idempotency_key": uuid4().hex, **fields}
        return self.client.post(reverse("tasks:create", args=["image"]), form, headers=HTMX)

    def test_they_are_linked_in_order_and_handed_over(self) -> None:
        first, second = self.upload("teal"), self.upload("coral")
        task = self.make_task(references=(str(second.pk), str(first.pk)))
        self.assertEqual(Task.objects.get(pk=task.pk).inputs, [second, first])
        given = services.request_of(task).inputs
        self.assertEqual(
            [(it.role, it.name, it.media_type) for it in given],
            [("reference", "reference-1.png", "image/png"), ("reference", "reference-2.png", "image/png")],
        )
        with given[0].open() as file:
            content = file.read()
        self.assertEqual((content, given[0].size), (stored(second.name), len(content)))

    def test_a_mask_goes_in_by_its_own_role(self) -> None:
        reference = self.upload()
        mask = uploads.keep_box(member=self.alice, box=(0, 0, 50, 50), of=reference)
        assert mask is not None
        task = self.make_task(references=(str(reference.pk),), mask=str(mask.pk))
        self.assertEqual([it.role for it in services.request_of(task).inputs], ["reference", "mask"])

    def test_without_any_nobody_asks(self) -> None:
        task = self.make_task()
        with self.assertNumQueries(0):
            self.assertEqual(services.request_of(task).inputs, ())

    def test_what_is_not_the_teams_changes_nothing(self) -> None:
        mine, theirs, gone = self.upload(), self.upload(member=self.charlie), self.upload("coral")
        gone_id = str(gone.pk)
        gone.delete()
        for pk in (str(theirs.pk), str(uuid4()), gone_id):
            with self.subTest(pk=pk), self.assertRaises(UnknownInputError):
                self.make_task(references=(str(mine.pk), pk))
        self.assertEqual((Task.objects.count(), TaskAsset.objects.count()), (0, 0))

    def test_the_form_says_so_and_leaks_nothing(self) -> None:
        mine, theirs = self.upload(), self.upload("plum", member=self.charlie)
        self.sign_in(self.bob)
        for wrong in (str(theirs.pk), str(uuid4()), "nonsense", "'; --"):
            with self.subTest(wrong=wrong):
                answer = self.post(references=[str(mine.pk), wrong])
                self.assertContains(answer, NOT_HERE, status_code=422)
                self.assertContains(answer, mine.small_url, status_code=422)
                self.assertNotContains(answer, theirs.small_url, status_code=422)
                self.assertNotContains(answer, "plum", status_code=422)
        self.assertContains(self.post(references=str(mine.pk), mask=str(theirs.pk)), NOT_HERE, status_code=422)
        self.assertEqual(Task.objects.count(), 0)

    def test_six_are_too_many(self) -> None:
        ids = [str(self.upload(colour).pk) for colour in ("red", "blue", "teal", "plum", "tan", "navy")]
        self.sign_in(self.bob)
        self.assertContains(self.post(references=ids), "Up to 5 references", status_code=422)
        self.assertContains(self.post(references=ids[:5], reference_files=png("gold")), "Up to 5", status_code=422)
        self.assertEqual(self.post(references=ids[:5]).status_code, 200)
        self.assertEqual(Task.objects.get().inputs, [Asset.objects.get(pk=pk) for pk in ids[:5]])

    def test_files_come_with_the_form_where_there_are_no_scripts(self) -> None:
        self.sign_in(self.bob)
        answer = self.post(reference_files=[png("gold"), png("navy")])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual([asset.title for asset in Task.objects.get().inputs], ["gold", "navy"])

    def test_a_file_that_is_refused_says_why_and_the_others_stay(self) -> None:
        mine = self.upload()
        self.sign_in(self.bob)
        answer = self.post(references=str(mine.pk), reference_files=SimpleUploadedFile("x.png", b"<svg/>"))
        self.assertContains(answer, "no picture that can be read", status_code=422)
        self.assertContains(answer, mine.small_url, status_code=422)

    def test_a_rectangle_becomes_the_mask_and_paint_goes_before_it(self) -> None:
        reference = self.upload()
        self.sign_in(self.bob)
        self.post(references=str(reference.pk), mask_left=0, mask_top=0, mask_width=50, mask_height=100)
        boxed = Task.objects.latest("created_at").inputs[1]
        self.assertEqual(Image.open(io.BytesIO(stored(boxed.name))).getpixel((14, 10)), 0)
        painted = Image.new("L", (30, 20), 255)
        painted.paste(0, (20, 0, 30, 20))
        out = io.BytesIO()
        painted.save(out, "PNG")
        file = SimpleUploadedFile("mask.png", out.getvalue())
        self.post(references=str(reference.pk), mask_file=file, mask_width=50, mask_height=100)
        mask = Image.open(io.BytesIO(stored(Task.objects.latest("created_at").inputs[1].name)))
        self.assertEqual((mask.getpixel((5, 10)), mask.getpixel((25, 10))), (255, 0))

    def test_a_mask_is_only_of_one(self) -> None:
        ids = [str(self.upload(colour).pk) for colour in ("red", "blue")]
        self.sign_in(self.bob)
        self.post(references=ids, mask_width=50, mask_height=50)
        self.assertEqual(Task.objects.get().params["mask"], "")
        self.assertContains(self.post(references=ids[:1], mask_width=101, mask_height=5), "form", status_code=422)

    def test_who_may_not_spend_leaves_no_files(self) -> None:
        self.sign_in(self.vera)
        self.assertEqual(self.post(reference_files=png("gold")).status_code, 403)
        self.assertEqual(Asset.objects.count(), 0)

    def test_a_double_press_with_files_is_one_task(self) -> None:
        self.sign_in(self.bob)
        key = uuid4().hex
        for _ in range(2):
            self.post(reference_files=png("gold"), idempotency_key=key)
        self.assertEqual((Task.objects.count(), Asset.objects.count()), (1, 1))

    def test_the_page_begins_with_a_picture_of_the_team(self) -> None:
        mine, theirs = self.upload(), self.upload("plum", member=self.charlie)
        self.sign_in(self.bob)
        page = self.client.get(f"/image/?reference={mine.pk}&reference={theirs.pk}&reference=nonsense")
        self.assertContains(page, f'name="references" value="{mine.pk}"')
        self.assertNotContains(page, theirs.small_url)
        self.assertNotContains(page, f'value="{theirs.pk}"')

    def test_remix_and_again_keep_them(self) -> None:
        reference = self.upload()
        mask = uploads.keep_box(member=self.alice, box=(0, 0, 50, 50), of=reference)
        assert mask is not None
        task = self.make_task(references=(str(reference.pk),), mask=str(mask.pk))
        self.sign_in(self.bob)
        page = self.client.get(f"/image/?from={task.pk}")
        self.assertContains(page, f'name="references" value="{reference.pk}"')
        self.assertContains(page, f'name="mask" value="{mask.pk}"')
        again = services.repeat_task(member=self.bob, task=task, idempotency_key=uuid4().hex)
        self.assertEqual(again.inputs, [reference, mask])

    def test_the_card_shows_what_went_in_and_lends_what_came_out(self) -> None:
        reference = self.upload()
        self.use_engine(FakePerformer([Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),))]))
        task = self.make_task(references=(str(reference.pk),))
        rounds.run_step(task.pk, "test")
        task.refresh_from_db()
        (made,) = task.results
        for member, lends in ((self.bob, True), (self.vera, False)):
            self.sign_in(member)
            page = self.client.get("/image/")
            self.assertContains(page, f'href="{reference.get_absolute_url()}"')
            self.assertIs(f"?reference={made.pk}" in page.content.decode(), lends)
            page = self.client.get(made.get_absolute_url())
            self.assertContains(page, f'href="{reference.get_absolute_url()}"')
            self.assertIs(f"?reference={made.pk}" in page.content.decode(), lends)
        self.assertEqual(json.loads(json.dumps(task.params))["references"], [str(reference.pk)])
