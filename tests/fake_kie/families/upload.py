"""File upload, free, on its own host in real life (kie-api.md 1.1, 11)."""

import base64
import binascii
import mimetypes
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from tests.fake_kie.checks import Check, Field, checked, filled, text, url
from tests.fake_kie.families.files import made, mime_type, stored
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Body, Call, RefusedError, as_json
from tests.fake_kie.world import Upload, World

Store = Callable[[World, Call], tuple[str, str, bytes]]  # folder, name, content


def upload(path: str) -> Callable[[Store], Store]:
    """Registers an endpoint whose answers, errors included, have the uploads' own envelope."""

    def register(store: Store) -> Store:
        def act(world: World, call: Call) -> Answer:
            try:
                if call.key not in world.accounts:
                    raise RefusedError(401, "Authentication failed: Invalid API Key")
                return kept(world, *store(world, call))
            except RefusedError as refused:
                status = refused.code if world.settings.http_errors else refused.status
                return as_json({"success": False, "code": refused.code, "msg": refused.msg}, status=status)

        def wrong_method(_world: World, _call: Call) -> Answer:
            return as_json({"success": False, "code": 405, "msg": "Method Not Allowed"}, status=405)

        route("POST", path, public=True)(act)
        route("GET", path, public=True)(wrong_method)
        return store

    return register


def kept(world: World, folder: str, name: str, content: bytes) -> Answer:
    """The same name again overwrites."""
    path, now = f"{folder}/{name}", world.now()
    world.uploads[path] = Upload(content, now)
    data = {
        "fileName": name,
        "filePath": path,
        "downloadUrl": f"{world.url}/uploads/{quote(path)}",
        "fileSize": len(content),
        "mimeType": mime_type(name),
        "uploadedAt": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return as_json({"success": True, "code": 200, "msg": "File uploaded successfully", "data": data})


def asked_for(call: Call, source: str, check: Check) -> Body:
    """The fields of a JSON upload; its refusals are 400 and have words of their own."""
    for name in (source, "uploadPath"):
        if not call.fields().get(name):
            raise RefusedError(400, f"Missing required parameter: {name}")
    try:
        asked = checked(call, {source: Field(check), "uploadPath": Field(filled), "fileName": Field(text)})
    except RefusedError as refused:
        raise RefusedError(400, refused.msg) from refused
    return asked | {"uploadPath": folder(asked["uploadPath"])}


def folder(path: str) -> str:
    if path.startswith("/") or path.endswith("/") or ".." in path:
        raise RefusedError(400, "uploadPath must not start or end with a slash")
    return path


@upload("/api/file-base64-upload")
def from_base64(_world: World, call: Call) -> tuple[str, str, bytes]:
    asked = asked_for(call, "base64Data", filled)
    said = re.match(r"data:([\w.+-]+/[\w.+-]+);base64,", asked["base64Data"])
    try:
        content = base64.b64decode(asked["base64Data"][said.end() if said else 0 :], validate=True)
    except binascii.Error as error:
        raise RefusedError(400, "base64Data is not valid base64") from error
    ending = (mimetypes.guess_extension(said[1]) if said else None) or ".bin"
    return asked["uploadPath"], asked.get("fileName") or f"{secrets.token_hex(8)}{ending}", content


@upload("/api/file-stream-upload")
def from_stream(_world: World, call: Call) -> tuple[str, str, bytes]:
    form = call.form
    for name in ("file", "uploadPath"):
        if name not in form or not form[name].content:
            raise RefusedError(400, f"Missing required parameter: {name}")
    call.unknown = sorted(set(form) - {"file", "uploadPath", "fileName"})
    name = form["fileName"].text if "fileName" in form else form["file"].file_name or ""
    return folder(form["uploadPath"].text), name or secrets.token_hex(8), form["file"].content


@upload("/api/file-url-upload")
def from_url(world: World, call: Call) -> tuple[str, str, bytes]:
    asked = asked_for(call, "fileUrl", url)
    content = fetched(world, asked["fileUrl"])
    if content is None:
        raise RefusedError(500, "Failed to download the file")
    last = urlsplit(asked["fileUrl"]).path.rpartition("/")[2]
    return asked["uploadPath"], asked.get("fileName") or last or secrets.token_hex(8), content


def fetched(world: World, source: str) -> bytes | None:
    """Only what is here or was laid into `world.web`: the fake itself never asks the network."""
    if source.startswith(f"{world.url}/uploads/"):
        return stored(world, urlsplit(source).path)
    if source.startswith(f"{world.url}/files/"):
        return made(world, urlsplit(source).path)
    return world.web.get(source)
