"""The one way for a file into the library: told by its content, measured, hashed, copied, with small pictures beside it."""

import hashlib
import io
import uuid
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from studio.accounts.models import Team, User
from studio.library import search
from studio.library.models import WIDTHS, Asset, Kind, Source, Tally, Usage

CHUNK = 256 * 1024
MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64_000_000
MAX_SIDE = 16_383  # pixels: WebP takes no more
FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "WEBP": ("webp", "image/webp")}


class NotKeepableError(Exception):
    """The file is not what it should be; the message says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file comes from: copied onto the asset. `at` is when it was asked for."""

    team: Team
    made_by: User | None
    request: uuid.UUID
    position: int
    at: datetime
    generator: str
    prompt: str
    provider: str
    parameters: Mapping[str, Any]
    cost: int = 0
    source: Source = Source.MADE
    words: str = ""


def kept(origin: Origin) -> Asset | None:
    """The asset of this output, when it has one already."""
    return Asset.objects.filter(origin=origin.request, position=origin.position).first()


def half_kept(origin: Origin) -> BinaryIO | None:
    """The file of this output when whoever stored it died between the file and its row; for the caller to close."""
    for extension, _media_type in FORMATS.values():
        if default_storage.exists(name := _name(origin, extension)):
            return cast("BinaryIO", default_storage.open(name))
    return None


def open_file(asset: Asset) -> BinaryIO:
    """The asset's file, for the caller to close. Raises FileNotFoundError when storage lost it."""
    return cast("BinaryIO", default_storage.open(asset.name))


def keep_image(file: BinaryIO, *, origin: Origin, facts: Mapping[str, Any]) -> Asset:
    """Keep the picture in `file`, which can be read again and again; called twice for the same output it returns the
    first asset.

    The files come first and the row last: what has a row is whole, however the process ends. Raises NotKeepableError
    for what is no PNG, JPEG or WebP of a sane size, and OSError when the disk is full (`space.is_full`).
    """
    existing = kept(origin)
    if existing is not None and not existing.is_gone:
        return existing
    checksum, size = _measure(file)
    picture, extension, media_type = _open(file)
    asset = Asset(
        id=_id(origin),
        team=origin.team,
        made_by=origin.made_by,
        kind=Kind.IMAGE,
        source=origin.source,
        generator=origin.generator,
        prompt=origin.prompt,
        words=origin.words,
        provider=origin.provider,
        origin=origin.request,
        position=origin.position,
        parameters=dict(origin.parameters),
        facts=dict(facts),
        cost=origin.cost,
        media_type=media_type,
        size=size,
        checksum=checksum,
        width=picture.width,
        height=picture.height,
    )
    file.seek(0)
    asset.file.name = default_storage.save(_name(origin, extension), File(file))
    _save_thumbnails(asset, picture)
    try:
        with transaction.atomic():
            if existing is None or not _bring_back(asset):
                asset.save(force_insert=True)
            _count(asset)
    except IntegrityError:  # another process stored the same output meanwhile, under the same name
        return Asset.objects.get(pk=asset.pk)
    return asset


def _bring_back(asset: Asset) -> bool:
    """Whether the row was there already, its file long removed."""
    anew = {"file": asset.file.name, "gone_at": None, "trashed_at": None}
    return bool(Asset.objects.filter(pk=asset.pk, gone_at__isnull=False).update(**anew))


def _count(asset: Asset) -> None:
    Usage.add(asset.team_id, asset.size)
    if not asset.is_mask:
        Tally.add(asset.team_id, f"kind:{asset.kind}", 1)
        search.note(asset)


def _id(origin: Origin) -> uuid.UUID:
    """From the request and the place alone: a second try, also after a crash, means the same row and file."""
    return uuid.uuid5(origin.request, str(origin.position))


def _name(origin: Origin, extension: str) -> str:
    return f"teams/{origin.team.pk}/{origin.at:%Y/%m}/{_id(origin)}.{extension}"


def _measure(file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise NotKeepableError("the file is larger than 64 MB")
    return digest.hexdigest(), size


def _open(file: BinaryIO) -> tuple[Image.Image, str, str]:
    """Decode the whole picture: what its name or a header claims is not enough."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=list(FORMATS))
            if picture.width * picture.height > MAX_PIXELS:
                raise NotKeepableError("the picture has too many pixels")
            kind = FORMATS[str(picture.format)]
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotKeepableError("the file is not a picture that can be read") from error
    return picture, *kind


def _save_thumbnails(asset: Asset, picture: Image.Image) -> None:
    """A small copy for each width; a picture narrower than that is copied at its own width."""
    base = picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB")
    for width in reversed(WIDTHS):
        if base.width > width:
            base = base.resize((width, max(1, round(base.height * width / base.width))), Image.Resampling.LANCZOS)
        small, copy = io.BytesIO(), base
        if copy.height > MAX_SIDE:
            copy = copy.resize((max(1, round(copy.width * MAX_SIDE / copy.height)), MAX_SIDE), Image.Resampling.LANCZOS)
        copy.save(small, "WEBP", quality=82, method=4)
        default_storage.save(asset.thumbnail(width), ContentFile(small.getvalue()))
