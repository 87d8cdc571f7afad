"""Prompt reader: words in, a `Brief` out. A lexicon and a few clause rules, no model.

Colours that bind to no thing colour the palette ("in teal and gold"). Words that were not understood stay in
`Brief.unread`, so that a caller can say honestly what the picture leaves out.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import cast

from studio.engine.illustrator.lettering import settable
from studio.engine.illustrator.reading.brief import Brief, Form, Subject
from studio.engine.illustrator.reading.lexicon import (
    ALWAYS_TRAITS,
    FORMS,
    MEDIA,
    MOODS,
    SEASONS,
    SETTINGS,
    STOP,
    TIMES,
    TRAITS,
    WEATHER,
)
from studio.engine.illustrator.reading.things import Things, colour_of
from studio.engine.illustrator.reading.titles import title_of
from studio.engine.illustrator.reading.words import BREAK, Hit, Phrases, Word, singular, words_of

QUOTED = re.compile(r"[\"“”«「『]([^\"“”»」』]{2,60})[\"“”»」』]")
TABLES = {
    name: Phrases(table)
    for name, table in (
        ("setting", SETTINGS),
        ("time", TIMES),
        ("season", SEASONS),
        ("weather", WEATHER),
        ("mood", MOODS),
        ("medium", MEDIA),
        ("form", FORMS),
    )
}
INKS = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
INK_WORDS = frozenset(["ink", "inks", "colour", "colours", "color", "colors"])
PORTRAYED = frozenset(
    [
        "person",
        "fox",
        "deer",
        "wolf",
        "cat",
        "dog",
        "horse",
        "camel",
        "rabbit",
        "bird",
        "bear",
        "owl",
        "lion",
        "cow",
        "sheep",
        "penguin",
        "elephant",
        "dragon",
        "robot",
        "astronaut",
        "snowman",
    ]
)
KITCHEN = ("orange", "banana", "grapes", "strawberry", "cake", "bread", "cheese", "teapot", "candle", "book", "clock")
HOMES: tuple[tuple[tuple[str, ...], str], ...] = (  # where things are at home, when no place is named
    (("pear", "apple", "jug", "lemon", "bottle", "cup", *KITCHEN), "still"),
    (("whale", "fish", "shark", "octopus", "jellyfish", "dolphin", "turtle"), "underwater"),
    (("boat", "sailboat", "ship", "lighthouse"), "sea"),
    (("chair", "cat", "piano", "guitar", "violin"), "interior"),
    (("fox", "deer", "wolf", "birch", "bear", "owl", "mushroom", "tent", "campfire"), "forest"),
    (("car", "bicycle", "umbrella", "bus", "skyscraper"), "city"),
    (("camel", "cactus", "palm"), "desert"),
    (("church", "cottage"), "village"),
    (("balloon", "castle", "bridge", "train", "pagoda", "dragon", "aeroplane"), "ridges"),
    (("planet", "astronaut"), "sky"),
)
FRAMES = ("interior", "still", "poster", "portrait", "emblem")  # they can show a second place
PAGES = ("pattern", "abstract", "still")  # no places
VILLAGERS = frozenset(["church", "cottage", "house", "person", "tower"])
OUTDOORS = frozenset(
    [
        "house",
        "cottage",
        "tree",
        "castle",
        "tower",
        "horse",
        "church",
        "windmill",
        "pine",
        "car",
        "bus",
        "bicycle",
        "train",
        "aeroplane",
        "tent",
        "campfire",
        "snowman",
        "dragon",
        "pagoda",
        "skyscraper",
        "palm",
        "cactus",
        "elephant",
        "penguin",
        "sheep",
        "cow",
    ]
)
WINTRY = frozenset(["snowman", "penguin"])


def read(prompt: str) -> Brief:
    text, rest, unset = _lettering(prompt)
    words = words_of(rest)
    hits = {name: phrases.all(words) for name, phrases in TABLES.items()}
    things = Things(words)
    key = {name: TABLES[name].first(found) for name, found in hits.items()}
    form = cast("Form | None", key["form"])
    subjects = tuple(things.found)
    setting = _setting(key["setting"], form, text, subjects, key)
    subjects = _sitters(_carried(subjects, words), setting)
    return Brief(
        prompt=prompt,
        setting=setting,
        places=frozenset(_word(words, hit) for hit in hits["setting"]),
        scenery=_scenery(hits["setting"], setting),
        time=key["time"] or ("night" if key["mood"] == "jazz" or setting == "sky" else "day"),
        season=key["season"] or ("winter" if {s.name for s in subjects} & WINTRY else None),
        weather=frozenset(hit.key for hit in hits["weather"]),
        mood=key["mood"],
        medium=_medium(
            key["medium"] or _glowing(words), setting, form, any(hit.key == "minimal" for hit in hits["mood"])
        ),
        colours=tuple(things.free_colours()),
        local=things.local,
        inks=_inks(words),
        subjects=subjects,
        text=text,
        form=form,
        minimal=any(hit.key == "minimal" for hit in hits["mood"]),
        title=title_of(words, [*hits["medium"], *hits["form"]], subjects, setting),
        unread=_unread(words, hits.values(), things, setting, unset),
    )


def _lettering(prompt: str) -> tuple[str | None, str, list[str]]:
    """The quoted words that our faces can set, the prompt without them, and what they cannot set."""
    quoted = QUOTED.search(prompt)
    if not quoted:
        return None, prompt, []
    rest = prompt.replace(quoted.group(), " , ", 1)
    letters = settable(quoted.group(1)).strip()
    if any(c.isalnum() for c in letters):
        return letters, rest, []
    return None, rest, [quoted.group(1).strip()]


def _medium(named: str | None, setting: str, form: Form | None, minimal: bool) -> str:
    if named:
        return named
    if setting in ("poster", "pattern", "emblem"):
        return "screenprint"
    return "vintage" if form == "poster" and not minimal else "gouache"


def _glowing(words: list[Word]) -> str | None:
    """Neon is a light of the city, and a medium when it is a clause of its own."""
    return "neon" if f"{BREAK} neon {BREAK}" in " ".join([BREAK, *(word.text for word in words), BREAK]) else None


def _inks(words: list[Word]) -> int | None:
    pairs = pairwise(words)
    return next((INKS[a.text] for a, b in pairs if a.text in INKS and b.text in INK_WORDS), None)


def _setting(
    explicit: str | None, form: Form | None, text: str | None, subjects: tuple[Subject, ...], key: dict[str, str | None]
) -> str:
    names = {subject.name for subject in subjects}
    if form in ("logo", "badge", "icon", "emblem"):
        return "emblem"
    if form == "portrait" and (names & PORTRAYED or not names):
        return "portrait"
    if text and (form == "poster" or not explicit):
        return "poster"
    if explicit in ("sea", None) and names & {"whale", "fish"} and names & {"boat", "sailboat", "ship"}:
        return "underwater"
    if explicit:
        return explicit
    if not names & OUTDOORS:
        for home, place in HOMES:
            if names & set(home):
                return place
    return _somewhere(subjects, key)


def _somewhere(subjects: tuple[Subject, ...], key: dict[str, str | None]) -> str:
    names = {subject.name for subject in subjects}
    if subjects and subjects[0].name in ("moon", "sun") and not names & OUTDOORS:
        return "sea"
    for home, place in reversed(HOMES[4:]):
        if names & set(home) and (place != "village" or names <= VILLAGERS):
            return place
    if key["season"] or key["weather"] or key["time"] in ("dawn", "sunset", "dusk"):
        return "ridges" if not names & {"house", "horse", "tree"} else "field"
    return "field" if subjects else "abstract"


def _sitters(subjects: tuple[Subject, ...], setting: str) -> tuple[Subject, ...]:
    """A portrait is of somebody."""
    if setting == "portrait" and not subjects:
        return (Subject(name="person"),)
    return subjects


def _carried(subjects: tuple[Subject, ...], words: list[Word]) -> tuple[Subject, ...]:
    """An umbrella comes with the person under it."""
    names = [subject.name for subject in subjects]
    joined = [word for word in words if word.text in ("under", "with", "holding", "carrying")]
    if "umbrella" in names and "person" in names and joined:
        person, carried = subjects[names.index("person")], subjects[names.index("umbrella")]
        if person.anchor in ("umbrella", None) and carried.anchor in ("person", None):
            for word in joined:
                word.known = True
            merged = replace(carried, count=max(person.count, carried.count), relation=None, anchor=None)
            return tuple(merged if s is carried else s for s in subjects if s is not person)
    return subjects


def _scenery(hits: list[Hit], setting: str) -> str | None:
    """A second place: what is seen through a window or shown on a poster."""
    others = [hit for hit in hits if hit.key != setting and hit.key not in PAGES]
    return TABLES["setting"].first(others) if setting in FRAMES else None


def _word(words: list[Word], hit: Hit) -> str:
    return " ".join(singular(word.text) for word in words[hit.start : hit.stop])


def _unread(
    words: list[Word], tables: Iterable[list[Hit]], things: Things, setting: str, unset: list[str]
) -> tuple[str, ...]:
    known = set(things.known) | {at for hits in tables for hit in hits for at in range(hit.start, hit.stop)}
    if setting == "portrait":
        known |= things.trait_places
    read_too = {word for key in ALWAYS_TRAITS for word in TRAITS[key].split("|")}
    state: dict[str, bool] = {}
    for at, word in enumerate(words):
        if not word.written.strip():
            continue
        understood = word.known or at in known or word.text in STOP or word.text in read_too
        understood = understood or colour_of(word.text) is not None or (len(word.text) < 2 and word.text.isalnum())
        state[word.written] = state.get(word.written, False) or understood
    found = [written for written, understood in state.items() if not understood] + unset
    return tuple({word.casefold(): word for word in reversed(found)}[key] for key in _once(found))


def _once(found: list[str]) -> list[str]:
    return list(dict.fromkeys(word.casefold() for word in found))
