"""What the terminal and the machine can do to a running studio: kill its parts, stop it, start it twice."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.journeys.conftest import RUN, Studio, set_up, wait_for

MINUTE = 60_000  # milliseconds


def health(studio: Studio) -> dict[str, str]:
    answer = requests.get(f"{studio.url}/healthz", timeout=20)
    return dict(answer.json())


def start_four(page: Page) -> None:
    """Ask for four pictures and wait until the first of them is being drawn."""
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("button", name="Generate 4 images").click()
    expect(page.locator("article.task").first).to_have_attribute("data-state", "running", timeout=MINUTE)


def expect_one_finished_task(page: Page, studio: Studio) -> None:
    page.goto(f"{studio.url}/image/")
    card = page.locator("article.task")
    expect(card).to_have_count(1)
    expect(card).to_have_attribute("data-state", "succeeded", timeout=MINUTE)
    expect(card.locator("img")).to_have_count(4)
    page.goto(f"{studio.url}/team/credits/")
    expect(page.locator("#credit-badge")).to_contain_text("996")
    page.goto(studio.url)
    expect(page.locator("a[data-view]")).to_have_count(4)


def test_a_killed_web_process_comes_back_and_no_visitor_is_turned_away(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    first = studio.find("run_web")
    start_four(page)
    os.kill(first, signal.SIGKILL)
    assert health(studio)["status"] == "ok", "a request made in between waits for the new process"
    assert studio.find("run_web") not in {0, first}
    assert "web ended (SIGKILL), it starts again" in studio.said()
    expect_one_finished_task(page, studio)


def test_a_worker_killed_while_it_draws_loses_and_doubles_nothing(page: Page, studio: Studio) -> None:
    set_up(page, studio)
    first = studio.find("run_worker")
    start_four(page)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: studio.find("run_worker") not in {0, first}, "the worker did not come back")
    expect_one_finished_task(page, studio)


def test_a_killed_supervisor_leaves_no_process_and_the_work_goes_on_after_the_next_start(
    page: Page, studio: Studio
) -> None:
    set_up(page, studio)
    start_four(page)
    page.goto("about:blank")
    os.kill(studio.find("serve"), signal.SIGKILL)
    wait_for(studio.has_ended, "make did not notice")
    wait_for(lambda: not studio.processes(), f"still there: {studio.processes()}", 20)
    studio.start()
    expect_one_finished_task(page, studio)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_it_stops_within_seconds_and_leaves_no_process(page: Page, studio: Studio, number: signal.Signals) -> None:
    set_up(page, studio)
    start_four(page)
    page.goto("about:blank")
    began = time.monotonic()
    studio.stop(number)
    assert time.monotonic() - began < 10
    wait_for(lambda: not studio.processes(), f"still there: {studio.processes()}", 5)
    assert "Traceback" not in studio.said()


def test_the_second_start_takes_seconds(studio: Studio) -> None:
    studio.stop()
    began = time.monotonic()
    studio.start()
    assert time.monotonic() - began < 15


def test_a_second_studio_on_the_same_data_says_so(studio: Studio) -> None:
    done = subprocess.run(RUN, env=studio.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert f"A studio is already running on {studio.folder}." in done.stderr
    assert "Traceback" not in done.stderr
    assert health(studio)["status"] == "ok"


def test_beyond_loopback_the_set_up_asks_for_the_code_of_the_terminal(page: Page, tmp_path: Path) -> None:
    studio = Studio(tmp_path / "data", HOST="0.0.0.0")  # noqa: S104  # that is what is tested
    try:
        studio.start()
        wait_for(lambda: "Ctrl+C" in studio.said(), "it did not finish its greeting")
        code = studio.said().partition("One-time code for the set-up: ")[2].split()[0]
        page.goto(studio.url)
        page.get_by_label("Your name").fill("Mira Lindqvist")
        page.get_by_label("E-mail").fill("mira@example.org")
        page.get_by_label("Password").fill("correct-horse-77")
        page.get_by_label("Team name").fill("Harbour Team")
        page.get_by_label("One-time code").fill("not it")
        page.get_by_role("button", name="Open the studio").click()
        expect(page.get_by_text("This is not the code in the terminal.")).to_be_visible()
        page.get_by_label("Password").fill("correct-horse-77")
        page.get_by_label("One-time code").fill(code)
        page.get_by_role("button", name="Open the studio").click()
        page.wait_for_url("**/image/")
    finally:
        studio.stop()
