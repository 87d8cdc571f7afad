"""How much work the worker carries, beside a plain django-tasks-db with an empty task in the same run.

    .venv/bin/python -m benchmarks.worker [--quick] [--databases sqlite,postgres] [--out FILE]

`docs/benchmarks.md` says what each line means.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import databases
from benchmarks.databases import Database
from benchmarks.processes import Logs, memory_of, workers

RESULTS = databases.ROOT / "benchmarks" / "results" / "worker.json"
SETTLE = 8.0  # seconds after which a worker's memory is looked at
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything. What is measured more than once is told by its middle."""

    rounds: int
    workers: tuple[int, ...]
    tasks: int
    files: int
    empties: int
    submits: int
    starts: int
    few: int = 100
    finished: int = 100_000
    queued: int = 10_000
    running: int = 10_000
    settle: float = SETTLE


FULL = Sizes(rounds=3, workers=(1, 2, 4), tasks=1000, files=200, empties=2000, submits=1000, starts=60)
QUICK = Sizes(rounds=1, workers=(1, 2), tasks=300, files=60, empties=600, submits=500, starts=15, finished=20_000)
TINY = Sizes(
    rounds=1, workers=(1,), tasks=6, files=2, empties=6, submits=50, starts=2,
    few=5, finished=20, queued=20, running=20, settle=0.5,
)  # fmt: skip


class Benchmark:
    def __init__(self, sizes: Sizes, logs: Logs) -> None:
        self.sizes, self.logs = sizes, logs
        self.sides = ["studio", "reference"]

    def measure(self, database: Database) -> Iterator[Facts]:
        """Every measure on one database, the sides by turns."""
        for count in self.sizes.workers:
            yield {"what": "steps", "workers": count, **self._throughput(database, count)}
        yield {"what": "files", "workers": 2, **self._files(database)}
        yield {"what": "starts", "workers": 1, **self._both(database, 1, "starts", count=self.sizes.starts)}
        yield {"what": "submits", "workers": 2, **self._both(database, 2, "submits", count=self.sizes.submits)}
        yield {"what": "looks", **self._looks(database)}
        yield {"what": "memory", "workers": 1, **self._memory(database)}

    def _throughput(self, database: Database, at_work: int) -> Facts:
        tasks = {"studio": self.sizes.tasks, "reference": self.sizes.empties}
        found: dict[str, list[Facts]] = {side: [] for side in self.sides}
        for _ in range(self.sizes.rounds):
            for side in self.sides:
                found[side].append(self._stage(database, side, at_work, "throughput", count=tasks[side]))
        return {side: _middle(each) for side, each in found.items()}

    def _files(self, database: Database) -> Facts:
        found = [
            self._stage(database, "studio", 2, "throughput", count=self.sizes.files, engine="files")
            for _ in range(self.sizes.rounds)
        ]
        return {"studio": _middle(found)}

    def _both(self, database: Database, at_work: int, stage: str, **options: Any) -> Facts:
        return {side: self._stage(database, side, at_work, stage, **options) for side in self.sides}

    def _looks(self, database: Database) -> Facts:
        sizes = self.sizes
        options = {"few": sizes.few, "finished": sizes.finished, "queued": sizes.queued}
        return {"studio": databases.run_stage("looks", database.fresh(), **options)}

    def _memory(self, database: Database) -> Facts:
        found: Facts = {}
        for name, count in (("few", self.sizes.few), ("many", self.sizes.running)):
            env = database.fresh()
            databases.run_stage("run", env, count=count)
            with workers("studio", 1, env, self.logs) as pids:
                time.sleep(self.sizes.settle)
                found[name] = memory_of(pids[0])
        return {"studio": found}

    def _stage(self, database: Database, side: str, at_work: int, stage: str, **options: Any) -> Facts:
        env = database.fresh()
        with workers(side, at_work, env, self.logs):
            facts: Facts = databases.run_stage(stage, env, side=side, **options)
        return facts


def _middle(found: list[Facts]) -> Facts:
    return {key: median(facts[key] for facts in found) for key in found[0]}


def machine() -> Facts:
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}


def run(sizes: Sizes, names: list[str], say: Any = lambda _words: None) -> Facts:
    """All measures; `say` hears of each as it comes."""
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        folder = Path(name)
        logs = Logs(folder / "logs")
        benchmark = Benchmark(sizes, logs)
        measures = []
        for database in databases.here(folder, names):
            try:
                for facts in benchmark.measure(database):
                    measures.append({"database": database.name, **facts})
                    say(json.dumps(measures[-1]))
            finally:
                database.stop()
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return {"at": at, "machine": machine(), "locked": logs.locked(), "measures": measures}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="about two minutes; nothing is written unless --out is")
    parser.add_argument("--tiny", action="store_true", help="whether it works at all")
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--out", type=Path, help=f"default: {RESULTS.relative_to(databases.ROOT)}")
    options = parser.parse_args()
    sizes = TINY if options.tiny else QUICK if options.quick else FULL
    found = run(sizes, options.databases.split(","), lambda words: sys.stderr.write(words + "\n"))
    out = options.out or (RESULTS if sizes is FULL else None)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(found, indent=1) + "\n")
    from benchmarks.table import table

    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
