"""What new users ran into: words without end, pages without scripts, a way back that was lost."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.journeys.conftest import ROOT, Studio, set_up

SCREENS = {"desk": (1440, 900), "phone": (390, 844)}
MINUTE = 60_000  # milliseconds
ENDLESS = "x" * 1990
SPOKEN = ("a lighthouse that somebody describes without ever coming to an end, " * 40)[:1990]


@dataclass(frozen=True)
class Walked:
    studio: Studio
    state: StorageState
    assets: list[str]  # addresses, the newest first


@pytest.fixture(scope="module")
def walked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """A studio in which two people wrote more than anyone reads."""
    studio = Studio(tmp_path_factory.mktemp("walks") / "data", DEBUG="true")
    studio.start()
    context = browser.new_context()
    page = context.new_page()
    set_up(page, studio)
    for prompt in (ENDLESS, SPOKEN):
        page.get_by_label("Describe the image").fill(prompt)
        page.get_by_role("button", name="Generate 1 image").click()
        expect(page.locator("article.task").first).to_contain_text(prompt[:40])
        expect(page.locator("article.task").first).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    page.goto(studio.url)
    links = [str(link.get_attribute("href")) for link in page.locator("a[data-view]").all()]
    state = context.storage_state()
    context.close()
    yield Walked(studio, state, links)
    studio.stop()


@contextmanager
def screen(browser: Browser, walked: Walked, size: str, *, scripts: bool = True) -> Iterator[Page]:
    width, height = SCREENS[size]
    context = browser.new_context(
        storage_state=walked.state,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        java_script_enabled=scripts,
        base_url=walked.studio.url,
    )
    yield context.new_page()
    context.close()


def fits(part: Locator) -> bool:
    return bool(part.evaluate("part => part.scrollWidth <= part.clientWidth"))


def is_seen(part: Locator, page: Page) -> bool:
    """Whole, on the first screen."""
    box, size = part.bounding_box(), page.viewport_size
    assert size is not None
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["height"] > 30


@pytest.mark.parametrize("size", SCREENS)
def test_endless_words_push_nothing_out(browser: Browser, walked: Walked, size: str) -> None:
    with screen(browser, walked, size) as page:
        page.goto("/image/")
        page.get_by_label("Describe the image").fill(ENDLESS)
        assert all(fits(page.locator(part)) for part in ("html", ".bench__compose", "#feed"))
        page.goto("/team/credits/")
        assert all(fits(it) for part in ("html", ".table-wrap") for it in page.locator(part).all())
        for address in walked.assets:
            page.goto(address)
            assert all(fits(it) for part in ("html", ".asset__side", ".table-wrap") for it in page.locator(part).all())
            assert is_seen(page.locator("main [data-download]"), page)
            page.locator("main a[data-view]").click()
            viewer = page.get_by_role("dialog", name="Viewer")
            expect(viewer).to_be_visible()
            assert is_seen(viewer.locator("img"), page)
            assert is_seen(viewer.locator("[data-download]"), page)
            viewer.get_by_text("Show all").click()
            expect(viewer.get_by_text("Show less")).to_be_visible()


MANY = """
from datetime import timedelta
from uuid import uuid4
from studio.library.models import Asset
one = Asset.objects.first()
for number in range(75):
    one.pk, one.origin, one._state.adding = uuid4(), uuid4(), True
    one.created_at -= timedelta(seconds=1)
    one.prompt = f"copy {number}"
    one.save()
"""


@pytest.fixture(scope="module")
def many(walked: Walked) -> Walked:
    shell = [str(ROOT / ".venv/bin/python"), "manage.py", "shell", "--command", MANY]
    subprocess.run(shell, cwd=ROOT, env=walked.studio.environment(), check=True, capture_output=True)
    return walked


def test_older_work_joins_its_day_and_is_found_again(browser: Browser, many: Walked) -> None:
    with screen(browser, many, "desk") as page:
        tiles = page.locator(".tile")
        page.goto("/")
        expect(tiles).to_have_count(60)
        page.get_by_role("link", name="Show older work").click()
        expect(page.locator("#more")).to_have_count(0)
        count = tiles.count()
        expect(page.locator("h2.day")).to_have_count(1)
        expect(page.locator(".tile__link").nth(60)).to_be_focused()
        far = page.locator(".tile__link").nth(70)
        far.scroll_into_view_if_needed()
        page.goto(str(far.get_attribute("href")))
        page.go_back()
        expect(tiles.nth(count - 1)).to_be_attached()
        assert page.url.endswith("/?pages=2")


def test_without_scripts_every_button_does_its_work(browser: Browser, many: Walked) -> None:
    with screen(browser, many, "phone", scripts=False) as page:
        page.goto("/image/")
        cards = page.locator("article.task")
        count = cards.count()
        page.locator("[id^=again-]").first.click()
        expect(cards).to_have_count(count + 1)
        page.goto("/")
        page.get_by_role("link", name="Show older work").click()
        expect(page.locator(".tile").first).to_be_visible()
        assert "after=" in page.url


def test_focus_stays_on_what_was_pressed(browser: Browser, walked: Walked) -> None:
    with screen(browser, walked, "desk") as page:
        page.goto("/image/")
        card = page.locator("article.task").first
        again = page.locator(f"#{card.get_attribute('id')} [id^=again-]")
        name, key = str(again.get_attribute("id")), again.get_attribute("value")
        count = page.locator("article.task").count()
        again.focus()
        page.keyboard.press("Enter")
        expect(page.locator("article.task")).to_have_count(count + 1)
        expect(page.locator(f"#{name}")).to_be_focused()
        expect(page.locator(f"#{name}")).not_to_have_attribute("value", str(key))
        cancel = page.locator("[id^=cancel-]").first
        cancel.focus()
        page.keyboard.press("Enter")
        expect(page.locator("article.task").first).to_have_attribute("data-state", "cancelled")
        focused = page.evaluate("document.activeElement.closest('.task')?.id")
        assert focused == page.locator("article.task").first.get_attribute("id")


def test_the_counter_is_right_after_back(browser: Browser, walked: Walked) -> None:
    with screen(browser, walked, "desk") as page:
        page.goto("/image/")
        page.get_by_label("Describe the image").fill("twelve words")
        page.get_by_role("link", name="Credits").first.click()
        page.wait_for_url("**/team/credits/")
        page.go_back()
        written = page.get_by_label("Describe the image").input_value()
        expect(page.locator(".composer__count")).to_have_text(f"{len(written)} / 2000")


def test_nothing_covers_the_prompt_at_400_percent(browser: Browser, walked: Walked) -> None:
    with screen(browser, walked, "phone") as page:
        page.set_viewport_size({"width": 360, "height": 225})
        page.goto("/image/")
        prompt = page.get_by_label("Describe the image")
        prompt.focus()
        box = prompt.bounding_box()
        assert box is not None
        seen = "([x, y]) => document.elementFromPoint(x, y)?.className"
        for share in (0.2, 0.5, 0.8):
            page.evaluate("top => scrollTo(0, scrollY + top)", box["y"] + box["height"] * share - 110)
            assert page.evaluate(seen, [box["x"] + box["width"] / 2, 110]) == "composer__text"
            box = prompt.bounding_box()
            assert box is not None


def test_a_toast_leaves_the_tabs_free(browser: Browser, walked: Walked) -> None:
    with screen(browser, walked, "phone") as page:
        page.goto("/")
        page.evaluate("document.dispatchEvent(new CustomEvent('toast', { detail: { title: 'Kept.' } }))")
        toast, tabs = page.locator("#toasts .toast").bounding_box(), page.locator(".tabbar").bounding_box()
        assert toast is not None
        assert tabs is not None
        assert toast["y"] + toast["height"] <= tabs["y"]
