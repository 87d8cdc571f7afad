"""Videos come into the library by their content."""

import uuid
from io import BytesIO

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from studio.library import storage
from studio.library.models import WIDTHS, Asset, Kind, Source
from studio.library.storage import NotKeepableError
from tests.base import StudioTestCase
from tests.films import FPS, mp4


class FilmTests(StudioTestCase):
    def keep(self, content: bytes, prompt: str = "a boat") -> Asset:
        origin = storage.Origin(
            team=self.team,
            made_by=self.alice.user,
            request=uuid.uuid4(),
            position=0,
            at=timezone.now(),
            generator="video",
            prompt=prompt,
            provider="kie",
            parameters={},
        )
        return storage.keep(BytesIO(content), kind=Kind.VIDEO, origin=origin, facts={"unread": []})

    def test_it_is_measured_and_has_small_pictures(self) -> None:
        asset = self.keep(mp4(96, 54, 2.0))
        self.assertEqual((asset.kind, asset.extension, asset.width, asset.height), (Kind.VIDEO, "mp4", 96, 54))
        self.assertEqual((asset.duration, asset.facts), (2.0, {"unread": [], "fps": float(FPS)}))
        for width in WIDTHS:
            with default_storage.open(asset.thumbnail(width)) as file, Image.open(file) as picture:
                self.assertEqual((picture.format, picture.size), ("WEBP", (96, 54)))

    def test_what_is_no_film_is_not_kept(self) -> None:
        picture = BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        whole = mp4()
        for content in (b"", b"<html>", picture.getvalue(), whole[: len(whole) // 2], whole[:40], b"\0" * 5000):
            with self.subTest(content=content[:12]), self.assertRaises(NotKeepableError):
                self.keep(content)
        self.assertFalse(Asset.objects.exists())

    def test_its_last_picture_becomes_an_image_once(self) -> None:
        film = self.keep(mp4())
        self.sign_in(self.bob)
        address = reverse("library:frame", args=[film.pk])
        for _press in range(2):
            response = self.client.post(address)
            still = Asset.objects.get(kind=Kind.IMAGE)
            self.assertRedirects(response, still.get_absolute_url())
        self.assertEqual((still.source, still.prompt, still.made_by), (Source.FRAME, "a boat", self.bob.user))

    def test_strangers_and_viewers_take_no_picture(self) -> None:
        film = self.keep(mp4())
        for member, status in ((self.charlie, 404), (self.vera, 403)):
            self.sign_in(member)
            self.assertEqual(self.client.post(reverse("library:frame", args=[film.pk])).status_code, status)

    def test_its_page_and_the_viewer_play_it(self) -> None:
        film = self.keep(mp4())
        self.sign_in(self.bob)
        for name in ("asset", "viewer"):
            page = self.client.get(reverse(f"library:{name}", args=[film.pk]))
            self.assertContains(page, f'src="{reverse("library:file", args=[film.pk])}"')
            self.assertContains(page, "<video controls playsinline")
        page = self.client.get(film.get_absolute_url())
        self.assertContains(page, f"/video/?extend={film.pk}")
        self.assertContains(self.client.get("/"), "0:01")

    def test_an_image_can_be_set_in_motion(self) -> None:
        image = self.make_asset()
        self.sign_in(self.bob)
        self.assertContains(self.client.get(image.get_absolute_url()), f"/video/?reference={image.pk}")
        form = self.client.get("/video/", {"reference": str(image.pk)})
        self.assertContains(form, f'name="references" value="{image.pk}"')
        self.assertContains(form, 'value="image" id="mode-2" checked')
