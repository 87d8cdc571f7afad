"""Result files and uploaded files (kie-api.md 1.1, 1.5)."""

import hashlib
import mimetypes
import re
from urllib.parse import unquote, urlsplit

from tests.fake_kie.plans import Task
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Call, RefusedError
from tests.fake_kie.world import World

MINUTES_20 = 1_200


def addresses(task: Task, step: str) -> list[str]:
    """Of the results, or what the plan says instead."""
    if task.plan.urls is not None:
        return list(task.plan.urls)
    return [f"{task.root}/files/{task.id}/{name}" for name in task.family.files(task, step)]


def task_of(world: World, url: str) -> Task | None:
    found = re.match(re.escape(world.url) + r"/files/(\w+)/", url)
    return world.tasks.get(found[1]) if found else None


def made(world: World, path: str) -> bytes | None:
    """The content of a result that is there, and not too old."""
    _root, _files, task_id, name = path.split("/") if path.count("/") == 3 else ("", "", "", "")
    task = world.tasks.get(task_id)
    if task is None or world.expired(task.created, world.settings.media_days):
        return None
    make = task.family.files(task, task.step(world.now())).get(name)
    return make() if make else None


def typed(path: str, content: bytes | None) -> Answer:
    """By the name alone, so a JPEG called .png is served as PNG (kie-api.md 11)."""
    if content is None:
        raise RefusedError(404, "Not Found", status=404)
    return Answer(content, headers={"Content-Type": mime_type(path)})


def mime_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def sign(world: World, url: str) -> str:
    until = int(world.now()) + MINUTES_20
    return f"{url.partition('?')[0]}?expires={until}&sig={seal(urlsplit(url).path, str(until))}"


def seal(path: str, until: str) -> str:
    return hashlib.sha256(f"{path} {until}".encode()).hexdigest()[:32]


@route("GET", "/files/", public=True)
def result(world: World, call: Call) -> Answer:
    if not call.headers.get("user-agent"):
        raise RefusedError(403, "Forbidden", status=403)
    until = call.query.get("expires")
    if until is not None and (call.query.get("sig") != seal(call.path, until) or int(until) < world.now()):
        raise RefusedError(403, "Forbidden", status=403)
    return typed(call.path, made(world, call.path))


@route("GET", "/uploads/", public=True)
def uploaded(world: World, call: Call) -> Answer:
    return typed(call.path, stored(world, call.path))


def stored(world: World, path: str) -> bytes | None:
    upload = world.uploads.get(unquote(path).removeprefix("/uploads/"))
    if upload is None or world.expired(upload.at, world.settings.upload_days):
        return None
    return upload.content
