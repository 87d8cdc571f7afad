import json
import threading
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test import TransactionTestCase

from studio.accounts.models import Team
from studio.credits import ledger
from studio.credits.models import CreditAccount, Entry, Hold
from studio.worker.snapshot import one_snapshot


class ReconcileTests(TransactionTestCase):
    """The command opens a transaction of its own, so that these tests must not be inside one."""

    def setUp(self) -> None:
        self.team = Team.objects.create(name="Harbour Team")
        ledger.grant(team=self.team, amount=123_456)

    def reconcile(self, *options: str) -> tuple[str, int]:
        """What it says, and how it ends."""
        out = StringIO()
        try:
            call_command("reconcile", *options, stdout=out)
        except CommandError as error:
            return out.getvalue(), error.returncode
        return out.getvalue(), 0

    def test_all_is_well(self) -> None:
        text, code = self.reconcile()
        self.assertEqual(code, 0)
        self.assertIn("         123,456 granted\n", text)
        self.assertTrue(text.endswith("Everything fits.\n"))
        found, code = self.document()
        self.assertEqual((found["misfits"], found["counts"]["available"], code), ([], 123_456, 0))

    def test_what_does_not_fit_is_named_and_left_as_it_is(self) -> None:
        CreditAccount.objects.update(available=F("available") + 5, held=F("held") + 1)
        text, code = self.reconcile()
        self.assertEqual(code, 1)
        account = CreditAccount.objects.get()
        misfits = [
            f"credits_creditaccount {account.pk}: available + held is the sum of its entries: expected 123456, is 123462",
            f"credits_creditaccount {account.pk}: held is the sum of its open holds: expected 0, is 1",
        ]
        self.assertEqual(text.splitlines()[-2:], misfits)
        found, code = self.document()
        self.assertEqual((len(found["misfits"]), code), (2, 1))
        self.assertEqual(found["misfits"][1]["found"], "1")
        self.assertEqual((account.available, account.held), (123_461, 1))

    def document(self) -> tuple[Any, int]:
        text, code = self.reconcile("--json")
        return json.loads(text), code


class SnapshotTests(TransactionTestCase):
    def test_nobody_waits_and_nothing_that_is_written_meanwhile_is_seen(self) -> None:
        team = Team.objects.create(name="Harbour Team")
        ledger.grant(team=team, amount=100)
        with one_snapshot():
            self.assertEqual(Entry.objects.count(), 1)
            self.elsewhere(lambda: ledger.hold(team=team, amount=100))
            self.assertEqual((CreditAccount.objects.get().available, Hold.objects.count()), (100, 0))
        self.assertEqual((CreditAccount.objects.get().available, Hold.objects.count()), (0, 1))

    def test_afterwards_transactions_are_as_usual(self) -> None:
        def mode() -> Any:
            return vars(connection).get("transaction_mode")

        usual = mode()
        with one_snapshot():
            Entry.objects.count()
        self.assertEqual(mode(), usual)
        ledger.grant(team=Team.objects.create(name="Harbour Team"), amount=1)

    def elsewhere(self, move: Any) -> None:
        """In another thread, which has a connection of its own."""

        def run() -> None:
            move()
            connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
