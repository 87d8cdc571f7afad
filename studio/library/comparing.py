"""Two pieces, and what differs between them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from studio.catalog import registry
from studio.library import details
from studio.library.filters import address
from studio.library.models import Asset


@dataclass(frozen=True, slots=True)
class Side:
    letter: str
    asset: Asset
    image: str
    remix_url: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    first: str
    second: str

    @property
    def is_same(self) -> bool:
        return self.first == self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    first: Side
    second: Side
    rows: list[Row]
    is_side: bool
    slider_url: str
    side_url: str
    swap_url: str

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second


def pair(first: Asset, second: Asset, *, is_side: bool) -> Pair:
    both = {"a": first.pk, "b": second.pk}
    view = {"view": "side"} if is_side else {}
    return Pair(
        first=_side("A", first),
        second=_side("B", second),
        rows=rows(first, second),
        is_side=is_side,
        slider_url=address("library:compare", both),
        side_url=address("library:compare", {**both, "view": "side"}),
        swap_url=address("library:compare", {"a": second.pk, "b": first.pk, **view}),
    )


def rows(first: Asset, second: Asset) -> list[Row]:
    """What differs comes first."""
    told = [dict(_told(asset)) for asset in (first, second)]
    labels = dict.fromkeys([*told[0], *told[1]])
    found = [Row(label, told[0].get(label, "–"), told[1].get(label, "–")) for label in labels]
    return sorted(found, key=lambda row: row.is_same)


def _told(asset: Asset) -> details.Rows:
    engine = details.provider_name(asset.provider) if asset.is_made else str(asset.get_source_display())
    size = [(_("Size"), f"{asset.width} × {asset.height}")] if asset.width and asset.height else []
    return [*details.parameters(asset), *size, (_("Engine"), engine)]


def _side(letter: str, asset: Asset) -> Side:
    is_here = any(generator.kind == asset.generator for generator in registry.every())
    remix = asset.is_made and asset.origin is not None and is_here
    return Side(
        letter=letter,
        asset=asset,
        image=reverse("library:file", args=[asset.pk]),
        remix_url=f"{reverse('tasks:tool', args=[asset.generator])}?from={asset.origin}" if remix else "",
    )
