"""Result files and uploaded files (kie-api.md 1.1, 1.5)."""

import hashlib
import mimetypes
import re
from urllib.parse import unquote, urlsplit

from tests.fake_kie.pictures import picture
from tests.fake_kie.plans import SUCCESS, Task
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Call, RefusedError
from tests.fake_kie.world import World

MINUTES_20 = 1_200


def addresses(task: Task) -> list[str]:
    """Of the results, as the plan wants them."""
    if task.plan.urls is not None:
        return list(task.plan.urls)
    count = task.plan.count if task.plan.count is not None else task.params.get("nVariants", 1)
    return [f"{task.root}/files/{task.id}/{number}.png" for number in range(count)]


def task_of(world: World, url: str) -> Task | None:
    found = re.match(re.escape(world.url) + r"/files/(\w+)/", url)
    return world.tasks.get(found[1]) if found else None


def sign(world: World, url: str) -> str:
    until = int(world.now()) + MINUTES_20
    return f"{url.partition('?')[0]}?expires={until}&sig={seal(urlsplit(url).path, str(until))}"


def seal(path: str, until: str) -> str:
    return hashlib.sha256(f"{path} {until}".encode()).hexdigest()[:32]


def gone() -> RefusedError:
    return RefusedError(404, "Not Found", status=404)


@route("GET", "/files/", public=True)
def result(world: World, call: Call) -> Answer:
    if not call.headers.get("user-agent"):
        raise RefusedError(403, "Forbidden", status=403)
    until = call.query.get("expires")
    if until is not None and (call.query.get("sig") != seal(call.path, until) or int(until) < world.now()):
        raise RefusedError(403, "Forbidden", status=403)
    found = re.fullmatch(r"/files/(\w+)/(\d+)\.png", call.path)
    task = world.tasks.get(found[1]) if found else None
    if found is None or task is None or task.step(world.now()) != SUCCESS or int(found[2]) >= len(addresses(task)):
        raise gone()
    if world.expired(task.created, world.settings.media_days):
        raise gone()
    content = picture(task.id, int(found[2]), str(task.params.get("size", "1:1")))
    return Answer(content, headers={"Content-Type": "image/png"})


@route("GET", "/uploads/", public=True)
def uploaded(world: World, call: Call) -> Answer:
    content = stored(world, call.path)
    if content is None:
        raise gone()
    # by the name alone, so a JPEG called .png is served as PNG (kie-api.md 11)
    kind = mimetypes.guess_type(call.path)[0] or "application/octet-stream"
    return Answer(content, headers={"Content-Type": kind})


def stored(world: World, path: str) -> bytes | None:
    upload = world.uploads.get(unquote(path).removeprefix("/uploads/"))
    if upload is None or world.expired(upload.at, world.settings.upload_days):
        return None
    return upload.content
