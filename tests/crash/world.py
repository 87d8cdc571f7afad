"""A served studio, its upstream and its view of itself, each a real process; and the hand that kills some of them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import requests

from tests.journeys.conftest import ROOT, free_port, wait_for

VICTIMS = {"web": "manage.py run_web", "worker": "manage.py run_worker", "render": "studio.providers.local.render"}
COUNTS = {"web": 1, "worker": 3, "render": 2}  # how often each is chosen, of six
SENDING = "SELECT count(*) FROM tasks_task WHERE status = 'submitting' AND sent_at IS NOT NULL"
OPEN = "SELECT count(*) FROM tasks_task WHERE finished_at IS NULL AND status != 'unknown'"
FLYING = "SELECT count(*) FROM tasks_task WHERE provider = 'upstream' AND status IN ('submitting', 'running')"
TWICE = 0.2  # of the presses are made again although they were answered
CSRF = "c" * 32


class World:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.upstream = self._talker("tests.crash.upstream", {})
        assert self.upstream.stdout is not None
        self.upstream_url = f"http://127.0.0.1:{self.upstream.stdout.readline().strip()}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATABASE"))},
            "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
            "STUDIO_DATA": str(folder),
            "CRASH_UPSTREAM": self.upstream_url,
            "PORT": str(self.port),
            "MIN_FREE_DISK": "0",
            "LOG_FORMAT": "json",
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir()
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "--verbosity=0"], cwd=ROOT, env=self.environment, check=True)
        self.inside = self._talker("tests.crash.inside", self.environment)
        self.people = self.ask("people")
        self.log = (folder / "serve.log").open("w")
        self.serve = subprocess.Popen(
            [*manage, "serve"], cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        wait_for(self.is_well, "the studio did not open", 60)

    def _talker(self, module: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
        command, env = [sys.executable, "-m", module], {**os.environ, **environment}
        return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str, **wishes: Any) -> Any:
        assert self.inside.stdin is not None
        assert self.inside.stdout is not None
        self.inside.stdin.write(json.dumps({"do": what, **wishes}) + "\n")
        self.inside.stdin.flush()
        return json.loads(self.inside.stdout.readline())

    def is_well(self) -> bool:
        with suppress(requests.RequestException):
            return bool(requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=5).ok)
        return False

    def press(self, key: str, chance: Random) -> None:
        """The form, sent again with its key until an answer comes: as a person does whose connection broke."""
        person, engine = chance.choice(self.people), chance.choices(("upstream", "local"), (9, 1))[0]
        form = {"prompt": f"probe {key}", "count": chance.choice(("1", "2")), "size": "1:1", "engine": engine}
        cookies = {"studio_session": person["session"], "studio_csrf": CSRF}
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(requests.RequestException):
                answer = requests.post(
                    f"http://127.0.0.1:{self.port}/probe/tasks/",
                    data={**form, "idempotency_key": key},
                    cookies=cookies,
                    headers={"X-CSRFToken": CSRF, "HX-Request": "true"},
                    timeout=20,
                )
                if answer.ok and chance.random() < TWICE:
                    continue
                if answer.ok:
                    return
                assert answer.status_code >= 500, f"{answer.status_code} {answer.text[:300]}"
            time.sleep(0.05)
        raise AssertionError(f"no answer to {key}")

    def count(self, query: str) -> int:
        path = f"file:{self.folder / 'db.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=30)) as database:
            return int(database.execute(query).fetchone()[0])

    def processes(self) -> dict[int, str]:
        """What serves this studio, with its command lines."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (entry / "cmdline").read_text().replace("\0", " ")
                is_ours = f"STUDIO_DATA={self.folder}\0" in (entry / "environ").read_text(errors="replace")
                if is_ours and any(name in line for name in (*VICTIMS.values(), "manage.py serve")):
                    found[int(entry.name)] = line
        return found

    def complaints(self) -> list[str]:
        """What web and worker logged as our own errors."""
        lines = (self.folder / "serve.log").read_text(errors="replace").splitlines()
        return [line[:600] for line in lines if '"level": "ERROR"' in line]

    def end(self) -> None:
        self.serve.send_signal(signal.SIGTERM)
        self.serve.wait(30)
        for talker in (self.inside, self.upstream):
            talker.communicate(timeout=30)
        self.log.close()


class Killer(threading.Thread):
    """Kills `kills` processes at moments that the seed decides. `sending` counts paid requests that were on their way
    at the death of a worker: only these may be unknown."""

    def __init__(self, world: World, chance: Random, kills: int) -> None:
        super().__init__()
        self.world, self.killed, self.sending = world, list[str](), 0
        names = list(VICTIMS)
        self.plan = [
            (chance.uniform(0.2, 1.6), chance.choices(names, [COUNTS[name] for name in names])[0]) for _ in range(kills)
        ]

    def run(self) -> None:
        for pause, name in self.plan:
            time.sleep(pause)
            victim = next((pid for pid, line in self.world.processes().items() if VICTIMS[name] in line), 0)
            if victim:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                while victim in self.world.processes():
                    time.sleep(0.01)
                self.killed.append(name)
                if name == "worker":
                    self.sending += self.world.count(SENDING)
