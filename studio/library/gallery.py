"""The team's assets as the Library page shows them: newest first, by day, one page after the other."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from studio.accounts.models import Team
from studio.library.models import WIDTHS, Asset, AssetQuerySet, Kind

PAGE = 60
MOST = 20  # pages that one address shows at once
CHOICE = 24


@dataclass(frozen=True, slots=True)
class Tile:
    asset: Asset
    url: str
    view_url: str
    thumb: str
    srcset: str
    caption: str
    mark: str = ""

    @property
    def prompt(self) -> str:
        return self.asset.prompt


@dataclass(frozen=True, slots=True)
class Day:
    key: str
    label: str
    tiles: list[Tile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """`days` as they follow what stands before them: `continued` are the tiles of a day that began there. `after` is the
    cursor of the next page, the `number`-th; `newest` that of the first piece of all, empty further down."""

    days: list[Day]
    after: str
    number: int
    newest: str = ""
    continued: Day | None = None

    @property
    def more_url(self) -> str:
        """What the next page adds to this one."""
        query = {"after": self.after, "page": self.number}
        return f"{reverse('library:more')}?{urlencode(query)}" if self.after else ""

    @property
    def older_url(self) -> str:
        """The next page as a page of its own."""
        return f"{reverse('library:home')}?{urlencode({'after': self.after})}"


def page(team: Team, after: str = "", pages: int = 1) -> Page:
    """The mosaic from a cursor on, as many pages of it as were opened; an unreadable cursor begins at the top."""
    place = _read_cursor(after)
    pages = min(max(pages, 1), MOST)
    rows = _rows(team, place, PAGE * pages)
    shown = rows[: PAGE * pages]
    return Page(
        days=_by_day(shown),
        after=_cursor(shown[-1]) if len(rows) > len(shown) else "",
        number=pages + 1,
        newest=_cursor(shown[0]) if shown and not place else "",
    )


def next_page(team: Team, after: str, number: int) -> Page:
    """What follows on a page that shows everything up to the cursor: a day that goes on gets no second heading."""
    place = _read_cursor(after)
    rows = _rows(team, place, PAGE)
    shown = rows[:PAGE]
    days = _by_day(shown)
    goes_on = bool(days and place and days[0].key == f"{timezone.localtime(place[0]):%Y-%m-%d}")
    return Page(
        days=days[1:] if goes_on else days,
        after=_cursor(shown[-1]) if len(rows) > PAGE else "",
        number=min(max(number, 1), MOST) + 1,
        continued=days[0] if goes_on else None,
    )


def _rows(team: Team, place: tuple[datetime, UUID] | None, count: int) -> list[Asset]:
    """One more than `count`, to know whether there are more."""
    return _after(Asset.objects.for_team(team).select_related("made_by"), place, count)


def _after(assets: AssetQuerySet, place: tuple[datetime, UUID] | None, count: int) -> list[Asset]:
    assets = assets.listed().newest_first()
    if place:
        made, pk = place
        assets = assets.filter(Q(created_at__lt=made) | Q(created_at=made, id__lt=pk))
    return list(assets[: count + 1])


def newer(team: Team, cursor: str) -> int:
    """How many pieces have come in since the one that a cursor stands for; all, when it stands for none."""
    assets = Asset.objects.for_team(team).listed()
    if place := _read_cursor(cursor):
        made, pk = place
        assets = assets.filter(Q(created_at__gt=made) | Q(created_at=made, id__gt=pk))
    return assets.count()


@dataclass(frozen=True, slots=True)
class Choice:
    assets: list[Asset]
    after: str

    @property
    def more_url(self) -> str:
        return f"{reverse('library:picker')}?after={self.after}" if self.after else ""


def choice(team: Team, after: str = "") -> Choice:
    """The pictures that can go into a request, newest first, a few at a time."""
    rows = _after(Asset.objects.for_team(team).filter(kind=Kind.IMAGE), _read_cursor(after), CHOICE)
    return Choice(assets=rows[:CHOICE], after=_cursor(rows[CHOICE - 1]) if len(rows) > CHOICE else "")


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
        mark=asset.length,
    )


def neighbours(asset: Asset) -> tuple[Asset | None, Asset | None]:
    """The asset before (newer) and after (older) in the Library."""
    every = Asset.objects.filter(team_id=asset.team_id).listed()
    at, pk = asset.created_at, asset.pk
    newer = every.filter(Q(created_at__gt=at) | Q(created_at=at, id__gt=pk)).order_by("created_at", "id").first()
    older = every.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=pk)).newest_first().first()
    return newer, older


def place_of(asset: Asset) -> tuple[int, int]:
    """Which it is in the Library, counted from the newest, and of how many."""
    team = asset.team
    return newer(team, _cursor(asset)) + 1, Asset.objects.for_team(team).count()


def _by_day(assets: Iterable[Asset]) -> list[Day]:
    return [
        Day(f"{day:%Y-%m-%d}", _day_name(day), [tile(asset) for asset in group])
        for day, group in groupby(assets, _local_day)
    ]


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
        return (at.astimezone(UTC), UUID(pk)) if timezone.is_aware(at) else None
    except (ValueError, OverflowError, binascii.Error):  # also years that only exist in another zone than UTC
        return None
