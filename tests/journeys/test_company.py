"""A page that lies open while somebody else of the team works."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Studio, set_up

LOOK = "dispatchEvent(new Event('focus'))"
MINUTE = 60_000  # milliseconds


def test_an_idle_page_learns_what_others_make(browser: Browser, page: Page, studio: Studio) -> None:
    set_up(page, studio)
    page.get_by_role("button", name="Generate 1 image").click()
    expect(page.locator("article.task")).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(page.locator("#pulse")).to_have_attribute("hx-trigger", "every 30s, look", timeout=MINUTE)
    page.reload()
    library = page.context.new_page()
    library.goto(studio.url)

    elsewhere = browser.new_context(storage_state=page.context.storage_state())
    other = elsewhere.new_page()
    other.goto(f"{studio.url}/image/")
    other.get_by_label("Describe the image").fill("a whale below a boat")
    other.get_by_role("button", name="Generate 1 image").click()
    expect(other.locator("article.task")).to_have_count(2)
    expect(other.locator("article.task").first).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(page.locator("article.task")).to_have_count(1)

    page.evaluate(LOOK)
    expect(page.locator("article.task")).to_have_count(2)
    expect(page.locator("article.task").first).to_contain_text("a whale below a boat")
    expect(page.locator("article.task").first).to_have_attribute("data-state", "succeeded")
    library.evaluate(LOOK)
    library.get_by_role("link", name="1 new").click()
    expect(library.locator(".tile")).to_have_count(2)
    elsewhere.close()
