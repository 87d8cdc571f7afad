"""Which of the team's pieces a page shows: read from its address, and written back into the addresses of its links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from studio.accounts.models import Member
from studio.library.models import Board, Kind, Tag

UPLOADED = "uploaded"  # in the place of an engine
SPANS = {"today": 0, "week": 6, "month": 29, "year": 364}  # days before today


@dataclass(frozen=True, slots=True)
class Filters:
    """Nothing chosen is everything. `by` is the id of a person, `board` and `tag` are ids, `when` is a word of SPANS, a
    day or a month (2026-11)."""

    kind: str = ""
    by: str = ""
    engine: str = ""
    when: str = ""
    board: str = ""
    tag: str = ""
    star: str = ""
    trash: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """What cannot be meant is left out."""
        given = {field.name: query.get(field.name, "").strip()[:200] for field in fields(cls)}
        given["q"] = given["q"].replace("\0", "")
        checks: dict[str, Any] = {
            "kind": lambda text: text in Kind.values,
            "by": lambda text: re.fullmatch("[0-9]{1,18}", text),
            "engine": lambda text: re.fullmatch("[a-z0-9_-]{1,32}", text),
            "when": lambda text: span_of(text) is not None,
            "board": is_uuid,
            "tag": is_uuid,
            "star": lambda text: text == "1",
            "trash": lambda text: text == "1",
        }
        return cls(**{name: text for name, text in given.items() if text and checks.get(name, bool)(text)})

    @property
    def query(self) -> dict[str, str]:
        return {field.name: text for field in fields(self) if (text := getattr(self, field.name))}

    @property
    def is_all(self) -> bool:
        return not self.query

    @property
    def url(self) -> str:
        return address("library:home", self.query)

    def but(self, **changes: str) -> Self:
        return replace(self, **changes)

    @property
    def provider(self) -> str:
        return "" if self.engine == UPLOADED else self.engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The filters of one member, with what they name."""

    member: Member
    filters: Filters
    board: Board | None = None
    tag: Tag | None = None


def scope(member: Member, filters: Filters) -> Scope:
    """Raises Http404 for what is not the member's to see."""
    board = Board.objects.seen_by(member).filter(pk=filters.board).first() if filters.board else None
    tag = Tag.objects.filter(team=member.team_id, pk=filters.tag).first() if filters.tag else None
    by = filters.by and not Member.objects.filter(team=member.team_id, user=int(filters.by)).exists()
    if (filters.board and board is None) or (filters.tag and tag is None) or by:
        raise Http404
    return Scope(member=member, filters=filters, board=board, tag=tag)


def address(name: str, query: Mapping[str, object]) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def span_of(text: str) -> tuple[datetime, datetime | None] | None:
    """From and until; None for what is no span of time."""
    today = timezone.localdate()
    if text in SPANS:
        return _midnight(today - timedelta(days=SPANS[text])), None
    found = re.fullmatch("([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", text)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month), int(day or 1))
        last = first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return _midnight(first), _midnight(last + timedelta(days=1))
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
