"""Processes of a served studio are killed at random moments, and nothing is lost, doubled or left lying about.

A round that fails names its seed: `pytest tests/crash --crash-rounds 1 --crash-seed SEED` plays it again, as far as a
machine plays anything twice.
"""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import requests

from tests.crash.fates import WHOLE, Answer, FileFate, fate_of
from tests.crash.world import FLYING, OPEN, Killer, World
from tests.journeys.conftest import wait_for

TASKS, PRESSES, KILLS = 200, 40, 5  # in a round: tasks, those of them that come through the web, and deaths
AT_ONCE = 24  # what the upstream takes, see tests/crash/settings.py
CUT = {Answer.CUT_BEFORE, Answer.CUT_AFTER}
PATIENCE = 180  # seconds until every task of a round has ended

sent: list[str] = []  # keys, of all rounds
sending = [0]  # paid requests that were on their way when a worker was killed, of all rounds


def test_nothing_is_lost_or_doubled_whatever_dies(world: World, crash_seed: int) -> None:
    chance = Random(crash_seed)
    keys = [f"{chance.getrandbits(128):032x}" for _ in range(TASKS)]
    sent.extend(keys)
    killer = Killer(world, chance, KILLS)
    killer.start()
    with ThreadPoolExecutor(4) as visitors:
        pressed = [visitors.submit(world.press, key, Random(key)) for key in keys[:PRESSES]]
        world.ask("submit", seed=crash_seed, keys=keys[PRESSES:])
        for press in pressed:
            press.result()
    killer.join()
    sending[0] += killer.sending

    def has_settled() -> bool:
        assert world.count(FLYING) <= AT_ONCE
        return world.count(OPEN) == 0

    wait_for(has_settled, f"tasks are still open; killed: {killer.killed}", PATIENCE)
    wait_for(lambda: not left_over(world), f"left over: {left_over(world)}", 30)
    check(world)


def left_over(world: World) -> list[str]:
    found = world.ask("check")
    return [*found["parts"], *found["renders"], *found["temporary"]]


def check(world: World) -> None:
    found = world.ask("check")
    assert found["misfits"] == []
    assert found["wrong_ends"] == []
    assert found["keys"] == sorted(sent)
    assert found["files_without_asset"] == []
    assert found["damaged"] == []
    assert found["is_counted"]
    assert found["assets_without_file"] == []
    assert [line for line in world.complaints() if "the render process of" not in line] == []

    creates = requests.get(f"{world.upstream_url}/log", timeout=20).json()
    assert {task: made for task, made in creates.items() if len(made) > 1} == {}
    sent_upstream = {task for task, end in found["ends"].items() if end[2] == "upstream"}
    assert set(creates) <= sent_upstream

    wrong = {task: end for task, end in found["ends"].items() if not is_as_it_must_be(*end)}
    assert {task: end for task, end in wrong.items() if end[3] != "unknown"} == {}
    assert len(wrong) <= sending[0], "unknown, and not on its way at any kill"


def is_as_it_must_be(prompt: str, pieces: int, provider: str, status: str, code: str, kept: int) -> bool:
    """What follows from the request alone, whatever died. A render may have lost its process, or its worker too often."""
    if provider == "local":
        return (status, kept) == ("succeeded", pieces) or (status, code, kept) == ("failed", "crash", 0)
    fate = fate_of(prompt, pieces)
    if fate.answer in CUT:
        return status == "unknown" and not kept
    if fate.answer == Answer.REFUSED or not fate.succeeds:
        return status == "failed" and not kept
    surely, perhaps = (sum(file in kinds for file in fate.files) for kinds in (WHOLE, {*WHOLE, FileFate.ONCE}))
    return surely <= kept <= perhaps and status == ("succeeded" if kept else "failed")
