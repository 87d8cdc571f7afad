"""What an open page shows of the team's tasks, and the place of a card that is new to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from studio.accounts.models import Team
from studio.tasks.cards import Card
from studio.tasks.models import Task

FEED = 20  # cards on a tool's page; the Library has the rest
SHORT = 8  # letters of an id, by which a page names the cards that it holds


@dataclass(frozen=True, slots=True)
class Sight:
    """The page that asks: its place, the cards that it holds, and the newest piece of its Library (None: it shows none)."""

    place: str
    held: frozenset[str] = frozenset()
    newest: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        held = frozenset(query.get("held", "").split(","))
        return cls(query.get("place", "other")[:16], held, query.get("newest"))

    def holds(self, pk: UUID) -> bool:
        return str(pk)[:SHORT] in self.held


@dataclass(frozen=True, slots=True)
class Arrival:
    """A card that the page does not hold yet, and where it goes: an htmx swap beside a card that is there by then."""

    card: Card
    target: str


def arrivals(team: Team, cards: Iterable[Card], sight: Sight) -> list[Arrival]:
    """Those of the page's own slice, each in its place by time, the oldest first."""
    new = sorted(
        (card for card in cards if card.task.kind == sight.place and not sight.holds(card.id)),
        key=lambda card: card.task.created_at,
    )
    if not new:
        return []
    latest = Task.objects.for_team(team).filter(kind=sight.place, is_hidden=False).order_by("-created_at")
    order = list(latest.values_list("pk", flat=True)[: FEED + len(new)])
    there = {pk for pk in order if sight.holds(pk)}
    found = []
    for card in new:
        if card.id in order:  # else it is older than the page goes back
            found.append(Arrival(card, _beside(card.id, order, there)))
            there.add(card.id)
    return found


def _beside(pk: UUID, order: list[UUID], there: set[UUID]) -> str:
    at = order.index(pk)
    if older := next((other for other in order[at + 1 :] if other in there), None):
        return f"beforebegin:#task-{older}"
    if newer := next((other for other in reversed(order[:at]) if other in there), None):
        return f"afterend:#task-{newer}"
    return "afterbegin:#feed"
