"""Runway video (kie-api.md 4)."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from tests.fake_kie.checks import Field, checked, filled, one_of, text, url
from tests.fake_kie.families.files import addresses, stored
from tests.fake_kie.families.image import failing, size_of
from tests.fake_kie.pictures import picture
from tests.fake_kie.plans import ENDS, SUCCESS, Family, Plan, Task
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Body, Call, RefusedError, envelope
from tests.fake_kie.world import World
from tests.films import mp4

PRICES = {("5", "720p"): Decimal(12), ("10", "720p"): Decimal(24), ("5", "1080p"): Decimal(24)}
EXTENSION = {"720p": Decimal(30), "1080p": Decimal(60)}
LARGEST = 10 * 1024 * 1024
SIDES = {"720p": 72, "1080p": 108}  # pixels of the short side: a tenth, that tests are quick
RATIOS = ("16:9", "4:3", "1:1", "3:4", "9:16")
WAITING, QUEUEING, GENERATING = "wait", "queueing", "generating"
WORDS = {SUCCESS: "success", WAITING: WAITING, QUEUEING: QUEUEING}
SPACE = UUID("0b6f9e51-7c1d-4f0e-9a55-2d4f1c0a7788")


def prompt(value: Any) -> str:
    return filled(value) or ("exceeds 1800 characters" if len(value) > 1800 else "")


FIELDS = {
    "prompt": Field(prompt, required=True),
    "imageUrl": Field(url),
    "duration": Field(one_of(5, 10, "5", "10"), required=True),
    "quality": Field(one_of("720p", "1080p"), required=True),
    "aspectRatio": Field(one_of(*RATIOS)),
    "waterMark": Field(text),
    "callBackUrl": Field(url),
}
EXTEND_FIELDS = {
    "taskId": Field(filled, required=True),
    "prompt": Field(prompt, required=True),
    "quality": Field(one_of("720p", "1080p"), required=True),
    "waterMark": Field(text),
    "callBackUrl": Field(url),
}


def news(task: Task, step: str) -> Body | None:
    """The one callback of a task (kie-api.md 4.4)."""
    if step == SUCCESS:
        film, poster = addresses(task, step)[:2]
        data = {"task_id": task.id, "video_id": video_id(task), "video_url": film, "image_url": poster}
        return {"code": 200, "msg": "All generated successfully.", "data": data}
    if step in ENDS:
        empty = {} if "taskId" in task.params else {"video_id": "", "video_url": "", "image_url": ""}
        return {"code": task.plan.error_code, "msg": task.plan.error, "data": {"task_id": task.id, **empty}}
    return None


def files(task: Task, step: str) -> dict[str, Callable[[], bytes]]:
    if step != SUCCESS:
        return {}
    return {"0.mp4": partial(film_of, task), "0.png": partial(picture, task.id, 0, "3:2")}


def film_of(task: Task) -> bytes:
    wide, high = (int(side) for side in task.params.get("aspectRatio", "16:9").split(":"))
    unit = SIDES[task.params["quality"]] / min(wide, high)
    tone = int(task.id[:4], 16)
    return mp4(round(wide * unit / 2) * 2, round(high * unit / 2) * 2, float(task.params.get("duration", 5)), tone)


FAMILY = Family("video", news, files)


@route("POST", "/api/v1/runway/generate", creates=True)
def generate(world: World, call: Call) -> Answer:
    params = checked(call, FIELDS)
    if "imageUrl" not in params and "aspectRatio" not in params:
        raise RefusedError(422, "aspectRatio cannot be null")
    price = PRICES.get((str(params["duration"]), params["quality"]))
    if price is None:
        raise RefusedError(422, "1080p is not available for 10 seconds")
    task = world.create(FAMILY, call, params, price, refused_image(world, params))
    return envelope({"taskId": task.id})


@route("POST", "/api/v1/runway/extend", creates=True)
def extend(world: World, call: Call) -> Answer:
    """An unknown parent is accepted, and the task fails (kie-api.md 4.2)."""
    params = checked(call, EXTEND_FIELDS)
    parent = world.tasks.get(params["taskId"])
    known = parent is not None and parent.family is FAMILY and parent.account is world.account_of(call)
    if known and parent is not None and "aspectRatio" in parent.params:
        params["aspectRatio"] = parent.params["aspectRatio"]
    is_there = known and parent is not None and parent.step(world.now()) == SUCCESS
    is_there = is_there and parent is not None and not world.expired(parent.created, world.settings.media_days)
    plan = None if is_there else failing(400, "The parent task does not exist")
    task = world.create(FAMILY, call, params, EXTENSION[params["quality"]], plan)
    return envelope({"taskId": task.id})


def refused_image(world: World, params: Body) -> Plan | None:
    """An image that was uploaded here is looked at; the task is accepted and then fails."""
    source = params.get("imageUrl", "")
    if not source.startswith(f"{world.url}/uploads/"):
        return None
    content = stored(world, urlsplit(source).path)
    if content is None:
        return failing(451, "Failed to download the image")
    if len(content) > LARGEST or size_of(content) is None:
        return failing(400, "Incorrect image format.")
    return None


@route("GET", "/api/v1/runway/record-detail")
def record_detail(world: World, call: Call) -> Answer:
    return envelope(record(world, world.query(FAMILY, call)))


def record(world: World, task: Task) -> Body:
    step, plan = task.step(world.now()), task.plan
    done, failed = step == SUCCESS, step in ENDS - {SUCCESS}
    params = task.params
    data: Body = {
        "taskId": task.id,
        "parentTaskId": params.get("taskId", ""),
        "generateParam": {"prompt": params["prompt"], "imageUrl": params.get("imageUrl", ""), "expandPrompt": True},
        "state": "fail" if failed else WORDS.get(step, GENERATING),
        "generateTime": f"{datetime.fromtimestamp(task.completed or task.created, UTC):%Y-%m-%d %H:%M:%S}",
        "videoInfo": None,
        "failCode": plan.error_code if failed else None,
        "failMsg": plan.error if failed else None,
        "expireFlag": int(world.expired(task.created, world.settings.media_days)),
    }
    if done:
        film, poster = (addresses(task, step) * 2)[:2]
        data["videoInfo"] = {"videoId": video_id(task), "taskId": task.id, "videoUrl": film, "imageUrl": poster}
    return data | plan.record


def video_id(task: Task) -> str:
    return str(uuid5(SPACE, task.id))
