"""Filters are addresses: what they mean, what they keep, and what is made of wrong ones."""

from datetime import timedelta

from django.utils import timezone

from studio.library import family
from studio.library.filters import Filters, span_of
from studio.library.models import Asset
from studio.providers.contract import Output, State, Update
from studio.providers.fake import FakePerformer
from studio.worker import rounds
from tests.base import StudioTestCase


class FilterTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.old = self.make_asset(prompt="old")
        Asset.objects.filter(pk=self.old.pk).update(created_at=timezone.now() - timedelta(days=40))
        self.new = self.make_asset(self.bob, prompt="new", provider="kie")
        self.sign_in(self.vera)

    def titles(self, **query: str) -> list[str]:
        days = self.client.get("/", query).context["page"].days
        return [tile.title for day in days for tile in day.tiles]

    def test_each_of_them(self) -> None:
        month = f"{timezone.localdate() - timedelta(days=40):%Y-%m}"
        for query, titles in (
            ({}, ["new", "old"]),
            ({"kind": "image"}, ["new", "old"]),
            ({"by": str(self.bob.user_id)}, ["new"]),
            ({"engine": "local"}, ["old"]),
            ({"engine": "uploaded"}, []),
            ({"when": "today"}, ["new"]),
            ({"when": "year"}, ["new", "old"]),
            ({"when": month}, ["old"]),
            ({"when": f"{timezone.localdate():%Y-%m-%d}"}, ["new"]),
            ({"engine": "kie", "by": str(self.alice.user_id)}, []),
        ):
            self.assertEqual(self.titles(**query), titles, query)

    def test_what_cannot_be_meant_is_left_out(self) -> None:
        for name in ("kind", "by", "engine", "when", "board", "tag", "star", "trash"):
            for text in ("\0", "x" * 9999, "'", "²", "-1", "0001-01-01T", "2026-13", "2026-02-31"):
                self.assertEqual(self.client.get("/", {name: text}).status_code, 200, (name, text))
        self.assertEqual(self.client.get("/", {"by": "9" * 18}).status_code, 404)
        for text in ("9999-12", "9999-12-31", "0001-01"):
            self.assertEqual(self.client.get("/", {"when": text}).status_code, 200, text)

    def test_a_link_keeps_the_other_filters(self) -> None:
        page = self.client.get("/", {"engine": "kie", "q": "new"})
        self.assertContains(page, 'href="/?kind=image&amp;engine=kie&amp;q=new"')
        self.assertContains(page, '<input type="hidden" name="engine" value="kie">')
        self.assertContains(self.client.get("/", {"engine": "kie", "q": "zeppelin"}), "Nothing matches")

    def test_numbers_are_not_counted_but_kept(self) -> None:
        self.assertContains(self.client.get("/"), 'All <span class="num">2</span>')
        Asset.objects.all().update(trashed_at=timezone.now())  # behind the back of the counters
        self.assertContains(self.client.get("/"), 'All <span class="num">2</span>')

    def test_spans(self) -> None:
        first, last = span_of("2026-02") or (None, None)
        assert first is not None
        assert last is not None
        self.assertEqual((last - first).days, 28)
        self.assertIsNone(span_of("2026-2"))
        self.assertEqual(Filters().url, "/")


class FamilyTests(StudioTestCase):
    def made(self, *references: Asset, cost: int) -> Asset:
        self.use_engine(FakePerformer([Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),))]))
        task = self.make_task(references=tuple(str(asset.pk) for asset in references))
        rounds.run_step(task.pk, "test")
        found = Asset.objects.get(origin=task.pk)
        Asset.objects.filter(pk=found.pk).update(cost=cost)
        return found

    def test_it_goes_both_ways_and_adds_up(self) -> None:
        first = self.make_asset(cost=100)
        middle = self.made(first, cost=200)
        last, twin = self.made(middle, cost=300), self.made(middle, cost=400)
        self.made(first, cost=5000)  # a sibling of the middle: no ancestor of it, and nothing that came of it
        found = family.of(Asset.objects.get(pk=middle.pk))
        rows = [[each.asset.pk for each in row] for row in found.generations]
        self.assertEqual(rows, [[first.pk], [middle.pk], [last.pk, twin.pk]])
        self.assertEqual((found.count, found.cost, found.is_cut), (4, 1000, False))
        self.sign_in(self.vera)
        page = self.client.get(f"/library/{middle.pk}/")
        self.assertContains(page, "4 pieces, 10 credits in all")
        self.assertContains(page, 'aria-current="true"')
        self.assertNotContains(self.client.get(f"/library/{self.make_asset().pk}/"), "family-title")

    def test_a_piece_of_two_is_there_once(self) -> None:
        one, two = self.make_asset(), self.make_asset()
        child = self.made(one, two, cost=10)
        grandchild = self.made(child, one, cost=10)
        found = family.of(grandchild)
        seen = [each.asset.pk for row in found.generations for each in row]
        self.assertEqual(sorted(map(str, seen)), sorted(str(it.pk) for it in (one, two, child, grandchild)))
