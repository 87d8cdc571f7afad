"""What every engine must be, and that slices and engines fit together."""

import inspect
from uuid import uuid4

from django.conf import settings
from django.test import SimpleTestCase

from studio.catalog import registry as catalog
from studio.library.details import provider_name
from studio.providers import registry
from studio.providers.contract import Performer, Provider
from studio.providers.fake import FakePerformer, FakeProvider

METHODS = {Provider: ("submit", "fetch"), Performer: ("perform", "forget")}


class ProviderContractTests(SimpleTestCase):
    def setUp(self) -> None:
        registry.get.cache_clear()
        self.addCleanup(registry.get.cache_clear)
        self.engines = {
            name: registry.connect(name, key="a key") if registry.needs_key(name) else registry.get(name)
            for name in settings.PROVIDERS
        }

    def test_there_is_one(self) -> None:
        self.assertIn("local", self.engines)
        self.assertEqual(registry.names(), list(self.engines))

    def test_each_does_the_work_or_hands_it_over_and_never_both(self) -> None:
        for name, engine in [*self.engines.items(), ("a fake", FakeProvider()), ("another", FakePerformer())]:
            with self.subTest(name=name):
                self.assertNotEqual(isinstance(engine, Provider), isinstance(engine, Performer))
                self.assertEqual(name in registry.performers(), isinstance(engine, Performer) and name in self.engines)

    def test_each_is_called_as_the_contract_says(self) -> None:
        for name, engine in [*self.engines.items(), ("a fake", FakeProvider()), ("another", FakePerformer())]:
            contract = Performer if isinstance(engine, Performer) else Provider
            for method in METHODS[contract]:
                with self.subTest(name=name, method=method):
                    asked = list(inspect.signature(getattr(contract, method)).parameters.values())[1:]
                    taken = list(inspect.signature(getattr(engine, method)).parameters.values())
                    self.assertEqual([(p.name, p.kind) for p in taken], [(p.name, p.kind) for p in asked])

    def test_performers_forget_what_they_never_knew(self) -> None:
        for name in registry.performers():
            engine = registry.get(name)
            assert isinstance(engine, Performer)
            engine.forget(str(uuid4()))

    def test_each_has_a_name_for_people(self) -> None:
        for name in self.engines:
            self.assertNotEqual(provider_name(name), name)

    def test_every_slice_names_engines_that_are_there(self) -> None:
        for generator in catalog.every():
            with self.subTest(kind=generator.kind):
                names = generator.providers()
                self.assertTrue(names)
                self.assertEqual(len(names), len(set(names)))
                self.assertLessEqual(set(names), set(self.engines))

    def test_every_slice_brings_what_its_engines_need(self) -> None:
        for generator in catalog.every():
            for name in generator.providers():
                with self.subTest(kind=generator.kind, provider=name):
                    if isinstance(self.engines[name], Performer):
                        self.assertRegex(generator.renderer, r"^generators\.\w+\.local:\w+$")
                    else:
                        self.assertIsNotNone(generator.wire)

    def test_no_engine_is_there_for_nothing(self) -> None:
        used = {name for generator in catalog.every() for name in generator.providers()}
        self.assertEqual(used, set(self.engines))
