from typing import Any

from django.db.models import F, Model

from studio.credits import ledger
from studio.credits.models import CreditAccount, Entry, Hold
from studio.credits.reconcile import RULES, counts, misfits
from tests.base import STARTER, StudioTestCase
from tests.unchecked import remove, unchecked, unconstrained, undone

BALANCE = "available + held is the sum of its entries"
HELD = "held is the sum of its open holds"
CHARGE = "the entry of a hold is what it charged"


class WalletTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.account = ledger.account_of(self.team)
        self.open = ledger.hold(team=self.team, amount=300)
        self.settled, self.released = (ledger.hold(team=self.team, amount=100) for _ in range(2))
        ledger.settle(self.settled, amount=40)
        ledger.release(self.released)
        self.free = ledger.hold(team=self.team, amount=100)
        ledger.settle(self.free, amount=0)

    def found(self) -> list[tuple[str, str, str, str, str]]:
        return [(misfit.table, misfit.id, misfit.rule, misfit.expected, misfit.found) for misfit in misfits(RULES)]

    def rules(self) -> set[str]:
        return {misfit.rule for misfit in misfits(RULES)}

    def bypass(self, row: Model, **changes: Any) -> None:
        type(row)._base_manager.filter(pk=row.pk).update(**changes)

    def test_a_sound_wallet_fits(self) -> None:
        self.assertEqual(self.found(), [])
        self.assertEqual(
            counts(),
            {
                "wallets": 2,
                "available": 2 * STARTER - 340,
                "held": 300,
                "open_holds": 1,
                "settled_holds": 2,
                "released_holds": 1,
                "entries": 3,
                "granted": 2 * STARTER,
                "charged": 40,
            },
        )

    def test_credits_out_of_nowhere(self) -> None:
        self.bypass(self.account, available=F("available") + 5)
        row = ("credits_creditaccount", str(self.account.pk), BALANCE, str(STARTER - 40), str(STARTER - 35))
        self.assertEqual(self.found(), [row])
        text = f"credits_creditaccount {self.account.pk}: {BALANCE}: expected {STARTER - 40}, is {STARTER - 35}"
        self.assertEqual([str(misfit) for misfit in misfits(RULES)], [text])

    def test_a_wallet_that_lost_its_entries(self) -> None:
        remove(Entry.objects.get(account=self.account, kind="grant"))
        self.assertEqual([row[2:] for row in self.found()], [(BALANCE, "-40", str(STARTER - 40))])

    def test_a_hold_that_was_returned_twice(self) -> None:
        self.bypass(self.account, available=F("available") + 100, held=F("held") - 100)
        row = ("credits_creditaccount", str(self.account.pk), HELD, "300", "200")
        self.assertEqual(self.found(), [row])

    def test_a_charge_without_its_entry(self) -> None:
        remove(Entry.objects.get(hold=self.settled))
        self.assertIn(("credits_hold", str(self.settled.pk), CHARGE, "-40", "0"), self.found())
        self.assertEqual(self.rules(), {BALANCE, CHARGE})

    def test_an_entry_of_another_amount(self) -> None:
        self.bypass(Entry.objects.get(hold=self.settled), amount=-41)
        self.assertIn(("credits_hold", str(self.settled.pk), CHARGE, "-40", "-41"), self.found())

    def test_an_entry_of_a_hold_that_is_open_or_was_returned(self) -> None:
        for hold in (self.open, self.released):
            with undone():
                self.bypass(Entry.objects.get(hold=self.settled), hold=hold)
                rows = {row for row in self.found() if row[2] == CHARGE}
                wrong = {(str(hold.pk), "0", "-40"), (str(self.settled.pk), "-40", "0")}
                self.assertEqual({(row[1], row[3], row[4]) for row in rows}, wrong)

    def test_an_entry_in_the_wrong_wallet(self) -> None:
        entry, other = Entry.objects.get(hold=self.settled), ledger.account_of(self.other_team)
        self.bypass(entry, account=other)
        rule = "an entry is in the account of its hold"
        self.assertIn(("credits_entry", str(entry.pk), rule, str(self.account.pk), str(other.pk)), self.found())
        self.assertEqual(self.rules(), {BALANCE, rule})

    def test_a_second_entry_of_a_hold(self) -> None:
        with unconstrained(Entry):
            Entry(id=10_000, account=self.account, kind="charge", amount=-40, hold=self.settled).save()
            self.assertIn(
                ("credits_hold", str(self.settled.pk), "a hold has one entry", "one at most", "2"), self.found()
            )
            self.assertEqual(self.rules(), {BALANCE, "a hold has one entry"})

    def test_rows_that_point_at_nothing(self) -> None:
        entry = Entry.objects.get(hold=self.settled)
        nobody = 10_000
        with undone():
            self.bypass(entry, account=nobody)
            rule = "its account exists"
            row = ("credits_entry", str(entry.pk), rule, "a row of credits_creditaccount", str(nobody))
            self.assertIn(row, self.found())
        with undone():
            remove(self.settled)
            self.assertIn("its hold exists", self.rules())
        with undone():
            self.bypass(self.open, by=nobody)
            self.assertEqual(self.rules(), {"its by exists"})

    def test_what_the_tables_refuse_is_found_all_the_same(self) -> None:
        entry = Entry.objects.get(hold=self.settled)
        wrongs: list[tuple[Model, str, dict[str, Any]]] = [
            (self.account, "available is never negative", {"available": -1}),
            (self.account, "held is never negative", {"held": -1}),
            (self.open, "hold amount is not negative", {"amount": -1}),
            (self.settled, "charged at most what was held", {"charged": 101}),
            (self.released, "only a settled hold is charged", {"charged": 1}),
            (self.open, "a hold has an end when it is not open", {"state": "settled"}),
            (self.settled, "a hold has an end when it is not open", {"state": "lost"}),
            (entry, "grants add and charges belong to a hold", {"kind": "grant"}),
        ]
        checks = {check.name.replace("_", " ") for row, *_ in wrongs for check in row._meta.constraints}
        self.assertEqual(checks, {rule for _row, rule, _changes in wrongs})
        for row, rule, changes in wrongs:
            with self.subTest(rule=rule), unchecked(CreditAccount, Hold, Entry):
                self.bypass(row, **changes)
                self.assertIn((row._meta.db_table, str(row.pk), rule, "yes", "no"), self.found())
        self.assertEqual(self.found(), [])

    def test_only_what_does_not_fit_is_read(self) -> None:
        with self.assertNumQueries(len(RULES)):
            self.found()
