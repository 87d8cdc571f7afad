"""A prompt as words that remember how they were written, and the lexicon's phrases found among them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from studio.engine.illustrator.reading import chinese
from studio.engine.illustrator.reading.nouns import PLURAL

BREAK = "|"  # stands between clauses
LONGEST = 5  # words of a phrase
TOKEN = re.compile(r"[^\W_]+(?:['’\-‐][^\W_]+)*|[,;:.·!?()\n]|[^\w\s]")


@dataclass(slots=True)
class Word:
    text: str  # lower case
    written: str  # as it stands in the prompt
    known: bool = False  # understood while it was cut


def words_of(prompt: str) -> list[Word]:
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in prompt)
    return list(_chinese(text) if chinese.speaks_chinese(text) else _western(text))


def _western(text: str) -> Iterator[Word]:
    for piece in TOKEN.findall(text):
        if piece in ",;:.·!?()\n":
            yield Word(BREAK, "", True)
        elif not piece[0].isalnum():
            yield Word(piece, piece, unicodedata.category(piece) != "So")
        else:
            for part in re.split(r"[\-‐]", re.sub(r"['’]s$", "", piece.lower())):
                yield Word(part, piece)


def _chinese(text: str) -> Iterator[Word]:
    for clause in chinese.clauses(text):
        for written, meaning in clause:
            known = written in chinese.EVERY
            for part in meaning.lower().split() or ["" if known or written in chinese.SILENT else written]:
                if part:
                    yield Word(part, written, known)
        yield Word(BREAK, "", True)


def singular(word: str) -> str:
    if word in PLURAL:
        return PLURAL[word]
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Hit:
    key: str
    start: int
    length: int
    plural: bool = False

    @property
    def stop(self) -> int:
        return self.start + self.length


class Phrases:
    """Finds a table's phrases: the longest at every place, in singular or plural."""

    def __init__(self, table: dict[str, str]) -> None:
        self._keys: dict[tuple[str, ...], list[str]] = {}
        for key, phrases in table.items():
            for phrase in phrases.split("|"):
                self._keys.setdefault(tuple(phrase.replace("-", " ").split()), []).append(key)
        self.rank = {key: place for place, key in enumerate(table)}

    def at(self, words: list[Word], start: int) -> list[Hit]:
        """What the longest phrase that begins here stands for (a phrase may stand for several keys)."""
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            phrase = tuple(word.text for word in words[start : start + length])
            single = (*phrase[:-1], singular(phrase[-1]))
            for found, plural in ((phrase, phrase[-1] in PLURAL), (single, single != phrase)):
                if found in self._keys:
                    return [Hit(key, start, length, plural) for key in self._keys[found]]
        return []

    def all(self, words: list[Word]) -> list[Hit]:
        hits: list[Hit] = []
        start = 0
        while start < len(words):
            found = self.at(words, start)
            hits += found
            start += found[0].length if found else 1
        return hits

    def first(self, hits: list[Hit]) -> str | None:
        """The key that stands first in the table among the hits."""
        return min((hit.key for hit in hits), key=self.rank.__getitem__, default=None)
