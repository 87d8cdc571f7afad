"""`make screenshots`: the pictures of README and docs, taken from the real product, so that they stay true."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from tests.journeys.conftest import ROOT, Studio, launch, set_up

OUT = ROOT / "docs" / "images"
MINUTE = 60_000  # milliseconds
WISHES = (
    ("mountain lake in autumn, pencil", "3:2", 2),
    ("still life of pears and a blue jug, oil", "1:1", 2),
    ("moon over a calm sea, linocut", "2:3", 2),
    ("whale below a small boat, paper-cut", "3:2", 2),
    ("red fox in a snowy forest under northern lights, watercolour", "1:1", 4),
    ("harbour at dawn with three boats", "3:2", 2),
)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        studio = Studio(Path(folder) / "data")
        studio.start()
        try:
            _take(studio, launch(playwright))
        finally:
            studio.stop()


def _take(studio: Studio, browser: Browser) -> None:
    with _visitor(browser, None) as page:
        set_up(page, studio)
        for prompt, size, count in WISHES:
            _make(page, prompt, size, count)
        state = page.context.storage_state()
        page.get_by_label("Describe the image").fill("a lighthouse on a cliff at dusk, gouache")
        page.get_by_role("radio", name="4", exact=True).check()
        page.get_by_role("button", name="Generate 4 images").click()
        expect(page.locator("article.task").first).to_contain_text(re.compile("Drawing [2-4] of 4"), timeout=MINUTE)
        _keep(page, "image")
        expect(page.locator("article.task").first).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
        page.goto(studio.url)
        _keep(page, "library")
    with _visitor(browser, state, dark=True, width=390, height=844) as page:
        page.goto(studio.url)
        _keep(page, "library-phone")


@contextmanager
def _visitor(
    browser: Browser, state: StorageState | None, *, dark: bool = False, width: int = 1440, height: int = 900
) -> Iterator[Page]:
    context = browser.new_context(
        storage_state=state,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    yield context.new_page()
    context.close()


def _make(page: Page, prompt: str, size: str, count: int) -> None:
    page.get_by_label("Describe the image").fill(prompt)
    page.get_by_role("radio", name=size).check()
    page.get_by_role("radio", name=str(count), exact=True).check()
    page.get_by_role("button", name=f"Generate {count} images").click()
    card = page.locator("article.task").first
    expect(card).to_contain_text(prompt)
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(OUT / f"{name}.webp", quality=84, method=6)


if __name__ == "__main__":
    main()
