from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import SimpleTestCase, override_settings

from studio.providers import registry
from studio.providers.fake import FakePerformer, FakeProvider
from studio.providers.local.provider import LocalProvider

FAKES: dict[str, dict[str, Any]] = {
    "upstream": {"class": "studio.providers.fake.FakeProvider"},
    "ours": {"class": "studio.providers.fake.FakePerformer", "options": {"answers": [ValueError("told")]}},
}


class RegistryTests(SimpleTestCase):
    def setUp(self) -> None:
        registry.get.cache_clear()
        self.addCleanup(registry.get.cache_clear)

    def test_it_makes_the_local_engine_as_the_settings_say(self) -> None:
        engine = registry.get("local")
        assert isinstance(engine, LocalProvider)
        options = settings.PROVIDERS["local"]["options"]
        self.assertEqual((engine.workdir, engine.time_limit), (Path(options["workdir"]), 600.0))
        self.assertEqual(options["time_limit"], timedelta(minutes=10))

    def test_it_makes_each_engine_once(self) -> None:
        self.assertIs(registry.get("local"), registry.get("local"))

    @override_settings(PROVIDERS=FAKES)
    def test_it_gives_options_to_those_who_have_some(self) -> None:
        upstream, ours = registry.get("upstream"), registry.get("ours")
        assert isinstance(upstream, FakeProvider)
        assert isinstance(ours, FakePerformer)
        self.assertEqual((len(upstream.answers), len(ours.answers)), (0, 1))

    @override_settings(PROVIDERS=FAKES)
    def test_it_tells_who_works_in_our_own_processes(self) -> None:
        self.assertEqual(registry.names(), ["upstream", "ours"])
        self.assertEqual(registry.performers(), ["ours"])

    def test_there_is_no_engine_of_another_name(self) -> None:
        for name in ("", "nobody", "Local"):
            with self.assertRaises(KeyError):
                registry.get(name)

    @override_settings(PROVIDERS={"broken": {"class": "studio.providers.fake.Nothing"}})
    def test_an_engine_that_cannot_be_loaded_is_our_mistake(self) -> None:
        with self.assertRaises(ImportError):
            registry.get("broken")
