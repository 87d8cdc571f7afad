"""Every page at a desk and on a phone, in light and dark: nothing sticks out, axe finds nothing, screenshots are kept.

The screenshots are in `build/screenshots`, to be laid beside the design.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.journeys.conftest import ROOT, Studio, set_up, wait_for

SHOTS = ROOT / "build" / "screenshots"
WIDTHS = {"desk": (1440, 900), "narrow": (1000, 800), "phone": (390, 844)}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LOOKS: list[tuple[str, Theme]] = list(product(WIDTHS, THEMES))
MINUTE = 60_000  # milliseconds
PLACES = {"image": "/image/", "video": "/video/", "library": "/", "credits": "/team/credits/", "components": "/design/"}
PLACES |= {
    "members": "/team/members/",
    "leave": "/team/members/leave/",
    "audit": "/team/audit/",
    "account": "/account/",
}
DOORS = {"sign-in": "/accounts/login/", "reset": "/accounts/password/reset/"}


@dataclass
class Look:
    """One page in one width and theme; what it finds is collected, so that one fault does not hide the next."""

    page: Page
    name: str
    findings: list[str] = field(default_factory=list)

    def check(self, place: str, *, is_still: bool = True) -> None:
        """`is_still` is False for a page that changes while axe would read it: its parts are on /design/ too."""
        self.page.screenshot(path=SHOTS / f"{place}-{self.name}.png", full_page=True)
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > room:
            self.findings.append(f"{place} {self.name}: {wide - room} px too wide")
        for found in Axe().run(self.page).response["violations"] if is_still else []:
            nodes = [node["html"][:160] for node in found["nodes"][:3]]
            self.findings.append(f"{place} {self.name}: {found['id']}: {found['help']}: {nodes}")


def check(page: Page, name: str) -> None:
    """A page in the middle of a journey."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    found = Look(page, "journey")
    found.check(name)
    assert found.findings == []


@contextmanager
def look(browser: Browser, width: str, theme: Theme, state: StorageState | None) -> Iterator[Look]:
    SHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(
        storage_state=state,
        viewport={"width": WIDTHS[width][0], "height": WIDTHS[width][1]},
        color_scheme=theme,
        reduced_motion="reduce",
    )
    found = Look(context.new_page(), f"{width}-{theme}")
    yield found
    context.close()
    assert found.findings == []


def ask_for(page: Page, prompt: str, size: str) -> None:
    page.get_by_label("Describe the image").fill(prompt)
    page.get_by_role("radio", name=size).check()
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("button", name="Generate 4 images").click()
    expect(page.locator("article.task").first).to_contain_text(prompt)


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("article.task").first).to_have_attribute("data-state", state, timeout=MINUTE)


@dataclass(frozen=True)
class Furnished:
    studio: Studio
    state: StorageState


@pytest.fixture(scope="module")
def furnished(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """A studio in which things were made and one went wrong, and the signed-in person's cookies."""
    studio = Studio(tmp_path_factory.mktemp("looks") / "data", DEBUG="true")
    studio.start()
    context = browser.new_context()
    page = context.new_page()
    set_up(page, studio)
    ask_for(page, "a lighthouse that never gets light", "1:1")
    wait_for(studio.render, "no render process came")
    os.kill(studio.render(), signal.SIGKILL)
    expect_state(page, "failed")
    for prompt, size in (("moon over a calm sea, linocut", "2:3"), ("harbour at dawn with three boats", "3:2")):
        ask_for(page, prompt, size)
        expect_state(page, "succeeded")
    page.goto(f"{studio.url}/video/")
    page.get_by_role("button", name="Generate 1 video").click()
    expect(page.locator("article.task").first).to_have_attribute("data-state", "succeeded", timeout=3 * MINUTE)
    state = context.storage_state()
    context.close()
    yield Furnished(studio, state)
    studio.stop()


def test_before_anything_is_made(browser: Browser, page: Page, studio: Studio) -> None:
    for width, theme in LOOKS:
        with look(browser, width, theme, None) as visitor:
            visitor.page.goto(studio.url)
            visitor.check("setup")
    set_up(page, studio)
    state = page.context.storage_state()
    places = {"image-empty": "/image/", "library-empty": "/", "not-found": "/nothing-here/"}
    for width, theme in LOOKS:
        with look(browser, width, theme, state) as visitor:
            for name, path in places.items():
                visitor.page.goto(studio.url + path)
                visitor.check(name)


def test_while_it_draws(browser: Browser, furnished: Furnished) -> None:
    for width, theme in (("desk", THEMES[0]), ("phone", THEMES[1])):
        with look(browser, width, theme, furnished.state) as visitor:
            visitor.page.goto(f"{furnished.studio.url}/image/")
            ask_for(visitor.page, "whale below a small boat, paper-cut", "3:2")
            expect_state(visitor.page, "running")
            visitor.check("running", is_still=False)
            expect_state(visitor.page, "succeeded")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_page(browser: Browser, furnished: Furnished, width: str, theme: Theme) -> None:
    url = furnished.studio.url
    with look(browser, width, theme, furnished.state) as visitor:
        page = visitor.page
        for name, path in PLACES.items():
            page.goto(url + path)
            page.wait_for_load_state("networkidle")
            visitor.check(name)
        page.goto(url)
        page.locator("a[data-view]").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        visitor.check("film-viewer")
        page.keyboard.press("Escape")
        page.locator("a[data-view]").nth(1).click()
        expect(page.get_by_role("dialog").locator("img")).to_be_visible()
        visitor.check("viewer")
        page.keyboard.press("Escape")
        page.goto(f"{url}/image/")
        page.get_by_role("link", name="Details").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        visitor.check("details")
        for name, place in (("film", 0), ("asset", 1)):
            page.goto(url)
            page.goto(url + str(page.locator("a[href^='/library/']").nth(place).get_attribute("href")))
            visitor.check(name)
    with look(browser, width, theme, None) as visitor:
        for name, path in DOORS.items():
            visitor.page.goto(url + path)
            visitor.check(name)
