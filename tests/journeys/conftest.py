"""A real studio, started as a person starts it, and a real browser to visit it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120  # seconds a server may take until it is open


class Studio:
    """`make run`, with its own data folder and port."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port, self.environment = folder, free_port(), environment
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        mine = {"STUDIO_DATA": str(self.folder), "PORT": str(self.port), "HOST": "127.0.0.1", **self.environment}
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "DJANGO_", "PYTEST"))}
        with self.log_path.open("a") as log:
            self.process = subprocess.Popen(
                ["make", "-C", str(ROOT), "run"],
                env={**clean, **mine},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        for line in self.process.stdout:
            if f"http://localhost:{self.port}" in line:
                return
            assert time.monotonic() < deadline, "the studio did not open"
        raise AssertionError(f"make run ended: {self.log_path.read_text()}")

    @property
    def log_path(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def children(self) -> dict[str, int]:
        """Process ids of web and worker."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
                group = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            name = next((word[4:] for word in words if word in {"run_web", "run_worker"}), None)
            if name and f"STUDIO_DATA={self.folder}\0" in group:
                found[name] = int(entry.name)
        return found

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is None:
            return
        os.killpg(self.process.pid, number)
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
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
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    expected = re.compile(r"status of (401|403|404|422|503)|ERR_CONNECTION_REFUSED|net::ERR")
    assert [words for words in complaints if not expected.search(words)] == []


def set_up(page: Page, studio: Studio) -> None:
    page.goto(studio.url)
    page.get_by_label("Your name").fill("Mira Lindqvist")
    page.get_by_label("E-mail").fill("mira@example.org")
    page.get_by_label("Password").fill("correct-horse-77")
    page.get_by_label("Team name").fill("Harbour Team")
    page.get_by_role("button", name="Open the studio").click()
    page.wait_for_url("**/image/")
