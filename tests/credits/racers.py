"""Hands that move credits at the same time, each a process with its own connection, some of them killed on the way.

`main` is one process that has Django loaded; every hand is a fork of it, and it never keeps a connection itself. What
to run comes by stdin, a JSON document a line, and so do the answers by stdout. What a hand did it writes to a file at
once, so that it is known however the hand ends.
"""

import contextlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction

from studio.accounts.models import Team
from studio.credits import ledger, reconcile
from studio.credits.models import CreditAccount, Entry, Hold
from studio.worker.snapshot import one_snapshot
from tests.credits.moves import COMMITTED, Move, Round

Write = Callable[[dict[str, Any]], None]


def make_template() -> None:
    """The real tables, two teams with credits and open holds, and a third that never had any."""
    call_command("migrate", verbosity=0)
    for name in ("a", "b", "c"):
        Team.objects.create(name=name)
    for team in Team.objects.exclude(name="c"):
        ledger.grant(team=team, amount=1000)
        for amount in (0, 1, 99, 250):
            ledger.hold(team=team, amount=amount)
    connections.close_all()


def race(round_: Round) -> dict[str, Any]:
    """Run all hands of a round against each other and someone who reads all the while; what each of them wrote."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        auditor = _fork(folder / "audit", round_.database, partial(_audit, folder))
        hands = [
            _fork(folder / f"hand{number}", round_.database, partial(_play, folder, number, moves))
            for number, moves in enumerate(round_.hands)
        ]
        (folder / "start").touch()  # all wait for it, so that they begin together
        if round_.killed_after is not None:
            time.sleep(round_.killed_after / 1000)
            os.kill(hands[0], signal.SIGKILL)
        for hand in hands:
            os.waitpid(hand, 0)
        (folder / "over").touch()
        os.waitpid(auditor, 0)
        os.waitpid(_fork(folder / "end", round_.database, _tell_rows), 0)
        told = {path.name: [json.loads(line) for line in path.read_text().splitlines()] for path in folder.iterdir()}
    return {**told, "hands": [told[f"hand{number}"] for number in range(len(hands))]}


def _fork(path: Path, database: str, work: Callable[[Write], None]) -> int:
    path.touch()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        with path.open("ab", buffering=0) as file:

            def write(words: dict[str, Any]) -> None:
                file.write(json.dumps(words).encode() + b"\n")

            try:
                connection.settings_dict["NAME"] = database
                work(write)
                code = 0
            except BaseException:  # noqa: BLE001  # told to the test, which fails
                write({"error": traceback.format_exc()})
            connections.close_all()
    finally:
        os._exit(code)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.001)


def _play(folder: Path, hand: int, moves: tuple[Move, ...], write: Write) -> None:
    teams = list(Team.objects.order_by("name"))
    _wait_for(folder / "start")
    for number, move in enumerate(moves):
        held = _chosen(move) if move.what in {"settle", "release"} else None
        write({"move": number, "hold": held and str(held.pk)})
        write({"move": number, "result": _act(move, teams[move.team], held, f"{hand}.{number}")})


def _chosen(move: Move) -> Hold:
    """One of all holds that there are now, as it is now: by the time of the move it may have ended."""
    keys = list(Hold.objects.order_by("created_at", "pk").values_list("pk", flat=True))
    return Hold.objects.select_related("by").get(pk=keys[move.pick % len(keys)])


def _act(move: Move, team: Team, held: Hold | None, note: str) -> bool:
    try:
        with _mortal(move.death):
            if move.what == "grant":
                ledger.grant(team=team, amount=move.amount + 1, note=note)
            elif move.what == "hold":
                ledger.hold(team=team, amount=move.amount, note=note)
            elif held is not None:
                charge = min(move.amount, held.amount)
                return ledger.release(held) if move.what == "release" else ledger.settle(held, amount=charge)
    except ledger.InsufficientCreditsError:
        return False
    return True


@contextlib.contextmanager
def _mortal(death: int | str | None) -> Iterator[None]:
    """Die by kill -9 before the statement of that number, at the latest before the commit; or right after it."""
    if death is None:
        yield
        return
    left = death if isinstance(death, int) else sys.maxsize

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        if left == 0:
            _die()
        left -= 1
        return execute(*args)

    with transaction.atomic(), connection.execute_wrapper(count):
        try:
            yield
        finally:
            if death != COMMITTED:
                _die()
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _audit(folder: Path, write: Write) -> None:
    """Prove again and again, while the hands are busy, that everything fits."""
    _wait_for(folder / "start")
    looks = 0
    while not looks or not (folder / "over").exists():
        with one_snapshot():
            _tell_misfits(write)
        looks += 1
    write({"looks": looks})


def _tell_misfits(write: Write) -> None:
    for misfit in reconcile.misfits(reconcile.RULES):
        write({"misfit": str(misfit)})


def _tell_rows(write: Write) -> None:
    with one_snapshot():
        _tell_misfits(write)
        for wallet in CreditAccount.objects.values("id", "available", "held"):
            write({"wallet": wallet})
        for hold in Hold.objects.values("id", "account_id", "note", "amount", "state", "charged"):
            write({"hold": {**hold, "id": str(hold["id"])}})
        for entry in Entry.objects.values("account_id", "hold_id", "note", "kind", "amount"):
            write({"entry": {**entry, "hold_id": entry["hold_id"] and str(entry["hold_id"])}})


def main() -> None:
    make_template()
    print(json.dumps("ready"), flush=True)  # noqa: T201  # the answers go to the test by this pipe
    for line in sys.stdin:
        print(json.dumps(race(Round.from_json(json.loads(line)))), flush=True)  # noqa: T201
