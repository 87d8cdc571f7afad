"""What a render may take from the machine, with real render processes and a real full disk."""

import errno
import os
import resource
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import SimpleTestCase

from studio.providers.contract import GenerationRequest, Update
from studio.providers.errors import ProviderError
from studio.providers.local.provider import LocalProvider

MB = 1024**2


class LimitsTestCase(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.workdir = Path(folder.name)

    def perform(self, renderer: str, *, memory_limit: int = 700 * MB, **params: int) -> Update:
        engine = LocalProvider(workdir=self.workdir, time_limit=timedelta(seconds=60), memory_limit=memory_limit)
        request = GenerationRequest(
            id="one", kind="text", params=params, renderer=f"tests.providers.limits_renderers:{renderer}"
        )
        return engine.perform(request, on_update=lambda _update: True)


class DiskTests(LimitsTestCase):
    def test_a_full_disk_is_an_error_of_the_machine_and_leaves_nothing(self) -> None:
        for renderer in ("saves_nowhere", "is_over_quota", "wraps_its_errors"):
            with self.subTest(renderer=renderer), self.assertRaises(OSError) as caught:
                self.perform(renderer)
            self.assertEqual(caught.exception.errno, errno.ENOSPC)
            self.assertEqual(list(self.workdir.iterdir()), [])

    def test_another_error_that_sounds_like_it_is_a_crash(self) -> None:
        with (
            self.assertLogs("studio.providers.local.provider", "ERROR"),
            self.assertRaises(ProviderError) as caught,
        ):
            self.perform("may_not_write")
        self.assertEqual(caught.exception.code, "crash")


class MemoryTests(LimitsTestCase):
    def test_who_wants_too_much_fails_with_a_plain_sentence(self) -> None:
        for renderer in ("hoards", "asks_numpy", "asks_opencv", "asks_pillow"):
            with self.subTest(renderer=renderer), self.assertRaises(ProviderError) as caught:
                self.perform(renderer, pieces=64)
            error = caught.exception
            self.assertEqual((error.code, error.retryable), ("memory", False))
            self.assertEqual(error.message, "This needed more memory than the Local engine may use.")

    def test_who_stays_within_it_is_left_alone(self) -> None:
        self.assertEqual(self.perform("hoards", pieces=2).outputs[0].facts, {"pieces": 2})


class ModestyTests(LimitsTestCase):
    def test_a_render_steps_back_behind_the_web(self) -> None:
        facts = self.perform("tells_its_limits").outputs[0].facts
        self.assertEqual(facts, {"nice": min(19, os.nice(0) + 10), "memory": 700 * MB})

    def test_without_a_limit_there_is_none(self) -> None:
        facts = self.perform("tells_its_limits", memory_limit=0).outputs[0].facts
        self.assertEqual(facts["memory"], resource.getrlimit(resource.RLIMIT_DATA)[0])

    def test_the_studio_sets_a_limit_that_holds_a_picture(self) -> None:
        self.assertGreater(settings.PROVIDERS["local"]["options"]["memory_limit"], 1024 * MB)
