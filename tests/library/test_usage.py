"""What a team's files take up is counted with each of them, however many are kept at once."""

import errno
import threading
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.models import Count, Sum
from django.test import TransactionTestCase, override_settings
from django.utils import timezone
from PIL import Image

from studio.accounts.models import Team
from studio.library import storage
from studio.library.models import Asset, Usage
from tests.base import StudioTestCase


class UsageTests(StudioTestCase):
    def test_it_is_the_sum_over_the_assets(self) -> None:
        first, _second = self.make_asset(), self.make_asset()
        self.make_asset(request=first.origin)  # kept already, counted already
        self.make_asset(self.charlie)
        for team in (self.team, self.other_team):
            sums = Asset.objects.for_team(team).aggregate(bytes=Sum("size"), files=Count("pk"))
            self.assertEqual(Usage.objects.values("bytes", "files").get(pk=team.pk), sums)
        self.assertEqual(Usage.objects.get(pk=self.team.pk).files, 2)

    def test_the_loser_of_a_race_is_not_counted(self) -> None:
        first = self.make_asset()
        with patch.object(Asset.objects, "filter", side_effect=[Asset.objects.none(), Asset.objects.all()]):
            self.make_asset(request=first.origin)
        self.assertEqual(Usage.objects.get(pk=self.team.pk).files, 1)

    def test_a_row_that_cannot_be_counted_is_not_there(self) -> None:
        with patch.object(Usage, "add", side_effect=OperationalError), self.assertRaises(OperationalError):
            self.make_asset()
        self.assertFalse(Asset.objects.exists())
        self.assertFalse(Usage.objects.exists())

    def test_a_copy_that_finds_no_room_leaves_no_row(self) -> None:
        """The original is written, then a small copy is not: without its row it is not shown."""
        real, saved = default_storage.save, []

        def save(name: str, content: ContentFile) -> str:  # type: ignore[type-arg]  # no such subscript at run time
            saved.append(name)
            if len(saved) == 3:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(name, content)

        with patch.object(default_storage, "save", save), self.assertRaises(OSError):
            self.make_asset()
        self.assertFalse(Asset.objects.exists())
        self.assertFalse(Usage.objects.exists())


class RaceTests(TransactionTestCase):
    def test_workers_that_keep_at_the_same_time_lose_no_byte_and_count_none_twice(self) -> None:
        team = Team.objects.create(name="Harbour Team")
        shared = uuid.uuid4()  # one output that all of them have

        def keep(folder: Path) -> None:
            for request in (uuid.uuid4(), shared, uuid.uuid4()):
                origin = storage.Origin(
                    team=team,
                    made_by=None,
                    request=request,
                    position=0,
                    at=timezone.now(),
                    generator="image",
                    prompt="",
                    provider="local",
                    parameters={},
                )
                with (folder / "0.png").open("rb") as file:
                    storage.keep_image(file, origin=origin, facts={})
            connection.close()

        with TemporaryDirectory() as name, override_settings(MEDIA_ROOT=Path(name) / "media"):
            Image.new("RGB", (30, 20)).save(Path(name) / "0.png")
            workers = [threading.Thread(target=keep, args=[Path(name)]) for _ in range(4)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        sums = Asset.objects.aggregate(bytes=Sum("size"), files=Count("pk"))
        self.assertEqual(sums["files"], 9)
        self.assertEqual(Usage.objects.values("bytes", "files").get(pk=team.pk), sums)
