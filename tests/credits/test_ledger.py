import contextlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import PROTECT, ForeignKey, ForeignObjectRel, Model, ProtectedError, Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import SimpleTestCase as HypothesisSimpleTestCase
from hypothesis.extra.django import TestCase as HypothesisTestCase

from studio.accounts.models import Team
from studio.credits import ledger
from studio.credits.ledger import InsufficientCreditsError
from studio.credits.models import AppendOnlyError, CreditAccount, Entry, Hold
from tests.base import STARTER, StudioTestCase


def balance_by_entries(team: Team) -> int:
    return Entry.objects.filter(account__team=team).aggregate(sum=Sum("amount"))["sum"] or 0


class LedgerTests(StudioTestCase):
    def wallet(self) -> tuple[int, int]:
        account = ledger.account_of(self.team)
        return account.available, account.held

    def test_a_hold_sets_credits_aside(self) -> None:
        ledger.hold(team=self.team, amount=250)
        self.assertEqual(self.wallet(), (STARTER - 250, 250))
        self.assertEqual(balance_by_entries(self.team), STARTER)

    def test_settling_charges_a_part_and_returns_the_rest(self) -> None:
        held = ledger.hold(team=self.team, amount=400)
        self.assertTrue(ledger.settle(held, amount=100))
        self.assertEqual(self.wallet(), (STARTER - 100, 0))
        self.assertEqual(balance_by_entries(self.team), STARTER - 100)

    def test_a_hold_ends_once(self) -> None:
        held = ledger.hold(team=self.team, amount=400)
        again = Hold.objects.get(pk=held.pk)
        self.assertTrue(ledger.settle(held, amount=400))
        self.assertFalse(ledger.settle(again, amount=400))
        self.assertFalse(ledger.release(again))
        self.assertEqual(self.wallet(), (STARTER - 400, 0))

    def test_releasing_returns_everything_and_writes_no_entry(self) -> None:
        held = ledger.hold(team=self.team, amount=400)
        self.assertTrue(ledger.release(held))
        self.assertEqual(self.wallet(), (STARTER, 0))
        self.assertFalse(Entry.objects.filter(hold=held).exists())

    def test_more_than_there_is_cannot_be_held(self) -> None:
        with self.assertRaises(InsufficientCreditsError) as caught:
            ledger.hold(team=self.team, amount=STARTER + 1)
        self.assertEqual((caught.exception.needed, caught.exception.available), (STARTER + 1, STARTER))
        self.assertEqual(self.wallet(), (STARTER, 0))
        self.assertFalse(Hold.objects.exists())

    def test_nothing_is_charged_beyond_the_hold(self) -> None:
        held = ledger.hold(team=self.team, amount=100)
        for amount in (-1, 101):
            with self.assertRaises(ValueError):
                ledger.settle(held, amount=amount)

    def test_grants_add_something(self) -> None:
        for amount in (0, -5):
            with self.assertRaises(ValueError):
                ledger.grant(team=self.team, amount=amount)

    def test_a_long_note_is_cut(self) -> None:
        entry = ledger.grant(team=self.team, amount=1, note="x" * 300)
        held = ledger.hold(team=self.team, amount=1, note="y" * 300)
        ledger.settle(held, amount=1)
        notes = [Entry.objects.get(pk=entry.pk).note, Hold.objects.get(pk=held.pk).note, held.entry.note]
        self.assertEqual([len(note) for note in notes], [200, 200, 200])

    def test_every_link_of_the_ledger_protects(self) -> None:
        for model in (CreditAccount, Hold, Entry):
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey):
                    self.assertIs(field.remote_field.on_delete, PROTECT, field)
                elif isinstance(field, ForeignObjectRel):
                    self.assertIs(field.on_delete, PROTECT, field)

    def test_the_database_refuses_what_the_code_must_not_do(self) -> None:
        account = ledger.account_of(self.team)
        held = ledger.hold(team=self.team, amount=100)
        wrongs: list[Callable[[], object]] = [
            lambda: CreditAccount.objects.filter(pk=account.pk).update(available=-1),
            lambda: CreditAccount.objects.filter(pk=account.pk).update(held=-1),
            lambda: Hold.objects.filter(pk=held.pk).update(charged=1),
            lambda: Hold.objects.filter(pk=held.pk).update(state="settled"),
            lambda: Hold.objects.filter(pk=held.pk).update(state="lost"),
            lambda: Entry.objects.create(account=account, kind="charge", amount=5, hold=held),
            lambda: Entry.objects.create(account=account, kind="grant", amount=-5),
        ]
        for wrong in wrongs:
            with self.assertRaises(IntegrityError), transaction.atomic():
                wrong()

    def test_the_database_refuses_a_second_charge_of_a_hold(self) -> None:
        held = ledger.hold(team=self.team, amount=100)
        ledger.settle(held, amount=60)
        again = {"account": ledger.account_of(self.team), "kind": "charge", "amount": -40, "hold": held}
        with self.assertRaises(IntegrityError), transaction.atomic():
            Entry.objects.create(**again)

    def test_an_entry_is_added_and_never_changed(self) -> None:
        entry = Entry.objects.get(account__team=self.team)
        wrongs: list[Callable[[], object]] = [
            entry.save,
            entry.delete,
            Entry(pk=entry.pk, account=entry.account, kind="grant", amount=7).delete,
            lambda: Entry.objects.update(amount=7),
            lambda: entry.account.entries.filter(pk=entry.pk).update(note="x"),
            Entry.objects.all().delete,
            lambda: Entry.objects.bulk_update([entry], ["amount"]),
            lambda: Entry.objects.bulk_create(
                [entry], update_conflicts=True, update_fields=["amount"], unique_fields=["id"]
            ),
            lambda: Entry.objects.update_or_create(pk=entry.pk, defaults={"amount": 7}),
        ]
        for wrong in wrongs:
            with self.assertRaises(AppendOnlyError), transaction.atomic():
                wrong()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Entry(pk=entry.pk, account=entry.account, kind="grant", amount=7).save()
        self.assertEqual(Entry.objects.get(pk=entry.pk).amount, STARTER)
        self.assertEqual(len(Entry.objects.bulk_create([Entry(account=entry.account, kind="grant", amount=7)])), 1)

    def test_a_stale_object_is_never_saved_over_a_newer_row(self) -> None:
        stale = ledger.account_of(self.team)
        held = ledger.hold(team=self.team, amount=100)
        for row in (stale, held):
            with self.assertRaises(AppendOnlyError):
                row.save()
        self.assertEqual(self.wallet(), (STARTER - 100, 100))

    def test_nothing_of_the_ledger_can_be_deleted(self) -> None:
        ledger.settle(ledger.hold(team=self.team, amount=100), amount=100)
        rows: list[Model] = [self.team, ledger.account_of(self.team), Hold.objects.get()]
        for row in rows:
            with self.assertRaises(ProtectedError):
                type(row)._base_manager.filter(pk=row.pk).delete()


class PartTests(HypothesisSimpleTestCase):
    def test_a_part_is_rounded_down_to_a_hundredth(self) -> None:
        cases = [
            (2400, 2, 4, 1200),  # half of the pictures: half
            (2400, 4, 4, 2400),
            (2400, 0, 4, 0),
            (100, 1, 3, 33),  # the rest of a fraction is the team's
            (100, 2, 3, 66),
            (1, 1, 2, 0),
            (40, 9, 4, 40),  # more than was asked for
            (0, 1, 1, 0),
        ]
        for amount, kept, pieces, charge in cases:
            self.assertEqual(ledger.part_of(amount, kept=kept, pieces=pieces), charge)

    @given(st.integers(0, 10**12), st.integers(0, 20), st.integers(1, 20))
    def test_a_part_is_never_more_than_the_whole(self, amount: int, kept: int, pieces: int) -> None:
        part = ledger.part_of(amount, kept=kept, pieces=pieces)
        self.assertTrue(0 <= part <= amount)
        self.assertTrue(part * pieces <= amount * kept)


MOVES = st.lists(
    st.tuples(st.sampled_from(["grant", "hold", "settle", "release"]), st.integers(0, 500), st.integers(0, 9)),
    max_size=30,
)


class AnyOrderTests(HypothesisTestCase):
    @settings(max_examples=60, deadline=None)
    @given(MOVES)
    def test_entries_sum_to_the_balance_and_nothing_is_negative(self, moves: list[tuple[str, int, int]]) -> None:
        team = Team.objects.create(name="any order")
        holds: list[Hold] = []
        for move, amount, pick in moves:
            if move == "grant":
                ledger.grant(team=team, amount=amount + 1)
            elif move == "hold":
                with contextlib.suppress(InsufficientCreditsError):
                    holds.append(ledger.hold(team=team, amount=amount))
            elif holds:
                held = holds[pick % len(holds)]
                _ = ledger.release(held) if move == "release" else ledger.settle(held, amount=min(amount, held.amount))
            account = ledger.account_of(team)
            open_holds = Hold.objects.filter(account=account, state="open").aggregate(sum=Sum("amount"))["sum"] or 0
            self.assertEqual(account.balance, balance_by_entries(team))
            self.assertEqual(account.held, open_holds)
            self.assertGreaterEqual(account.available, 0)
