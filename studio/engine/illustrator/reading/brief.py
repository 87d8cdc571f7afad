"""What a prompt was understood to ask for."""

from dataclasses import dataclass
from typing import Literal

Relation = Literal[
    "on", "in", "over", "below", "behind", "front", "near", "left", "right", "between", "leaving", "fore", "back"
]
Form = Literal["portrait", "logo", "badge", "icon", "emblem", "poster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing to draw. `relation` leads to `anchor`, another subject's name: a whale *below* a *boat*.

    "fore" and "back" (in the foreground, in the distance) have no anchor; neither has a relation to the place itself.
    """

    name: str
    count: int = 1
    colour: str | None = None
    size: float = 1.0
    pose: str | None = None
    relation: Relation | None = None
    anchor: str | None = None
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    prompt: str
    setting: str = "abstract"
    time: str = "day"
    season: str | None = None
    weather: frozenset[str] = frozenset()
    mood: str | None = None
    medium: str = "gouache"
    colours: tuple[str, ...] = ()  # of the palette; a thing's own colour is in its subject
    local: str | None = None  # colour of the place itself ("a teal sea")
    inks: int | None = None
    subjects: tuple[Subject, ...] = ()
    text: str | None = None  # words to set, as quoted
    form: Form | None = None
    minimal: bool = False
    title: str = ""  # what a poster of this is called, in the prompt's own words
    unread: tuple[str, ...] = ()  # words that were not understood, as written, in their order

    def find(self, *names: str) -> Subject | None:
        """The first subject with one of these names."""
        return next((subject for subject in self.subjects if subject.name in names), None)
