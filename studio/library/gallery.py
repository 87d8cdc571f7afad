"""The team's assets as the Library page shows them: newest first, by day, one page after the other."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from studio.accounts.models import Team
from studio.library.models import WIDTHS, Asset, AssetQuerySet, Kind

PAGE = 60
CHOICE = 24


@dataclass(frozen=True, slots=True)
class Tile:
    asset: Asset
    url: str
    view_url: str
    thumb: str
    srcset: str
    caption: str

    @property
    def prompt(self) -> str:
        return self.asset.prompt


@dataclass(frozen=True, slots=True)
class Day:
    label: str
    tiles: list[Tile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    days: list[Day]
    after: str

    @property
    def more_url(self) -> str:
        return f"{reverse('library:more')}?after={self.after}" if self.after else ""


@dataclass(frozen=True, slots=True)
class Choice:
    assets: list[Asset]
    after: str

    @property
    def more_url(self) -> str:
        return f"{reverse('library:picker')}?after={self.after}" if self.after else ""


def page(team: Team, after: str = "") -> Page:
    """The page of the mosaic that begins after a cursor; an unreadable cursor begins at the top."""
    assets, last = _slice(Asset.objects.for_team(team).select_related("made_by"), after, PAGE)
    return Page(days=_by_day(assets), after=last)


def choice(team: Team, after: str = "") -> Choice:
    """The pictures that can go into a request, newest first, a few at a time."""
    assets, last = _slice(Asset.objects.for_team(team).filter(kind=Kind.IMAGE), after, CHOICE)
    return Choice(assets=assets, after=last)


def _slice(assets: AssetQuerySet, after: str, count: int) -> tuple[list[Asset], str]:
    """So many after a cursor, and the cursor of the next ones; empty when these are the last."""
    assets = assets.listed().newest_first()
    if place := _read_cursor(after):
        made, pk = place
        assets = assets.filter(Q(created_at__lt=made) | Q(created_at=made, id__lt=pk))
    rows = list(assets[: count + 1])
    return rows[:count], _cursor(rows[count - 1]) if len(rows) > count else ""


def tile(asset: Asset) -> Tile:
    def small(width: int) -> str:
        return reverse("library:thumb", args=[asset.pk, width])

    who = asset.made_by.first_name if asset.made_by else ""
    sort = asset.get_kind_display() if asset.is_made else asset.get_source_display()
    at = formats.time_format(timezone.localtime(asset.created_at), "H:i")
    return Tile(
        asset=asset,
        url=asset.get_absolute_url(),
        view_url=reverse("library:viewer", args=[asset.pk]),
        thumb=small(640),
        srcset=", ".join(f"{small(width)} {width}w" for width in WIDTHS),
        caption=", ".join(filter(None, [str(sort), who, at])),
    )


def neighbours(asset: Asset) -> tuple[Asset | None, Asset | None]:
    """The asset before (newer) and after (older) in the Library."""
    every = Asset.objects.filter(team_id=asset.team_id).listed()
    at, pk = asset.created_at, asset.pk
    newer = every.filter(Q(created_at__gt=at) | Q(created_at=at, id__gt=pk)).order_by("created_at", "id").first()
    older = every.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=pk)).newest_first().first()
    return newer, older


def _by_day(assets: Iterable[Asset]) -> list[Day]:
    return [Day(_day_name(day), [tile(asset) for asset in group]) for day, group in groupby(assets, _local_day)]


def _local_day(asset: Asset) -> datetime:
    return timezone.localtime(asset.created_at).replace(hour=0, minute=0, second=0, microsecond=0)


def _day_name(day: datetime) -> str:
    ago = (timezone.localdate() - day.date()).days
    if ago == 0:
        return _("Today")
    if ago == 1:
        return _("Yesterday")
    return formats.date_format(day, "DATE_FORMAT")


def _cursor(asset: Asset) -> str:
    return base64.urlsafe_b64encode(f"{asset.created_at.isoformat()} {asset.pk}".encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[datetime, UUID] | None:
    try:
        made, pk = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split()
        at = datetime.fromisoformat(made)
        return (at, UUID(pk)) if timezone.is_aware(at) else None
    except (ValueError, binascii.Error):
        return None
