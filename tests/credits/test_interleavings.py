"""Any order of moves from several processes, some killed on the way: afterwards each move has happened or has not, and
all credits are where they should be."""

import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from unittest import TestCase

import psycopg
from django.conf import settings as studio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import postgres
from tests.credits.moves import COMMITTED, Move, Round

PATIENCE = 60  # seconds for a round; more means that hands wait for each other
START = "import django; django.setup(); from tests.credits import racers; racers.main()"
MOVES = st.builds(
    Move,
    what=st.sampled_from(["grant", "hold", "hold", "settle", "settle", "release"]),
    team=st.integers(0, 2),
    amount=st.integers(0, 400),
    pick=st.integers(0, 9),
    death=st.sampled_from([*[None] * 14, 0, 1, 2, 3, 4, 5, COMMITTED, COMMITTED]),
)
HANDS = st.lists(st.lists(MOVES, min_size=1, max_size=12).map(tuple), min_size=2, max_size=4).map(tuple)
KILLS = st.one_of(st.none(), st.integers(0, 40))
# What happens depends on the machine's timing too, so that a smaller example proves nothing: none is looked for.
ANY_ORDER = settings(
    max_examples=100,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A move that was begun. `happened` is None where only the database knows: its hand did not live to say so."""

    move: Move
    note: str
    hold: str | None
    happened: bool | None

    def ended(self, hold: dict[str, Any]) -> bool:
        """Whether this move leaves the hold as it is."""
        charge = min(self.move.amount, hold["amount"]) if self.move.what == "settle" else 0
        state = "settled" if self.move.what == "settle" else "released"
        return (hold["state"], hold["charged"]) == (state, charge)


def begun_of(number: int, moves: tuple[Move, ...], lines: list[dict[str, Any]]) -> Iterator[Begun]:
    results = {line["move"]: line["result"] for line in lines if "result" in line}
    for line in lines:
        if "hold" in line:
            move = moves[line["move"]]
            unsaid = None if move.death in {None, COMMITTED} else False  # None: killed from outside
            yield Begun(move, f"{number}.{line['move']}", line["hold"], results.get(line["move"], unsaid))


class Race(TestCase, ABC):
    """`url` is what `DATABASE_URL` says; `fresh` makes a copy of the tables that `racers` made there, `drop` ends it."""

    __test__ = False
    folder: ClassVar[Path]
    racers: ClassVar["subprocess.Popen[str]"]
    numbers: ClassVar[Iterator[int]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder, cls.numbers = Path(tempfile.mkdtemp(prefix="studio-race-")), itertools.count()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        here = {"STUDIO_DATA": str(cls.folder), "DATABASE_URL": cls.url(), "DJANGO_SETTINGS_MODULE": "studio.settings"}
        cls.racers = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=studio.BASE_DIR,
            env={**os.environ, **here},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        cls.addClassCleanup(cls.racers.communicate)
        assert cls.answer() == "ready"

    @classmethod
    @abstractmethod
    def url(cls) -> str: ...

    @abstractmethod
    def fresh(self, number: int) -> str: ...

    @abstractmethod
    def drop(self, database: str) -> None: ...

    @classmethod
    def answer(cls) -> Any:
        assert cls.racers.stdout is not None
        if not select.select([cls.racers.stdout], [], [], PATIENCE)[0]:
            cls.racers.kill()
            raise TimeoutError("the hands wait for each other")
        return json.loads(cls.racers.stdout.readline())

    def race(self, hands: tuple[tuple[Move, ...], ...], killed_after: int | None) -> None:
        database = self.fresh(next(self.numbers))
        try:
            round_ = Round(database, hands, killed_after)
            assert self.racers.stdin is not None
            print(json.dumps(round_.to_json()), file=self.racers.stdin, flush=True)
            answer = self.answer()
        finally:
            self.drop(database)
        self.check(hands, answer)

    def check(self, hands: tuple[tuple[Move, ...], ...], answer: dict[str, Any]) -> None:
        lines = [line for told in (*answer["hands"], answer["audit"], answer["end"]) for line in told]
        self.assertEqual([line["error"] for line in lines if "error" in line], [])
        self.assertEqual([line["misfit"] for line in lines if "misfit" in line], [])
        self.assertTrue(any("looks" in line for line in answer["audit"]))
        begun = [
            each
            for number, (moves, told) in enumerate(zip(hands, answer["hands"], strict=True))
            for each in begun_of(number, moves, told)
        ]
        wallets, holds, entries = (
            [line[kind] for line in answer["end"] if kind in line] for kind in ("wallet", "hold", "entry")
        )
        grants = Counter({(entry["note"], entry["amount"] - 1) for entry in entries if entry["kind"] == "grant"})
        self.check_made([each for each in begun if each.move.what == "grant"], grants)
        self.check_made(
            [each for each in begun if each.move.what == "hold"],
            Counter((hold["note"], hold["amount"]) for hold in holds),
        )
        for hold in holds:
            self.check_end(hold, [each for each in begun if each.hold == hold["id"]])
        for wallet in wallets:
            self.check_sums(wallet, holds, entries)

    def check_made(self, begun: list[Begun], made: "Counter[tuple[str, int]]") -> None:
        """What was said to have happened is there once; what was said not to have happened is not."""
        for each in begun:
            count = made[each.note, each.move.amount]
            self.assertIn(count, {None: {0, 1}, True: {1}, False: {0}}[each.happened], each)

    def check_end(self, hold: dict[str, Any], begun: list[Begun]) -> None:
        """It ended once, by one who said so or did not live to."""
        winners = [each for each in begun if each.happened]
        unsaid = [each for each in begun if each.happened is None]
        if hold["state"] == "open":
            self.assertEqual(winners, [])
            self.assertFalse(any(each.happened is False and each.move.death is None for each in begun), begun)
        elif winners:
            self.assertEqual([each.ended(hold) for each in winners], [True], (hold, begun))
        else:
            self.assertTrue(any(each.ended(hold) for each in unsaid), (hold, begun))

    def check_sums(self, wallet: dict[str, Any], holds: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
        """The same proof as reconcile's, by hand."""
        own_holds = [hold for hold in holds if hold["account_id"] == wallet["id"]]
        held = sum(hold["amount"] for hold in own_holds if hold["state"] == "open")
        balance = sum(entry["amount"] for entry in entries if entry["account_id"] == wallet["id"])
        self.assertEqual((wallet["available"], wallet["held"]), (balance - held, held))
        self.assertGreaterEqual(wallet["available"], 0)
        charged = {hold["id"]: -hold["charged"] for hold in own_holds if hold["charged"]}
        charges = [(entry["hold_id"], entry["amount"]) for entry in entries if entry["kind"] == "charge"]
        own = [charge for charge in charges if charge[0] in {hold["id"] for hold in own_holds}]
        self.assertEqual(sorted(own), sorted(charged.items()))


class SQLiteTests(Race):
    __test__ = True

    @classmethod
    def url(cls) -> str:
        return f"sqlite:///{cls.folder}/db.sqlite3"

    def fresh(self, number: int) -> str:
        return str(shutil.copy(self.folder / "db.sqlite3", self.folder / f"{number}.sqlite3"))

    def drop(self, database: str) -> None:
        for path in self.folder.glob(f"{Path(database).name}*"):
            path.unlink()

    @ANY_ORDER
    @given(HANDS, KILLS)
    def test_any_order_on_sqlite(self, hands: tuple[tuple[Move, ...], ...], killed_after: int | None) -> None:
        self.race(hands, killed_after)


class PostgreSQLTests(Race):
    __test__ = True

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_sql("CREATE DATABASE race")
        cls.addClassCleanup(cls.run_sql, "DROP DATABASE race WITH (FORCE)")
        super().setUpClass()

    @classmethod
    def url(cls) -> str:
        return postgres.url("race")

    @classmethod
    def run_sql(cls, statement: str) -> None:
        with psycopg.connect(postgres.url(), autocommit=True) as server:
            server.execute(statement.encode())

    def fresh(self, number: int) -> str:
        self.run_sql(f"CREATE DATABASE race{number} TEMPLATE race")
        return f"race{number}"

    def drop(self, database: str) -> None:
        self.run_sql(f"DROP DATABASE {database} WITH (FORCE)")

    @settings(ANY_ORDER, max_examples=50)  # each makes a database, which takes longer here
    @given(HANDS, KILLS)
    def test_any_order_on_postgresql(self, hands: tuple[tuple[Move, ...], ...], killed_after: int | None) -> None:
        self.race(hands, killed_after)
