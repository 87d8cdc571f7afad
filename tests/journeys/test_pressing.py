"""What a press of the button does to the form: focus, complaints, and a page that the browser took from its cache."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Studio, set_up

MINUTE = 60_000  # milliseconds


def test_words_are_never_swallowed_and_focus_stays(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    prompt, button = page.get_by_label("Describe the image"), page.get_by_role("button", name="Generate 1 image")
    cards = page.locator("article.task")

    prompt.fill("   ")
    button.click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(prompt).to_be_focused()

    prompt.fill("a fox in the snow")
    button.click()
    expect(cards).to_have_count(1)
    expect(page.get_by_text("This field is required.")).to_have_count(0)
    expect(prompt).not_to_have_attribute("aria-invalid", "true")
    expect(button).to_be_focused()

    page.get_by_role("link", name="Library").first.click()
    page.wait_for_url(f"{studio.url}/")
    page.go_back()
    prompt.fill("a whale below a boat")
    prompt.press("Control+Enter")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("a whale below a boat")
    expect(cards.first).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    page.reload()
    expect(cards).to_have_count(2)


def test_the_page_says_when_the_studio_is_away_and_stops_saying_it(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    away = page.get_by_text("No connection")
    studio.stop()
    page.get_by_role("button", name="Generate 1 image").click()
    expect(away).to_be_visible()
    studio.start()
    page.get_by_role("button", name="Generate 1 image").click()
    expect(page.locator("article.task")).to_have_count(1)
    expect(away).to_have_count(0)
