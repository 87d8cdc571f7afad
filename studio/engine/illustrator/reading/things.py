"""The things of a prompt: adjectives bind to the next noun of their clause, a relation binds two nouns."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from studio.engine.illustrator.colour import COLOURS
from studio.engine.illustrator.reading.brief import Relation, Subject
from studio.engine.illustrator.reading.lexicon import (
    ANAPHORS,
    ARTICLES,
    COLOUR_WORDS,
    GARMENTS,
    HAIR,
    JOINS,
    LOCAL_PLACES,
    NUMBERS,
    POSES,
    RELATIONS,
    SETTINGS,
    SIZES,
    TRAITS,
)
from studio.engine.illustrator.reading.nouns import SUBJECTS
from studio.engine.illustrator.reading.words import BREAK, Hit, Phrases, Word

LIVING = frozenset(
    [
        "fox",
        "deer",
        "wolf",
        "dog",
        "bear",
        "lion",
        "cow",
        "sheep",
        "elephant",
        "bird",
        "owl",
        "penguin",
        "bee",
        "cat",
        "horse",
        "camel",
        "rabbit",
        "whale",
        "fish",
        "dolphin",
        "shark",
        "octopus",
        "jellyfish",
        "crab",
        "turtle",
        "person",
        "umbrella",
        "astronaut",
        "robot",
        "dragon",
        "ghost",
        "butterfly",
    ]
)  # what can sit, run or sleep
MOST = 8  # different things in one picture
OF_HAIR = ("hair", "haired", "beard")
MANES = Phrases(
    {key: "|".join(f"{ink} {of}" for ink in inks.split("|") for of in OF_HAIR) for key, inks in HAIR.items()}
)
CUTS = {"long": "long hair", "short": "short hair", "curly": "curly"}
NOUNS, PLACES, STANCES, WAYS, LOOKS = (Phrases(t) for t in (SUBJECTS, SETTINGS, POSES, RELATIONS, TRAITS))


def colour_of(word: str) -> str | None:
    return word if word in COLOURS else COLOUR_WORDS.get(word)


@dataclass
class Pending:
    """Said of a noun that has not come yet."""

    count: int | None = None
    size: float = 1.0
    pose: str | None = None
    relation: Relation | None = None
    colours: dict[int, str] = field(default_factory=dict)  # by the word's place
    traits: list[str] = field(default_factory=list)


class Things:
    """Reads the subjects; `bound` are the places of colour words that belong to one, `local` the place's own colour."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.found: list[Subject] = []
        self.bound: set[int] = set()
        self.known: set[int] = set()
        self.local: str | None = None
        self.trait_places: set[int] = set()
        self._heads: list[int] = []  # subjects that the next relation is about
        self._before: list[int] = []  # the heads of the clause before
        self._last: int | None = None
        self._pending, self._fresh, self._joined = Pending(), True, False
        self._way: Relation | None = None  # waits for its anchor
        self._turned: tuple[Relation, str] | None = None  # "above the tower ...": waits for its subject
        start = 0
        for end in [*(i for i, word in enumerate(words) if word.text == BREAK), len(words)]:
            self._clause(start, end)
            start = end + 1

    def _begin(self) -> None:
        self._last = self._way = self._turned = None
        self._pending, self._fresh, self._joined = Pending(), True, False

    def _clause(self, start: int, end: int) -> None:
        self._before, self._heads = self._heads, []
        self._begin()
        at = start
        while at < end:
            at += max(1, self._word(at))
        if self._turned and self._before:
            self._relate(self._before, *self._turned)
        self._heads = self._heads or self._before

    def _word(self, at: int) -> int:
        """Read what begins here; how many words it took."""
        for read in (self._relation, self._noun, self._stance, self._mane, self._garment, self._number, self._look):
            taken = read(at)
            if taken:
                self.known.update(range(at, at + taken))
                return taken
        text = self.words[at].text
        self._joined |= text in JOINS
        self._fresh |= text in ARTICLES or text in JOINS
        if text in ANAPHORS and self._way and self._last is not None and len(self.found) > 1:
            other = next(i for i in range(len(self.found)) if i != self._last)
            self._relate([self._last], self._way, self.found[other].name)
        self._place(at)
        return 1

    def _relation(self, at: int) -> int:
        hit = next(iter(WAYS.at(self.words, at)), None)
        if not hit:
            return 0
        way = cast("Relation", hit.key)
        if way in ("fore", "back", "centre") or (way in ("left", "right") and self.words[hit.stop - 1].text != "of"):
            if self._heads:
                self._relate(self._heads, way, None)
            else:
                self._pending.relation = way
            return hit.length
        if self.words[at].text == "riding" and self._heads:
            self._change(self._heads, pose="sitting")
        self._way, self._pending, self._fresh = way, Pending(), True
        return hit.length

    def _noun(self, at: int) -> int:
        hit = next(iter(NOUNS.at(self.words, at)), None)
        if not hit or (hit.key in TRAITS and self._last is not None):  # a king with a crown wears it
            return 0
        index = self._subject(hit)
        if index is None:
            return hit.length
        name = self.found[index].name
        if self._way:
            if self._heads:
                whole = all(self.found[i].relation is None for i in self._heads)
                self._relate(self._heads if whole else [cast("int", self._last)], self._way, name)
            else:
                self._turned = (self._way, name)
        else:
            if self._turned and self._turned[1] != name:
                self._relate([index], *self._turned)
                self._turned = None
            self._heads = [*self._heads, index] if self._joined and self._heads else [index]
        self._last, self._way, self._joined, self._fresh = index, None, False, False
        self._pending = Pending()
        return hit.length

    def _subject(self, hit: Hit) -> int | None:
        said = self._pending
        count = said.count if said.count and (said.count > 1 or not hit.plural) else (3 if hit.plural else 1)
        own = [key for place in range(hit.start, hit.stop) for key in (h.key for h in LOOKS.at(self.words, place))]
        thing = Subject(
            name=hit.key,
            count=count,
            colour=next(iter(said.colours.values()), None),
            size=said.size,
            pose=said.pose,
            relation=said.relation,
            traits=tuple(dict.fromkeys([*said.traits, *own])),
        )
        self.bound.update(said.colours)
        same = next(
            (i for i, s in enumerate(self.found) if s.name == hit.key and thing.colour in (None, s.colour)), None
        )
        if same is not None:
            return same
        if len(self.found) >= MOST:
            return None
        self.found.append(thing)
        return len(self.found) - 1

    def _stance(self, at: int) -> int:
        hit = next(iter(STANCES.at(self.words, at)), None)
        if not hit:
            return 0
        if self._heads and not self._fresh:
            alive = self._last is not None and self.found[self._last].name in LIVING
            self._change([cast("int", self._last)] if alive else self._heads, pose=hit.key)
        else:
            self._pending.pose = hit.key
        return hit.length

    def _number(self, at: int) -> int:
        text = self.words[at].text
        if text in NUMBERS:
            self._pending.count = NUMBERS[text]
            self._fresh = True
        elif text in SIZES:
            self._pending.size = SIZES[text]
        elif colour := colour_of(text):
            self._pending.colours[at] = colour
        else:
            return 0
        return 1

    def _look(self, at: int) -> int:
        hits = LOOKS.at(self.words, at)
        if not hits:
            return 0
        self.trait_places.update(range(at, hits[0].stop))
        self.bound.update(self._pending.colours)
        self._pending.colours.clear()
        self._has([hit.key for hit in hits])
        return 0

    def _mane(self, at: int) -> int:
        """The colour of hair or a beard, with the cut before it: "long red hair"."""
        fair = self.words[at].text in ("blonde", "blond")
        hit = next(iter(MANES.at(self.words, at)), Hit("fair hair", at, 1) if fair else None)
        if not hit:
            return 0
        cut = CUTS.get(self.words[at - 1].text) if at else None
        self._has([hit.key, *([cut] if cut else []), *(["beard"] if self.words[hit.stop - 1].text == "beard" else [])])
        self.bound.update(range(at, hit.stop))
        self.known.update(range(at - bool(cut), at))
        return hit.length

    def _garment(self, at: int) -> int:
        """Somebody's coat has the colour that was said of it."""
        worn = self.words[at].text in GARMENTS and self._last is not None and self.found[self._last].name in LIVING
        if not worn or not self._pending.colours:
            return 0
        self._change([cast("int", self._last)], colour=next(iter(self._pending.colours.values())))
        self.bound.update(self._pending.colours)
        self._pending, self._way = Pending(), None
        return 1

    def _has(self, traits: list[str]) -> None:
        if self._last is not None:
            old = self.found[self._last].traits
            self._change([self._last], traits=tuple(dict.fromkeys([*old, *traits])))
        else:
            self._pending.traits += traits

    def _place(self, at: int) -> None:
        """A word of the place takes the adjectives before it, and is no anchor."""
        text = self.words[at].text
        if text in LOCAL_PLACES and self._pending.colours:
            place, colour = next(iter(self._pending.colours.items()))
            self.local = self.local or colour
            self.bound.add(place)
        if text in LOCAL_PLACES or PLACES.at(self.words, at):
            self._pending, self._way, self._fresh = Pending(), None, False

    def _relate(self, subjects: list[int], way: Relation, anchor: str | None) -> None:
        for i in subjects:
            if self.found[i].relation is None and self.found[i].name != anchor:
                self.found[i] = replace(self.found[i], relation=way, anchor=anchor)

    def _change(self, subjects: list[int], **change: object) -> None:
        for i in subjects:
            self.found[i] = replace(self.found[i], **change)  # type: ignore[arg-type]

    def free_colours(self) -> Iterator[str]:
        """Colours that belong to nothing colour the palette."""
        places = {at for hit in PLACES.all(self.words) for at in range(hit.start, hit.stop)}
        for at, word in enumerate(self.words):
            colour = colour_of(word.text)
            if colour and at not in self.bound | places:
                yield colour
