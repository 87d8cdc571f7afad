"""What the upstream will do with a request: drawn from its prompt alone, so that whoever checks knows it too."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Answer(StrEnum):
    """To the request itself; a cut is a connection that breaks without an answer."""

    TAKEN = "taken"
    REFUSED = "refused"
    CUT_BEFORE = "cut before it acted"
    CUT_AFTER = "cut after it acted"


class FileFate(StrEnum):
    GOOD = "good"
    BROKEN = "broken"  # no picture
    MISSING = "missing"
    BUSY = "busy at first"
    CUT = "cut off at first"
    ONCE = "served once"


LATE = {FileFate.BUSY, FileFate.CUT}  # had at the second try
WHOLE = {FileFate.GOOD, *LATE}  # surely kept


@dataclass(frozen=True, slots=True)
class Fate:
    """`before` and `after` are seconds around the moment at which the upstream acts, `polls` the answers until the
    end."""

    answer: Answer
    before: float
    after: float
    polls: int
    succeeds: bool
    files: tuple[FileFate, ...]


def fate_of(prompt: str, count: int) -> Fate:
    chance = Random(prompt)
    return Fate(
        answer=chance.choices(list(Answer), [88, 4, 4, 4])[0],
        before=chance.uniform(0, 0.02),
        after=chance.uniform(0, 0.03),
        polls=chance.choices([0, 1, 2], [6, 3, 1])[0],
        succeeds=chance.random() < 0.95,
        files=tuple(chance.choices(list(FileFate), [80, 3, 3, 5, 4, 5], k=count)),
    )
