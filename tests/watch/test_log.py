"""What a line of the log may look like, whatever was written into it."""

import json
import logging
import sys
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.test import SimpleTestCase

from studio import context
from studio.watch.log import JsonFormatter, TextFormatter, mask, mask_path

TASK = "0b5f1c9e-6a34-4f0c-9d53-1f0e6d8f3a77"


def record(message: str, *args: object, **extra: Any) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "studio.test", "levelno": 20, "levelname": "INFO", "msg": message, **extra})
    made.args = args
    return made


def broken(message: str) -> logging.LogRecord:
    try:
        raise ValueError(message)
    except ValueError:
        return record("it broke", exc_info=sys.exc_info())


def as_json(made: logging.LogRecord) -> dict[str, Any]:
    line = JsonFormatter().format(made)
    assert line.isascii()
    assert line.isprintable()
    found: dict[str, Any] = json.loads(line)
    return found


class JsonTests(SimpleTestCase):
    def test_every_line_says_when_how_bad_who_and_what(self) -> None:
        facts = as_json(record("hello %s", "there", created=1_700_000_000.25))
        self.assertEqual(
            facts,
            {"time": "2023-11-14T22:13:20.250000Z", "level": "INFO", "logger": "studio.test", "message": "hello there"},
        )

    def test_it_names_the_request_and_the_task_that_it_belongs_to(self) -> None:
        with context.working(request_id="r1", team="t1"), context.working(task=TASK):
            facts = as_json(record("hello"))
        self.assertEqual((facts["request_id"], facts["team"], facts["task"]), ("r1", "t1", TASK))
        self.assertNotIn("task", as_json(record("afterwards")))

    def test_fields_of_the_event_are_beside_it_and_win_over_what_was_known(self) -> None:
        with context.working(task="another"):
            facts = as_json(record("hello", task=UUID(TASK), charged=100, took=0.5, is_late=True, code=None))
        self.assertEqual((facts["task"], facts["charged"], facts["took"]), (TASK, 100, 0.5))
        self.assertEqual((facts["is_late"], facts["code"]), (True, None))

    def test_no_field_of_an_event_replaces_what_every_line_has(self) -> None:
        facts = as_json(record("hello", time="never", level="FATAL", logger="root", exc="none"))
        self.assertEqual((facts["level"], facts["logger"]), ("INFO", "studio.test"))
        self.assertNotEqual(facts["time"], "never")
        self.assertNotIn("exc", facts)

    def test_what_is_no_plain_value_is_left_out(self) -> None:
        facts = as_json(record("hello", request=HttpRequest(), rows=[1], user={"email": "a"}))
        self.assertEqual(set(facts), {"time", "level", "logger", "message"})

    def test_numbers_that_json_does_not_know_become_words(self) -> None:
        self.assertEqual(as_json(record("hello", took=float("nan")))["took"], "nan")

    def test_an_error_is_told_in_full_on_the_same_line(self) -> None:
        facts = as_json(broken("a\nb"))
        self.assertTrue(facts["exc"].startswith("Traceback (most recent call last):\n"))
        self.assertTrue(facts["exc"].endswith("ValueError: a\nb"))

    def test_nothing_that_was_written_breaks_the_line(self) -> None:
        for words in ('"}\n{"level": "ERROR', "\r\n", "\x00\x1b[31m", "\x85\u2028\u2029", "\ud800", "灯塔"):
            with self.subTest(words.encode("unicode_escape")):
                self.assertEqual(as_json(record("said %s", words))["message"], f"said {words}")


class TextTests(SimpleTestCase):
    def line(self, made: logging.LogRecord) -> str:
        return TextFormatter().format(made)

    def test_it_is_one_line_for_people_with_short_ids(self) -> None:
        with context.working(request_id="0123456789abcdef", team="t1", task=TASK):
            said = self.line(record("hello %s", "there"))
        self.assertRegex(
            said, r"^\d{4}-\d\d-\d\d [\d:,]+ INFO    studio\.test: hello there \[request=01234567 task=0b5f1c9e\]$"
        )

    def test_without_a_request_or_a_task_there_are_no_brackets(self) -> None:
        self.assertTrue(self.line(record("hello")).endswith("studio.test: hello"))

    def test_nobody_forges_a_line_or_paints_the_terminal(self) -> None:
        for words in ("a\n2026-01-01 ERROR studio: forged", "\r", "\x1b[2J", "\x85", "\u2028", "\u202eevil", "\ud800"):
            with self.subTest(words.encode("unicode_escape")):
                said = self.line(record("said %s", words))
                self.assertTrue(said.isprintable())
                said.encode()

    def test_letters_of_every_language_stay_readable(self) -> None:
        self.assertIn("灯塔 Größe", self.line(record("灯塔 Größe")))

    def test_an_error_follows_indented_so_that_nothing_in_it_looks_like_an_event(self) -> None:
        first, *rest = self.line(broken("a\n2026-01-01 ERROR studio: forged\x1b[2J")).split("\n")
        self.assertTrue(first.endswith("it broke"))
        self.assertTrue(rest)
        self.assertEqual([row for row in rest if not row.startswith("    ") or not row.isprintable()], [])


class SettingsTests(SimpleTestCase):
    def test_there_is_one_way_out_for_every_line(self) -> None:
        ours = ("studio", "django", "axes", "allauth")  # uvicorn.access is silenced by `run_web`
        for name, logger in logging.root.manager.loggerDict.items():
            if isinstance(logger, logging.Logger) and name.partition(".")[0] in ours:
                self.assertTrue(logger.propagate, name)
                self.assertEqual([h for h in logger.handlers if not isinstance(h, logging.NullHandler)], [], name)


class MaskTests(SimpleTestCase):
    def test_what_must_not_be_read_later_is_hidden(self) -> None:
        for said, hidden in (
            ("Not Found: /callbacks/kie/s3cr3t/", "s3cr3t"),
            ("GET /callbacks/kie/s3cr3t?x=1", "s3cr3t"),
            ("Internal Server Error: /accounts/password/reset/key/1-set-password/", "1-set-password"),
            ("Authorization: Bearer s3cr3t", "s3cr3t"),
            ("no answer from postgres://studio:s3cr3t@db.example.org:5432/studio", "s3cr3t"),
            ("mail to mira.l+x@example.org failed", "mira"),
            ("duplicate key\nDETAIL:  Key (name)=(s3cr3t) already exists.\n\nThe above exception was", "s3cr3t"),
            ("refused\nDETAIL:  Failing row contains (1, a\ns3cr3t\nb).", "s3cr3t"),
            ("syntax error\nLINE 1: INSERT INTO x VALUES ('s3cr3t')\n   ^", "s3cr3t"),
        ):
            with self.subTest(said):
                self.assertNotIn(hidden, mask(said))
                self.assertNotIn(hidden, TextFormatter().format(record("%s", said)))
                self.assertNotIn(hidden, JsonFormatter().format(record("hello", words=said)))
                self.assertNotIn(hidden, JsonFormatter().format(broken(said)))
                self.assertNotIn(hidden, TextFormatter().format(broken(said)))

    def test_what_follows_a_hidden_detail_is_still_told(self) -> None:
        said = mask("DETAIL:  Key (a)=(b).\n\nThe above exception was the direct cause\nValueError: c")
        self.assertEqual(said, "DETAIL: ***\n\nThe above exception was the direct cause\nValueError: c")

    def test_in_a_path_a_long_word_is_a_token_and_the_id_of_a_row_is_not(self) -> None:
        self.assertEqual(mask_path("/join/qfVbq2Y0cT9b1pQe0a2h3d4w/"), "/join/***/")
        self.assertEqual(mask_path("/join/qfVbq2Y0cT9b1pQe0a2h3d4w"), "/join/***")
        for path in (f"/tasks/{TASK}/details/", f"/tasks/{TASK}", "/image/", "/music-video/tasks/", "/"):
            self.assertEqual(mask_path(path), path)
