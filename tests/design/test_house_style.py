"""The look is kept by machine: classes exist, colours are tokens, icons and templates are there. Runs without a browser."""

import re
import unittest
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from django.template.loader import get_template
from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))

HOLE = "\0"  # what a template fills in
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
CLASS_ATTRIBUTE = re.compile(r"\bclass=(\"[^\"]*\"|'[^']*')")
LOOK = re.compile(r"\blook=(\"[^\"]*\"|'[^']*')")
SELECTOR_CALL = re.compile(r"(?:querySelector(?:All)?|closest|matches)\(\s*([\"'`])(.*?)\1", re.DOTALL)
CLASS_LIST = re.compile(r"classList\.\w+\(([^)]*)\)")
COLOUR_FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
NAMED = re.compile(
    r"(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|pink|silver|navy|teal)(?![\w-])"
)
DECLARATION = re.compile(r"[\w-]+\s*:\s*([^;{}]+)")


def template_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path.relative_to(TEMPLATES).as_posix(), path.read_text()


def script_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((STATIC / "js").glob("*.js")):
        yield path.name, path.read_text()


def classes_in_sheets() -> set[str]:
    found: set[str] = set()
    for sheet in SHEETS:
        text = STRING.sub("", COMMENT.sub("", sheet.read_text()))
        found.update(re.findall(r"\.([a-zA-Z_][\w-]*)", text))
    return found


def classes_in_template(text: str) -> set[str]:
    """Class names written in a template. A name with a hole in it (`prints--{{ count }}`) is known by its beginning."""
    words: list[str] = []
    for tag in TAG.findall(text):  # {% lucide "x" class="i" %} and {% include … with look="btn--sm" %}
        for given in (*CLASS_ATTRIBUTE.findall(tag), *LOOK.findall(tag)):
            words += given[1:-1].split()
    plain = VARIABLE.sub(HOLE, TAG.sub("", text))
    for given in CLASS_ATTRIBUTE.findall(plain):
        words += given[1:-1].split()
    return {word.split(HOLE)[0] + HOLE if HOLE in word else word for word in words} - {HOLE}


def classes_in_script(text: str) -> set[str]:
    found: set[str] = set()
    for _quote, selector in SELECTOR_CALL.findall(text):
        found.update(re.findall(r"\.([a-zA-Z_][\w-]*)", re.sub(r"\$\{.*?\}", "", selector)))
    for given in CLASS_LIST.findall(text):
        found.update(re.findall(r"[\"']([\w-]+)[\"']", given))
    return found


def unknown_classes() -> list[str]:
    """`where: class` for every class that no style sheet knows."""
    known = classes_in_sheets()

    def is_known(name: str) -> bool:
        return any(each.startswith(name[:-1]) for each in known) if name.endswith(HOLE) else name in known

    used = [(where, classes_in_template(text)) for where, text in template_texts()]
    used += [(where, classes_in_script(text)) for where, text in script_texts()]
    return [f"{where}: {name}" for where, names in used for name in sorted(names) if not is_known(name)]


def raw_colours() -> list[str]:
    """`where: colour` for every colour that is written down anywhere but in tokens.css."""
    found = []
    for sheet in SHEETS:
        if sheet.name == "tokens.css":
            continue
        for value in DECLARATION.findall(STRING.sub("", COMMENT.sub("", sheet.read_text()))):
            found += [f"{sheet.name}: {value.strip()}" for rule in (COLOUR_FUNCTION, HEX, NAMED) if rule.search(value)]
    for where, text in (*template_texts(), *script_texts()):
        found += [f"{where}: {match}" for match in COLOUR_FUNCTION.findall(text)]
        painted = re.findall(r"\b(?:fill|stroke|color|content|style)=\"([^\"]*)\"", text)
        found += [f"{where}: {value}" for value in painted if HEX.search(value) or NAMED.search(value)]
    return found


def inline_code() -> list[str]:
    """What the content policy would refuse: inline scripts and styles, handlers, evaluated htmx attributes."""
    refused = {
        "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
        "an inline style sheet": re.compile(r"<style"),
        "an event handler": re.compile(r"\son[a-z]+="),
        "hx-on": re.compile(r"\bhx-on"),
        "an evaluated value": re.compile(r"hx-(?:vals|headers|vars)=.?js:|hx-trigger=\"[^\"]*\["),
        "a link to nowhere": re.compile(r"href=\"#?\""),
    }
    found = [
        f"{where}: {name}" for where, text in template_texts() for name, rule in refused.items() if rule.search(text)
    ]
    for where, text in template_texts():
        styles = re.findall(r"\bstyle=\"([^\"]*)\"", VARIABLE.sub(HOLE, TAG.sub("", text)))
        found += [f"{where}: style={style}" for style in styles if not _is_only_custom_properties(style)]
    return found


def _is_only_custom_properties(style: str) -> bool:
    parts = [part.strip() for part in style.split(";")]
    return all(part.startswith("--") for part in parts if part.strip(HOLE))


def unknown_icons() -> list[str]:
    with ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes())) as archive:
        known = {Path(name).stem for name in archive.namelist()}
    named = re.compile(r"\{%\s*lucide\s+\"([^\"]+)\"|\bicon(?:_after)?=\"([^\"]+)\"")
    return [
        f"{where}: {name}"
        for where, text in template_texts()
        for pair in named.findall(text)
        for name in pair
        if name and name not in known
    ]


def missing_files() -> list[str]:
    """Templates and static files that are named and not there. Fonts come out of packages when static files are built."""
    templates = {where for where, _text in template_texts()}
    found = []
    for where, text in template_texts():
        named = re.findall(r"\{%\s*(?:include|extends)\s+[\"']([^\"'{|]+)[\"']", text)
        found += [f"{where}: {name}" for name in named if name not in templates]
        statics = re.findall(r"\{%\s*static\s+[\"']([^\"']+)[\"']", text)
        found += [
            f"{where}: {name}" for name in statics if not name.startswith("fonts/") and not (STATIC / name).exists()
        ]
    return found


class HouseStyleTests(unittest.TestCase):
    def test_every_class_exists_in_a_style_sheet(self) -> None:
        self.assertEqual(unknown_classes(), [])

    def test_no_colour_is_written_outside_the_tokens(self) -> None:
        self.assertEqual(raw_colours(), [])

    def test_nothing_inline_that_the_content_policy_refuses(self) -> None:
        self.assertEqual(inline_code(), [])

    def test_every_icon_exists(self) -> None:
        self.assertEqual(unknown_icons(), [])

    def test_every_named_template_and_file_exists(self) -> None:
        self.assertEqual(missing_files(), [])

    def test_the_checks_see_what_they_look_for(self) -> None:
        self.assertEqual(
            classes_in_template('<i class="a{% if b == "c" %} d{% endif %} e--{{ f }}">'), {"a", "d", "e--" + HOLE}
        )
        self.assertEqual(
            classes_in_template("{% include 'x' with look='btn--sm btn--x' only %}"), {"btn--sm", "btn--x"}
        )
        self.assertEqual(classes_in_script('a.closest(".toast b"); c.classList.add("d")'), {"toast", "d"})
        self.assertTrue(COLOUR_FUNCTION.search("oklch(0.5 0 0)"))
        self.assertFalse(COLOUR_FUNCTION.search("color-mix(in oklab, var(--ink) 5%, transparent)"))


class TemplateTests(SimpleTestCase):
    def test_every_template_compiles(self) -> None:
        for where, _text in template_texts():
            with self.subTest(where):
                get_template(where)
