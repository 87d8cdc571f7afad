"""A studio with a key of Kie, over real HTTP to our own Kie: what a person sees, the upstream's bad days included."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fake_kie import FakeKie
from tests.fake_kie.plans import RUNNING, SUCCESS
from tests.journeys.conftest import Studio, set_up
from tests.journeys.test_references import expect_arrived, picture

MINUTE = 60_000  # milliseconds
CREATE = "gpt4o-image/generate"
ADVANCED = "details.advanced"


@pytest.fixture
def kie() -> Iterator[FakeKie]:
    with FakeKie(key="kie-journey-key") as fake:
        fake.plan(steps=(RUNNING, SUCCESS), every=0.3)
        yield fake


@pytest.fixture
def studio(kie: FakeKie, tmp_path: Path) -> Iterator[Studio]:
    running = Studio(
        tmp_path / "data of the studio",
        KIE_API_KEY=kie.key,
        KIE_BASE_URL=kie.url,
        KIE_UPLOAD_BASE_URL=kie.upload_url,
    )
    running.wishes["PUBLIC_URL"] = running.url
    running.start()
    yield running
    running.stop()


def press(page: Page, words: str) -> Locator:
    page.get_by_label("Describe the image").fill(words)
    page.get_by_role("button", name=re.compile("Generate")).click()
    card = page.locator("article.task").first
    expect(card).to_contain_text(words)
    return card


def expect_picture(card: Locator, count: int = 1) -> None:
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(card.locator(".prints img")).to_have_count(count)
    shown = "image => image.complete && image.naturalWidth > 0"
    for image in card.locator(".prints img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
        assert image.evaluate(shown)
    expect(card).to_contain_text("Kie")


def expect_free(page: Page, colours: list[str], folder: Path) -> None:
    """References afresh: none of an earlier wish is left in the form."""
    page.goto(page.url.partition("?")[0])
    files = [picture(folder / f"{colour}.jpg", colour) for colour in colours]
    page.locator("#compose input[name=reference_files]").set_input_files(files)
    expect_arrived(page, len(files))


def test_pictures_by_kie(page: Page, studio: Studio, kie: FakeKie, tmp_path: Path) -> None:
    set_up(page, studio)
    expect(page.get_by_role("radio", name="Kie", exact=True)).to_be_checked()
    expect_picture(press(page, "words alone"))
    assert kie.last_create.body["callBackUrl"].startswith(f"{studio.url}/callbacks/kie/")
    assert {sent.status for sent in kie.callbacks.wait()} == {200}

    # What only Kie knows is there for Kie alone.
    page.locator(ADVANCED).get_by_text("Advanced").click()
    page.get_by_label("Enhance the prompt").check()
    page.get_by_role("radio", name="Local engine").check()
    expect(page.locator(ADVANCED)).to_be_hidden()
    page.get_by_role("radio", name="Kie", exact=True).check()
    expect(page.locator(ADVANCED)).to_be_visible()
    expect_picture(press(page, "words made better"))
    assert kie.last_create.body["isEnhance"] is True

    expect_free(page, ["coral", "teal", "navy", "plum", "khaki"], tmp_path)
    expect_picture(press(page, "five references"))
    assert len(kie.last_create.body["filesUrl"]) == 5

    expect_free(page, ["skyblue"], tmp_path)
    page.get_by_text("Change only a part").click()
    page.get_by_text("Use a rectangle instead").click()
    for name in ("Left", "Top", "Width", "Height"):
        page.get_by_label(name, exact=True).fill("25")
    expect_picture(press(page, "only a part"))
    body = kie.last_create.body
    assert body["maskUrl"].rpartition(".")[2] == body["filesUrl"][0].rpartition(".")[2] == "jpg"
    assert len(kie.creates()) == 4


def test_bad_days_of_kie(page: Page, studio: Studio, kie: FakeKie) -> None:
    set_up(page, studio)
    kie.account(kie.key, "3")
    card = press(page, "an empty account")
    expect(card).to_have_attribute("data-state", "failed", timeout=MINUTE)
    expect(card).to_contain_text("The Kie account has no credits left")
    expect(card).to_contain_text("402")
    expect(card).to_contain_text(re.compile(r"credits? returned"))
    kie.account(kie.key, "1000")

    maintenance = kie.fault(CREATE, code=455, msg="maintenance", times=None, headers={"Retry-After": "1"})
    card = press(page, "a day of maintenance")
    kie.log.wait(CREATE, 3, timeout=30)
    expect(card).to_have_attribute("data-state", "queued")
    maintenance.times = 0
    expect_picture(card)

    kie.plan(steps=(RUNNING, SUCCESS), every=3.0)
    card = press(page, "a break in the middle")
    kie.log.wait("gpt4o-image/record-info", len(kie.log.of("gpt4o-image/record-info")) + 1, timeout=30)
    kie.stop()
    expect(card).to_have_attribute("data-state", "running")
    kie.start()
    expect_picture(card)
    assert [call.answer["code"] for call in kie.creates()].count(200) == 2
    token = kie.last_create.body["callBackUrl"].strip("/").rpartition("/")[2]
    assert [
        secret for secret in (kie.key, token, f":{kie.port}", "a break in the middle") if secret in studio.said()
    ] == []
