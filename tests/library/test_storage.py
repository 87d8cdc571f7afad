import hashlib
import io
from pathlib import Path
from unittest.mock import patch

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from studio.library import storage
from studio.library.models import WIDTHS, Asset
from studio.library.storage import NotKeepableError
from tests.base import StudioTestCase, stored


class KeepImageTests(StudioTestCase):
    def test_it_measures_hashes_and_copies(self) -> None:
        asset = self.make_asset()
        content = stored(asset.name)
        self.assertEqual(asset.checksum, hashlib.sha256(content).hexdigest())
        self.assertEqual((asset.size, asset.width, asset.height), (len(content), 300, 200))
        self.assertEqual((asset.media_type, asset.extension), ("image/png", "png"))
        self.assertIn(str(self.team.pk), asset.name)

    def test_the_name_says_nothing_of_the_person_and_the_folder_is_private(self) -> None:
        asset = self.make_asset(prompt="../../etc/passwd")
        self.assertNotIn("passwd", asset.name)
        self.assertEqual(Path(default_storage.path(asset.name)).stat().st_mode & 0o777, 0o600)

    def test_small_copies_never_grow(self) -> None:
        asset = self.make_asset()
        for width in WIDTHS:
            with Image.open(io.BytesIO(stored(asset.thumbnail(width)))) as small:
                self.assertEqual((small.format, small.width), ("WEBP", min(width, 300)))

    def test_the_same_output_is_kept_once(self) -> None:
        first = self.make_asset()
        again = self.make_asset(request=first.origin, position=0)
        self.assertEqual(again.pk, first.pk)
        self.assertEqual(Asset.objects.count(), 1)

    def test_the_loser_of_a_race_leaves_no_file(self) -> None:
        first = self.make_asset()
        files = list(Path(self.folder / "media").rglob("*.*"))
        # It looks before the winner's row is there to be seen, and again after its own was refused.
        with patch.object(Asset.objects, "filter", side_effect=[Asset.objects.none(), Asset.objects.all()]):
            again = self.make_asset(request=first.origin, position=0)
        self.assertEqual(again.pk, first.pk)
        self.assertEqual(sorted(Path(self.folder / "media").rglob("*.*")), sorted(files))

    def test_a_picture_taller_than_a_small_copy_may_be_is_kept(self) -> None:
        asset = self.keep(self.picture("tall.png", size=(30, 20_000)))
        self.assertEqual((asset.width, asset.height), (30, 20_000))
        with Image.open(io.BytesIO(stored(asset.thumbnail(320)))) as small:
            self.assertEqual(small.height, 16_383)

    def test_what_is_no_picture_is_refused(self) -> None:
        html = b"<!doctype html><script>alert(1)</script>"
        cut = self.picture().read_bytes()[:200]
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        for name, content in (
            ("html", html),
            ("cut", cut),
            ("svg", svg),
            ("empty", b""),
            ("png-head", b"\x89PNG\r\n\x1a\n"),
        ):
            with self.subTest(name):
                path = self.folder / f"{name}.png"
                path.write_bytes(content)
                with self.assertRaises(NotKeepableError):
                    self.keep(path)
        self.assertFalse(Asset.objects.exists())

    def test_a_bomb_is_refused_before_it_opens(self) -> None:
        path = self.folder / "bomb.png"
        Image.new("1", (20_000, 20_000)).save(path)
        with self.assertRaises(NotKeepableError):
            self.keep(path)

    def test_a_missing_file_is_told_apart(self) -> None:
        with self.assertRaises(FileNotFoundError):
            self.keep(self.folder / "gone.png")

    def test_the_type_comes_from_the_content_not_the_name(self) -> None:
        path = self.folder / "looks-like.png"
        Image.new("RGB", (8, 8)).save(path, "JPEG")
        asset = self.keep(path)
        self.assertEqual((asset.media_type, asset.extension), ("image/jpeg", "jpg"))

    def keep(self, path: Path) -> Asset:
        template = self.make_asset()
        Asset.objects.filter(pk=template.pk).delete()
        assert template.origin is not None
        origin = storage.Origin(
            team=self.team,
            made_by=self.alice.user,
            request=template.origin,
            position=0,
            at=timezone.now(),
            generator="image",
            prompt="",
            provider="local",
            parameters={},
        )
        with path.open("rb") as file:
            return storage.keep_image(file, origin=origin, facts={})
