"""Make or mend the virtual environment: `python3 ops/install.py run|test`. Needs nothing but Python 3.11.

A stamp in the environment names the locks it holds, so that a second call costs nothing and `test`, which holds
everything of `run`, serves for both. The stamp is taken away while pip works: an environment without one is the
remains of an interrupted installation, which pip cannot be trusted to see through, and is made afresh.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "studio-locks.json"


def main(which: str) -> None:
    with one_at_a_time():
        if not is_current(which):
            make_venv()
            install(which)
    if which == "test":
        need_chromium()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two terminals, or two jobs, may start at once in a fresh clone."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / ".install.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def lock_of(which: str) -> Path:
    return ROOT / "requirements" / f"{which}.lock"


def state_of(which: str) -> str:
    """Changes with the lock, and when the Python below the environment becomes another one."""
    return hashlib.sha256(lock_of(which).read_bytes() + str(PYTHON.resolve()).encode()).hexdigest()


def is_current(which: str) -> bool:
    return PYTHON.exists() and stamped().get(which) == state_of(which)


def stamped() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def make_venv() -> None:
    """A fresh environment, unless there is a whole one whose Python and pip still work."""
    if stamped() and PYTHON.exists():
        pip = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True)  # noqa: S603  # our own
        if pip.returncode == 0:
            return
    say("Making the virtual environment ...")
    made = subprocess.run(  # noqa: S603  # the interpreter that runs this
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if made.returncode:
        sys.exit(
            f"{sys.executable} cannot make a virtual environment here. "
            f"On Debian or Ubuntu: apt install python3-venv\n{made.stdout}{made.stderr}"
        )


def install(which: str) -> None:
    say("Installing what the studio needs (about a minute, once) ...")
    STAMP.unlink(missing_ok=True)
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command = [str(PYTHON), *words, "--require-hashes", "--no-deps", "-r", str(lock_of(which))]
    if subprocess.run(command).returncode:  # noqa: S603  # no word of it comes from outside
        sys.exit("The installation did not finish; the lines above say why. The same command tries again.")
    names = ["run", "test"] if which == "test" else ["run"]
    STAMP.write_text(json.dumps({name: state_of(name) for name in names}))


def need_chromium() -> None:
    """The browser tests drive Debian's chromium; root gets it installed, others are told."""
    if shutil.which("chromium"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("The browser tests need Chromium. On Debian or Ubuntu: sudo apt-get install chromium")
    say("Installing chromium for the browser tests ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", *words], env=environment, stdout=subprocess.DEVNULL).returncode:  # noqa: S603, S607
            sys.exit("chromium could not be installed: apt-get " + " ".join(words) + " failed.")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
