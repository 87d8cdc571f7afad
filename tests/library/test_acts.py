"""What is done with pieces, by whom, and what becomes of wishes that cannot be."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from studio.accounts.models import Member
from studio.library import marks, trash
from studio.library.models import Asset, Board, Star, Tag
from tests.base import StudioTestCase


class ActTestCase(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.first, self.second = self.make_asset(prompt="a fox"), self.make_asset(prompt="a whale")
        self.foreign = self.make_asset(self.charlie, prompt="a stranger's")

    def act(self, act: str, assets: Sequence[Asset | str], member: Member | None = None, **data: Any) -> HttpResponse:
        self.sign_in(member or self.alice)
        ids = [str(asset.pk) if isinstance(asset, Asset) else asset for asset in assets]
        url = f"/library/pick/{act}/" if act else "/library/pick/"
        return self.client.post(url, {"asset": ids, "next": "/?kind=image", **data})  # type: ignore[return-value]  # not streamed

    def titles(self, member: Member | None = None, **query: str) -> list[str]:
        self.sign_in(member or self.alice)
        return [tile.title for day in self.client.get("/", query).context["page"].days for tile in day.tiles]


class MarkTests(ActTestCase):
    def test_a_star_is_each_persons_own_and_may_be_given_twice(self) -> None:
        for _ in range(2):
            self.assertRedirects(self.act("star", [self.first, self.second], self.vera), "/?kind=image")
        self.assertEqual(self.titles(self.vera, star="1"), ["a whale", "a fox"])
        self.assertEqual(self.titles(self.alice, star="1"), [])
        self.act("unstar", [self.first], self.vera)
        self.assertEqual(self.titles(self.vera, star="1"), ["a whale"])
        self.assertEqual(Star.objects.count(), 1)

    def test_tags_are_parted_by_commas_and_one_however_written(self) -> None:
        self.act("tag", [self.first, self.second], tags="Golden  Hour, sea，海, sea,, ")
        self.act("tag", [self.first], tags="GOLDEN hour")
        self.assertEqual(sorted(Tag.objects.values_list("name", flat=True)), ["golden hour", "sea", "海"])
        sea = Tag.objects.get(name="sea")
        self.assertEqual(self.titles(tag=str(sea.pk)), ["a whale", "a fox"])
        self.assertContains(self.client.get(f"/library/{self.first.pk}/"), "golden hour")
        self.act("untag", [self.first, self.second], tag=str(sea.pk))
        self.assertFalse(Tag.objects.filter(pk=sea.pk).exists())
        self.assertEqual(Tag.objects.count(), 2)

    def test_a_title_is_one_plain_line(self) -> None:
        self.sign_in(self.bob)
        self.client.post(f"/library/{self.first.pk}/rename/", {"title": "  Red \u202e fox\x07 "})
        self.first.refresh_from_db()
        self.assertEqual(self.first.title, "Red fox")
        self.client.post(f"/library/{self.first.pk}/rename/", {"title": "x" * 500})
        self.first.refresh_from_db()
        self.assertEqual(self.first.title, "Red fox")

    def test_enter_in_a_field_does_what_was_filled_in(self) -> None:
        self.act("", [self.first], tags="sea")
        self.act("", [self.first], name="Harbour film")
        self.assertEqual((Tag.objects.get().name, Board.objects.get().name), ("sea", "Harbour film"))
        self.assertEqual(self.act("", [self.first]).status_code, 302)

    def test_two_are_compared(self) -> None:
        url = f"/compare/?a={self.first.pk}&b={self.second.pk}"
        self.assertRedirects(self.act("compare", [self.first, self.second], self.vera), url)
        self.assertContains(self.client.get(url), "compare__seek")
        self.assertContains(self.client.get(f"{url}&view=side"), "compare--side")
        self.assertRedirects(self.act("compare", [self.first]), "/?kind=image")


class BoardTests(ActTestCase):
    def test_pieces_are_put_on_it_and_taken_off(self) -> None:
        board = marks.make_board(self.alice, "Harbour film", private=False)
        for _ in range(2):
            self.act("board", [self.first, self.second], self.bob, board=str(board.pk))
        board.refresh_from_db()
        self.assertEqual((board.count, self.titles(board=str(board.pk))), (2, ["a whale", "a fox"]))
        trash.trash(self.team, [self.first.pk])
        board.refresh_from_db()
        self.assertEqual((board.count, self.titles(board=str(board.pk))), (1, ["a whale"]))
        trash.restore(self.team, [self.first.pk])
        self.act("unboard", [self.first], board=str(board.pk))
        board.refresh_from_db()
        self.assertEqual((board.count, self.titles(board=str(board.pk))), (1, ["a whale"]))
        self.assertContains(self.client.get("/"), 'Harbour film <span class="num">1</span>')

    def test_a_private_board_is_its_owners_alone(self) -> None:
        self.act("board", [self.first], self.vera, name="Mine", private="on")
        board = Board.objects.get()
        self.assertEqual(self.titles(self.vera, board=str(board.pk)), ["a fox"])
        for member in (self.alice, self.charlie):
            self.sign_in(member)
            self.assertEqual(self.client.get("/", {"board": str(board.pk)}).status_code, 404)
            self.assertEqual(self.client.post(f"/library/boards/{board.pk}/remove/").status_code, 404)
            self.assertEqual(self.client.post(f"/library/boards/{board.pk}/rename/", {"name": "x"}).status_code, 404)
            self.assertNotContains(self.client.get("/"), "Mine")
        self.assertEqual(self.act("board", [self.first], self.alice, board=str(board.pk)).status_code, 404)
        self.assertEqual(self.act("unboard", [self.first], self.alice, board=str(board.pk)).status_code, 404)

    def test_it_has_a_name_that_can_change_and_its_end_loses_nothing(self) -> None:
        self.sign_in(self.bob)
        self.client.post("/library/boards/", {"name": "EP  one"})
        board = Board.objects.get()
        self.client.post(f"/library/boards/{board.pk}/rename/", {"name": "EP two"})
        board.refresh_from_db()
        self.assertEqual(board.name, "EP two")
        for name in ("", "  ", "\u202e", "x" * 500):
            self.client.post("/library/boards/", {"name": name})
            self.client.post(f"/library/boards/{board.pk}/rename/", {"name": name})
        self.assertEqual(Board.objects.get().name, "EP two")
        self.act("board", [self.first], board=str(board.pk))
        self.client.post(f"/library/boards/{board.pk}/remove/")
        self.assertFalse(Board.objects.exists())
        self.assertEqual(self.titles(), ["a whale", "a fox"])


class RightTests(ActTestCase):
    def test_who_may_only_look_changes_nothing_that_is_shared(self) -> None:
        board = marks.make_board(self.alice, "Harbour film", private=False)
        marks.tag(self.team, [self.first], ["sea"])
        tries: dict[str, dict[str, str]] = {
            "tag": {"tags": "mine"},
            "untag": {"tag": str(Tag.objects.get().pk)},
            "board": {"board": str(board.pk)},
            "unboard": {"board": str(board.pk)},
            "trash": {},
            "restore": {},
        }
        for act, data in tries.items():
            self.assertEqual(self.act(act, [self.first], self.vera, **data).status_code, 403, act)
        self.assertEqual(self.act("board", [self.first], self.vera, name="Shared").status_code, 403)
        for url, data in (
            (f"/library/{self.first.pk}/rename/", {"title": "x"}),
            ("/library/boards/", {"name": "Shared"}),
            (f"/library/boards/{board.pk}/remove/", {}),
            ("/library/undo/", {"at": "2026-11-25T10:00:00+00:00"}),
            ("/library/bring/", {}),
        ):
            self.assertEqual(self.client.post(url, data).status_code, 403, url)
        page = self.client.get("/").content.decode()
        for word in ("Move to trash", "Add tag", 'popovertarget="bring"'):
            self.assertNotIn(word, page)

    def test_strangers_find_nothing_in_any_form(self) -> None:
        board = marks.make_board(self.alice, "Harbour film", private=False)
        marks.tag(self.team, [self.first], ["sea"])
        tag = str(Tag.objects.get().pk)
        for act in ("star", "unstar", "tag", "untag", "board", "unboard", "trash", "restore", "download", "compare"):
            for ids in ([self.first], [self.foreign, self.first]):
                response = self.act(act, ids, self.charlie, tags="x", name="x")
                self.assertEqual(response.status_code, 404, act)
        for act, data in (("board", {"board": str(board.pk)}), ("untag", {"tag": tag})):
            self.assertEqual(self.act(act, [self.foreign], self.charlie, **data).status_code, 404, act)
        for query in ({"board": str(board.pk)}, {"tag": tag}, {"by": str(self.alice.user_id)}):
            self.assertEqual(self.client.get("/", query).status_code, 404, query)
            self.assertEqual(self.client.get("/library/more/", query).status_code, 404, query)
        self.assertEqual(self.client.get(f"/compare/?a={self.first.pk}&b={self.foreign.pk}").status_code, 404)
        self.assertEqual(self.client.post(f"/library/{self.first.pk}/rename/", {"title": "x"}).status_code, 404)
        self.assertFalse(Star.objects.exists())
        self.first.refresh_from_db()
        self.assertFalse(self.first.is_trashed)


class WishTests(ActTestCase):
    def test_nothing_picked_is_said(self) -> None:
        for ids in ([], [""], [","]):
            self.assertEqual(self.act("trash", ids).status_code, 302)
            self.assertContains(self.client.get("/"), "Pick at least one piece first.")

    def test_too_many_are_refused_whole(self) -> None:
        many = ",".join(str(uuid.uuid4()) for _ in range(10_000))
        self.assertEqual(self.act("trash", [many]).status_code, 302)
        self.assertContains(self.client.get("/"), "can be picked at once")
        self.assertEqual(self.act("trash", many.split(",")).status_code, 413)
        self.assertEqual(self.titles(), ["a whale", "a fox"])

    def test_all_that_a_page_can_show_are_taken(self) -> None:
        ids = [self.first, *[self.second] * 1199]
        self.assertEqual(self.act("star", ids).status_code, 302)
        self.assertEqual(Star.objects.count(), 2)

    def test_what_is_no_id_is_not_found(self) -> None:
        for text in ("x", "1", "'; DROP TABLE", "\0", str(uuid.uuid4())):
            self.assertEqual(self.act("star", [text]).status_code, 404, text)
        self.assertEqual(self.act("explode", [self.first]).status_code, 404)
        self.assertEqual(self.client.get("/library/pick/star/").status_code, 405)

    def test_nobody_is_led_elsewhere(self) -> None:
        for url in (
            "https://evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
            "\\\\evil.example",
            "/\\evil.example",
        ):
            self.assertEqual(self.act("star", [self.first], next=url)["Location"], "/", url)

    def test_a_trashed_piece_goes_into_nothing_new(self) -> None:
        self.make_task(references=(str(self.first.pk),))
        trash.trash(self.team, [self.first.pk])
        page = self.client.get(f"/library/{self.first.pk}/")
        self.sign_in(self.bob)
        page = self.client.get(f"/library/{self.first.pk}/")
        self.assertContains(page, "in the trash")
        self.assertNotContains(page, "Use as reference")
        self.assertNotContains(self.client.get("/library/picker/"), str(self.first.pk))
        with self.assertRaises(Exception) as caught:
            self.make_task(references=(str(self.first.pk),))
        self.assertEqual(type(caught.exception).__name__, "UnknownInputError")


class BringTests(ActTestCase):
    def test_own_pictures_come_by_the_form(self) -> None:
        self.sign_in(self.bob)
        files = [
            SimpleUploadedFile("灯塔.png", self.picture("1.png", colour="gold").read_bytes(), "image/png"),
            SimpleUploadedFile("no.png", b"no picture", "image/png"),
        ]
        page = self.client.post("/library/bring/", {"file": files}, follow=True)
        self.assertContains(page, "no.png: This is no picture that can be read.")
        self.assertContains(page, "灯塔")
        self.assertEqual(self.titles(engine="uploaded"), ["灯塔"])
        self.assertEqual(self.titles(q="灯"), ["灯塔"])
        self.assertContains(self.client.post("/library/bring/", follow=True), "Choose a picture first.")
