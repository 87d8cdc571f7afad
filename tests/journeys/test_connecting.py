"""A team connects Kie in a real browser: our fake speaks as Kie does, over real HTTP."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.fake_kie import FakeKie
from tests.journeys.conftest import ROOT, Studio, set_up

SHOTS = ROOT / "build" / "screenshots"
MINUTE = 60_000  # milliseconds
KEY, OTHER = "kie-secret-key-of-the-team-3f9a", "kie-another-secret-key-b71c"
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}


@dataclass(frozen=True)
class World:
    studio: Studio
    kie: FakeKie


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with FakeKie(key=KEY, balance="8142.6") as kie:
        kie.account(OTHER, "12.25")
        kie.plan(every=0.3, steps=("running", "running", "success"))
        # DEBUG: axe may bring its own style, which the policy of the page forbids; and the component page is there
        studio = Studio(
            tmp_path / "data", KIE_BASE_URL=kie.url, KIE_UPLOAD_BASE_URL=kie.url, KIE_API_KEY="", DEBUG="true"
        )
        studio.start()
        yield World(studio, kie)
        studio.stop()


def connect(page: Page, key: str) -> None:
    page.get_by_text("Add a key").click()
    page.get_by_label("API key").fill(key)
    page.get_by_role("button", name="Test and connect").click()


def generate(page: Page, prompt: str) -> Locator:
    page.get_by_label("Describe the image").fill(prompt)
    page.get_by_role("button", name=re.compile("Generate")).click()
    card = page.locator("article.task").first
    expect(card).to_contain_text(prompt)
    return card


def test_a_team_connects_kie_makes_a_picture_and_retires_the_key(page: Page, world: World) -> None:
    set_up(page, world.studio)
    page.locator(".rail").get_by_role("link", name="Providers").click()
    expect(page.get_by_text("Kie serves you once a key is connected.").first).to_be_visible()

    connect(page, "kie-with-a-slip")
    expect(page.get_by_text("Kie does not accept this key.")).to_be_visible()
    expect(page.get_by_label("API key")).to_have_value("")
    expect(page.get_by_label("API key")).to_be_focused()
    page.get_by_label("API key").fill(KEY)
    page.keyboard.press("Enter")
    panel = page.locator(".panel", has=page.get_by_role("heading", name="Kie, your team’s key"))
    expect(panel).to_contain_text("••••3f9a")
    expect(panel).to_contain_text("8,142.6 credits, just now")

    page.get_by_role("radiogroup", name="Engine for Image").get_by_role("radio", name="Local engine").check()
    page.get_by_role("button", name="Save engines").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.goto(f"{world.studio.url}/image/")
    expect(page.get_by_role("radio", name="Local engine")).to_be_checked()
    page.goto(f"{world.studio.url}/team/providers/")
    page.get_by_role("radiogroup", name="Engine for Image").get_by_role("radio", name="Kie").check()
    page.get_by_role("button", name="Save engines").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")

    page.goto(f"{world.studio.url}/image/")
    expect(page.get_by_role("radio", name="Kie")).to_be_checked()
    card = generate(page, "a red bicycle")
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(card.locator(".tag--line")).to_have_text("Kie")
    assert len(world.kie.creates()) == 1

    page.goto(f"{world.studio.url}/team/providers/")
    panel.get_by_text("Rotate key").click()
    panel.get_by_label("New key").fill(OTHER)
    panel.get_by_role("button", name="Test and use this key").click()
    expect(panel).to_contain_text("••••b71c")
    panel.get_by_role("button", name="Test", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("credits are left there")
    panel.get_by_text("Retire", exact=True).click()
    panel.get_by_role("button", name="Retire this key").click()
    expect(page.locator("#toasts")).to_contain_text("Retired.")
    expect(page.get_by_text("••••b71c")).to_have_count(0)
    said = world.studio.said()
    assert KEY not in said
    assert OTHER not in said
    assert "Traceback" not in said


def test_maintenance_is_told_and_local_is_one_press_away(page: Page, world: World) -> None:
    set_up(page, world.studio)
    page.goto(f"{world.studio.url}/team/providers/")
    connect(page, KEY)
    expect(page.get_by_text("••••3f9a").first).to_be_visible()
    world.kie.fault("*generate*", code=455, msg="maintenance", times=None)
    page.goto(f"{world.studio.url}/image/")
    card = generate(page, "a blue whale below a boat")
    expect(card).to_contain_text("Kie is in maintenance. It goes on by itself.", timeout=MINUTE)
    expect(card).to_contain_text("455")
    page.reload()
    expect(page.locator("#compose .notice--bad")).to_contain_text("Kie is in maintenance (455, ")
    page.locator("#compose").get_by_role("link", name="Use Local meanwhile").click()
    expect(page.get_by_role("radio", name="Local engine")).to_be_checked()
    expect(page.locator("#compose .notice--bad")).to_have_count(0)
    card = page.locator("article.task").first
    card.get_by_role("link", name="Use the Local engine").click()
    expect(page.get_by_label("Describe the image")).to_have_value("a blue whale below a boat")
    expect(page.get_by_role("radio", name="Local engine")).to_be_checked()
    page.get_by_role("button", name=re.compile("Generate")).click()
    expect(page.locator("article.task").first).to_have_attribute("data-state", "succeeded", timeout=MINUTE)


def test_what_runs_at_kie_can_be_left_alone(page: Page, world: World) -> None:
    world.kie.plan(every=None, steps=("running",) * 60 + ("success",))
    set_up(page, world.studio)
    page.goto(f"{world.studio.url}/team/providers/")
    connect(page, KEY)
    expect(page.get_by_text("••••3f9a").first).to_be_visible()
    page.goto(f"{world.studio.url}/image/")
    card = generate(page, "a slow dolly through arches")
    stop = card.get_by_role("button", name="Stop following")
    expect(stop).to_be_visible(timeout=MINUTE)
    expect(card).to_contain_text("It still finishes and is charged.")
    stop.click()
    expect(page.locator("article.task")).to_have_count(0)
    page.reload()
    expect(page.locator("article.task")).to_have_count(0)
    world.kie.finish(next(iter(world.kie.tasks)))
    page.goto(world.studio.url)
    new = page.get_by_role("link", name="1 new")
    piece = page.get_by_role("link", name="a slow dolly through arches").first
    expect(new.or_(piece).first).to_be_visible(timeout=MINUTE)
    page.reload()
    expect(piece).to_be_visible()


def test_how_it_looks(browser: Browser, page: Page, world: World) -> None:
    """Both widths and themes: kept for the eye, and nothing for axe to find."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    set_up(page, world.studio)
    page.goto(f"{world.studio.url}/team/providers/")
    connect(page, KEY)
    expect(page.get_by_text("••••3f9a").first).to_be_visible()
    world.kie.fault("*generate*", code=455, msg="maintenance", times=None)
    page.goto(f"{world.studio.url}/image/")
    expect(generate(page, "a blue whale below a boat")).to_contain_text("maintenance", timeout=MINUTE)
    found = []
    for (size, (width, height)), theme in product(WIDTHS.items(), ("light", "dark")):
        context = browser.new_context(
            storage_state=page.context.storage_state(),
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        visitor = context.new_page()
        for place, path in (("providers", "/team/providers/"), ("image-455", "/image/"), ("engines", "/design/")):
            visitor.goto(world.studio.url + path)
            visitor.screenshot(path=SHOTS / f"{place}-{size}-{theme}.png", full_page=True)
            wide, room = visitor.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            found += [f"{place} {size}: {wide - room} px too wide"] if wide > room else []
            found += [f"{place} {size} {theme}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in axe(visitor)]
        visitor.goto(f"{world.studio.url}/team/providers/")
        for fold in visitor.locator("#providers summary").all():
            fold.click()
        visitor.screenshot(path=SHOTS / f"providers-open-{size}-{theme}.png", full_page=True)
        found += [f"open {size} {theme}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in axe(visitor)]
        context.close()
    assert found == []


def axe(page: Page) -> list[dict[str, list[dict[str, str]]]]:
    found: list[dict[str, list[dict[str, str]]]] = Axe().run(page).response["violations"]
    return found
