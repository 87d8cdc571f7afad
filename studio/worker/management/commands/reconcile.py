"""`manage.py reconcile`: proves from the rows alone that credits and tasks add up. May be run at any time. Amounts are
in hundredths of a credit, as they are in the tables."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.credits import reconcile as wallets
from studio.credits.reconcile import Misfit
from studio.tasks import reconcile as tasks
from studio.worker.snapshot import one_snapshot


class Command(BaseCommand):
    help = "Prove that credits and tasks add up; name every row that does not fit, and end with 1. Repairs nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_snapshot():
            counts = {**wallets.counts(), **tasks.counts()}
            found = wallets.misfits((*wallets.RULES, *tasks.RULES))
            wrong = self._as_json(counts, found) if options["json"] else self._as_lines(counts, found)
        if wrong:
            raise CommandError(f"{wrong} misfits.")

    def _as_lines(self, counts: dict[str, int], found: Iterator[Misfit]) -> int:
        for name, count in counts.items():
            self.stdout.write(f"{count:>16,} {name.replace('_', ' ')}")
        wrong = 0
        for wrong, misfit in enumerate(found, start=1):  # noqa: B007  # counted for the answer
            self.stdout.write(str(misfit))
        if not wrong:
            self.stdout.write("Everything fits.")
        return wrong

    def _as_json(self, counts: dict[str, int], found: Iterator[Misfit]) -> int:
        """Written as it is found, so that a long list needs no memory."""
        self.stdout.write(f'{{"counts": {json.dumps(counts)}, "misfits": [', ending="")
        wrong = 0
        for wrong, misfit in enumerate(found, start=1):
            self.stdout.write(("," if wrong > 1 else "") + f"\n{json.dumps(asdict(misfit))}", ending="")
        self.stdout.write("]}")
        return wrong
