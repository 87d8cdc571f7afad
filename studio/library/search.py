"""Finds the pieces of a team by their words, in whatever script: one function, two databases.

Text is cut here, not by the database, so that both find the same. Writing with spaces gives its words, found by how
they begin. Writing without (Chinese, Japanese, Thai) gives pairs of neighbours and each last sign, so that a single
sign is found as well, as the beginning of a pair.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from studio.accounts.models import Team
from studio.library.models import Asset, SearchHit, SearchText

LONGEST, MOST = 40, 4000  # letters of a piece; pieces of a text
ASKED = 200  # letters of a question that are read
# Thai and its neighbours, kana, Han, Hangul
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
RUNS = re.compile(rf"[{DENSE}]+|[^\W_{DENSE}]+")


class Match(Func):
    """Whether a text has every piece of a question."""

    output_field = BooleanField()
    arg_joiner = " MATCH "
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The expression of the index `found_by_pieces`, word for word.
        template = "array_to_tsvector(string_to_array(%(expressions)s::tsquery"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ' ')) @@ ", **context)


def search(team: Team, words: str) -> QuerySet[Any] | None:
    """The rows of the index that have all the words, with `prefix` to their asset; None when there is nothing to look
    for. Newest first is by `pk`."""
    terms = _terms(words)
    if not terms:
        return None
    if connection.vendor == "sqlite":
        asked = " AND ".join(f'"{term}"{"*" if is_open else ""}' for term, is_open in terms)
        return SearchHit.objects.filter(Match(F("pieces"), Value(asked)), text__team=team)
    asked = " & ".join(f"'{term}'{':*' if is_open else ''}" for term, is_open in terms)
    return SearchText.objects.filter(Match(F("pieces"), Value(asked)), team=team)


def prefix() -> str:
    """From a row of `search` to its asset."""
    return "text__asset__" if connection.vendor == "sqlite" else "asset__"


def note(asset: Asset) -> None:
    """Find the asset by what it says from now on. In the transaction that changes its words."""
    values = {"team_id": asset.team_id, "pieces": pieces(text_of(asset))}
    SearchText.objects.update_or_create(asset=asset, defaults=values)


def note_all(assets: Iterable[Asset]) -> None:
    """For assets that are new to the index, in their order."""
    SearchText.objects.bulk_create(
        [SearchText(team_id=it.team_id, asset=it, pieces=pieces(text_of(it))) for it in assets], batch_size=500
    )


def place_of(pk: uuid.UUID) -> int | None:
    """Where an asset stands in the order of the index."""
    return SearchText.objects.filter(asset=pk).values_list("pk", flat=True).first()


def text_of(asset: Asset) -> str:
    return "\n".join(filter(None, (asset.given_title, asset.prompt, asset.words)))


def pieces(text: str) -> str:
    found: dict[str, None] = {}
    for run in RUNS.findall(_plain(text)):
        found.update(dict.fromkeys(_cut(run)))
        if len(found) >= MOST:
            break
    return " ".join(list(found)[:MOST])


def _terms(words: str) -> list[tuple[str, bool]]:
    """What must be there, and whether it may go on."""
    found: dict[str, bool] = {}
    for run in RUNS.findall(_plain(words[:ASKED])):
        if not _is_dense(run):
            found[run[:LONGEST]] = True
        elif len(run) == 1:
            found.setdefault(run, True)
        else:
            found.update(dict.fromkeys(_pairs(run), False))
    return list(found.items())


def _cut(run: str) -> list[str]:
    return [*_pairs(run), run[-1]] if _is_dense(run) else [run[:LONGEST]]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _is_dense(run: str) -> bool:
    return re.match(f"[{DENSE}]", run) is not None


def _plain(text: str) -> str:
    """Without accents, case and other ways to write the same."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.category(sign).startswith("M")
    )
    return unicodedata.normalize("NFC", bare.casefold())
