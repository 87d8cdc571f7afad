"""Hands files out: ranges, entity tags, private caching, and never as anything but what they are.

Chunks are read one at a time in the thread pool and nothing waits in a thread between them.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags, quote_etag

CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")  # no file has more bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A stored file as the browser is to see it. `etag` is unquoted and changes with the content."""

    name: str
    media_type: str
    size: int
    etag: str
    download_as: str = ""


class Unsatisfiable(Exception):  # noqa: N818  # the word of RFC 9110
    """The range begins after the end of the file."""


def span_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None when it is to be ignored (RFC 9110, 14.2)."""
    found = RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last), size - 1) if last else size - 1


async def size_of(name: str) -> int:
    """Bytes of a stored file. Raises FileNotFoundError."""
    return await sync_to_async(default_storage.size)(name)


async def serve(request: HttpRequest, served: Served) -> HttpResponseBase:
    """200, 206, 304 or 416 for one stored file. Raises FileNotFoundError when storage lost it."""
    etag = quote_etag(served.etag)
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if served.download_as:
        headers["Content-Disposition"] = f'attachment; filename="{served.download_as}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    if_range = request.headers.get("If-Range")
    try:
        asked = request.headers.get("Range", "") if if_range in {None, etag} else ""
        span = span_of(asked, served.size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{served.size}"})
    first, last = span or (0, served.size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if span:
        headers["Content-Range"] = f"bytes {first}-{last}/{served.size}"
    status = 206 if span else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=served.media_type)
    if not await sync_to_async(default_storage.exists)(served.name):
        raise FileNotFoundError(served.name)
    chunks = _chunks(served.name, first, last)
    return StreamingHttpResponse(chunks, status=status, headers=headers, content_type=served.media_type)


async def _chunks(name: str, first: int, last: int) -> AsyncIterator[bytes]:
    """Opens the file when the first chunk is wanted, so that an answer nobody reads leaves nothing open."""
    file = await sync_to_async(default_storage.open, thread_sensitive=False)(name)
    read = sync_to_async(file.read, thread_sensitive=False)
    try:
        await sync_to_async(file.seek, thread_sensitive=False)(first)
        left = last - first + 1
        while left > 0 and (chunk := await read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
    finally:
        await sync_to_async(file.close, thread_sensitive=False)()
