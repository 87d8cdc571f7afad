"""The one way for a file into the library: told by its content, measured, hashed, copied, with small pictures beside it."""

import hashlib
import io
import uuid
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from studio.accounts.models import Team, User
from studio.library import films, search
from studio.library.models import WIDTHS, Asset, Kind, Source, Tally, Usage

CHUNK = 256 * 1024
MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64_000_000
MAX_SIDE = 16_383  # pixels: WebP takes no more
MAX_FILM_BYTES = 200 * 1024 * 1024
FILM = ("mp4", "video/mp4")
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
    upstream_id: str = ""
    connection: str = ""
    upstream_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a file was found to be; `picture` is what its small copies show."""

    kind: Kind
    extension: str
    media_type: str
    picture: Image.Image
    width: int
    height: int
    duration: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def kept(origin: Origin) -> Asset | None:
    """The asset of this output, when it has one already."""
    return Asset.objects.filter(origin=origin.request, position=origin.position).first()


def half_kept(origin: Origin) -> BinaryIO | None:
    """The file of this output when whoever stored it died between the file and its row; for the caller to close."""
    for extension, _media_type in (*FORMATS.values(), FILM):
        if default_storage.exists(name := _name(origin, extension)):
            return cast("BinaryIO", default_storage.open(name))
    return None


def open_file(asset: Asset) -> BinaryIO:
    """The asset's file, for the caller to close. Raises FileNotFoundError when storage lost it."""
    return cast("BinaryIO", default_storage.open(asset.name))


def keep(file: BinaryIO, *, kind: str, origin: Origin, facts: Mapping[str, Any]) -> Asset:
    """Keep an output of that kind, as the functions below do. Raises KeyError for a kind that is none."""
    return KEEP[Kind(kind)](file, origin=origin, facts=facts)


def keep_image(file: BinaryIO, *, origin: Origin, facts: Mapping[str, Any]) -> Asset:
    """Keep the picture in `file`, which can be read again and again; called twice for the same output it returns the
    first asset.

    The files come first and the row last: what has a row is whole, however the process ends. Raises NotKeepableError
    for what is no PNG, JPEG or WebP of a sane size, and OSError when the disk is full (`space.is_full`).
    """
    return _keep(file, origin, facts, look=_look_at_picture, most=MAX_BYTES)


def keep_video(file: BinaryIO, *, origin: Origin, facts: Mapping[str, Any]) -> Asset:
    """The same for an MP4 with pictures in it; its small copies show its first picture."""
    return _keep(file, origin, facts, look=_look_at_film, most=MAX_FILM_BYTES)


KEEP = {Kind.IMAGE: keep_image, Kind.VIDEO: keep_video}


def _keep(
    file: BinaryIO,
    origin: Origin,
    facts: Mapping[str, Any],
    *,
    look: Callable[[BinaryIO], _Content],
    most: int,
) -> Asset:
    existing = kept(origin)
    if existing is not None and not existing.is_gone:
        return existing
    checksum, size = _measure(file, most)
    found = look(file)
    asset = Asset(
        id=_id(origin),
        team=origin.team,
        made_by=origin.made_by,
        kind=found.kind,
        source=origin.source,
        generator=origin.generator,
        prompt=origin.prompt,
        words=origin.words,
        provider=origin.provider,
        origin=origin.request,
        position=origin.position,
        parameters=dict(origin.parameters),
        facts={**facts, **found.facts},
        cost=origin.cost,
        media_type=found.media_type,
        size=size,
        checksum=checksum,
        width=found.width,
        height=found.height,
        duration=found.duration,
        upstream_id=origin.upstream_id,
        connection=origin.connection,
        upstream_until=origin.upstream_until,
    )
    file.seek(0)
    asset.file.name = default_storage.save(_name(origin, found.extension), File(file))
    _save_thumbnails(asset, found.picture)
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


def _look_at_picture(file: BinaryIO) -> _Content:
    picture, extension, media_type = _open(file)
    return _Content(
        kind=Kind.IMAGE,
        extension=extension,
        media_type=media_type,
        picture=picture,
        width=picture.width,
        height=picture.height,
    )


def _look_at_film(file: BinaryIO) -> _Content:
    try:
        film = films.look(file)
    except films.NoFilmError as error:
        raise NotKeepableError(str(error)) from error
    return _Content(
        kind=Kind.VIDEO,
        extension=FILM[0],
        media_type=FILM[1],
        picture=film.poster,
        width=film.width,
        height=film.height,
        duration=film.seconds,
        facts={"fps": film.fps},
    )


def _id(origin: Origin) -> uuid.UUID:
    """From the request and the place alone: a second try, also after a crash, means the same row and file."""
    return uuid.uuid5(origin.request, str(origin.position))


def _name(origin: Origin, extension: str) -> str:
    return f"teams/{origin.team.pk}/{origin.at:%Y/%m}/{_id(origin)}.{extension}"


def _measure(file: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > most:
            raise NotKeepableError(f"the file is larger than {most // 1024**2} MB")
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
