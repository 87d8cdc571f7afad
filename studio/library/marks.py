"""What people do with pieces: stars, tags, boards, names. Every change is one transaction and may be made twice."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from studio.accounts.models import Member, Team
from studio.library import search
from studio.library.models import NAME, Asset, AssetTag, Board, BoardItem, Star, Tag

TAG = 40  # letters
TAGS = 10  # at once


@transaction.atomic
def star(member: Member, assets: Sequence[Asset]) -> None:
    mine: dict[str, Any] = {"team": member.team, "user": member.user}
    stars = [Star(asset=asset, made_at=asset.created_at, **mine) for asset in assets]
    Star.objects.bulk_create(stars, ignore_conflicts=True)


def unstar(member: Member, assets: Sequence[Asset]) -> None:
    Star.objects.filter(user=member.user, asset__in=[asset.pk for asset in assets]).delete()


def names_of(text: str) -> list[str]:
    """The tags that somebody wrote, parted by commas, each once."""
    words = (plain(part).lower()[:TAG].strip() for part in re.split("[,，、\n]", text))
    return list(dict.fromkeys(word for word in words if word))[:TAGS]


def plain(text: str) -> str:
    """On one line, without signs that cannot be seen."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join("".join(sign for sign in text if sign.isprintable()).split())


@transaction.atomic
def tag(team: Team, assets: Sequence[Asset], names: Iterable[str]) -> None:
    for name in names:
        found, _new = Tag.objects.get_or_create(team=team, name=name)
        uses = [AssetTag(tag=found, asset=asset, made_at=asset.created_at) for asset in assets]
        AssetTag.objects.bulk_create(uses, ignore_conflicts=True)


@transaction.atomic
def untag(tag: Tag, assets: Sequence[Asset]) -> None:
    """A tag that nothing has any more is no tag."""
    tag.uses.filter(asset__in=[asset.pk for asset in assets]).delete()
    Tag.objects.filter(~Q(pk__in=AssetTag.objects.filter(tag=tag).values("tag")), pk=tag.pk).delete()


def make_board(member: Member, name: str, *, private: bool) -> Board:
    return Board.objects.create(team=member.team, owner=member.user if private else None, name=plain(name)[:NAME])


@transaction.atomic
def put_on(board: Board, assets: Sequence[Asset]) -> None:
    held = _hold(board, assets)
    there = set(BoardItem.objects.filter(board=board, asset__in=held).values_list("asset_id", flat=True))
    new = [asset for asset in held if asset.pk not in there]
    BoardItem.objects.bulk_create([BoardItem(board=board, asset=it, made_at=it.created_at) for it in new])
    _recount(board, sum(not asset.is_trashed for asset in new))


@transaction.atomic
def take_off(board: Board, assets: Sequence[Asset]) -> None:
    items = BoardItem.objects.filter(board=board, asset__in=_hold(board, assets))
    listed = items.filter(asset__trashed_at=None).aggregate(count=Count("pk"))["count"]
    items.delete()
    _recount(board, -listed)


def rename(asset: Asset, title: str) -> None:
    """An empty title gives the piece back to its prompt."""
    asset.given_title = plain(title)[:NAME]
    with transaction.atomic():
        asset.save(update_fields=["given_title"])
        if not asset.is_mask:
            search.note(asset)


def _hold(board: Board, assets: Sequence[Asset]) -> list[Asset]:
    """The same, locked with the board, so that nobody changes what is counted: in the order in which the trash does."""
    held = Asset.objects.filter(pk__in=[asset.pk for asset in assets]).select_for_update().order_by("pk")
    found = list(held)
    Board.objects.select_for_update().get(pk=board.pk)
    return found


def _recount(board: Board, more: int) -> None:
    if more:
        Board.objects.filter(pk=board.pk).update(count=F("count") + more)
