"""What a poster is called: the first noun phrase of its prompt, in the prompt's own words."""

from studio.engine.illustrator.colour import COLOURS
from studio.engine.illustrator.reading import chinese
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.reading.lexicon import ARTICLES, JOINS, NUMBERS, POSES, RELATIONS, SIZES
from studio.engine.illustrator.reading.words import BREAK, Hit, Phrases, Word

LONGEST = 22  # letters that still read across a room
ENDS = Phrases({**RELATIONS, **POSES})
CUTS = frozenset(
    ["holding", "carrying", "wearing", "at", "from", "to", "for", "during", "against", "with", "of", "in", "under"]
)
FILLERS = ARTICLES | frozenset(["of", "for", "please", "draw", "paint", "make", "show", "me"])
ADJECTIVES = frozenset([*NUMBERS, *SIZES, *COLOURS, "old", "young"])
NAMES = {
    "still": "STILL LIFE",
    "ridges": "THE MOUNTAINS",
    "interior": "AT HOME",
    "emblem": "THE EMBLEM",
    "abstract": "ABSTRACT",
}


def _fallback(subjects: tuple[Subject, ...], setting: str) -> str:
    hero = subjects[0].name if subjects and subjects[0].count == 1 else setting
    return NAMES.get(hero, f"THE {hero.upper()}")


def title_of(words: list[Word], skipped: list[Hit], subjects: tuple[Subject, ...], setting: str) -> str:
    if chinese.speaks_chinese("".join(word.written for word in words)):
        return _fallback(subjects, setting)
    silent = {at for hit in skipped for at in range(hit.start, hit.stop)}
    phrase: list[str] = []
    for at, word in enumerate(words):
        if not phrase:
            silent.update(range(at, at + max((hit.length for hit in ENDS.at(words, at)), default=0)))
        if at in silent or (word.text in FILLERS and not phrase):
            continue
        ends = word.text == BREAK or word.text in CUTS or word.text in JOINS or bool(ENDS.at(words, at))
        ends = ends or (word.text.endswith("ing") and bool(phrase) and phrase[-1].lower() not in ADJECTIVES)
        if ends and any(said.lower() not in NUMBERS for said in phrase):
            break
        if not ends and word.text.isascii() and word.text not in ARTICLES:
            phrase.append(word.text.upper())
    while len(phrase) > 1 and (len(phrase) > 3 or len(" ".join(phrase)) > LONGEST):
        phrase.pop(0)
    if not phrase:
        return _fallback(subjects, setting)
    if len(phrase) == 1 and phrase[0].lower() in {subject.name for subject in subjects if subject.count == 1}:
        return f"THE {phrase[0]}"
    return " ".join(phrase)[:LONGEST].strip()
