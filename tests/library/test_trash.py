"""Out of sight at once, back with one press, and gone after 30 days, but for what something came of."""

from datetime import timedelta
from unittest.mock import patch

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from studio.library import gallery, trash, uploads
from studio.library.models import Asset, SearchText, Tally, Usage
from studio.providers.contract import Output, State, Update
from studio.providers.fake import FakePerformer
from studio.tasks import inputs
from studio.tasks.models import Task
from studio.worker import rounds, sweep
from tests.base import StudioTestCase


class TrashTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.asset, self.other = self.make_asset(prompt="a fox"), self.make_asset(prompt="a whale")
        self.sign_in(self.bob)

    def put_away(self, *assets: Asset, days: int = 0) -> None:
        trash.trash(self.team, [asset.pk for asset in assets])
        if days:
            ids = [asset.pk for asset in assets]
            Asset.objects.filter(pk__in=ids).update(trashed_at=timezone.now() - timedelta(days=days))

    def made(self, *references: Asset) -> tuple[Task, Asset]:
        """A task that ended, and what came of it."""
        engine = FakePerformer([Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),))])
        self.use_engine(engine)
        task = self.make_task(prompt="made of it", references=tuple(str(asset.pk) for asset in references))
        rounds.run_step(task.pk, "test")
        return task, Asset.objects.get(origin=task.pk)

    def test_undo_calls_back_what_was_moved_together(self) -> None:
        self.put_away(self.other)
        page = self.client.post("/library/pick/trash/", {"asset": [str(self.asset.pk)]}, follow=True)
        self.assertNotContains(page, "a fox")
        self.assertContains(page, "1 piece is in the trash.")
        self.assertContains(page, 'formaction="/library/undo/"')
        self.asset.refresh_from_db()
        assert self.asset.trashed_at is not None
        back = self.client.post("/library/undo/", {"at": self.asset.trashed_at.isoformat()}, follow=True)
        self.assertContains(back, "a fox")
        self.assertNotContains(back, "a whale")

    def test_undo_of_what_never_was(self) -> None:
        for at in (
            "",
            "x",
            "2026-11-25",
            "2026-11-25T10:00:00",
            "2026-99-25T10:00:00+00:00",
            timezone.now().isoformat(),
        ):
            self.assertEqual(self.client.post("/library/undo/", {"at": at}).status_code, 302, at)

    def test_another_teams_moment_is_not_ours(self) -> None:
        self.put_away(self.asset)
        self.asset.refresh_from_db()
        assert self.asset.trashed_at is not None
        self.sign_in(self.charlie)
        self.client.post("/library/undo/", {"at": self.asset.trashed_at.isoformat()})
        self.asset.refresh_from_db()
        self.assertTrue(self.asset.is_trashed)

    def test_the_numbers_follow(self) -> None:
        self.assertEqual(Tally.of(self.team), {"kind:image": 2})
        for _ in range(2):
            self.put_away(self.asset)
        self.assertEqual(Tally.of(self.team), {"kind:image": 1, "trash": 1})
        self.assertContains(self.client.get("/"), 'Trash <span class="num">1</span>')
        self.assertEqual(gallery.total(self.team), 1)
        for _ in range(2):
            trash.restore(self.team, [self.asset.pk])
        self.assertEqual(Tally.of(self.team), {"kind:image": 2, "trash": 0})
        self.put_away(self.asset, days=31)
        trash.empty(inputs.in_use)
        self.assertEqual(Tally.of(self.team), {"kind:image": 1, "trash": 0})

    def test_after_30_days_it_is_gone_with_all_its_files(self) -> None:
        self.put_away(self.asset, days=31)
        self.put_away(self.other, days=29)
        self.assertTrue(sweep.sweep())
        self.assertFalse(Asset.objects.filter(pk=self.asset.pk).exists())
        self.assertFalse(any(default_storage.exists(name) for name in self.asset.files))
        self.assertTrue(all(default_storage.exists(name) for name in self.other.files))
        self.assertEqual(SearchText.objects.count(), 1)
        usage = Usage.objects.get(pk=self.team.pk)
        self.assertEqual((usage.files, usage.bytes), (1, self.other.size))
        self.assertFalse(sweep.sweep())
        self.assertEqual(self.client.get(f"/library/{self.asset.pk}/").status_code, 404)

    def test_what_a_task_still_reads_is_kept_until_it_ended(self) -> None:
        task = self.make_task(references=(str(self.asset.pk),))
        self.put_away(self.asset, days=40)
        self.assertEqual(trash.empty(inputs.in_use), 0)
        self.assertTrue(default_storage.exists(self.asset.name))
        engine = FakePerformer([Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),))])
        self.use_engine(engine)
        rounds.run_step(task.pk, "test")
        self.assertEqual(trash.empty(inputs.in_use), 1)
        self.assertFalse(default_storage.exists(self.asset.name))

    def test_what_something_came_of_is_still_told_of(self) -> None:
        task, child = self.made(self.asset)
        self.put_away(self.asset, child, days=31)
        self.assertEqual(trash.empty(inputs.in_use), 2)
        for asset in (self.asset, child):
            self.assertFalse(default_storage.exists(asset.name))
            page = self.client.get(f"/library/{asset.pk}/")
            self.assertContains(page, "its file is gone")
            self.assertContains(page, "2 pieces")
            self.assertEqual(self.client.get(f"/files/{asset.pk}/").status_code, 404)
            self.assertEqual(self.client.post("/library/pick/restore/", {"asset": str(asset.pk)}).status_code, 404)
        self.assertContains(self.client.get("/image/"), "1 was removed from the trash.")
        self.assertContains(self.client.get(f"/tasks/{task.pk}/"), "removed from the trash")
        self.assertNotContains(self.client.get("/", {"trash": "1"}), "a fox")

    def test_whoever_dies_between_row_and_files_is_followed_up(self) -> None:
        self.put_away(self.asset, days=31)
        with patch.object(default_storage, "delete", side_effect=OSError), self.assertRaises(OSError):
            trash.empty(inputs.in_use)
        self.assertEqual(Usage.objects.get(pk=self.team.pk).files, 1)
        self.assertEqual(trash.empty(inputs.in_use), 1)
        self.assertFalse(default_storage.exists(self.asset.name))
        self.assertEqual(Usage.objects.get(pk=self.team.pk).files, 1)

    def test_a_picture_that_is_brought_again_is_back(self) -> None:
        content = self.picture("own.png", colour="gold").read_bytes()

        def bring() -> Asset:
            return uploads.keep_upload(member=self.bob, upload=SimpleUploadedFile("own.png", content, "image/png"))

        own = bring()
        self.put_away(own)
        self.assertEqual((bring().pk, bring().is_trashed), (own.pk, False))
        self.made(own)
        self.put_away(own, days=31)
        trash.empty(inputs.in_use)
        before = Tally.of(self.team)["kind:image"]
        again = bring()
        again.refresh_from_db()
        self.assertEqual((again.pk, again.is_gone, again.is_trashed), (own.pk, False, False))
        self.assertTrue(default_storage.exists(again.name))
        self.assertEqual(Tally.of(self.team)["kind:image"], before + 1)
