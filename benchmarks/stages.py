"""The parts of a benchmark that need the database: `python -m benchmarks.stages NAME key=value ...`, one JSON line out.

Workers are processes of their own; who starts and stops them is `benchmarks.worker`.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import uniform
from statistics import quantiles
from typing import Any

import django

Facts = dict[str, Any]
TEAMS, MEMBERS = 5, 4
PATIENCE = 300.0  # seconds until a measure is given up


def prepare() -> Facts:
    """Tables and the cast: five teams of four members with credits enough."""
    from django.core.management import call_command

    from studio.accounts.models import Member, Role, Team, User
    from studio.credits import ledger

    call_command("migrate", interactive=False, verbosity=0)
    for number in range(TEAMS):
        team = Team.objects.create(name=f"Team {number}")
        ledger.grant(team=team, amount=10**12)
        for place in range(MEMBERS):
            user = User.objects.create(email=f"{place}@team{number}.example", name=f"Member {place}")
            Member.objects.create(team=team, user=user, role=Role.OWNER)
    return {}


def throughput(*, side: str, count: int, engine: str = "ends") -> Facts:
    """From the moment that `count` waiting tasks become due until the last one has ended."""
    from benchmarks import sides

    one = sides.side(side, engine)
    _by_threads(4, count, lambda number: one.enqueue(number, later=True))
    began = time.perf_counter()
    one.release()
    while one.left():
        time.sleep(0.03)
        _be_patient(began)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "tasks_per_s": count / seconds, "steps_per_s": one.steps() / seconds}


def submits(*, side: str, count: int, submitters: int = 50) -> Facts:
    """How long each of `submitters` who press at once waits, again and again, while workers carry the tasks on."""
    from benchmarks import sides

    one = sides.side(side)
    taken = _by_threads(submitters, count, one.enqueue)
    began = time.perf_counter()
    while one.left():
        time.sleep(0.1)
        _be_patient(began)
    return _spread(taken)


def starts(*, side: str, count: int) -> Facts:
    """From the commit of a task to the start of its first step, one task at a time in an idle studio."""
    from benchmarks import sides

    one, committed = sides.side(side), {}
    for number in range(count):
        time.sleep(uniform(0.2, 0.4))
        pk = one.enqueue(number)
        committed[pk] = time.time()
    began = time.perf_counter()
    while one.left():
        time.sleep(0.1)
        _be_patient(began)
    started = one.starts()
    return _spread([started[pk] - at for pk, at in committed.items()])


def looks(*, few: int, finished: int, queued: int, times: int = 30) -> Facts:
    """One look of an idle worker at a small table, at one with many finished tasks, and at one with a long queue."""
    from benchmarks import filled

    filled.finish(few)
    filled.queue_up(few)
    found = {"few": filled.look(times)}
    filled.finish(finished)
    found["finished"] = filled.look(times)
    filled.queue_up(queued)
    found["queued"] = filled.look(times)
    return {name: {part: seconds * 1000 for part, seconds in parts.items()} for name, parts in found.items()}


def run(*, count: int) -> Facts:
    """`count` tasks that an upstream works on and never ends."""
    from benchmarks import filled

    filled.running(count)
    return {}


def _by_threads(threads: int, count: int, call: Callable[[int], object]) -> list[float]:
    """Seconds of each call, of `count` in all."""
    from django.db import connection

    barrier = threading.Barrier(threads)

    def some(thread: int) -> list[float]:
        barrier.wait()
        taken = []
        for number in range(thread, count, threads):
            began = time.perf_counter()
            call(number)
            taken.append(time.perf_counter() - began)
        connection.close()
        return taken

    with ThreadPoolExecutor(threads) as pool:
        return [seconds for each in pool.map(some, range(threads)) for seconds in each]


def _spread(seconds: list[float]) -> Facts:
    parts = quantiles(seconds, n=100, method="inclusive")
    return {"p50_ms": parts[49] * 1000, "p99_ms": parts[98] * 1000, "count": len(seconds)}


def _be_patient(began: float) -> None:
    if time.perf_counter() - began > PATIENCE:
        raise TimeoutError("the workers did not come to an end")


STAGES: dict[str, Callable[..., Facts]] = {
    stage.__name__: stage for stage in (prepare, throughput, submits, starts, looks, run)
}


def main(name: str, *words: str) -> None:
    django.setup()
    options = dict(word.split("=", 1) for word in words)
    facts = STAGES[name](**{key: int(value) if value.isdigit() else value for key, value in options.items()})
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
