"""Where a piece came from and what came of it: generation by generation, with what the whole family cost.

`Asset.links` are the places of an asset in the requests that used or made it; which room keeps them is not asked here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from studio.library.models import Asset, Source

DEEP, MOST = 6, 60  # generations each way; pieces in all


@dataclass(frozen=True, slots=True)
class Relative:
    asset: Asset
    is_self: bool

    @property
    def url(self) -> str:
        return self.asset.get_absolute_url()

    @property
    def thumb(self) -> str:
        return "" if self.asset.is_gone else self.asset.small_url


@dataclass(frozen=True, slots=True)
class Family:
    generations: list[list[Relative]]
    count: int
    cost: int
    is_cut: bool

    @property
    def is_large(self) -> bool:
        return self.count > 1


def of(asset: Asset) -> Family:
    seen = {asset.pk}
    before = _walk(asset, seen, back=True)
    after = _walk(asset, seen, back=False)
    rows = [*reversed(before), [asset], *after]
    every = [each for row in rows for each in row]
    return Family(
        generations=[[Relative(each, each.pk == asset.pk) for each in row] for row in rows],
        count=len(every),
        cost=sum(each.cost for each in every),
        is_cut=len(seen) >= MOST or max(len(before), len(after)) >= DEEP,
    )


def _walk(asset: Asset, seen: set[UUID], *, back: bool) -> list[list[Asset]]:
    rows: list[list[Asset]] = []
    now: Iterable[UUID] = [asset.pk]
    while len(rows) < DEEP and len(seen) < MOST:
        row = _next(asset, list(now), seen, MOST - len(seen), back=back)
        if not row:
            break
        seen.update(each.pk for each in row)
        now = [each.pk for each in row]
        rows.append(row)
    return rows


def _next(asset: Asset, ids: list[UUID], seen: Collection[UUID], room: int, *, back: bool) -> list[Asset]:
    mine, theirs = ("input", "output") if back else ("output", "input")
    through = {"links__role": mine, "links__task__links__role": theirs, "links__task__links__asset__in": ids}
    rows = Asset.objects.filter(team_id=asset.team_id, **through).exclude(source=Source.MASK).exclude(pk__in=seen)
    return list(rows.distinct().order_by("created_at", "id")[:room])
