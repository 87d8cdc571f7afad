"""Many pieces as one ZIP, written while it is sent: no temporary file, no thread and no connection that waits.

With the pieces come `manifest.json` (what each is, and how it was made) and `index.html`, a contact sheet that needs
nothing from outside. Pictures are stored as they are: they are compressed already.
"""

import json
import re
import zipfile
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from studio.accounts.models import Team
from studio.library.models import Asset
from studio.library.serving import CHUNK

STEM = 60  # letters of a title in a file's name
RESERVED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#%&{}$!\'`@^~+=;,\[\]()]+|\s+')
STYLE = "contact-sheet.css"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a ZIP needs to know of an asset, read before the first byte is sent."""

    name: str
    stored: str
    at: datetime
    told: dict[str, Any]

    @property
    def link(self) -> str:
        return quote(self.name)


class _Pipe:
    """Takes what `zipfile` writes; it cannot be rewound, so sizes are told after each file."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """Whoever reads it knows when it ends."""

    def drain(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def answer(team: Team, assets: Sequence[Asset]) -> StreamingHttpResponse:
    """Reads rows now, and files only as they are sent."""
    pieces = pieces_of(assets)
    name = f"studio-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    chunks = stream(str(team), pieces, translation.get_language())
    return StreamingHttpResponse(chunks, headers=headers, content_type="application/zip")


def pieces_of(assets: Iterable[Asset]) -> list[Piece]:
    names: set[str] = set()
    return [Piece(_name(asset, names), asset.name, asset.created_at, _told(asset)) for asset in assets]


async def stream(team: str, pieces: Sequence[Piece], language: str | None) -> AsyncGenerator[bytes, None]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        missing: set[str] = set()
        for piece in pieces:
            try:
                async with aclosing(_file(archive, pipe, piece)) as chunks:
                    async for chunk in chunks:
                        yield chunk
            except FileNotFoundError:
                missing.add(piece.name)
        for name, text in await sync_to_async(_papers, thread_sensitive=False)(team, pieces, missing, language):
            archive.writestr(_info(name, timezone.now()), text, zipfile.ZIP_DEFLATED)
        yield pipe.drain()
    yield pipe.drain()


async def _file(archive: zipfile.ZipFile, pipe: _Pipe, piece: Piece) -> AsyncGenerator[bytes, None]:
    file = await sync_to_async(default_storage.open, thread_sensitive=False)(piece.stored)
    read = sync_to_async(file.read, thread_sensitive=False)
    try:
        with archive.open(_info(piece.name, piece.at), "w", force_zip64=True) as entry:
            while chunk := await read(CHUNK):
                entry.write(chunk)
                yield pipe.drain()
    finally:
        await sync_to_async(file.close, thread_sensitive=False)()


def _papers(team: str, pieces: Sequence[Piece], missing: set[str], language: str | None) -> list[tuple[str, str]]:
    there = [piece for piece in pieces if piece.name not in missing]
    told = [{**piece.told, "file": None if piece.name in missing else piece.name} for piece in pieces]
    manifest = {"team": team, "made_at": timezone.now().isoformat(timespec="seconds"), "pieces": told}
    with translation.override(language):
        sheet = render_to_string("library/contact_sheet.html", {"team": team, "pieces": there, "style": STYLE})
    style = finders.find(f"css/{STYLE}")
    assert isinstance(style, str)
    return [
        ("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2)),
        ("index.html", sheet),
        (STYLE, Path(style).read_text(encoding="utf-8")),
    ]


def _told(asset: Asset) -> dict[str, Any]:
    return {
        "id": str(asset.pk),
        "title": asset.title,
        "prompt": asset.prompt,
        "words": asset.words,
        "kind": asset.kind,
        "source": asset.source,
        "made_at": asset.created_at.astimezone(UTC).isoformat(),
        "task": str(asset.origin) if asset.is_made and asset.origin else None,
        "engine": asset.provider,
        "parameters": asset.parameters,
        "seed": asset.facts.get("seed", asset.parameters.get("seed")),
        "credits": asset.cost / 100,
        "width": asset.width,
        "height": asset.height,
        "media_type": asset.media_type,
        "size": asset.size,
        "sha256": asset.checksum,
    }


def _name(asset: Asset, taken: set[str]) -> str:
    """`2026-11-25 lighthouse-on-a-cliff 01.png`, each once, also where case is no difference."""
    stem = RESERVED.sub("-", asset.title)[:STEM].strip("-. ") or _("piece")
    day, number = f"{timezone.localtime(asset.created_at):%Y-%m-%d}", 1
    while (name := f"{day} {re.sub('-{2,}', '-', stem)} {number:02}.{asset.extension}").casefold() in taken:
        number += 1
    taken.add(name.casefold())
    return name


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    moment = timezone.localtime(at)
    info = zipfile.ZipInfo(name, (max(1980, moment.year), *moment.timetuple()[1:6]))
    info.external_attr = 0o644 << 16
    return info
