from datetime import timedelta

from django.utils import timezone

from studio.accounts.models import Team
from studio.credits import ledger, statement
from studio.credits.models import Entry
from tests.base import StudioTestCase


class StatementTests(StudioTestCase):
    def grant(self, team: Team, count: int, moments: int) -> None:
        now, account = timezone.now(), ledger.account_of(team)
        for number in range(count):
            at = now + timedelta(seconds=number * moments // count)
            Entry.objects.create(account=account, kind=Entry.Kind.GRANT, amount=number + 1, created_at=at)

    def test_every_line_is_on_one_page_also_those_of_one_moment(self) -> None:
        for count, moments in ((120, 120), (120, 7), (40, 1), (0, 1)):
            with self.subTest(count=count, moments=moments):
                team = Team.objects.create(name=f"{count} {moments}")
                self.grant(team, count, moments)
                page, before = statement.lines(team)
                shown = page
                while before:
                    page, before = statement.lines(team, before)
                    shown = [*shown, *page]
                self.assertEqual(sorted(line.amount for line in shown), list(range(1, count + 1)))
                self.assertEqual(shown, sorted(shown, key=lambda line: line.at, reverse=True))
