"""Every answer of the customer's table, and the files that are none, as a person meets them on the card."""

import re

from playwright.sync_api import Page, expect

from studio.providers.kie.messages import CODES, POLICY, meaning_of
from tests.fake_kie import FakeKie
from tests.fake_kie.plans import FAILED, RUNNING, SUCCESS
from tests.journeys.conftest import Studio, set_up
from tests.journeys.test_kie import CREATE, MINUTE, expect_picture, kie, press, studio

__all__ = ["kie", "studio"]  # fixtures
ENDS = (400, 401, 402, 404, 422, 500, 505)  # of a creation: refused, failed, returned
LATER = (429, 455)  # it goes on by itself
SOON = {"Retry-After": "1"}


def test_every_code_is_a_sentence_on_its_card(page: Page, studio: Studio, kie: FakeKie) -> None:
    """Each as Kie sends it, in the body of HTTP 200, and as the status of the answer as well."""
    set_up(page, studio)
    for code in ENDS:
        for status in (200, code):
            kie.fault(CREATE, code=code, status=status)
            card = press(page, f"a wish with {code} and {status}")
            expect(card).to_have_attribute("data-state", "failed", timeout=MINUTE)
            expect(card).to_contain_text(meaning_of(code).sentence)
            expect(card).to_contain_text(str(code))
            expect(card).to_contain_text("6 credits returned")
    for code in LATER:
        for status in (200, code):
            kie.fault(CREATE, code=code, status=status, headers=SOON)
            expect_picture(press(page, f"a wish with {code} and {status}"))
    made = [call.body["prompt"] for call in kie.creates()]
    assert len(made) == 2 * len(ENDS) + 4 * len(LATER)
    expect(page.locator("#credit-badge")).to_contain_text(f"{1000 - 6 * 2 * len(LATER):,}")


def test_failures_and_files_that_are_none(page: Page, studio: Studio, kie: FakeKie) -> None:
    set_up(page, studio)
    kie.plan(prompt="*forbidden*", steps=(RUNNING, FAILED), every=0.2, error_code=400, error="flagged: content policy")
    card = press(page, "something forbidden")
    expect(card).to_have_attribute("data-state", "failed", timeout=MINUTE)
    expect(card).to_contain_text(POLICY.sentence)

    kie.plan(prompt="*without a word*", steps=(RUNNING, SUCCESS), every=0.2, callbacks=())
    expect_picture(press(page, "polled without a word from Kie"))

    faults: tuple[tuple[str, dict[str, str]], ...] = (
        ("redirect", {"location": "http://169.254.169.254/latest/"}),
        ("huge", {}),
    )
    for kind, options in faults:
        kie.fault("files/*", kind, times=None, **options)
        card = press(page, f"a file that is {kind}")
        expect(card).to_have_attribute("data-state", "failed", timeout=MINUTE)
        expect(card).to_contain_text("The result could not be stored.")
        expect(card).to_contain_text(re.compile("6 credits returned"))
        kie.reset()
        kie.account(kie.key, "1000")
        kie.plan(steps=(RUNNING, SUCCESS), every=0.3)
    expect_picture(press(page, "a file that is one"))
    assert CODES[200]
