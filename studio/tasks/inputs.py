"""The assets that go into a task: found within its team, linked in the order that its slice names them, and opened for
its engine."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from uuid import UUID

from studio.accounts.models import Team
from studio.catalog.contract import Generator, TaskParams
from studio.library import storage
from studio.library.models import Asset
from studio.providers.contract import Input
from studio.tasks.models import Task, TaskAsset


class UnknownInputError(Exception):
    """The team has no such asset for `role`: never had, or not any more."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role


def find(team: Team, generator: Generator, params: TaskParams) -> list[Asset]:
    """Every input in its place. Raises UnknownInputError for what is not the team's, or not of the right kind."""
    wanted = _places(generator, params)
    found = _by_id(team, (pk for _role, pk in wanted)) if wanted else {}
    assets = []
    for role, pk in wanted:
        asset = found.get(pk)
        if asset is None or asset.kind != generator.input_kinds[role]:
            raise UnknownInputError(role)
        assets.append(asset)
    return assets


def link(task: Task, assets: Sequence[Asset]) -> None:
    TaskAsset.objects.bulk_create(
        TaskAsset(task=task, asset=asset, role=TaskAsset.Role.INPUT, position=place)
        for place, asset in enumerate(assets)
    )


def of(task: Task) -> tuple[Input, ...]:
    """The task's inputs as its provider sees them."""
    wanted = _places(task.generator, task.typed_params)
    if not wanted:
        return ()
    links = task.links.filter(role=TaskAsset.Role.INPUT).select_related("asset").order_by("position")
    return tuple(_input(role, link) for (role, _pk), link in zip(wanted, links, strict=True))


def chosen(team: Team, ids: Iterable[object]) -> list[Asset]:
    """The team's assets among these ids, in their order; what else they are is left out."""
    texts = [str(pk) for pk in ids]
    found = _by_id(team, texts) if texts else {}
    return [found[text] for text in texts if text in found]


def in_use(ids: Collection[UUID]) -> set[UUID]:
    """Those among these assets that a task still has to read."""
    links = TaskAsset.objects.filter(asset__in=ids, role=TaskAsset.Role.INPUT, task__finished_at=None)
    return set(links.values_list("asset_id", flat=True))


def _places(generator: Generator, params: TaskParams) -> list[tuple[str, str]]:
    """Role and id of each input: the order is their position in the task."""
    return [(role, pk) for role, ids in generator.inputs(params).items() for pk in ids]


def _by_id(team: Team, ids: Iterable[str]) -> dict[str, Asset]:
    return {str(asset.pk): asset for asset in Asset.objects.for_team(team).usable().filter(pk__in=[*_uuids(ids)])}


def _uuids(texts: Iterable[str]) -> Iterable[UUID]:
    for text in texts:
        try:
            yield UUID(text)
        except ValueError:
            continue


def _input(role: str, link: TaskAsset) -> Input:
    asset = link.asset
    name = f"{role}-{link.position + 1}.{asset.extension}"
    opener = partial(storage.open_file, asset)
    return Input(role=role, name=name, media_type=asset.media_type, size=asset.size, open=opener)
