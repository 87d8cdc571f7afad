"""What nobody wants any more: out of sight at once, back with one press, and after 30 days its files are removed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, ProtectedError, Q
from django.utils import timezone

from studio.accounts.models import Team
from studio.library.models import IN_TRASH, LEFT_OVER, LISTED, Asset, Board, BoardItem, Tally, Usage

KEPT = timedelta(days=30)
TALLY = "trash"
BATCH = 200

InUse = Callable[[Collection[UUID]], Collection[UUID]]


def trash(team: Team, ids: Iterable[UUID]) -> tuple[datetime, int]:
    """The moment by which they can be called back together, and how many were moved; what is there already stays."""
    now = timezone.now()
    return now, _move(team, LISTED & Q(pk__in=[*ids]), to=now)


def restore(team: Team, ids: Iterable[UUID]) -> int:
    return _move(team, IN_TRASH & Q(pk__in=[*ids]), to=None)


def undo(team: Team, at: datetime) -> int:
    """Call back what was moved at that moment."""
    return _move(team, IN_TRASH & Q(trashed_at=at), to=None)


@transaction.atomic
def _move(team: Team, which: Q, *, to: datetime | None) -> int:
    found = Asset.objects.for_team(team).filter(which).select_for_update().order_by("pk").values_list("pk", "kind")
    kinds = dict(found)
    if not kinds:
        return 0
    Asset.objects.filter(pk__in=kinds).update(trashed_at=to)
    step = 1 if to is None else -1
    for kind, count in sorted(Counter(kinds.values()).items()):
        Tally.add(team.pk, f"kind:{kind}", step * count)
    Tally.add(team.pk, TALLY, -step * len(kinds))
    boards = BoardItem.objects.filter(asset__in=kinds).order_by("board").values_list("board").annotate(Count("pk"))
    for board, count in boards:
        Board.objects.filter(pk=board).update(count=F("count") + step * count)
    return len(kinds)


def empty(in_use: InUse) -> int:
    """Remove the files of what has been here for its time, a batch of them; how many. What `in_use` names is left alone.

    Rows first: whoever dies in between leaves files that the next call finds by their rows."""
    due = Asset.objects.filter(IN_TRASH, trashed_at__lt=timezone.now() - KEPT).order_by("trashed_at")[:BATCH]
    found = {asset.pk: asset for asset in due}
    for pk in found.keys() - set(in_use(found.keys()) if found else ()):
        _let_go(found[pk])
    left_over = list(Asset.objects.filter(LEFT_OVER).order_by("gone_at")[:BATCH])
    for asset in left_over:
        _remove(asset)
    return len(left_over)


@transaction.atomic
def _let_go(asset: Asset) -> None:
    """Unless somebody calls it back just now."""
    still = Asset.objects.filter(IN_TRASH, pk=asset.pk, trashed_at=asset.trashed_at)
    if still.update(gone_at=timezone.now()):
        Usage.add(asset.team_id, -asset.size, files=-1)
        Tally.add(asset.team_id, TALLY, -1)


def _remove(asset: Asset) -> None:
    for name in asset.files:
        default_storage.delete(name)
    with transaction.atomic():
        still = Asset.objects.filter(pk=asset.pk, gone_at=asset.gone_at)
        try:
            with transaction.atomic():
                still.delete()
        except ProtectedError:  # something came of it, or it of something: what it was is still told
            still.update(file="")
