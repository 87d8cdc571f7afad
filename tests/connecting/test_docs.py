"""The table of codes in the docs is the one in the code."""

import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

from studio.providers.kie import messages
from studio.providers.kie.messages import Family

PAGE = Path(settings.BASE_DIR) / "docs" / "connecting-kie.md"
HAPPENS = {
    Family.OK: "it is made",
    Family.REFUSED: "the task fails, its credits return",
    Family.LATER: "the task waits and goes on by itself",
    Family.BROKEN: "a new task fails, its credits return; one that runs is asked about again",
    Family.MISSING: "a new task fails, its credits return; one that runs is asked about again for five minutes",
}


def table() -> str:
    rows = sorted(messages.CODES.items())
    return "".join(f"| {code} | {it.sentence} | {HAPPENS[it.family]} |\n" for code, it in rows)


class DocsTests(SimpleTestCase):
    def test_every_code_is_explained_as_the_code_has_it(self) -> None:
        told = "".join(re.findall(r"^\| \d{3} \|.*\n", PAGE.read_text(), re.MULTILINE))
        self.assertEqual(told, table())
