"""The part of `benchmarks.library` that needs the database: fill it, then ask for pages by turns; one JSON line out."""

import json
import logging
import sys
import time
from datetime import timedelta
from random import Random
from statistics import quantiles
from typing import Any
from uuid import uuid4

import django

BATCH = 2000
TIMES = 60
TEXT = (
    "lighthouse cliff dusk gouache harbour boats dawn moon sea linocut fox snow whale pencil lake autumn balloon ridge "
    "haze rocket field night neon city rain 灯塔 悬崖 黄昏 月亮 大海 雪山 狐狸"
)
WORDS = TEXT.split()


def fill(member: Any, size: int) -> dict[str, str]:
    """A library as people make it; what the pages are asked for."""
    from django.db import connection, transaction
    from django.utils import timezone

    from studio.accounts.models import Member
    from studio.library import marks, search
    from studio.library.models import Asset, Tally

    dice, now = Random(1), timezone.now()
    people = list(Member.objects.filter(team=member.team))
    board = marks.make_board(member, "Harbour film", private=False)
    for first in range(0, size, BATCH):
        count = min(BATCH, size - first)
        rows = [_piece(dice, dice.choice(people), now - timedelta(minutes=size - first - at)) for at in range(count)]
        with transaction.atomic():
            Asset.objects.bulk_create(rows)
            search.note_all(rows)
            Tally.add(member.team_id, "kind:image", count)
        some = rows[:: max(1, count // 20)]
        marks.put_on(board, some)
        marks.star(member, some)
        marks.tag(member.team, some, ["sea"])
    deep = Asset.objects.order_by("created_at")[min(500, size // 2)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    from studio.library.finding import cursor as place

    tag = rows[0].uses.get().tag_id
    return {
        "the first page": "/",
        "far down": f"/?after={place(deep)}",
        "one person": f"/?by={people[1].user_id}",
        "one engine": "/?engine=kie",
        "starred": "/?star=1",
        "a board": f"/?board={board.pk}",
        "a tag": f"/?tag={tag}",
        "person, engine and month": f"/?by={people[1].user_id}&engine=kie&when=month",
        "a word": "/?q=lighthouse",
        "two words": "/?q=lighthouse+whale",
        "Chinese": "/?q=灯塔",
        "one sign": "/?q=灯",
        "a word that is nowhere": "/?q=zeppelin",
        "a piece": f"/library/{rows[0].pk}/",
        "uploads of one person, none": f"/?by={people[2].user_id}&engine=uploaded",
    }


def _piece(dice: Random, by: Any, at: Any) -> Any:
    from studio.library.models import Asset

    prompt = " ".join(dice.choices(WORDS, k=9))
    return Asset(
        id=uuid4(),
        team_id=by.team_id,
        made_by_id=by.user_id,
        kind="image",
        generator="image",
        prompt=prompt,
        provider=dice.choice(["local", "local", "kie"]),
        origin=uuid4(),
        parameters={"prompt": prompt},
        cost=50,
        file=f"teams/{uuid4()}.png",
        media_type="image/png",
        size=1_000_000,
        checksum="0" * 64,
        width=1536,
        height=1024,
        created_at=at,
    )


def measure(size: int) -> dict[str, float]:
    from django.test import Client

    from studio.accounts.models import Member

    logging.disable(logging.WARNING)
    member = Member.objects.order_by("pk")[0]
    pages = fill(member, size)
    client = Client()
    client.force_login(member.user)
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(TIMES + 5):
        for name, url in pages.items():
            began = time.perf_counter()
            response = client.get(url, HTTP_HOST="localhost")
            assert response.status_code == 200, (url, response.status_code)
            if turn >= 5:
                taken[name].append((time.perf_counter() - began) * 1000)
    return {name: quantiles(seconds, n=20)[-1] for name, seconds in taken.items()}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
