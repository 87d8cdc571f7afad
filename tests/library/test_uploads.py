"""What people bring: only pictures come in, upright and bare, and only for those who may."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from PIL import Image, ImageCms

from studio.library import uploads
from studio.library.models import Asset, Source, Usage
from studio.library.uploads import LIMIT, RefusedError, TooLargeError
from tests.base import StudioTestCase, stored

GPS = 0x8825
ORIENTATION = 0x0112


def bytes_of(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def photo() -> bytes:
    """A JPEG as a phone writes it: lying on its side, with a place."""
    picture = Image.new("RGB", (60, 40), "navy")
    picture.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "SecretMaker"
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 12.0)}
    return bytes_of(picture, "JPEG", exif=exif, comment=b"at home", quality=95)


def bomb() -> bytes:
    """A few bytes that claim four hundred million pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class UploadTests(StudioTestCase):
    def keep(self, content: bytes, name: str = "still life.png") -> Asset:
        return uploads.keep_upload(member=self.bob, upload=SimpleUploadedFile(name, content))

    def opened(self, asset: Asset) -> Image.Image:
        picture = Image.open(io.BytesIO(stored(asset.name)))
        picture.load()
        return picture

    def test_each_format_is_told_by_its_content(self) -> None:
        picture = Image.new("RGB", (30, 20), "teal")
        for form, media_type in (
            ("PNG", "image/png"),
            ("JPEG", "image/jpeg"),
            ("WEBP", "image/webp"),
            ("GIF", "image/png"),
        ):
            with self.subTest(form=form):
                asset = self.keep(bytes_of(picture, form), name="anything.txt")
                self.assertEqual((asset.media_type, asset.width, asset.height), (media_type, 30, 20))
                self.assertEqual(
                    (asset.source, asset.kind, asset.team, asset.made_by), ("upload", "image", self.team, self.bob.user)
                )
                self.assertEqual(asset.title, "anything")

    def test_a_photo_stands_upright_and_tells_no_place(self) -> None:
        asset = self.keep(photo(), "IMG_1.jpg")
        picture, content = self.opened(asset), stored(asset.name)
        self.assertEqual((picture.size, (asset.width, asset.height)), ((40, 60), (40, 60)))
        self.assertEqual(dict(picture.getexif()), {})
        self.assertGreater(picture.convert("RGB").getpixel((20, 5))[0], 200, "the left half is on top now")  # type: ignore[index]  # RGB
        for secret in (b"Exif", b"SecretMaker", b"at home", b"GPS"):
            self.assertNotIn(secret, content)

    def test_what_hangs_behind_a_picture_does_not_come_in(self) -> None:
        for form in ("GIF", "PNG", "JPEG", "WEBP"):
            with self.subTest(form=form):
                asset = self.keep(
                    bytes_of(Image.new("RGB", (9, 9), "red"), form) + b"/*<script>alert(1)</script>*/PK\x03\x04"
                )
                self.assertNotIn(b"script", stored(asset.name))
                self.assertNotIn(b"PK\x03\x04", stored(asset.name))

    def test_of_an_animation_the_first_frame_is_kept(self) -> None:
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
        asset = self.keep(bytes_of(frames[0], "GIF", save_all=True, append_images=frames[1:]))
        picture = self.opened(asset)
        self.assertEqual((picture.format, getattr(picture, "n_frames", 1)), ("PNG", 1))
        self.assertEqual(picture.convert("RGB").getpixel((4, 4)), (255, 0, 0))

    def test_what_shines_through_stays_so_and_its_colours_mean_the_same(self) -> None:
        asset = self.keep(bytes_of(Image.new("RGBA", (8, 8), (255, 0, 0, 90))))
        self.assertEqual(self.opened(asset).getpixel((1, 1)), (255, 0, 0, 90))
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        asset = self.keep(bytes_of(Image.new("RGB", (8, 8), "orange"), icc_profile=lab))
        self.assertNotIn("icc_profile", self.opened(asset).info)
        for mode in ("L", "LA", "P", "1", "I;16"):
            with self.subTest(mode=mode):
                self.assertIn(self.opened(self.keep(bytes_of(Image.new(mode, (8, 8))))).mode, {"RGB", "RGBA"})
        self.assertEqual(self.opened(self.keep(bytes_of(Image.new("CMYK", (8, 8)), "JPEG"))).mode, "RGB")

    def test_a_broken_note_on_the_orientation_is_no_reason_to_refuse(self) -> None:
        content = bytes_of(Image.new("RGB", (8, 6)), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
        self.assertEqual(self.opened(self.keep(content)).size, (8, 6))

    def test_what_is_no_picture_is_refused(self) -> None:
        whole = bytes_of(Image.effect_noise((80, 80), 50))
        jpeg = bytes_of(Image.effect_noise((80, 80), 50), "JPEG")
        wrong = {
            "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "html": b"<html><script>alert(1)</script>",
            "nothing": b"",
            "half a png": whole[: len(whole) // 2],
            "half a jpeg": jpeg[: len(jpeg) // 2],
            "tiff": bytes_of(Image.new("RGB", (8, 8)), "TIFF"),
            "bmp": bytes_of(Image.new("RGB", (8, 8)), "BMP"),
            "bomb": bomb(),
            "wide": bytes_of(Image.new("1", (17_000, 1))),
        }
        for name, content in wrong.items():
            with self.subTest(name=name), self.assertRaises(RefusedError):
                self.keep(content, "picture.png")
        self.assertEqual(Asset.objects.count(), 0)

    def test_too_much_is_refused_before_it_is_read(self) -> None:
        file = SimpleUploadedFile("big.png", b"")
        file.size = LIMIT + 1
        with self.assertRaises(TooLargeError):
            uploads.keep_upload(member=self.bob, upload=file)

    def test_the_same_picture_twice_is_one_asset(self) -> None:
        content = bytes_of(Image.new("RGB", (30, 20), "teal"))
        self.assertEqual(self.keep(content, "a.png"), self.keep(content, "b.png"))
        self.assertEqual(Usage.objects.get(team=self.team).files, 1)
        other = uploads.keep_upload(member=self.charlie, upload=SimpleUploadedFile("c.png", content))
        self.assertEqual((other.team, Asset.objects.count()), (self.other_team, 2))

    def test_a_name_is_only_words(self) -> None:
        content = bytes_of(Image.new("RGB", (3, 2)))
        asset = self.keep(content, "..\\..\\etc/pass\x00wd\n<b>.png")
        self.assertNotIn("/", asset.title)
        self.assertNotIn("\0", asset.title)
        self.assertRegex(asset.name, rf"^teams/{self.team.pk}/\d{{4}}/\d\d/{asset.pk}\.png$")


class MaskTests(StudioTestCase):
    def test_a_rectangle_is_black_on_white_and_as_large_as_the_picture(self) -> None:
        of = self.make_asset()
        mask = uploads.keep_box(member=self.bob, box=(50, 0, 60, 50), of=of)
        assert mask is not None
        picture = Image.open(io.BytesIO(stored(mask.name)))
        self.assertEqual((picture.size, picture.format, picture.mode), ((300, 200), "PNG", "L"))
        spots = {spot: picture.getpixel(spot) for spot in ((149, 0), (150, 0), (299, 99), (299, 100))}
        self.assertEqual(spots, {(149, 0): 255, (150, 0): 0, (299, 99): 0, (299, 100): 255})
        self.assertEqual(mask.source, Source.MASK)

    def test_a_painted_one_is_made_as_large_and_says_yes_or_no_only(self) -> None:
        of = self.make_asset()
        painted = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
        painted.paste((0, 0, 0, 255), (0, 0, 10, 10))
        upload = SimpleUploadedFile("mask.png", bytes_of(painted))
        mask = uploads.keep_mask(member=self.bob, upload=upload, of=of)
        assert mask is not None
        picture = Image.open(io.BytesIO(stored(mask.name)))
        self.assertEqual(picture.size, (300, 200))
        self.assertEqual({tone for _count, tone in picture.getcolors() or []}, {0, 255})

    def test_nothing_painted_is_no_mask(self) -> None:
        of = self.make_asset()
        upload = SimpleUploadedFile("mask.png", bytes_of(Image.new("L", (9, 9), 255)))
        self.assertIsNone(uploads.keep_mask(member=self.bob, upload=upload, of=of))
        self.assertIsNone(uploads.keep_box(member=self.bob, box=(0, 0, 0, 50), of=of))

    def test_it_stands_in_no_list(self) -> None:
        of = self.make_asset()
        mask = uploads.keep_box(member=self.bob, box=(0, 0, 50, 50), of=of)
        assert mask is not None
        self.sign_in(self.vera)
        for url in (reverse("library:home"), reverse("library:picker")):
            self.assertContains(self.client.get(url), str(of.pk))
            self.assertNotContains(self.client.get(url), str(mask.pk))
        page = self.client.get(of.get_absolute_url())
        self.assertEqual((page.context["previous_url"], page.context["next_url"]), ("", ""))
        self.assertEqual(self.client.get(mask.get_absolute_url()).status_code, 200)


class DoorTests(StudioTestCase):
    url = "/library/uploads/"

    def send(self, content: bytes, name: str = "hill.png") -> Any:
        return self.client.post(self.url, {"file": SimpleUploadedFile(name, content, "image/png")})

    def test_a_member_brings_a_picture(self) -> None:
        self.sign_in(self.bob)
        answer = self.send(bytes_of(Image.new("RGB", (30, 20), "teal")))
        asset = Asset.objects.get()
        self.assertEqual(answer.status_code, 201)
        self.assertEqual(answer.json(), {"id": str(asset.pk), "title": "hill", "thumb": asset.small_url})
        self.assertContains(self.client.get("/"), "hill")
        page = self.client.get(asset.get_absolute_url())
        self.assertContains(page, "Uploaded")
        self.assertContains(page, f"/image/?reference={asset.pk}")
        self.assertNotContains(page, "Remix")
        self.assertNotContains(page, "Run again")

    def test_who_may_not_spend_may_not_bring(self) -> None:
        self.sign_in(self.vera)
        self.assertEqual(self.send(bytes_of(Image.new("RGB", (3, 2)))).status_code, 403)
        self.client.logout()
        self.assertEqual(self.send(b"x").status_code, 302)
        self.assertEqual(Asset.objects.count(), 0)

    def test_strangers_find_nothing(self) -> None:
        self.sign_in(self.bob)
        self.send(bytes_of(Image.new("RGB", (3, 2))))
        asset = Asset.objects.get()
        self.sign_in(self.charlie)
        for url in (asset.get_absolute_url(), asset.small_url, reverse("library:file", args=[asset.pk])):
            self.assertEqual(self.client.get(url).status_code, 404)
        self.assertNotContains(self.client.get(reverse("library:picker")), str(asset.pk))

    def test_a_refusal_is_a_sentence(self) -> None:
        self.sign_in(self.bob)
        answer = self.send(b"<svg/>")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("JPEG, PNG, WebP and GIF", answer.json()["error"])
        self.assertEqual(self.client.post(self.url, {}).status_code, 422)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.assertEqual(self.send(b"\0" * (LIMIT + 1)).status_code, 413)

    @override_settings(TEAM_QUOTA=1)
    def test_a_full_quota_is_said(self) -> None:
        self.make_asset()
        self.sign_in(self.bob)
        answer = self.send(bytes_of(Image.new("RGB", (3, 2))))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("storage is full", answer.json()["error"])
        self.assertEqual(Asset.objects.count(), 1)

    def test_the_picker_has_pages(self) -> None:
        for number in range(26):
            self.make_asset(prompt=f"number {number}")
        self.sign_in(self.vera)
        first = self.client.get(reverse("library:picker"))
        second = self.client.get(first.context["more_url"])
        seen = [asset.pk for page in (first, second) for asset in page.context["assets"]]
        self.assertEqual((len(seen), len(set(seen)), second.context["more_url"]), (26, 26, ""))
        with self.assertNumQueries(4):
            self.client.get(reverse("library:picker"))
