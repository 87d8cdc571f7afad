"""Inputs on their way to Kie's File Upload API (kie-api.md 11): afresh for each request, since Kie keeps them three
days, and under a random name, since the same name would overwrite another's file."""

import base64
import mimetypes
import secrets
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from urllib.parse import urlsplit

from studio.providers.contract import Input
from studio.providers.kie import messages
from studio.providers.kie.client import Client, KieError

STREAM, BASE64 = "/api/file-stream-upload", "/api/file-base64-upload"
FOLDER = "studio/inputs"
BASE64_LIMIT = 10 * 1024 * 1024
SAME_EITHER_WAY = {"401", "refused", "unreachable"}  # the key or the host, not the way of sending
CHUNK = 64 * 1024
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/mp4": ".m4a",
    "audio/flac": ".flac",
    "video/mp4": ".mp4",
}


class Multipart:
    """A form with one file as the body of a request: its length is known, its bytes are read as they are sent."""

    def __init__(self, fields: Mapping[str, str], file: BinaryIO, *, name: str, media_type: str, size: int) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        parts = [_part(boundary, f'name="{field}"') + value + "\r\n" for field, value in fields.items()]
        head = _part(boundary, f'name="file"; filename="{name}"', media_type)
        self.head, self.tail = ("".join(parts) + head).encode(), f"\r\n--{boundary}--\r\n".encode()
        self.file, self.size = file, size

    def __len__(self) -> int:
        return len(self.head) + self.size + len(self.tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        left = self.size
        while left:
            chunk = self.file.read(min(CHUNK, left))
            if not chunk:
                raise ValueError("an input is shorter than it said")
            left -= len(chunk)
            yield chunk
        yield self.tail


def _part(boundary: str, facts: str, media_type: str = "") -> str:
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {facts}\r\n{kind}\r\n"


def upload(client: Client, source: Input) -> str:
    """The address under which Kie itself finds the file. Raises ProviderError."""
    name = secrets.token_hex(16) + _ending(source.media_type)
    try:
        file = source.open()
    except OSError:
        raise KieError(messages.NO_INPUT, code="input", retryable=True) from None
    with file:
        try:
            answer = _stream(client, source, file, name)
        except KieError as error:
            if error.code in SAME_EITHER_WAY or source.size > BASE64_LIMIT:
                raise
            answer = _base64(client, source, file, name)
    address = answer.get("downloadUrl") if isinstance(answer, Mapping) else None
    if not isinstance(address, str) or urlsplit(address).scheme not in {"http", "https"}:
        raise KieError(messages.UNREADABLE, code="unreadable", retryable=True)
    return address


def _stream(client: Client, source: Input, file: BinaryIO, name: str) -> object:
    def form() -> tuple[str, Multipart]:
        file.seek(0)
        fields = {"uploadPath": FOLDER, "fileName": name}
        body = Multipart(fields, file, name=name, media_type=source.media_type, size=source.size)
        return body.content_type, body

    return client.read("POST", STREAM, upload=form)


def _base64(client: Client, source: Input, file: BinaryIO, name: str) -> object:
    file.seek(0)
    data = base64.b64encode(file.read(BASE64_LIMIT)).decode()
    body = {"base64Data": f"data:{source.media_type};base64,{data}", "uploadPath": FOLDER, "fileName": name}
    return client.read("POST", BASE64, body=body)


def _ending(media_type: str) -> str:
    """What the served type follows from: a wrong ending is a refused picture (kie-api.md 11)."""
    return ENDINGS.get(media_type) or mimetypes.guess_extension(media_type) or ".bin"
