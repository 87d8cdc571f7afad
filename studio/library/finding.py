"""Finds the pieces that a scope means, newest first, from a place on. Each way begins at the index that is in that
order already, so that a page costs the same in a large library as in a small one."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from studio.library import search
from studio.library.filters import Scope, span_of
from studio.library.models import Asset, AssetTag, BoardItem, Source, Star

Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class _Root:
    """Where to begin: rows, the way from them to their asset, and the fields of their order."""

    rows: QuerySet[Any]
    prefix: str = ""
    order: tuple[str, ...] = ("created_at", "id")


def find(scope: Scope, place: Place | None, count: int) -> list[Asset]:
    root = _root(scope)
    if root is None:
        return []
    rows = root.rows.filter(_shelf(scope, root.prefix), _facets(scope, root.prefix), *_marks(scope, root.prefix))
    if place:
        rows = rows.filter(_beyond(root, place))
    rows = rows.order_by(*(f"-{name}" for name in root.order))
    ids = list(rows.values_list(f"{root.prefix}id", flat=True)[:count])
    return by_id(ids)


def by_id(ids: Sequence[UUID]) -> list[Asset]:
    """In the order of the ids."""
    found = {asset.pk: asset for asset in Asset.objects.select_related("made_by").filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def _root(scope: Scope) -> _Root | None:
    wanted, marks = scope.filters, ("made_at", "asset_id")
    if wanted.q:
        hits = search.search(scope.member.team, wanted.q)
        return None if hits is None else _Root(hits, search.prefix(), ("pk",))
    if scope.board:
        return _Root(BoardItem.objects.filter(board=scope.board), "asset__", marks)
    if scope.tag:
        return _Root(AssetTag.objects.filter(tag=scope.tag), "asset__", marks)
    if wanted.star:
        return _Root(_stars(scope), "asset__", marks)
    return _Root(Asset.objects.for_team(scope.member.team))


def _shelf(scope: Scope, prefix: str) -> Q:
    """As `models.LISTED` and `models.IN_TRASH` say it, seen from elsewhere."""
    if scope.filters.trash:
        return Q(**{f"{prefix}trashed_at__isnull": False, f"{prefix}gone_at__isnull": True})
    return Q(**{f"{prefix}trashed_at__isnull": True}) & ~Q(**{f"{prefix}source": Source.MASK})


def _facets(scope: Scope, prefix: str) -> Q:
    wanted = scope.filters
    given: dict[str, Any] = {}
    if wanted.kind:
        given["kind"] = wanted.kind
    if wanted.by:
        given["made_by"] = int(wanted.by)
    if wanted.engine:
        given["provider"] = wanted.provider
    if span := span_of(wanted.when):
        given["created_at__gte"] = span[0]
        if span[1]:
            given["created_at__lt"] = span[1]
    return Q(**{f"{prefix}{name}": value for name, value in given.items()})


def _marks(scope: Scope, prefix: str) -> list[Exists]:
    """What else an asset must have; a row more for the one that was begun with costs little."""
    this = {"asset": OuterRef(f"{prefix}id")}
    found = []
    if scope.board:
        found.append(Exists(BoardItem.objects.filter(board=scope.board, **this)))
    if scope.tag:
        found.append(Exists(AssetTag.objects.filter(tag=scope.tag, **this)))
    if scope.filters.star:
        found.append(Exists(_stars(scope).filter(**this)))
    return found


def _stars(scope: Scope) -> QuerySet[Star]:
    return Star.objects.filter(user=scope.member.user_id, team=scope.member.team_id)


def _beyond(root: _Root, place: Place) -> Q:
    made, pk = place
    if root.order == ("pk",):
        at = search.place_of(pk)
        return Q(pk__lt=at) if at else Q(**{f"{root.prefix}created_at__lt": made})
    time, tie = root.order
    # The first condition looks needless; without it the index is walked from its beginning.
    return Q(**{f"{time}__lte": made}) & (Q(**{f"{time}__lt": made}) | Q(**{f"{tie}__lt": pk}))


def cursor(asset: Asset) -> str:
    return base64.urlsafe_b64encode(f"{asset.created_at.isoformat()} {asset.pk}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Place | None:
    """None for one that cannot be read: then a page begins at the top."""
    try:
        made, pk = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split()
        at = datetime.fromisoformat(made)
        return (at.astimezone(UTC), UUID(pk)) if timezone.is_aware(at) else None
    except (ValueError, OverflowError, binascii.Error):  # also years that only exist in another zone than UTC
        return None
