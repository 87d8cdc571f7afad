"""References on their four ways into the form, a mask by hand and by keys, and the picture that comes of it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw, ImageOps
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Studio, set_up, watched
from tests.journeys.test_looks import SHOTS, WIDTHS, Theme

MINUTE = 60_000  # milliseconds
CARRY = """
([bytes, type]) => {
  const carrier = new DataTransfer();
  carrier.items.add(new File([new Uint8Array(bytes)], "carried.png", { type }));
  return carrier;
}
"""

PASTE = """
carrier => document.body.dispatchEvent(
  new ClipboardEvent("paste", { clipboardData: carrier, bubbles: true, cancelable: true }))
"""


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """As everywhere, but axe may bring its own style, which the policy of the page forbids."""
    yield from watched(context.new_page(), allowed="Applying inline style")


def picture(path: Path, colour: str, size: tuple[int, int] = (600, 400)) -> Path:
    """A sun over a hill, so that there is something to see on the screenshots."""
    image = Image.new("RGB", size, colour)
    pen = ImageDraw.Draw(image)
    pen.ellipse((380, 60, 480, 160), fill="gold")
    pen.polygon([(0, 400), (220, 180), (600, 400)], fill="seagreen")
    image.save(path)
    return path


def thumbs(page: Page) -> Locator:
    return page.locator("#compose [data-reference]")


def order(page: Page) -> list[str]:
    return [str(field.input_value()) for field in page.locator("#compose [data-reference] input").all()]


def expect_arrived(page: Page, count: int) -> None:
    expect(thumbs(page)).to_have_count(count)
    expect(page.locator("[data-reference][data-state]")).to_have_count(0)
    expect(page.locator("[data-count]")).to_have_text(f"{count} of 5")


def carry(page: Page, file: Path, event: str) -> None:
    """Drop or paste a file, as a browser would tell it."""
    carrier = page.evaluate_handle(CARRY, [list(file.read_bytes()), "image/png"])
    if event == "drop":
        for name in ("dragover", "drop"):
            page.dispatch_event("[data-drop]", name, {"dataTransfer": carrier})
    else:
        page.evaluate(PASTE, carrier)


def generate(page: Page, words: str, count: int = 1) -> Locator:
    page.get_by_label("Describe the image").fill(words)
    page.get_by_role("button", name=re.compile("Generate")).click()
    card = page.locator("article.task").first
    expect(card).to_contain_text(words)
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(card.locator(".prints img")).to_have_count(count)
    return card


def pixels(page: Page, url: str) -> Any:
    answer = page.request.get(url)
    assert answer.ok
    return np.asarray(Image.open(io.BytesIO(answer.body())).convert("RGB"))


def file_of(studio: Studio, link: str | None) -> str:
    assert link is not None
    return f"{studio.url}/files/{link.strip('/').rpartition('/')[2]}/"


def check_looks(page: Page, name: str) -> None:
    """Both widths and themes: kept for the eye, and nothing for axe to find."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    themes: tuple[Theme, ...] = ("light", "dark")
    found = []
    for width in ("desk", "phone"):
        page.set_viewport_size({"width": WIDTHS[width][0], "height": WIDTHS[width][1]})
        for theme in themes:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.wait_for_timeout(300)
            page.screenshot(path=SHOTS / f"{name}-{width}-{theme}.png", full_page=True)
            found += [(width, theme, it["id"], it["nodes"][0]["html"]) for it in Axe().run(page).response["violations"]]
            wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= room, (name, width)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert found == []


def test_four_ways_in(page: Page, studio: Studio, tmp_path: Path) -> None:
    set_up(page, studio)
    files = [
        picture(tmp_path / f"{colour}.png", colour) for colour in ("coral", "teal", "navy", "plum", "khaki", "tan")
    ]
    chooser = page.locator("#compose input[name=reference_files]")
    chooser.set_input_files(files[0])
    expect_arrived(page, 1)
    carry(page, files[1], "drop")
    expect_arrived(page, 2)
    carry(page, files[2], "paste")
    expect_arrived(page, 3)
    assert len(set(order(page))) == 3

    text = tmp_path / "notes.txt"
    text.write_text("no picture")
    chooser.set_input_files(text)
    expect(page.locator("[data-references] [role=alert]")).to_contain_text(
        "notes.txt is not taken: JPEG, PNG, WebP or GIF, up to 25 MB"
    )
    disguised = tmp_path / "disguised.png"
    disguised.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    chooser.set_input_files(disguised)
    expect(page.locator("[data-references] [role=alert]")).to_contain_text("no picture that can be read")
    expect_arrived(page, 3)

    # The order, by keys; then one is taken away.
    first, second, third = order(page)
    page.get_by_role("button", name="Reference 3: carried").press("ArrowLeft")
    assert order(page) == [first, third, second]
    page.keyboard.press("ArrowLeft")
    assert order(page) == [third, first, second]
    expect(page.get_by_role("button", name="Reference 1: carried")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Remove reference 3").press("Enter")
    assert order(page) == [first, third]

    # From the library, by keys alone.
    page.get_by_role("link", name="pick from the library").press("Enter")
    picker = page.get_by_role("dialog", name="Pick references")
    expect(picker).to_be_visible()
    expect(picker.get_by_role("checkbox")).to_have_count(3)
    check_looks(page, "picker")
    free = picker.locator("[type=checkbox]:enabled")
    expect(free).to_have_count(1)
    free.press("Space")
    expect(picker.locator("[data-picked]")).to_have_text("3 of 5 picked")
    picker.get_by_role("button", name="Use these").press("Enter")
    expect(picker).to_be_hidden()
    assert order(page) == [first, third, second]
    check_looks(page, "references")

    card = generate(page, "gouache")
    expect(card.locator(".inputs a")).to_have_count(3)
    expect(card).to_contain_text("3 references")
    chooser.set_input_files(files[3:])
    expect(page.locator("[data-references] [role=alert]")).to_contain_text("Up to 5 references")
    expect_arrived(page, 5)
    page.reload()
    card.get_by_role("link", name="Use as reference").click()
    page.wait_for_url("**/image/?reference=*")
    expect_arrived(page, 1)
    page.goto(studio.url)
    expect(page.get_by_role("link", name=re.compile("coral"))).to_have_count(1)


@pytest.mark.parametrize("way", ["keys", "mouse"])
def test_a_mask_keeps_the_rest(page: Page, studio: Studio, tmp_path: Path, way: str) -> None:
    set_up(page, studio)
    page.locator("#compose input[name=reference_files]").set_input_files(picture(tmp_path / "hill.png", "skyblue"))
    expect_arrived(page, 1)
    page.get_by_text("Change only a part").click()
    if way == "keys":
        page.get_by_text("Use a rectangle instead").click()
        for name, share in (("Left", "50"), ("Top", "0"), ("Width", "50"), ("Height", "50")):
            page.get_by_label(name, exact=True).fill(share)
    else:
        paint(page)
    check_looks(page, f"mask-{way}")
    page.get_by_label("Describe the image").fill("")
    page.get_by_role("button", name=re.compile("Generate")).click()
    expect(page.get_by_label("Describe the image")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-ready]")).to_have_count(1)
    assert page.locator("[data-painted]").evaluate("field => field.files.length") == 1
    page.get_by_role("radio", name="3:2").check()
    card = generate(page, "a red balloon, gouache")
    base, mask = (pixels(page, file_of(studio, link.get_attribute("href"))) for link in card.locator(".inputs a").all())
    made = pixels(page, file_of(studio, card.locator(".prints a").first.get_attribute("href")))
    size = (made.shape[1], made.shape[0])
    kept = np.asarray(ImageOps.fit(Image.fromarray(base), size, Image.Resampling.LANCZOS))
    stays = np.asarray(ImageOps.fit(Image.fromarray(mask), size, Image.Resampling.LANCZOS))[..., 0] >= 128
    assert mask.shape == base.shape
    assert 0.5 < stays.mean() < 0.95
    assert (made[stays] == kept[stays]).all()
    assert (made[~stays] != kept[~stays]).any(1).mean() > 0.5
    check_looks(page, f"masked-{way}")
    page.goto(studio.url)
    expect(page.locator(".tile")).to_have_count(2)  # the mask is not among them
    assert "Traceback" not in studio.said()


def paint(page: Page) -> None:
    """A stroke, one too many that is taken back, and a part of it rubbed out."""
    canvas = page.locator("[data-ready] [data-veil]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    stroke(page, box, (0.6, 0.25), (0.9, 0.25))
    stroke(page, box, (0.1, 0.9), (0.4, 0.9))
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("radio", name="Erase").check()
    stroke(page, box, (0.95, 0.1), (0.95, 0.4))


def stroke(page: Page, box: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*spots[0])
    page.mouse.down()
    page.mouse.move(*spots[1], steps=8)
    page.mouse.up()


def test_it_works_without_scripts(browser: Browser, page: Page, studio: Studio, tmp_path: Path) -> None:
    set_up(page, studio)
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{studio.url}/image/")
    plain.get_by_label("Describe the image").fill("linocut")
    plain.locator("#compose input[name=reference_files]").set_input_files(picture(tmp_path / "hill.png", "skyblue"))
    plain.get_by_role("button", name=re.compile("Generate")).click()
    expect(plain.locator("article.task").first.locator(".inputs a")).to_have_count(1)
    context.close()
