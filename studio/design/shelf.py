"""Sample data for the Library's own parts: chips, boards, a family, two pieces that are compared."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

HERE = "#h-collect"


@dataclass(frozen=True)
class Piece:
    number: int
    title: str
    cost: int = 0
    is_made: bool = True
    ratio: float = 1.0
    width: int = 600
    height: int = 600
    get_kind_display: str = "Image"
    get_source_display: str = "Uploaded"

    @property
    def image(self) -> str:
        return static(f"img/wall-{self.number}.webp")


def sample() -> dict[str, Any]:
    chips: list[dict[str, Any]] = [
        {"label": _("All"), "url": HERE, "is_on": True, "count": 312},
        {"label": "Harbour film", "url": HERE, "count": 24, "image": static("img/wall-3.webp")},
        {"label": "Mine only", "url": HERE, "count": 8, "icon": "lock"},
    ]
    return {
        "chips": chips,
        "menu": {"name": "sample", "label": _("Person"), "icon": "user"},
        "boards": [{"id": uuid.uuid5(uuid.NAMESPACE_URL, name), "name": name} for name in ("Harbour film", "EP one")],
        "family": _family(),
        "pair": _pair(is_side=False),
        "side": _pair(is_side=True),
    }


def _family() -> dict[str, Any]:
    rows = [
        [(Piece(3, "Harbour at dawn", is_made=False), False)],
        [(Piece(9, "The same in gouache", 50), True)],
        [(Piece(5, "With a lighthouse", 50), False), (Piece(1, "At night", 50), False)],
    ]
    generations = [
        [{"asset": piece, "url": HERE, "thumb": piece.image, "is_self": is_self} for piece, is_self in row]
        for row in rows
    ]
    return {"generations": generations, "count": 4, "cost": 150}


def _pair(*, is_side: bool) -> dict[str, Any]:
    pieces = (Piece(5, "A lighthouse"), Piece(2, "Pears"))
    sides = [
        {"letter": letter, "asset": piece, "image": piece.image} for letter, piece in zip("AB", pieces, strict=True)
    ]
    return {"is_side": is_side, "sides": sides, "first": sides[0]}
