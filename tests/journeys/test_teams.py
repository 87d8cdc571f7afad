"""A team over its life: invited, joined on a telephone, demoted, suspended, let in again, handed over, left."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Studio, set_up, watched
from tests.journeys.test_looks import check


@contextmanager
def telephone(browser: Browser) -> Iterator[Page]:
    """Somebody else's, whose console must stay clean, too."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", has_touch=True)
    context.set_default_timeout(30_000)
    yield from watched(context.new_page(), allowed="Response Status Error Code 403")
    context.close()


def act(page: Page, name: str, button: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).locator("visible=true").click()


def test_a_team_over_its_life(browser: Browser, page: Page, studio: Studio) -> None:
    set_up(page, studio)
    page.get_by_role("link", name="Members").click()
    page.get_by_label("E-mail addresses").fill("kit@example.org\nnoor@example.org")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("No e-mail is set up here")).to_be_visible()
    check(page, "invitation-links")
    link = page.locator("[data-secret]").first.inner_text()

    with telephone(browser) as phone:
        phone.goto(link)
        check(phone, "join-phone")
        phone.get_by_label("Your name").fill("Kit Blue")
        phone.get_by_label("Password").fill("seven blue kites")
        phone.get_by_role("button", name="Join the team").click()
        expect(phone.get_by_text("Welcome to Harbour Team")).to_be_visible()
        phone.goto(f"{studio.url}/image/")
        expect(phone.get_by_role("button", name="Generate 1 image")).to_be_enabled()

        page.goto(f"{studio.url}/team/members/")
        role = page.get_by_label("Role of Kit Blue")
        role.select_option("Viewer")
        expect(page.get_by_text("Kit Blue is now: Viewer")).to_be_visible()
        expect(role).to_have_value("viewer")
        check(page, "members-changed")
        expect(page.get_by_text("noor@example.org")).to_be_visible()
        phone.get_by_label("Describe the image").fill("a kite")
        phone.get_by_role("button", name="Generate 1 image").click()
        expect(phone.get_by_text("That did not work")).to_be_visible()
        assert phone.goto(f"{studio.url}/team/credits/").status == 200  # type: ignore[union-attr]

        act(page, "Kit Blue", "Suspend")
        expect(page.get_by_text("Kit Blue cannot enter the team any more")).to_be_visible()
        phone.goto(studio.url)
        expect(phone.get_by_role("heading", name="You cannot enter Harbour Team now")).to_be_visible()
        check(phone, "suspended-phone")
        act(page, "Kit Blue", "Let in again")
        expect(page.get_by_text("Kit Blue can enter the team again")).to_be_visible()
        phone.goto(f"{studio.url}/team/members/")
        expect(phone.get_by_role("heading", name="Members", level=2)).to_be_visible()

        page.get_by_role("link", name="Leave the team").click()
        page.get_by_role("button", name="Leave the team").click()
        expect(page.get_by_text("A team needs an owner")).to_be_visible()
        page.get_by_role("link", name="Stay as it is").click()
        page.get_by_role("link", name="Hand over the team").click()
        page.get_by_label("New owner").select_option(label="Kit Blue (Viewer)")
        page.get_by_role("button", name="Hand over the team").click()
        expect(page.get_by_text("Kit Blue leads the team now")).to_be_visible()
        page.get_by_role("link", name="Leave the team").click()
        page.get_by_role("button", name="Leave the team").click()
        expect(page.get_by_role("heading", name="You are in no team yet")).to_be_visible()
        check(page, "no-team")

        phone.goto(f"{studio.url}/team/audit/")
        for words in ("Left the team", "Team handed over", "Let in again", "Suspended", "Role changed", "Joined"):
            expect(phone.get_by_role("cell", name=re.compile(words)).first).to_be_visible()
        check(phone, "audit-phone")


def test_two_teams_and_a_switch(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    page.get_by_role("button", name="Mira Lindqvist").click()
    check(page, "my-menu")
    page.get_by_role("link", name="Open a further team").click()
    page.get_by_label("Team name").fill("Radio Nine")
    page.get_by_role("button", name="Open the team").click()
    expect(page.get_by_text("Radio Nine is open")).to_be_visible()
    expect(page.locator(".nav__title")).to_have_text("Radio Nine")
    expect(page.locator("#credit-badge b")).to_have_text("0")
    page.get_by_role("button", name="Mira Lindqvist").click()
    page.get_by_role("button", name="Harbour Team").click()
    expect(page.locator(".nav__title")).to_have_text("Harbour Team")
    expect(page.locator("#credit-badge b")).to_have_text("1,000")
