"""The way in for a person's own pictures: told by content, turned upright, freed of all but their pixels, then kept.

What is kept is always a file that we wrote ourselves. Whatever else was in the one that came (a place, a thumbnail, a
second file behind the picture) is gone.
"""

import hashlib
import io
import struct
import threading
import uuid
import warnings
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageDraw, ImageOps

from studio.accounts import limits
from studio.accounts.models import Member
from studio.library import space, storage, trash
from studio.library.models import Asset, Source

LIMIT = 26_214_400  # bytes; what the upstream takes, kie-api.md 10.1
TIMES, WINDOW = 120, timedelta(minutes=10)  # files of one member
NAME = 120  # characters of a file's name that are kept as its title
FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP"}  # what comes: what is written
QUALITY = {"JPEG": {"quality": 95, "subsampling": 0}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 95}}
BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, struct.error, OverflowError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
ONE_AT_A_TIME = threading.Lock()  # a large picture takes some hundred megabytes while it is read

Box = tuple[int, int, int, int]  # left, top, width, height in percent


class RefusedError(Exception):
    """The file is not taken; the message is a sentence for the person."""

    status = 422


class TooLargeError(RefusedError):
    status = 413


class TooOftenError(RefusedError):
    status = 429


def keep_upload(*, member: Member, upload: "UploadedFile[Any]") -> Asset:
    """The picture as an asset of the team; the same picture twice is one asset. Raises RefusedError, and NoRoomError
    when disk or quota are full."""
    _count(member)
    if (upload.size or 0) > LIMIT:
        raise TooLargeError(_("This file is larger than 25 MB. Up to 25 MB are taken."))
    with ONE_AT_A_TIME:
        picture, kind = _read(upload)
        return _keep(member, _written(picture, kind), Source.UPLOAD, _title(upload.name or ""))


def keep_mask(*, member: Member, upload: "UploadedFile[Any]", of: Asset) -> Asset | None:
    """A painted mask, black where `of` may change, made as large as that; None when nothing is painted."""
    _count(member)
    if (upload.size or 0) > LIMIT:
        raise TooLargeError(_("This file is larger than 25 MB. Up to 25 MB are taken."))
    with ONE_AT_A_TIME:
        picture, _kind = _read(upload)
        return _keep_mask(member, picture, of)


def keep_box(*, member: Member, box: Box, of: Asset) -> Asset | None:
    """A rectangle of `of` as its mask; None when it is empty."""
    left, top, width, height = box
    size = (of.width or 1, of.height or 1)
    edges = [left, top, min(100, left + width), min(100, top + height)]
    x0, y0, x1, y1 = (round(edge / 100 * size[place % 2]) for place, edge in enumerate(edges))
    picture = Image.new("L", size, 255)
    if x1 > x0 and y1 > y0:
        ImageDraw.Draw(picture).rectangle((x0, y0, x1 - 1, y1 - 1), fill=0)
    return _keep_mask(member, picture, of)


def _count(member: Member) -> None:
    """Raises TooOftenError when one person brings more than any hand can choose."""
    if not limits.within("upload", member.pk, times=TIMES, window=WINDOW):
        raise TooOftenError(_("Those were many files at once. Wait some minutes, then bring the next."))


def _keep_mask(member: Member, picture: Image.Image, of: Asset) -> Asset | None:
    if "A" in picture.getbands():  # what is not painted may be left transparent
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    grey = picture.convert("L").resize((of.width or 1, of.height or 1), Image.Resampling.BILINEAR)
    mask = grey.point(lambda tone: 255 if tone > 127 else 0)
    if mask.getextrema() == (255, 255):
        return None
    return _keep(member, _written(mask, "PNG"), Source.MASK, "")


def _keep(member: Member, content: bytes, source: Source, title: str) -> Asset:
    space.check(member.team)
    origin = storage.Origin(
        team=member.team,
        made_by=member.user,
        request=uuid.uuid5(member.team.pk, f"{source} {hashlib.sha256(content).hexdigest()}"),
        position=0,
        at=timezone.now(),
        generator="",
        prompt=title,
        provider="",
        parameters={},
        source=source,
    )
    try:
        kept = storage.keep_image(io.BytesIO(content), origin=origin, facts={})
    except storage.NotKeepableError as error:
        raise RefusedError(_("This picture could not be kept.")) from error
    except OSError as error:
        if not space.is_full(error):
            raise
        raise space.NoRoomError(_("There is no room left for this file. Whoever runs this studio can help.")) from error
    if kept.is_trashed:  # whoever brings it again wants it
        trash.restore(member.team, [kept.pk])
        kept.refresh_from_db()
    return kept


def _read(file: "UploadedFile[Any]") -> tuple[Image.Image, str]:
    """The decoded picture, upright and in plain colours, and the format that it should be written in."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what its notes say is not kept anyhow
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=["JPEG", "PNG", "GIF", "WEBP"])
            if picture.width * picture.height > storage.MAX_PIXELS or max(picture.size) > storage.MAX_SIDE:
                raise RefusedError(_("This picture has too many pixels. Up to 64 million are taken."))
            kind = FORMATS[str(picture.format)]
            picture.load()
    except BOMBS as error:
        raise RefusedError(_("This picture has too many pixels. Up to 64 million are taken.")) from error
    except BROKEN as error:
        raise RefusedError(_("This is no picture that can be read. JPEG, PNG, WebP and GIF are taken.")) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = _plain(_spared(ImageOps.exif_transpose, picture))
    plain.info.clear()
    return plain, kind


def _spared(change: Callable[[Image.Image], Image.Image], picture: Image.Image) -> Image.Image:
    """The changed picture, or as it was when what the change reads from the file is broken."""
    try:
        return change(picture)
    except (*BROKEN, ImageCms.PyCMSError):
        return picture


def _plain(picture: Image.Image) -> Image.Image:
    """RGB or RGBA, in the colours of every screen: without its profile the numbers would mean others."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.point(lambda tone: tone / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.info.get("icc_profile") and picture.mode in {"RGB", "CMYK"}:
        picture = _spared(_in_srgb, picture)
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    given = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
    changed = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return changed or picture


def _written(picture: Image.Image, kind: str) -> bytes:
    """The file that is kept, as near to what came as fits the limit."""
    tries = [(kind, QUALITY[kind]), ("WEBP", QUALITY["WEBP"]), ("WEBP", {"quality": 80})]
    for form, options in tries:
        out = io.BytesIO()
        picture.save(out, form, **options)
        if out.tell() <= LIMIT:
            return out.getvalue()
    raise TooLargeError(_("This file is larger than 25 MB. Up to 25 MB are taken."))


def _title(name: str) -> str:
    """The file's own name, for people; storage never sees it."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return "".join(sign for sign in stem if sign.isprintable())[:NAME].strip()
