from django.db import connection
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from studio.credits import ledger
from studio.credits.shown import shown
from tests.base import StudioTestCase

URL = "/team/credits/"


class CreditsPageTests(StudioTestCase):
    def test_it_shows_what_is_there_held_and_spent(self) -> None:
        ledger.settle(ledger.hold(team=self.team, amount=250, note="a red fox", by=self.bob.user), amount=250)
        ledger.hold(team=self.team, amount=100, note="a whale", by=self.bob.user)
        self.sign_in(self.alice)
        page = self.client.get(URL)
        self.assertContains(page, "996.5")
        self.assertContains(page, "a red fox")
        self.assertContains(page, "-2.5")
        self.assertContains(page, "Bob Berg")

    def test_a_stranger_sees_only_their_own_wallet(self) -> None:
        ledger.hold(team=self.team, amount=100, note="a secret whale")
        self.sign_in(self.charlie)
        self.assertNotContains(self.client.get(URL), "a secret whale")

    def test_a_long_wish_ends_with_a_whole_word(self) -> None:
        for wish in ("a lighthouse and " * 30, "x" * 500, "灯" * 500, "a short fox"):
            ledger.hold(team=self.team, amount=1, note=wish)
        self.sign_in(self.alice)
        page = self.client.get(URL)
        self.assertContains(page, "a lighthouse and a lighthouse…</td>")
        for words in (
            "x" * 200 + "…</td>",
            "灯" * 200 + "…</td>",
            "a short fox</td>",
            '<td data-l=""><span class="tag',
        ):
            self.assertContains(page, words)

    def test_older_lines_are_on_the_next_page(self) -> None:
        for number in range(60):
            ledger.hold(team=self.team, amount=1, note=f"wish {number:02}")
        self.sign_in(self.vera)
        page = self.client.get(URL)
        self.assertContains(page, "wish 59")
        self.assertNotContains(page, "wish 05")
        self.assertContains(self.client.get(page.context["more_url"]), "wish 05")

    def test_the_page_takes_the_same_queries_however_long_the_ledger_is(self) -> None:
        self.sign_in(self.alice)
        ledger.hold(team=self.team, amount=1)
        few = queries_of(self, URL)
        for _ in range(70):
            ledger.hold(team=self.team, amount=1)
        self.assertEqual(queries_of(self, URL), few)

    def test_a_broken_cursor_begins_at_the_newest(self) -> None:
        self.sign_in(self.alice)
        edges = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        for before in ("never", "2026-01-01", "2026-99-99T00:00:00Z", "\0", *edges):
            self.assertEqual(self.client.get(URL, {"before": before}).status_code, 200)

    def test_signed_out_leads_to_sign_in(self) -> None:
        self.assertRedirects(self.client.get(URL), f"/accounts/login/?next={URL}")


def queries_of(case: StudioTestCase, url: str) -> int:
    case.client.get(url)  # what a process learns once is not counted
    with CaptureQueriesContext(connection) as captured:
        case.client.get(url)
    return len(captured)


class ShownTests(SimpleTestCase):
    def test_at_most_two_decimals(self) -> None:
        cases = {0: "0", 100: "1", 40: "0.4", 1: "0.01", 123456: "1,234.56", 100000: "1,000", -250: "-2.5"}
        for hundredths, words in cases.items():
            self.assertEqual(shown(hundredths), words)

    def test_the_language_decides_on_the_separators(self) -> None:
        with translation.override("de"):
            self.assertEqual(shown(123456), "1.234,56")
