"""4o image (kie-api.md 10)."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from tests.fake_kie.checks import Field, checked, filled, flag, list_of, one_of, text, url
from tests.fake_kie.families.files import addresses, sign, stored
from tests.fake_kie.pictures import picture
from tests.fake_kie.plans import CREATE_FAILED, ENDS, FAILED, RUNNING, SUCCESS, Family, Plan, Task
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Body, Call, RefusedError, envelope
from tests.fake_kie.world import World

PRICE = Decimal(6)
LARGEST = 26_214_400
FORMATS = {"jfif", "pjpeg", "jpeg", "pjp", "jpg", "png", "webp"}
STATUS = {SUCCESS: "SUCCESS", FAILED: "GENERATE_FAILED", CREATE_FAILED: "CREATE_TASK_FAILED"}


def picture_url(value: Any) -> str:
    """An address without an ending may be anything; with one, it must be one of the named."""
    ending = "" if (problem := url(value)) else urlsplit(value).path.rpartition("/")[2].rpartition(".")[2].lower()
    named = not problem and "." in urlsplit(value).path.rpartition("/")[2]
    return problem or ("has an unsupported file type" if named and ending not in FORMATS else "")


FIELDS = {
    "size": Field(one_of("1:1", "3:2", "2:3"), required=True),
    "prompt": Field(filled),
    "filesUrl": Field(list_of(picture_url, most=5)),
    "fileUrl": Field(picture_url),
    "maskUrl": Field(picture_url),
    "nVariants": Field(one_of(1, 2, 4)),
    "isEnhance": Field(flag),
    "uploadCn": Field(flag),
    "enableFallback": Field(flag),
    "fallbackModel": Field(one_of("GPT_IMAGE_1", "FLUX_MAX")),
    "callBackUrl": Field(url),
}


def news(task: Task, step: str) -> Body | None:
    """The one callback of a task (kie-api.md 10.3)."""
    if step == SUCCESS:
        return {
            "code": 200,
            "msg": "success",
            "data": {"taskId": task.id, "info": {"result_urls": addresses(task, step)}},
        }
    if step in ENDS:
        return {"code": task.plan.error_code, "msg": task.plan.error, "data": {"taskId": task.id, "info": None}}
    return None


def files(task: Task, step: str) -> dict[str, Callable[[], bytes]]:
    """As many as were asked for; pictures are drawn when somebody fetches them."""
    count = task.plan.count if task.plan.count is not None else task.params.get("nVariants", 1)
    ratio = task.params["size"]
    return {f"{place}.png": partial(picture, task.id, place, ratio) for place in range(count if step == SUCCESS else 0)}


FAMILY = Family("image", news, files)


@route("POST", "/api/v1/gpt4o-image/generate", creates=True)
def generate(world: World, call: Call) -> Answer:
    params = checked(call, FIELDS)
    if not (params.get("prompt") or params.get("filesUrl") or params.get("fileUrl")):
        raise RefusedError(422, "At least one of prompt and filesUrl is required")
    task = world.create(FAMILY, call, params, PRICE, refused_input(world, params))
    return envelope({"taskId": task.id})


def refused_input(world: World, params: Body) -> Plan | None:
    """A reference that was uploaded here is looked at; the task is accepted and then fails (kie-api.md 10.2)."""
    sources = [*params.get("filesUrl", []), *([params["fileUrl"]] if "fileUrl" in params else [])]
    masked = len(sources) == 1 and "maskUrl" in params  # with more references a mask is ignored
    sizes = set()
    for source in [*sources, *([params["maskUrl"]] if masked else [])]:
        if not source.startswith(f"{world.url}/uploads/"):
            continue
        content = stored(world, urlsplit(source).path)
        if content is None:
            return failing(451, "Failed to download the image")
        if len(content) > LARGEST:
            return failing(400, f"The image is larger than {LARGEST} bytes")
        size = size_of(content)
        if size is None:
            return failing(400, "The image could not be read (invalid_image_format)")
        sizes.add(size)
    return failing(400, "The mask has another size than the image") if masked and len(sizes) > 1 else None


def failing(code: int, msg: str) -> Plan:
    return Plan(steps=(RUNNING, FAILED), error_code=code, error=msg)


def size_of(content: bytes) -> tuple[int, int] | None:
    """None when it is not a whole picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            return image.size
    except (OSError, SyntaxError, ValueError):
        return None


@route("GET", "/api/v1/gpt4o-image/record-info")
def record_info(world: World, call: Call) -> Answer:
    return envelope(record(world.query(FAMILY, call), world.now()))


def record(task: Task, now: float) -> Body:
    step, plan = task.step(now), task.plan
    done, failed = step == SUCCESS, step in ENDS - {SUCCESS}
    data: Body = {
        "taskId": task.id,
        "paramJson": json.dumps(task.sent),
        "completeTime": moment(task.completed, plan),
        "response": {"result_urls" if plan.snake_case else "resultUrls": addresses(task, step)} if done else None,
        "successFlag": 1 if done else 2 if failed else 0,
        "errorCode": plan.error_code if failed else None,
        "errorMessage": plan.error if failed else None,
        "createTime": moment(task.created, plan),
        "progress": task.progress(now),
    }
    if plan.with_status:
        data["status"] = STATUS.get(step, "GENERATING")
    return data | plan.record


def moment(at: float | None, plan: Plan) -> int | str | None:
    if at is None:
        return None
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}" if plan.text_times else int(at * 1000)


@route("POST", "/api/v1/gpt4o-image/download-url")
def download_url(world: World, call: Call) -> Answer:
    asked = checked(call, {"taskId": Field(text, required=True), "url": Field(url, required=True)})
    task = world.tasks.get(asked["taskId"])
    if task is None or task.family is not FAMILY or task.account is not world.account_of(call):
        raise RefusedError(422, "recordInfo is null")
    if world.expired(task.created, world.settings.media_days):
        raise RefusedError(422, "Only records of the last 14 days are supported")
    if task.step(world.now()) != SUCCESS:
        raise RefusedError(422, "The record status is not success")
    if asked["url"] not in addresses(task, SUCCESS):
        raise RefusedError(422, "The result data is missing")
    return envelope(sign(world, asked["url"]))
