"""The first minute of a newcomer, against `make run`'s own server, in a real browser."""

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Studio, set_up, wait_for

PROMPT = "a lighthouse on a cliff at dusk, gouache"
MINUTE = 60_000  # milliseconds


def test_from_set_up_to_a_picture_that_stays(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    prompt = page.get_by_label("Describe the image")
    expect(prompt).to_have_value(PROMPT)
    expect(page.locator("#credit-badge")).to_contain_text("1,000")

    prompt.fill(PROMPT)
    page.get_by_role("radio", name="3:2").check()
    page.get_by_role("radio", name="4", exact=True).check()
    button = page.get_by_role("button", name="Generate 4 images")
    expect(button).to_contain_text("4")
    expect(page.locator("#submit-row")).to_contain_text("996 after")
    button.click()

    card = page.locator("article.task").first
    expect(card).to_contain_text(PROMPT)
    expect(card).to_have_attribute("data-state", "running", timeout=MINUTE)
    expect(card.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"[1-9]"), timeout=MINUTE)
    expect(card).to_contain_text("of 4")
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(prompt).to_have_value(PROMPT)
    expect(page.locator("#credit-badge")).to_contain_text("996")
    expect(card.locator("img")).to_have_count(4)

    picture = card.locator("img").first
    expect(picture).to_be_visible()
    # `wait_for_function` needs eval, which the policy of the page forbids.
    wait_for(lambda: picture.evaluate("image => image.naturalWidth"), "the picture was not loaded", 30)
    picture.click()
    viewer = page.get_by_role("dialog", name="Viewer")
    expect(viewer).to_be_visible()
    with page.expect_download() as download:
        viewer.get_by_role("link", name="Download").click()
    with Image.open(io.BytesIO(download.value.path().read_bytes())) as image:
        image.load()
        assert image.width * 2 == image.height * 3
    first = viewer.locator("img").get_attribute("src")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("img")).not_to_have_attribute("src", first or "")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()

    studio.restart()
    page.goto(studio.url)
    expect(page.get_by_role("link", name=PROMPT)).to_have_count(4)
    expect(page.get_by_role("link", name=PROMPT).first).to_be_visible()
    page.goto(f"{studio.url}/team/credits/")
    expect(page.locator("main")).to_contain_text("996")
    expect(page.locator("main")).to_contain_text(PROMPT)
    assert "Traceback" not in studio.said()
