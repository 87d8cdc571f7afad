"""What a round of `racers` is made of. Plain data: it knows no Django."""

from dataclasses import asdict, dataclass
from typing import Any, Self

COMMITTED = "committed"


@dataclass(frozen=True, slots=True)
class Move:
    """`pick` chooses one of the holds that exist when its turn comes. `death` ends the hand: before the statement of
    that number, or when the move is committed and nobody was told."""

    what: str
    team: int
    amount: int
    pick: int
    death: int | str | None


@dataclass(frozen=True, slots=True)
class Round:
    """One list of moves for each hand; the first is killed from outside after so many milliseconds."""

    database: str
    hands: tuple[tuple[Move, ...], ...]
    killed_after: int | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        hands = tuple(tuple(Move(**move) for move in hand) for hand in data["hands"])
        return cls(data["database"], hands, data["killed_after"])
