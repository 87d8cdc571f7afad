"""The links above the mosaic: each is an address that shows the same pieces, filtered in one more way or one less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, UUIDField
from django.urls import reverse
from django.utils.translation import gettext as _

from studio.accounts.models import Member, User
from studio.library import details
from studio.library.filters import SPANS, UPLOADED, Filters, Scope
from studio.library.models import WIDTHS, Asset, Board, BoardItem, Kind, Tally
from studio.library.trash import TALLY
from studio.providers import registry as providers

BOARDS = 50  # chips at most


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str
    is_on: bool = False
    count: int | None = None
    image: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice that opens: `chosen` is what stands on it, `off` leads back to everything."""

    name: str
    label: str
    icon: str
    chips: list[Chip]
    chosen: str = ""
    off: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    kinds: list[Chip]
    menus: list[Menu]
    marks: list[Chip]
    boards: list[Chip]
    hidden: dict[str, str] = field(default_factory=dict)  # what a search keeps of the other filters


def bar(scope: Scope) -> Bar:
    filters, tally = scope.filters, Tally.of(scope.member.team)
    rest = {name: text for name, text in filters.query.items() if name != "q"}
    return Bar(_kinds(filters, tally), _menus(scope), _marks(scope, tally), _boards(scope), rest)


def boards_of(member: Member, on: Asset | None = None) -> QuerySet[Any]:
    """Those that the member sees, or those of them that an asset is on, with the id of their newest piece as `cover`."""
    newest = BoardItem.objects.filter(board=OuterRef("pk"), asset__trashed_at=None).order_by("-made_at", "-asset_id")
    seen = Board.objects.seen_by(member).filter(items__asset=on) if on else Board.objects.seen_by(member)
    boards = seen.annotate(cover=Subquery(newest.values("asset_id")[:1], output_field=UUIDField()))
    return boards.order_by("-created_at")[:BOARDS]


def cover_of(pk: UUID | None) -> str:
    return reverse("library:thumb", args=[pk, WIDTHS[0]]) if pk else ""


def _kinds(filters: Filters, tally: dict[str, int]) -> list[Chip]:
    counts = {kind: tally.get(f"kind:{kind.value}", 0) for kind in Kind}
    is_all = not filters.kind and not filters.trash
    chips = [Chip(_("All"), filters.but(kind="", trash="").url, is_all, sum(counts.values()))]
    for kind, count in counts.items():
        is_on = filters.kind == kind
        if count or is_on:
            chips.append(Chip(str(kind.label), filters.but(kind=kind.value, trash="").url, is_on, count))
    return chips


def _menus(scope: Scope) -> list[Menu]:
    filters = scope.filters
    people = User.objects.filter(memberships__team=scope.member.team_id).order_by("name").values_list("pk", "name")
    engines = [(name, details.provider_name(name)) for name in providers.names()]
    days = {"today": _("Today"), "week": _("Last 7 days"), "month": _("Last 30 days"), "year": _("Last 12 months")}
    return [
        _menu(filters, "by", _("Person"), "user", [(str(pk), name) for pk, name in people]),
        _menu(filters, "engine", _("Engine"), "cpu", [*engines, (UPLOADED, _("Uploaded"))]),
        _menu(filters, "when", _("Date"), "calendar", [(name, days[name]) for name in SPANS]),
    ]


def _menu(filters: Filters, name: str, label: str, icon: str, choices: Iterable[tuple[str, str]]) -> Menu:
    now = getattr(filters, name)
    chips = [Chip(text, filters.but(**{name: value}).url, value == now) for value, text in choices]
    chosen = next((chip.label for chip in chips if chip.is_on), now)
    return Menu(name, label, icon, chips, chosen, filters.but(**{name: ""}).url if now else "")


def _marks(scope: Scope, tally: dict[str, int]) -> list[Chip]:
    filters = scope.filters
    star = filters.but(star="" if filters.star else "1", trash="").url
    chips = [Chip(_("Starred"), star, bool(filters.star), icon="star")]
    if scope.tag:
        chips.append(Chip(scope.tag.name, filters.but(tag="").url, is_on=True, icon="tag"))
    if tally.get(TALLY) or filters.trash:
        trash = Filters().url if filters.trash else Filters(trash="1").url
        chips.append(Chip(_("Trash"), trash, bool(filters.trash), tally.get(TALLY, 0), icon="trash-2"))
    return chips


def _boards(scope: Scope) -> list[Chip]:
    filters, chips = scope.filters, []
    for board in boards_of(scope.member):
        is_on = filters.board == str(board.pk)
        url = filters.but(board="" if is_on else str(board.pk), trash="").url
        icon = "lock" if board.is_private else ""
        chips.append(Chip(board.name, url, is_on, board.count, cover_of(board.cover), icon))
    return chips
