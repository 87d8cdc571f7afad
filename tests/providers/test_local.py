"""The Local engine with real render processes."""

import io
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from unittest.mock import patch

from django.test import SimpleTestCase

from studio.providers.contract import GenerationRequest, Input, Performer, State, Update
from studio.providers.errors import ProviderError
from studio.providers.local import provider
from studio.providers.local.provider import LocalProvider


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class LocalTestCase(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.workdir = Path(folder.name) / "renders"
        self.engine = LocalProvider(workdir=self.workdir, time_limit=timedelta(seconds=20))
        self.heard: list[Update] = []
        self.clock("BEAT", 0.05)

    def clock(self, name: str, seconds: float) -> None:
        changed = patch.object(provider, name, seconds)
        changed.start()
        self.addCleanup(changed.stop)

    def listen(self, update: Update) -> bool:
        self.heard.append(update)
        return True

    def until(self, enough: Callable[[], bool]) -> Callable[[Update], bool]:
        """A listener that wants no more from then on."""
        return lambda update: self.listen(update) and not enough()

    def has_begun(self) -> bool:
        return (self.workdir / "one" / "pid").exists()

    def perform(self, renderer: str, on_update: Callable[[Update], bool] | None = None, *words: str) -> Update:
        request = GenerationRequest(
            id="one", kind="text", params={"words": words}, renderer=f"tests.providers.renderers:{renderer}"
        )
        return self.engine.perform(request, on_update=on_update or self.listen)

    def given(self, content: bytes | None) -> Update:
        def opened() -> BinaryIO:
            if content is None:
                raise FileNotFoundError
            return io.BytesIO(content)

        inputs = tuple(
            Input(role=role, name=f"{role}.png", media_type="image/png", size=3, open=opened)
            for role in ("reference", "reference", "mask")
        )
        renderer = "tests.providers.renderers:reads_its_inputs"
        request = GenerationRequest(id="one", kind="text", params={}, renderer=renderer, inputs=inputs)
        return self.engine.perform(request, on_update=self.listen)

    def process(self) -> int:
        """The number that the renderer left."""
        return int((self.workdir / "one" / "pid").read_text())

    def failure(self, renderer: str) -> ProviderError:
        with self.assertRaises(ProviderError) as caught:
            self.perform(renderer)
        return caught.exception


class PerformTests(LocalTestCase):
    def test_it_is_a_performer(self) -> None:
        self.assertIsInstance(self.engine, Performer)

    def test_it_hands_over_the_files_in_their_order_with_their_facts(self) -> None:
        words = ("a fox", "海边的灯塔 🦊", 'line\n"two"\\', "")
        update = self.perform("works", None, *words)
        self.assertEqual((update.state, update.progress), (State.SUCCEEDED, 1.0))
        self.assertEqual([Path(output.address).read_text(encoding="utf-8") for output in update.outputs], [*words])
        self.assertEqual([output.facts["text"] for output in update.outputs], [*words])
        self.assertEqual({Path(output.address).parent for output in update.outputs}, {self.workdir / "one"})

    def test_it_passes_the_progress_on_as_it_comes(self) -> None:
        self.perform("works", None, "x")
        told = [(update.progress, update.stage) for update in self.heard if update.progress is not None]
        # A silent moment tells the last news again.
        self.assertEqual(
            list(dict.fromkeys(told)), [(0.25, "step 1/4"), (0.5, "step 2/4"), (0.75, "step 3/4"), (1.0, "step 4/4")]
        )
        self.assertEqual(told, sorted(told))
        self.assertEqual({update.state for update in self.heard}, {State.RUNNING})

    def test_it_tells_the_last_news_again_in_silence(self) -> None:
        self.clock("GRACE", 0.2)
        self.perform("ignores_stop", self.until(lambda: [update.stage for update in self.heard].count("deaf") == 3))
        self.assertEqual(self.heard[-3:], [Update(state=State.RUNNING, progress=0.1, stage="deaf")] * 3)

    def test_a_crash_is_a_failure_that_says_so(self) -> None:
        for renderer, code in (("crashes", 7), ("raises", 1), ("that_is_none", 1)):
            with self.subTest(renderer=renderer), self.assertLogs("studio.providers.local.provider", "ERROR") as logs:
                error = self.failure(renderer)
                self.assertEqual((error.code, error.retryable), ("crash", False))
                self.assertEqual(error.message, "The Local engine stopped before the work was done.")
            self.assertIn(f"ended with {code}", logs.output[0])

    def test_what_libraries_print_is_no_news(self) -> None:
        update = self.perform("chatters")
        self.assertEqual([output.facts["text"] for output in update.outputs], ["done"])
        self.assertEqual({update.progress for update in self.heard} - {None}, {0.5})

    def test_a_render_process_knows_no_django_and_no_database(self) -> None:
        facts = self.perform("looks_around").outputs[0].facts
        rooms = {name.partition(".")[0] for name in facts["loaded"]}
        self.assertEqual(rooms & {"django", "sqlite3", "psycopg", "generators"}, set())
        studio = {name for name in facts["loaded"] if name.startswith("studio.")}
        self.assertLessEqual({name.split(".")[1] for name in studio}, {"engine", "providers"})

    def test_what_an_earlier_attempt_left_is_gone(self) -> None:
        folder = self.workdir / "one" / "deep"
        folder.mkdir(parents=True)
        (folder / "0.png").touch()
        self.assertEqual(self.perform("looks_around").outputs[0].facts["found"], [])

    def test_it_forgets_a_request_and_no_other(self) -> None:
        self.perform("works", None, "x")
        other = self.workdir / "two"
        other.mkdir()
        self.engine.forget("one")
        self.assertEqual(list(self.workdir.iterdir()), [other])
        self.engine.forget("one")
        self.engine.forget("never there")
        self.assertEqual(list(self.workdir.iterdir()), [other])

    def test_only_its_owner_may_look_into_the_folder(self) -> None:
        self.perform("works", None, "x")
        self.assertEqual((self.workdir / "one").stat().st_mode & 0o777, 0o700)


class StopTests(LocalTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.clock("GRACE", 0.2)

    def test_it_asks_although_the_renderer_is_silent(self) -> None:
        self.assertEqual(self.perform("hangs", self.until(lambda: len(self.heard) == 3)).state, State.STOPPED)
        self.assertEqual(self.heard, [Update(state=State.RUNNING)] * 3)

    def test_it_stops_and_the_process_is_gone(self) -> None:
        for renderer in ("reports_for_ever", "ignores_stop", "hangs"):
            with self.subTest(renderer=renderer):
                answers: list[bool] = []

                def listen(update: Update, answers: list[bool] = answers) -> bool:
                    answers.append(not self.has_begun())
                    return answers[-1]

                update = self.perform(renderer, listen)
                self.assertEqual((update.state, update.outputs), (State.STOPPED, ()))
                self.assertEqual(answers.count(False), 1, "nobody is told who wants no more")
                self.assertFalse(lives(self.process()))

    def test_a_listener_that_fails_leaves_no_process_behind(self) -> None:
        def listen(update: Update) -> bool:
            if self.has_begun():
                raise ZeroDivisionError
            return True

        with self.assertRaises(ZeroDivisionError):
            self.perform("reports_for_ever", listen)
        self.assertFalse(lives(self.process()))

    def test_a_render_that_takes_too_long_is_ended(self) -> None:
        self.engine.time_limit = 1.0
        for renderer in ("hangs", "ignores_stop", "reports_for_ever"):
            with self.subTest(renderer=renderer):
                self.assertEqual(self.failure(renderer).code, "timeout")
                self.assertFalse(lives(self.process()))

    def test_a_process_that_lost_its_pipe_is_a_crash_and_is_gone(self) -> None:
        with self.assertLogs("studio.providers.local.provider", "ERROR"):
            self.assertEqual(self.failure("loses_its_pipe").code, "crash")
        self.assertFalse(lives(self.process()))

    def test_a_child_that_outlives_the_render_does_not_hold_it_up(self) -> None:
        child = self.perform("leaves_a_child").outputs[0].facts["child"]
        os.kill(child, signal.SIGKILL)
        self.assertFalse((self.workdir / "one" / "ended").exists(), "the answer came only when the child had ended")


class InputTests(LocalTestCase):
    def test_copies_lie_in_the_folder_by_role_and_in_order(self) -> None:
        (output,) = self.given(b"abc").outputs
        self.assertEqual(output.facts["inputs"], {"reference": ["0.png abc", "1.png abc"], "mask": ["2.png abc"]})
        self.engine.forget("one")
        self.assertEqual(list(self.workdir.iterdir()), [])

    def test_a_file_that_storage_lost_fails_the_task_with_a_sentence(self) -> None:
        with self.assertRaisesRegex(ProviderError, "not in storage any more"):
            self.given(None)
