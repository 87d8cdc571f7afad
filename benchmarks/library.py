"""How the Library's pages answer in a small and in a large library: `python -m benchmarks.library` (SQLite and
PostgreSQL, about five minutes; `--quick` one). Read the ratios."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import databases

SMALL, LARGE, QUICK = 1000, 100_000, 20_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--databases", default="sqlite,postgres")
    wish = asked.parse_args()
    sizes = (SMALL, QUICK if wish.quick else LARGE)
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
        for database in databases.here(Path(folder), wish.databases.split(",")):
            try:
                found = [_run(database.fresh(), size) for size in sizes]
            finally:
                database.stop()
            _show(database.name, sizes, found)


def _run(env: databases.Env, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.library_stage", str(size)]
    done = subprocess.run(command, env=env, cwd=databases.ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _show(name: str, sizes: tuple[int, int], found: list[dict[str, Any]]) -> None:
    small, large = found
    lines = [f"\n{name}", f"| p95 ms | {sizes[0]:,} | {sizes[1]:,} | ratio |", "|---|---|---|---|"]
    lines += [f"| {page} | {small[page]:.1f} | {large[page]:.1f} | {large[page] / small[page]:.2f} |" for page in small]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
