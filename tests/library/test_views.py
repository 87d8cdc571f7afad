import base64
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast
from uuid import uuid4

from asgiref.sync import async_to_sync
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.test import SimpleTestCase
from django.utils import timezone
from PIL import Image

from generators.image.forms import ImageParams
from studio.library import gallery, serving
from studio.library.models import Asset
from tests.base import StudioTestCase, stored
from tests.credits.test_views import queries_of


def body(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    chunks = cast("AsyncIterator[bytes]", response.streaming_content)

    async def read() -> bytes:
        return b"".join([chunk async for chunk in chunks])

    return async_to_sync(read)()


class LibraryTests(StudioTestCase):
    def test_newest_first_by_day(self) -> None:
        old, new = self.make_asset(prompt="an old whale"), self.make_asset(prompt="a new fox")
        Asset.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1))
        self.sign_in(self.vera)
        page = self.client.get("/")
        self.assertEqual([day.label for day in page.context["page"].days], ["Today", "Yesterday"])
        text = page.content.decode()
        self.assertLess(text.index("a new fox"), text.index("an old whale"))
        self.assertContains(page, f"/library/{new.pk}/")

    def test_the_page_has_a_next_page(self) -> None:
        asset = self.make_asset()
        Asset.objects.bulk_create(
            Asset(**{**fields_of(asset), "id": uuid4(), "origin": uuid4(), "prompt": f"number {n:03}"})
            for n in range(70)
        )
        self.sign_in(self.alice)
        first = self.client.get("/")
        more = self.client.get(first.context["page"].more_url)
        days = [*first.context["page"].days, more.context["page"].continued]
        seen = [tile.asset.pk for day in days for tile in day.tiles]
        self.assertEqual(len(seen), 71)
        self.assertEqual(len(set(seen)), 71)
        self.assertEqual(more.context["page"].more_url, "")

    def make_many(self, count: int, days_ago: int = 0) -> None:
        asset = self.make_asset()
        at = timezone.now() - timedelta(days=days_ago)
        Asset.objects.bulk_create(
            Asset(**{**fields_of(asset), "id": uuid4(), "origin": uuid4(), "created_at": at}) for _ in range(count)
        )

    def test_a_day_that_goes_on_gets_no_second_heading(self) -> None:
        self.make_many(70, days_ago=1)
        self.make_many(2, days_ago=3)
        self.sign_in(self.alice)
        first = self.client.get("/")
        more = self.client.get(first.context["page"].more_url)
        yesterday = first.context["page"].days[-1]
        self.assertEqual(yesterday.label, "Yesterday")
        self.assertNotContains(more, "Yesterday")
        self.assertContains(more, f'<ul hx-swap-oob="beforeend:#day-{yesterday.key}">')
        self.assertContains(first, f'<ul class="mosaic" id="day-{yesterday.key}">')
        self.assertEqual([len(day.tiles) for day in more.context["page"].days], [2])

    def test_the_address_says_how_many_pages_are_open(self) -> None:
        self.make_many(130)
        self.sign_in(self.alice)
        first = self.client.get("/")
        self.assertContains(first, 'data-page="2"')
        second = self.client.get(first.context["page"].more_url)
        self.assertContains(second, 'data-page="3"')
        both = self.client.get("/", {"pages": "2"}).context["page"]
        self.assertEqual(sum(len(day.tiles) for day in both.days), 2 * gallery.PAGE)
        self.assertEqual((both.after, both.number), (second.context["page"].after, 3))
        for pages in ("", "0", "-1", "x", "²", "9" * 5000, "999"):
            self.assertEqual(self.client.get("/", {"pages": pages}).status_code, 200, pages)

    def test_older_work_is_a_link_that_works_without_scripts(self) -> None:
        self.make_many(70)
        self.sign_in(self.alice)
        page = self.client.get("/").context["page"]
        self.assertContains(self.client.get("/"), f'<a class="btn" id="more-link" href="{page.older_url}"')
        older = self.client.get(page.older_url)
        self.assertEqual(sum(len(day.tiles) for day in older.context["page"].days), 11)
        self.assertNotContains(older, "new-work")

    def test_queries_do_not_grow_with_the_library(self) -> None:
        self.make_asset()
        self.sign_in(self.alice)
        few = queries_of(self, "/")
        for _ in range(5):
            self.make_asset()
        self.assertEqual(queries_of(self, "/"), few)

    def test_a_broken_cursor_begins_at_the_top(self) -> None:
        self.make_asset()
        self.sign_in(self.alice)
        pk = uuid4()
        edges = [f"{at} {pk}" for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")]
        for text in edges:
            cursor = base64.urlsafe_b64encode(text.encode()).decode()
            self.assertEqual(self.client.get("/", {"after": cursor}).status_code, 200, text)
        for cursor in ("x", "%%%", "AAAA", "é", "MjAyNi0wMS0wMSB4", "0" * 5000):
            self.assertEqual(self.client.get("/", {"after": cursor}).status_code, 200)

    def test_an_empty_library_says_what_to_do(self) -> None:
        self.sign_in(self.charlie)
        self.make_asset()
        self.assertContains(self.client.get("/"), "Nothing here yet")

    def test_the_asset_page_tells_everything(self) -> None:
        asset = self.make_asset()
        self.sign_in(self.vera)
        for url in (f"/library/{asset.pk}/", f"/library/{asset.pk}/viewer/"):
            page = self.client.get(url)
            self.assertContains(page, "300 × 200")
            self.assertContains(page, "Local engine")
        self.assertContains(self.client.get(f"/library/{asset.pk}/"), "3:2")

    def test_parameters_of_a_slice_that_is_gone_are_still_shown(self) -> None:
        asset = self.make_asset(generator="hologram", parameters={"depth": "7 m"})
        self.sign_in(self.alice)
        self.assertContains(self.client.get(f"/library/{asset.pk}/"), "7 m")

    def test_the_asset_page_tells_its_place_its_price_and_its_size(self) -> None:
        self.make_asset()
        asset = self.make_asset(cost=150)
        self.make_asset()
        self.make_asset(self.charlie)
        self.sign_in(self.alice)
        page = self.client.get(f"/library/{asset.pk}/")
        self.assertContains(page, "2 of 3")
        self.assertContains(page, "1.5 credits")
        self.assertContains(page, f'<span class="btn__cost">{filesizeformat(asset.size)}</span>')
        self.assertContains(page, "Local engine</span>")

    def test_a_variation_tells_its_own_seed(self) -> None:
        asset = self.make_asset(parameters=ImageParams(prompt="a fox", count=4, seed=7000).to_json())
        asset.facts = {"seed": 7003, "unread": []}
        asset.save(update_fields=["facts"])
        self.sign_in(self.alice)
        page = self.client.get(f"/library/{asset.pk}/")
        self.assertContains(page, "7003")
        self.assertNotContains(page, "7000")

    def test_only_those_who_may_spend_are_offered_more_of_it(self) -> None:
        asset = self.make_asset()
        for member, offers in ((self.bob, True), (self.vera, False)):
            self.sign_in(member)
            for url in (f"/library/{asset.pk}/", f"/library/{asset.pk}/viewer/"):
                page = self.client.get(url).content.decode()
                self.assertIs(f"/image/?from={asset.origin}" in page, offers, (member, url))
            self.assertIs("/again/" in self.client.get(f"/library/{asset.pk}/").content.decode(), offers)

    def test_neighbours_follow_the_order_of_the_library(self) -> None:
        first, second, third = (self.make_asset() for _ in range(3))
        self.assertEqual(gallery.neighbours(second), (third, first))
        self.assertEqual(gallery.neighbours(third), (None, second))

    def test_strangers_find_nothing(self) -> None:
        asset = self.make_asset()
        self.sign_in(self.charlie)
        for url in (
            f"/library/{asset.pk}/",
            f"/library/{asset.pk}/viewer/",
            f"/files/{asset.pk}/",
            f"/files/{asset.pk}/?download=1",
            f"/files/{asset.pk}/320.webp",
        ):
            self.assertEqual(self.client.get(url).status_code, 404, url)

    def test_signed_out_leads_to_sign_in(self) -> None:
        asset = self.make_asset()
        for url in (f"/library/{asset.pk}/", f"/files/{asset.pk}/", f"/files/{asset.pk}/320.webp"):
            self.assertEqual(self.client.get(url).status_code, 302, url)


def fields_of(asset: Asset) -> dict[str, object]:
    return {field.attname: getattr(asset, field.attname) for field in Asset._meta.concrete_fields}


class FileTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.asset = self.make_asset()
        self.url = f"/files/{self.asset.pk}/"
        self.content = stored(self.asset.name)
        self.sign_in(self.bob)

    def test_the_whole_file_with_safe_headers(self) -> None:
        response = self.client.get(self.url)
        self.assertEqual(body(response), self.content)
        self.assertEqual(response["Content-Type"], "image/png")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertIn("private", response["Cache-Control"])
        self.assertIn("sandbox", response["Content-Security-Policy"])
        self.assertEqual(response["ETag"], f'"{self.asset.checksum}"')

    def test_a_range_of_it(self) -> None:
        for header, first, last in (("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-5", -5, None)):
            response = self.client.get(self.url, headers={"Range": header})
            end = None if last is None else last + 1
            self.assertEqual((response.status_code, body(response)), (206, self.content[first:end]))
            self.assertTrue(response["Content-Range"].endswith(f"/{len(self.content)}"))

    def test_a_range_beyond_the_end_is_416(self) -> None:
        response = self.client.get(self.url, headers={"Range": "bytes=9999999-"})
        self.assertEqual((response.status_code, response["Content-Range"]), (416, f"bytes */{len(self.content)}"))

    def test_an_unchanged_file_is_not_sent_again(self) -> None:
        response = self.client.get(self.url, headers={"If-None-Match": f'"{self.asset.checksum}"'})
        self.assertEqual((response.status_code, response.content), (304, b""))

    def test_a_range_of_another_version_gets_the_whole_file(self) -> None:
        response = self.client.get(self.url, headers={"Range": "bytes=0-9", "If-Range": '"old"'})
        self.assertEqual((response.status_code, body(response)), (200, self.content))

    def test_head_has_the_length_and_no_body(self) -> None:
        response = self.client.head(self.url)
        self.assertEqual((response["Content-Length"], response.content), (str(len(self.content)), b""))

    def test_a_download_has_a_readable_name(self) -> None:
        response = self.client.get(self.url, {"download": "1"})
        self.assertIn('attachment; filename="a-lighthouse-on-a-cliff-', response["Content-Disposition"])

    def test_a_hostile_prompt_makes_a_plain_name(self) -> None:
        asset = self.make_asset(prompt='"\r\nSet-Cookie: x=1; ../../ 灯塔')
        response = self.client.get(f"/files/{asset.pk}/", {"download": "1"})
        self.assertRegex(response["Content-Disposition"], r'^attachment; filename="[a-z0-9-]+\.png"$')

    def test_small_copies_are_pictures_of_known_widths(self) -> None:
        response = self.client.get(f"{self.url}320.webp")
        with Image.open(io.BytesIO(body(response))) as small:
            self.assertEqual(small.format, "WEBP")
        self.assertEqual(self.client.get(f"{self.url}321.webp").status_code, 404)

    def test_a_file_that_storage_lost_is_not_found(self) -> None:
        default_storage.delete(self.asset.name)
        default_storage.delete(self.asset.thumbnail(320))
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.get(f"{self.url}320.webp").status_code, 404)

    def test_nothing_is_posted_here(self) -> None:
        self.assertEqual(self.client.post(self.url).status_code, 404)


class SpanTests(SimpleTestCase):
    def test_what_a_range_header_asks_for(self) -> None:
        cases: dict[str, tuple[int, int] | None] = {
            "bytes=0-": (0, 99),
            "bytes=5-7": (5, 7),
            "bytes=-10": (90, 99),
            "bytes=-500": (0, 99),
            "bytes=50-500": (50, 99),
            "bytes=7-5": None,
            "bytes=-": None,
            "bytes=0-1,5-6": None,
            "lines=1-2": None,
            "bytes=" + "1" * 5000 + "-": None,
            "bytes=0-" + "1" * 5000: None,
            "bytes=-" + "9" * 5000: None,
            "bytes=١-٢": None,
            "": None,
        }
        for header, span in cases.items():
            self.assertEqual(serving.span_of(header, 100), span, header)

    def test_what_cannot_be_given(self) -> None:
        for header in ("bytes=100-", "bytes=-0", "bytes=100-200"):
            with self.assertRaises(serving.Unsatisfiable):
                serving.span_of(header, 100)
