"""Make or mend the virtual environment: `python3 ops/install.py run|test`. Needs nothing but Python 3.11.

A stamp in the environment names the locks it holds, so that a second call costs nothing, an interrupted one is
repaired, and `test`, which holds everything of `run`, serves for both.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "studio-locks.json"


def main(which: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  # whoever has an older one must be told
        sys.exit("The studio needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    if not is_current(which):
        make_venv()
        install(which)
    if which == "test":
        need_chromium()


def lock_of(which: str) -> Path:
    return ROOT / "requirements" / f"{which}.lock"


def hash_of(which: str) -> str:
    return hashlib.sha256(lock_of(which).read_bytes()).hexdigest()


def is_current(which: str) -> bool:
    try:
        return bool(json.loads(STAMP.read_text())[which] == hash_of(which)) and PYTHON.exists()
    except (OSError, ValueError, KeyError):
        return False


def make_venv() -> None:
    """A fresh environment unless there is one whose Python and pip still work."""
    STAMP.unlink(missing_ok=True)
    works = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode if PYTHON.exists() else 1  # noqa: S603
    if works == 0:
        return
    say("Making the virtual environment ...")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)  # noqa: S603
    if made.returncode:
        sys.exit("Python cannot make a virtual environment here. On Debian: apt install python3-venv\n" + made.stderr)


def install(which: str) -> None:
    say("Installing what the studio needs (about a minute, once) ...")
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command = [str(PYTHON), *words, "--require-hashes", "--no-deps", "-r", str(lock_of(which))]
    if subprocess.run(command).returncode:  # noqa: S603
        sys.exit("The installation did not finish; run the same command again to go on.")
    names = ["run", "test"] if which == "test" else ["run"]
    STAMP.write_text(json.dumps({name: hash_of(name) for name in names}))


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
    main(sys.argv[1])
