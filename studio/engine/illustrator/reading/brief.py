"""What a prompt was understood to ask for."""

from dataclasses import dataclass
from typing import Literal

Relation = Literal[
    "on",
    "in",
    "over",
    "below",
    "behind",
    "front",
    "near",
    "left",
    "right",
    "centre",
    "between",
    "leaving",
    "fore",
    "back",
]
Form = Literal["portrait", "logo", "badge", "icon", "emblem", "poster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing to draw. `relation` leads to `anchor`, another subject's name: a whale *below* a *boat*.

    "fore", "back" and "centre" (in the foreground, in the distance, in the middle) have no anchor, nor has a relation to
    the place itself.
    """

    name: str
    count: int = 1
    colour: str | None = None
    size: float = 1.0
    pose: str | None = None
    relation: Relation | None = None
    anchor: str | None = None
    traits: tuple[str, ...] = ()

    def words(self) -> str:
        """How it was understood: "2 horse, running, white", "cat, on chair"."""
        said = [self.colour, self.pose, *self.traits]
        if self.relation:
            said.append(f"{self.relation} {self.anchor or ''}".strip())
        name = self.name if self.count == 1 else f"{self.count} {self.name}"
        return ", ".join([name, *(word for word in said if word)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    prompt: str
    setting: str = "abstract"
    places: frozenset[str] = frozenset()  # the words that named it: "beach", "skyline"
    scenery: str | None = None  # the place that is shown inside a poster, a portrait or an emblem
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

    def summary(self) -> list[tuple[str, str]]:
        """What was understood, as (label key, value); only what says something."""
        facts = [
            ("form", self.form),
            ("setting", self.setting),
            ("scenery", self.scenery),
            ("time", self.time),
            ("season", self.season),
            ("weather", ", ".join(sorted(self.weather))),
            ("mood", self.mood),
            ("medium", self.medium),
            ("colours", ", ".join(self.colours)),
            ("inks", str(self.inks) if self.inks else ""),
            ("subjects", "; ".join(subject.words() for subject in self.subjects)),
            ("text", self.text),
        ]
        return [(label, value) for label, value in facts if value]
