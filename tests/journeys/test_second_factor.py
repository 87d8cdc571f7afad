"""A code app, recovery codes and a passkey, set up and used in a real browser."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Studio, set_up
from tests.journeys.test_looks import check

PASSWORD = "correct-horse-77"


def prove(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page, studio: Studio) -> None:
    page.goto(f"{studio.url}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_a_code_app_and_a_recovery_code(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    page.goto(f"{studio.url}/account/")
    page.get_by_role("link", name="Set up").click()
    check(page, "is-it-you")
    prove(page)
    secret = page.locator("[data-secret]").inner_text()
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    check(page, "code-app")
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    check(page, "recovery-codes")
    recovery = page.locator(".codes li").first.inner_text()
    expect(page.locator(".codes li")).to_have_count(10)

    sign_out(page, studio)
    sign_in(page)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    check(page, "one-more-step")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{studio.url}/")

    sign_out(page, studio)
    sign_in(page)
    # A code works once: the next one is thirty seconds away, and clocks may be one step apart.
    page.get_by_label("Code", exact=True).fill(str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{studio.url}/")
    page.goto(f"{studio.url}/account/")
    expect(page.get_by_text("9 left")).to_be_visible()


def test_a_passkey_is_made_and_signs_in(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
    page.goto(f"{studio.url}/account/")
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    check(page, "add-a-passkey")
    page.get_by_label("Name").fill("laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(f"{studio.url}/account/")
    expect(page.get_by_text("Passkey, laptop")).to_be_visible()
    check(page, "account-with-passkey")

    sign_out(page, studio)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{studio.url}/")
    expect(page.get_by_role("button", name="Mira Lindqvist")).to_be_visible()

    sign_out(page, studio)
    sign_in(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{studio.url}/")

    sign_out(page, studio)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").locator("visible=true")).to_contain_text("No passkey came")
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})

    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{studio.url}/")
    page.goto(f"{studio.url}/account/")
    page.get_by_role("link", name="Remove passkey, laptop").click()
    prove(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()
    expect(page.get_by_text("Passkey, laptop")).to_have_count(0)
