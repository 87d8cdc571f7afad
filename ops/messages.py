"""Bring the catalogues in `locale/` up to date with the code: `make messages`. What is translated stays so.

Every string of the Python sources and the templates is found, in the order of its file; what nobody says any more is
dropped. Nothing of the machine, the day or the line goes into the file, so that a difference shows words only.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ("studio", "generators")
TEMPLATES = "templates"
ENDINGS = (".html", ".txt")
CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT, 2),
    "pgettext_lazy": (CONTEXT, 2),
    "npgettext": (CONTEXT, 2, 3),
    "npgettext_lazy": (CONTEXT, 2, 3),
    "ProviderError": None,  # engines know no Django: their sentences are translated where they are shown
}
# Nobody reads what a fake says.
UNSEEN = {"studio/providers/fake.py"}
# What packages say on our pages, and their own catalogues leave in English or put in other words than ours.
FOREIGN: dict[str, list[str | tuple[str, str]]] = {
    "allauth": [
        "The email address and/or password you specified are not correct.",
        "Successfully signed in as %(name)s.",
        "You have signed out.",
    ],
    "django": [
        "Enter a valid email address.",
        (
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
        ),
    ],
}
HEADER = """\
# What the studio says. `make messages` finds the strings; the translations are written here by hand.
msgid ""
msgstr ""
"Language: {name}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def main() -> None:
    found = list(strings())
    for path in catalogues():
        missing = update(path, found)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {missing} to translate\n")


def catalogues() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


Found = tuple[str, int, str | tuple[str, ...], str | None]


def strings() -> Iterator[Found]:
    """Every string that is translated, as (file, line, msgid or msgids, context)."""
    for name, source in sources():
        code = source if name.endswith(".py") else flat(templatize(source, origin=name))
        for line, words, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            yield name, line, words, context
    for package, said in FOREIGN.items():
        yield from ((package, 0, words, None) for words in said)


def sources() -> Iterator[tuple[str, str]]:
    """(file, its text) of all that may hold strings."""
    for path in files():
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        if path.suffix != ".py" or (name not in UNSEEN and any(word in text for word in ("gettext", "ProviderError"))):
            yield name, text


def files() -> list[Path]:
    python = [path for folder in PYTHON for path in (ROOT / folder).rglob("*.py")]
    templates = [path for path in (ROOT / TEMPLATES).rglob("*") if path.suffix in ENDINGS]
    return sorted(python) + sorted(templates)


def flat(code: str) -> str:
    """What is left of a template's text is noise, but its indentation would not be Python's."""
    return "\n".join(line.lstrip() for line in code.splitlines())


def update(path: Path, found: Iterable[Found]) -> int:
    """Write the catalogue anew around its translations; how many are missing."""
    with path.open("rb") as file:
        written = read_po(file)
    name = path.parent.parent.name
    catalog = Catalog(locale=name, fuzzy=False)
    for place, line, words, context in found:
        catalog.add(words, locations=[(place, line)], context=context)
    for message in catalog:
        earlier = written.get(message.id, message.context) if message.id else None
        if earlier is not None and earlier.id == message.id:
            message.string, message.user_comments = earlier.string, earlier.user_comments
    draft = io.BytesIO()
    draft.write(HEADER.format(name=name, plurals=catalog.plural_forms).encode())
    write_po(draft, catalog, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    path.write_bytes(draft.getvalue().rstrip() + b"\n")
    return sum(not is_translated(message.string) for message in catalog if message.id)


def is_translated(words: Sequence[str] | None) -> bool:
    return bool(words) and all(words or ())


if __name__ == "__main__":
    main()
