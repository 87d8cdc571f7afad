"""No page of the Library reads more rows than it shows, however it is filtered and however deep one looks."""

from collections.abc import Callable
from datetime import timedelta
from unittest import skipUnless

from django.db import connection
from django.utils import timezone

from studio.library import chips, finding, gallery, marks, trash
from studio.library.filters import Filters, scope
from tests.base import StudioTestCase
from tests.plans import plan


@skipUnless(connection.vendor == "sqlite", "reads the plans of SQLite")
class LibraryPlanTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.asset = self.make_asset()
        self.board = marks.make_board(self.alice, "Harbour film", private=False)
        marks.put_on(self.board, [self.asset])
        marks.tag(self.team, [self.asset], ["sea"])
        marks.star(self.alice, [self.asset])

    def walk(self, **wanted: str) -> list[str]:
        scoped = scope(self.alice, Filters(**wanted))
        place = (timezone.now() + timedelta(days=1), self.asset.pk)
        return [*plan(lambda: finding.find(scoped, None, 61)), *plan(lambda: finding.find(scoped, place, 61))]

    def expect(self, index: str, **wanted: str) -> None:
        steps = self.walk(**wanted)
        self.assertEqual([step for step in steps if step.startswith("SCAN")], [], wanted)
        self.assertEqual([step for step in steps if "TEMP B-TREE" in step], [], wanted)
        self.assertTrue(any(f"INDEX {index} " in step for step in steps), f"{wanted}: {steps}")

    def test_each_filter_has_its_index(self) -> None:
        who = str(self.alice.user_id)
        self.expect("listed_assets")
        self.expect("listed_assets", when="week")
        self.expect("listed_by_kind", kind="image")
        self.expect("listed_by_person", by=who)
        self.expect("listed_by_engine", engine="local")
        self.expect("trashed_assets", trash="1")
        self.expect("assets_of_a_board", board=str(self.board.pk))
        self.expect("assets_of_a_board", board=str(self.board.pk), kind="image", by=who, star="1")
        self.expect("stars_of_a_person", star="1")
        self.expect("assets_with_a_tag", tag=str(self.asset.uses.get().tag_id))

    def test_every_combination_begins_at_an_index(self) -> None:
        facets = {"kind": "image", "by": str(self.alice.user_id), "engine": "local", "when": "month", "trash": "1"}
        for bits in range(1 << len(facets)):
            wanted = {name: text for at, (name, text) in enumerate(facets.items()) if bits >> at & 1}
            for more in ({}, {"star": "1"}, {"board": str(self.board.pk)}):
                steps = self.walk(**wanted, **more)
                self.assertEqual([step for step in steps if step.startswith("SCAN")], [], (wanted, more))
                self.assertEqual([step for step in steps if "TEMP B-TREE" in step], [], (wanted, more))

    def test_a_place_deep_down_is_reached_by_the_index(self) -> None:
        place = (timezone.now(), self.asset.pk)
        steps = plan(lambda: finding.find(scope(self.alice, Filters()), place, 61))
        self.assertTrue(any("(team_id=? AND created_at<?)" in step for step in steps), steps)

    def test_words_are_looked_up_before_anything_else(self) -> None:
        steps = self.walk(q="lighthouse", kind="image")
        self.assertTrue(steps[0].startswith("SCAN library_searchhit VIRTUAL TABLE INDEX"), steps)
        self.assertEqual([step for step in steps if "TEMP B-TREE" in step], [])
        self.assertEqual([step for step in steps if step.startswith("SCAN") and "VIRTUAL" not in step], [])

    def test_the_page_around_it(self) -> None:
        scoped = scope(self.alice, Filters())
        self.check(lambda: gallery.neighbours(self.asset), "listed_assets")
        self.check(lambda: gallery.place_of(self.asset), "listed_assets")
        self.check(lambda: gallery.newer(self.team, finding.cursor(self.asset)), "listed_assets")
        self.check(lambda: gallery.newer(self.team, ""), "listed_")
        self.check(lambda: list(chips.boards_of(self.alice)), "boards_of_a_team", "assets_of_a_board")
        self.check(lambda: chips.bar(scoped))
        trash.trash(self.team, [self.asset.pk])
        steps = plan(lambda: trash.empty(lambda ids: ()))
        for index in ("trash_to_empty", "files_to_remove"):
            self.assertTrue(any(f"INDEX {index}" in step for step in steps), steps)

    def check(self, ask: Callable[[], object], *indexes: str) -> None:
        steps = plan(ask)
        scans = [step for step in steps if step.startswith("SCAN") and step != "SCAN subquery"]
        self.assertEqual(scans, [])
        for name in indexes:
            self.assertTrue(any(f"INDEX {name}" in step for step in steps), f"{name} in {steps}")
