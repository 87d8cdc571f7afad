"""A video from words to the player, and on from there, in a real browser."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Studio, set_up, wait_for

MINUTES = 180_000  # milliseconds


def test_a_video_is_made_played_extended_and_gives_an_image(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    page.get_by_role("navigation", name="Tools").get_by_role("link", name="Video").click()
    page.wait_for_url("**/video/")
    page.get_by_label("Describe the video").fill("desert dunes at noon, pan right")
    page.get_by_role("radio", name="1:1").check()
    row = page.locator("#submit-row")
    expect(row).to_contain_text("998 after")

    page.get_by_role("radio", name="1080p").check()
    expect(row).to_contain_text("996 after")
    page.get_by_role("radio", name="10 s", exact=True).check()
    expect(page.get_by_role("radio", name="1080p")).to_be_disabled()
    expect(page.get_by_role("radio", name="720p")).to_be_checked()
    expect(row).to_contain_text("996 after")
    page.get_by_role("radio", name="5 s", exact=True).check()
    expect(page.get_by_role("radio", name="1080p")).to_be_enabled()
    expect(row).to_contain_text("998 after")
    page.get_by_role("button", name="Generate 1 video").click()

    card = page.locator("article.task").first
    expect(card.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"[1-9]"), timeout=MINUTES)
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTES)
    video = card.locator("video")
    expect(video).to_have_attribute("poster", re.compile(r"1280\.webp$"))
    video.evaluate("film => film.load()")
    wait_for(lambda: video.evaluate("film => film.readyState > 0 || film.error !== null"), "nothing was loaded", 30)
    if video.evaluate("film => film.error === null"):  # a Chromium without H.264 shows only the poster
        assert abs(video.evaluate("film => film.duration") - 5) < 0.1
        video.evaluate("film => { film.currentTime = 3; }")
        wait_for(lambda: video.evaluate("film => !film.seeking && film.currentTime > 2.9"), "it does not seek", 30)
        card.get_by_role("button", name="One frame on").click()
        wait_for(lambda: video.evaluate("film => film.currentTime > 3.03"), "no step", 30)
    card.get_by_role("button", name="Loop").click()
    expect(card.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    assert video.evaluate("film => film.loop")
    with page.expect_download() as download:
        card.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".mp4")
    assert b"ftyp" in download.value.path().read_bytes()[:16]

    card.get_by_role("link", name="Extend").click()
    expect(page.get_by_role("radio", name="Extend")).to_be_checked()
    page.get_by_label("Describe the video").fill("pan left")
    page.get_by_role("button", name="Generate 1 video").click()
    expect(page.locator("article.task")).to_have_count(2)
    card = page.locator("article.task").first
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTES)
    card.get_by_role("button", name="Last frame as image").click()
    page.wait_for_url("**/library/**")
    expect(page.get_by_role("link", name="Set in motion")).to_be_visible()
    assert "Traceback" not in studio.said()


def test_an_image_of_ones_own_is_set_in_motion(page: Page, studio: Studio, tmp_path: Path) -> None:
    picture = tmp_path / "poppies.png"
    Image.linear_gradient("L").convert("RGB").resize((400, 300)).save(picture)
    set_up(page, studio)
    page.goto(f"{studio.url}/video/")
    page.get_by_role("radio", name="Image", exact=True).check()
    expect(page.get_by_role("radio", name="16:9")).to_be_hidden()
    page.locator("input[type=file][name=reference_files]").set_input_files(picture)
    expect(page.locator("[data-reference]")).to_have_count(1)
    page.get_by_label("Describe the video").fill("snow falls, push in")
    page.get_by_role("button", name="Generate 1 video").click()
    card = page.locator("article.task").first
    expect(card).to_contain_text("from an image")
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTES)
    page.screenshot(path=str(tmp_path / "image.png"))
