"""The team's assets as the Library page shows them: newest first, by day, one page after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from studio.accounts.models import Member, Team
from studio.library.filters import Scope, address
from studio.library.finding import Place, cursor, find, read_cursor
from studio.library.models import WIDTHS, Asset, AssetQuerySet, Kind, Star, Tally

PAGE = 60
MOST = 20  # pages that one address shows at once
CHOICE = 24
NEWS = 99  # new pieces that are counted
COUNTED = 1000  # pieces before one that are counted to tell its place


@dataclass(frozen=True, slots=True)
class Tile:
    asset: Asset
    url: str
    view_url: str
    thumb: str
    srcset: str
    caption: str
    is_starred: bool = False
    mark: str = ""

    @property
    def title(self) -> str:
        return self.asset.title


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
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def more_url(self) -> str:
        """What the next page adds to this one."""
        query = {**self.query, "after": self.after, "page": self.number}
        return address("library:more", query) if self.after else ""

    @property
    def older_url(self) -> str:
        """The next page as a page of its own."""
        return address("library:home", {**self.query, "after": self.after})


def page(scope: Scope, after: str = "", pages: int = 1) -> Page:
    """The mosaic from a cursor on, as many pages of it as were opened; an unreadable cursor begins at the top."""
    place = read_cursor(after)
    pages = min(max(pages, 1), MOST)
    rows = find(scope, place, PAGE * pages + 1)  # one more, to know whether there are more
    shown = rows[: PAGE * pages]
    return Page(
        days=_by_day(shown, scope.member),
        after=cursor(shown[-1]) if len(rows) > len(shown) else "",
        number=pages + 1,
        newest=cursor(shown[0]) if shown and not place else "",
        query=scope.filters.query,
    )


def next_page(scope: Scope, after: str, number: int) -> Page:
    """What follows on a page that shows everything up to the cursor: a day that goes on gets no second heading."""
    place = read_cursor(after)
    rows = find(scope, place, PAGE + 1)
    shown = rows[:PAGE]
    days = _by_day(shown, scope.member)
    goes_on = bool(days and place and days[0].key == f"{timezone.localtime(place[0]):%Y-%m-%d}")
    return Page(
        days=days[1:] if goes_on else days,
        after=cursor(shown[-1]) if len(rows) > PAGE else "",
        number=min(max(number, 1), MOST) + 1,
        continued=days[0] if goes_on else None,
        query=scope.filters.query,
    )


def newer(team: Team, newest: str) -> int:
    """How many pieces have come in since the one that a cursor stands for; all, when it stands for none. Not more than
    a page can make something of."""
    return _above(Asset.objects.for_team(team).listed(), read_cursor(newest))[:NEWS].count()


def _above(assets: AssetQuerySet, place: Place | None) -> AssetQuerySet:
    if place is None:
        return assets
    made, pk = place
    return assets.filter(Q(created_at__gte=made) & (Q(created_at__gt=made) | Q(id__gt=pk)))


def _below(assets: AssetQuerySet, place: Place) -> AssetQuerySet:
    made, pk = place
    return assets.filter(Q(created_at__lte=made) & (Q(created_at__lt=made) | Q(id__lt=pk)))


@dataclass(frozen=True, slots=True)
class Choice:
    assets: list[Asset]
    after: str

    @property
    def more_url(self) -> str:
        return f"{reverse('library:picker')}?after={self.after}" if self.after else ""


def choice(team: Team, after: str = "") -> Choice:
    """The pictures that can go into a request, newest first, a few at a time."""
    pictures, place = Asset.objects.for_team(team).listed().filter(kind=Kind.IMAGE), read_cursor(after)
    rows = list((_below(pictures, place) if place else pictures).newest_first()[: CHOICE + 1])
    return Choice(assets=rows[:CHOICE], after=cursor(rows[CHOICE - 1]) if len(rows) > CHOICE else "")


def tile(asset: Asset, *, is_starred: bool = False) -> Tile:
    def small(width: int) -> str:
        return reverse("library:thumb", args=[asset.pk, width])

    who = asset.made_by.first_name if asset.made_by else ""
    sort = asset.get_kind_display() if asset.is_made else asset.get_source_display()
    at = formats.time_format(timezone.localtime(asset.created_at), "H:i")
    return Tile(
        asset=asset,
        is_starred=is_starred,
        url=asset.get_absolute_url(),
        view_url=reverse("library:viewer", args=[asset.pk]),
        thumb=small(640),
        srcset=", ".join(f"{small(width)} {width}w" for width in WIDTHS),
        caption=", ".join(filter(None, [str(sort), who, at])),
        mark=asset.length,
    )


def neighbours(asset: Asset) -> tuple[Asset | None, Asset | None]:
    """The asset before (newer) and after (older) in the Library."""
    every, place = Asset.objects.filter(team_id=asset.team_id).listed(), (asset.created_at, asset.pk)
    return _above(every, place).order_by("created_at", "id").first(), _below(every, place).newest_first().first()


def place_of(asset: Asset) -> tuple[int, int]:
    """Which it is in the Library, counted from the newest, and of how many; 0 when it is too far down to count."""
    every = Asset.objects.for_team(asset.team).listed()
    above = _above(every, (asset.created_at, asset.pk))[:COUNTED].count()
    return (0 if above == COUNTED or asset.is_trashed else above + 1), total(asset.team)


def total(team: Team) -> int:
    return sum(count for name, count in Tally.of(team).items() if name.startswith("kind:"))


def _by_day(assets: Sequence[Asset], member: Member) -> list[Day]:
    mine = Star.objects.filter(user=member.user_id, asset__in=[asset.pk for asset in assets])
    stars = set(mine.values_list("asset_id", flat=True)) if assets else set()
    return [
        Day(f"{day:%Y-%m-%d}", _day_name(day), [tile(asset, is_starred=asset.pk in stars) for asset in group])
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
