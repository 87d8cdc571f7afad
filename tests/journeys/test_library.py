"""The Library as people use it: look, find, pick, keep, throw away and call back; at three widths, in both themes."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.journeys.conftest import Studio, set_up, wait_for, watched
from tests.journeys.test_looks import LOOKS, Theme, look

WORDS = ["灯塔在悬崖上", "harbour at dawn", "a red fox", "moon over the sea", "pears on a table", "a whale below"]
SIZES = [(600, 400), (400, 600), (500, 500)]


@dataclass(frozen=True)
class Shelf:
    studio: Studio
    state: StorageState


def pictures(folder: Path, count: int) -> list[Path]:
    found = []
    for number in range(count):
        image = Image.new("RGB", SIZES[number % 3], (30 + number * 7 % 200, 90, 200 - number * 5 % 190))
        pen = ImageDraw.Draw(image)
        pen.ellipse((100, 60, 200 + number, 160 + number), fill="gold")
        found.append(folder / f"{WORDS[number] if number < len(WORDS) else f'study {number}'}.png")
        image.save(found[-1])
    return found


@pytest.fixture(scope="module")
def shelf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A studio whose Library has more than one page."""
    folder = tmp_path_factory.mktemp("shelf")
    studio = Studio(folder / "data", DEBUG="true")
    studio.start()
    context = browser.new_context(base_url=studio.url)
    page = context.new_page()
    set_up(page, studio)
    every = pictures(folder, 75)
    for first in (60, 40, 20, 0):
        page.goto("/")
        page.get_by_role("button", name="Upload").first.click()
        page.locator("#bring-files").set_input_files([str(path) for path in reversed(every[first : first + 20])])
        page.locator("#bring").get_by_role("button", name="Upload").click()
        page.wait_for_load_state("networkidle")
    state = context.storage_state()
    context.close()
    yield Shelf(studio, state)
    studio.stop()


@pytest.fixture
def page(browser: Browser, shelf: Shelf) -> Iterator[Page]:
    context = browser.new_context(
        storage_state=shelf.state,
        viewport={"width": 1440, "height": 900},
        base_url=shelf.studio.url,
        accept_downloads=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    yield from watched(context.new_page(), allowed="Applying inline style")
    context.close()


def boxes(page: Page) -> Locator:
    return page.locator("#results .tile__pick")


def picked(page: Page) -> int:
    return page.locator("#results .tile__pick:checked").count()


def titles(page: Page) -> list[str]:
    labels = [str(link.get_attribute("aria-label")) for link in page.locator("#results .tile__link").all()]
    return [label.split(",")[0] for label in labels]


def test_picking_with_shift_drag_and_keys(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".selbar")).to_be_hidden()
    boxes(page).nth(1).check()
    expect(page.locator("[data-picked]")).to_have_text("1 picked")
    boxes(page).nth(4).click(modifiers=["Shift"])
    assert picked(page) == 4
    page.get_by_role("button", name="Clear selection").click()
    expect(page.locator(".selbar")).to_be_hidden()
    page.locator("#results .tile__link").nth(0).focus()
    page.keyboard.press("x")
    page.locator("#results .tile__link").nth(2).focus()
    page.keyboard.press("Shift+X")
    assert picked(page) == 3
    page.keyboard.press("Escape")
    assert picked(page) == 0
    first, third = (page.locator("#results .tile").nth(at).bounding_box() for at in (0, 2))
    assert first is not None
    assert third is not None
    page.mouse.move(first["x"] + 20, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(third["x"] + 20, third["y"] + 60, steps=5)
    page.mouse.up()
    assert picked(page) == 3
    expect(page.locator("#lightbox")).to_be_hidden()
    page.locator("#results .tile__link").nth(0).click()
    expect(page.locator("#lightbox")).to_be_visible()


def test_star_tag_and_board(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Starred").click()
    page.wait_for_load_state("networkidle")
    before = page.locator("#results .tile").count()  # other journeys leave some
    page.goto("/")
    marks = page.locator("#results .tile__mark").count()  # of what is on the first page
    plain = page.locator("#results .tile:not(:has(.tile__mark))")
    fresh = plain.locator(".tile__cap p")
    names = [fresh.nth(0).inner_text(), fresh.nth(1).inner_text()]
    plain.locator("input[name=asset]").nth(0).check()
    plain.locator("input[name=asset]").nth(1).check()
    page.get_by_role("button", name="Star", exact=True).click()
    expect(page.locator("#results .tile__mark")).to_have_count(marks + 2)
    page.get_by_role("link", name="Starred").click()
    expect(page.locator("#results .tile")).to_have_count(before + 2)
    assert set(names) <= set(titles(page))
    page.goto("/")
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Add tag").first.click()
    page.get_by_label("Tags").fill("sea, 海")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Tagged: sea, 海")
    page.wait_for_load_state("networkidle")
    page.locator("#results .tile__link").first.click(modifiers=["Shift"])
    boxes(page).nth(2).check()
    page.get_by_role("button", name="Move to a board").click()
    page.locator("#pick-board").get_by_label("New board").fill("Harbour film")
    page.get_by_role("button", name="Put on a new board").click()
    expect(page.locator(".toast")).to_contain_text("2 pieces are on “Harbour film”.")
    page.get_by_role("link", name="Harbour film 2").click()
    expect(page.locator("#results .tile")).to_have_count(2)
    expect(page.get_by_role("link", name="Harbour film 2")).to_have_attribute("aria-current", "true")


def test_a_zip_opens_and_its_manifest_is_true(page: Page) -> None:
    page.goto("/")
    boxes(page).nth(0).check()
    boxes(page).nth(2).check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="ZIP").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert archive.testzip() is None
    told = json.loads(archive.read("manifest.json"))["pieces"]
    assert [piece["title"] for piece in told] == [titles(page)[0], titles(page)[2]]
    assert all(len(archive.read(piece["file"])) == piece["size"] for piece in told)
    sheet = page.context.new_page()
    sheet.set_content(archive.read("index.html").decode())
    expect(sheet.locator("figure")).to_have_count(2)


def test_trash_and_undo(page: Page) -> None:
    page.goto("/")
    first = titles(page)[0]
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Move to trash").click()
    expect(page.locator(".toast")).to_contain_text("1 piece is in the trash.")
    assert titles(page)[0] != first
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("1 piece is back.")
    assert titles(page)[0] == first
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Move to trash").click()
    page.get_by_role("link", name="Trash 1").click()
    expect(page.locator("#results .tile")).to_have_count(1)
    assert titles(page) == [first]
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Put back").click()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()


def test_chinese_is_searched_and_back_finds_the_place(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("灯塔")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    expect(page.locator("#results .tile")).to_have_count(1)
    assert titles(page) == ["灯塔在悬崖上"]
    page.goto("/")
    page.get_by_role("link", name="Show older work").click()
    expect(page.locator("#results .tile")).to_have_count(75)
    expect(page).to_have_url(re.compile("pages=2"))
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_timeout(200)
    page.locator("#results .tile__link").nth(70).focus()
    place = page.evaluate("scrollY")
    page.goto(str(page.locator("#results .tile__link").nth(70).get_attribute("href")))
    page.go_back()
    expect(page.locator("#results .tile")).to_have_count(75)
    wait_for(lambda: abs(page.evaluate("scrollY") - place) < 40, "Back lost the place", 10)
    boxes(page).nth(70).check()
    place = page.evaluate("scrollY")
    page.get_by_role("button", name="Star", exact=True).click()
    expect(page.locator("#results .tile").nth(70).locator(".tile__mark")).to_be_attached()
    page.wait_for_load_state("networkidle")
    wait_for(lambda: abs(page.evaluate("scrollY") - place) < 40, "the star lost the place", 10)


def test_two_are_compared(page: Page) -> None:
    page.goto("/")
    boxes(page).nth(0).check()
    boxes(page).nth(1).check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/compare/**")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("slider")).to_have_value("51")
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator(".compare--side figure")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("b")
    page.wait_for_url("**/library/**")
    expect(page.get_by_role("button", name="Starred")).to_be_visible()


def test_the_viewer_comes_closer(page: Page) -> None:
    page.goto("/")
    page.locator("#results .tile__link").first.click()
    picture = page.locator("#lightbox .lightbox__pic")
    expect(picture).to_be_visible()
    page.keyboard.press("+")
    expect(picture).to_have_attribute("data-zoom", "2")
    page.keyboard.press("ArrowRight")
    assert page.locator(".lightbox__pic").evaluate("pic => pic.style.getPropertyValue('--x')") != ""
    page.keyboard.press("0")
    expect(picture).not_to_have_attribute("data-zoom", re.compile("."))


def test_a_piece_is_renamed_and_copied(page: Page) -> None:
    page.goto("/?q=fox")
    page.goto(str(page.locator("#results .tile__link").first.get_attribute("href")))
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Title").fill("Red one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Red one")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Checksum").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("sha256 ")


def test_it_works_without_scripts(browser: Browser, shelf: Shelf) -> None:
    context = browser.new_context(storage_state=shelf.state, base_url=shelf.studio.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?q=pears")
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Add tag").first.click()
    page.get_by_label("Tags").fill("fruit")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Tagged: fruit")
    boxes(page).nth(0).check()
    page.get_by_role("button", name="Move to trash").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_label("Search prompts and lyrics").fill("whale")
    page.keyboard.press("Enter")
    expect(page.locator("#results .tile")).to_have_count(1)
    context.close()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_looks(browser: Browser, shelf: Shelf, width: str, theme: Theme) -> None:
    with look(browser, width, theme, shelf.state) as visitor:
        page, url = visitor.page, shelf.studio.url
        page.goto(url)
        page.wait_for_load_state("networkidle")
        links = [str(link.get_attribute("href")) for link in page.locator("#results .tile__link").all()[:2]]
        boxes(page).nth(0).check()
        boxes(page).nth(2).check()
        visitor.check("library-picked")
        page.screenshot(path=f"build/screenshots/library-first-{visitor.name}.png")
        page.get_by_role("button", name="Move to a board").click()
        page.screenshot(path=f"build/screenshots/library-board-{visitor.name}.png")
        visitor.check("library-board-open")
        a, b = (link.strip("/").split("/")[-1] for link in links)
        places = {
            "library-nothing": "/?q=zeppelin",
            "library-trash": "/?trash=1",
            "library-compare": f"/compare/?a={a}&b={b}",
            "library-side": f"/compare/?a={a}&b={b}&view=side",
            "library-piece": links[0],
        }
        for name, path in places.items():
            page.goto(url + path)
            page.wait_for_load_state("networkidle")
            visitor.check(name)
