"""A real studio, started as a person starts it, and a real browser to visit it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUN = ["make", "-C", str(ROOT), "run"]
FOREIGN = ("MAKE", "MFLAGS", "DJANGO_", "PYTEST")
PATIENCE = 120  # seconds a server may take until it is open


class Studio:
    """`make run`, with its own data folder and port."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port, self.wishes = folder, free_port(), environment
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """What a person's terminal has, without what pytest and make have put there."""
        mine = {"STUDIO_DATA": str(self.folder), "PORT": str(self.port), "HOST": "127.0.0.1", **self.wishes}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return {**inherited, **mine}

    def start(self) -> None:
        before = self.said()
        with self.log_path.open("a") as log:
            self.process = subprocess.Popen(RUN, env=self.environment(), stdout=log, stderr=log, start_new_session=True)
        wait_for(
            lambda: self.url in self.said()[len(before) :] or self.has_ended(), "the studio did not open", PATIENCE
        )
        assert not self.has_ended(), f"make run ended: {self.said()}"

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def said(self) -> str:
        """Everything the terminal showed, of every start."""
        return self.log_path.read_text() if self.log_path.exists() else ""

    @property
    def log_path(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def processes(self) -> dict[int, str]:
        """Every process that works on this studio's data, with its command line."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"STUDIO_DATA={self.folder}\0" in (entry / "environ").read_text(errors="replace"):
                    found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        return found

    def find(self, command: str) -> int:
        """The id of the process that runs `manage.py <command>`; 0 when there is none."""
        return next((pid for pid, line in self.processes().items() if f"manage.py {command} " in line), 0)

    def render(self) -> int:
        """The id of a render process of the Local engine; 0 when nothing is being drawn."""
        return next((pid for pid, line in self.processes().items() if "studio.providers.local.render" in line), 0)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is None:
            return
        os.killpg(self.process.pid, number)
        self.process.wait(30)
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


def wait_for(condition: Callable[[], object], otherwise: str, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    running = Studio(tmp_path / "data of the studio")
    running.start()
    yield running
    running.stop()


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay clean: what the browser complains about fails the test."""
    yield from watched(context.new_page())


def watched(page: Page, allowed: str = "") -> Iterator[Page]:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    # A screenshot hides the caret by a style of its own, which our policy refuses.
    usual = r"Applying inline style|status of (401|403|404|410|422|503)|ERR_CONNECTION_REFUSED|net::ERR|htmx:(afterRequest|sendError)"
    expected = re.compile(f"{usual}|{allowed}" if allowed else usual)
    assert [words for words in complaints if not expected.search(words)] == []


def set_up(page: Page, studio: Studio) -> None:
    page.goto(studio.url)
    page.get_by_label("Your name").fill("Mira Lindqvist")
    page.get_by_label("E-mail").fill("mira@example.org")
    page.get_by_label("Password").fill("correct-horse-77")
    page.get_by_label("Team name").fill("Harbour Team")
    page.get_by_role("button", name="Open the studio").click()
    page.wait_for_url("**/image/")
