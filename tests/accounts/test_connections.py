"""Accounts at engines: whose key serves whom, what is kept of it, and how fast it may begin new work."""

from datetime import timedelta
from threading import Thread
from unittest.mock import patch

from django.conf import settings
from django.db import connection as database
from django.test import TransactionTestCase, override_settings
from django.utils import timezone

from studio.accounts import connections, secrets
from studio.accounts.models import Connection, EngineChoice, Team
from studio.providers.errors import ProviderError
from studio.providers.kie.provider import KieProvider
from tests.base import StudioTestCase
from tests.fake_kie import FakeKie

KEY = "a-key-of-the-team-3f9a"
WITH_KEY = override_settings(KIE_API_KEY="instance-key-77aa")


def at(kie: FakeKie) -> override_settings:
    options = {"base_url": kie.url, "upload_base_url": kie.upload_url}
    return override_settings(PROVIDERS={**settings.PROVIDERS, "kie": {**settings.PROVIDERS["kie"], "options": options}})


class SecretTests(StudioTestCase):
    def test_what_is_sealed_can_be_read_again_and_not_by_others(self) -> None:
        sealed = secrets.seal(KEY)
        self.assertNotIn(KEY, sealed)
        self.assertEqual(secrets.unseal(sealed), KEY)
        with override_settings(SECRET_KEY="another key"), self.assertRaises(secrets.SecretLostError):
            secrets.unseal(sealed)
        for broken in ("", "no seal", sealed[:-3], "ü"):
            with self.assertRaises(secrets.SecretLostError):
                secrets.unseal(broken)

    def test_an_earlier_key_still_opens_it_until_it_is_sealed_anew(self) -> None:
        with override_settings(SECRET_KEY="the old key"):
            sealed = secrets.seal(KEY)
        with override_settings(SECRET_KEY_FALLBACKS=["the old key"]):
            self.assertEqual(secrets.unseal(sealed), KEY)
            anew = secrets.reseal(sealed)
        self.assertEqual(secrets.unseal(anew), KEY)


class ServingTests(StudioTestCase):
    def connect(self, team: Team, key: str = KEY) -> Connection:
        return Connection.objects.create(team=team, provider="kie", **connections._sealed(key))

    def test_without_a_key_only_the_local_engine_serves(self) -> None:
        self.assertEqual(connections.serving(self.team, ["kie", "local"]), ["local"])
        self.assertEqual(connections.connection_for(self.team, "local"), "local")
        with self.assertRaises(KeyError):
            connections.connection_for(self.team, "kie")

    def test_a_key_of_the_instance_serves_every_team(self) -> None:
        with WITH_KEY:
            for team in (self.team, self.other_team):
                self.assertEqual(connections.serving(team, ["kie", "local"]), ["kie", "local"])
            ids = {connections.connection_for(team, "kie") for team in (self.team, self.other_team)}
        self.assertEqual(ids, {str(Connection.objects.get(team=None).pk)})
        self.assertEqual(Connection.objects.get().secret, "")

    def test_a_team_s_own_key_serves_it_alone_and_goes_first(self) -> None:
        own = self.connect(self.team)
        self.assertEqual(connections.serving(self.team, ["kie", "local"]), ["kie", "local"])
        self.assertEqual(connections.serving(self.other_team, ["kie", "local"]), ["local"])
        with WITH_KEY:
            self.assertEqual(connections.connection_for(self.team, "kie"), str(own.pk))
            self.assertNotEqual(connections.connection_for(self.other_team, "kie"), str(own.pk))

    def test_a_retired_key_serves_nobody_new_and_finishes_what_runs(self) -> None:
        own = self.connect(self.team)
        self.assertTrue(connections.retire(own))
        self.assertFalse(connections.retire(own))
        self.assertEqual(connections.serving(self.team, ["kie", "local"]), ["local"])
        self.assertIsInstance(connections.engine("kie", str(own.pk)), KieProvider)

    def test_a_new_key_switches_a_service_over_and_the_team_may_choose_otherwise(self) -> None:
        self.connect(self.team)
        names = connections.serving(self.team, ["kie", "local"])
        self.assertEqual(connections.preferred(self.team, "image", names), "kie")
        connections.prefer(self.team, "image", "local")
        connections.prefer(self.team, "image", "local")
        self.assertEqual(connections.preferred(self.team, "image", names), "local")
        self.assertEqual(connections.preferred(self.other_team, "image", names), "kie")
        EngineChoice.objects.update(provider="gone")
        self.assertEqual(connections.preferred(self.team, "image", names), "kie")

    def test_a_key_that_cannot_be_read_asks_to_connect_again(self) -> None:
        own = self.connect(self.team)
        with override_settings(SECRET_KEY="another key"), self.assertRaisesMessage(ProviderError, "connect Kie again"):
            connections.engine("kie", str(own.pk))
        with self.assertRaises(ProviderError):
            connections.engine("kie", "no id at all")

    def test_resealing_says_what_is_lost(self) -> None:
        with override_settings(SECRET_KEY="the old key"):
            old = self.connect(self.team)
        with override_settings(SECRET_KEY="a lost key"):
            self.connect(self.other_team)
        with override_settings(SECRET_KEY_FALLBACKS=["the old key"]):
            self.assertEqual(connections.reseal_all(), (1, 1))
        old.refresh_from_db()
        self.assertEqual(connections.key_of(old), KEY)
        self.assertEqual(old.fingerprint, secrets.fingerprint(KEY))


class TryingTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie = FakeKie(key=KEY, balance="60.62")
        self.kie.start()
        self.addCleanup(self.kie.stop)
        swap = at(self.kie)
        swap.enable()
        self.addCleanup(swap.disable)

    def test_a_key_is_tried_before_it_is_kept(self) -> None:
        own = connections.connect(self.team, key=KEY, by=self.alice.user)
        self.assertEqual((str(own.balance), own.hint), ("60.62", "3f9a"))
        self.assertNotIn(KEY, str(Connection.objects.values().get()))
        with self.assertRaises(ProviderError):
            connections.connect(self.team, key="wrong", by=self.alice.user)
        self.assertEqual(Connection.objects.count(), 1)

    def test_another_key_takes_its_place(self) -> None:
        own = connections.connect(self.team, key=KEY, by=self.alice.user)
        with self.assertRaises(ProviderError):
            connections.rotate(own, key="wrong")
        self.kie.account("a-newer-key-0001", "7.5")
        connections.rotate(own, key="a-newer-key-0001")
        own.refresh_from_db()
        self.assertEqual((str(own.balance), own.hint, connections.key_of(own)), ("7.50", "0001", "a-newer-key-0001"))

    def test_trouble_is_remembered_until_it_is_over(self) -> None:
        own = connections.connect(self.team, key=KEY, by=self.alice.user)
        self.kie.fault("chat/credit", code=455, times=None)
        with self.assertRaises(ProviderError):
            connections.test(own)
        own.refresh_from_db()
        self.assertEqual(own.trouble_code, "455")
        self.kie.reset()
        self.kie.account(KEY, "12")
        self.assertEqual(connections.test(own), 12)
        own.refresh_from_db()
        self.assertEqual((own.trouble_code, own.trouble_at, str(own.balance)), ("", None, "12.00"))

    def test_our_own_patience_is_no_trouble(self) -> None:
        own = connections.connect(self.team, key=KEY, by=self.alice.user)
        connections.note_trouble(str(own.pk), ProviderError("later", code="pace"))
        connections.note_trouble("local", ProviderError("no", code="500"))
        own.refresh_from_db()
        self.assertEqual(own.trouble_code, "")


class PaceTests(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        teams = [Team.objects.create(name=name) for name in ("one", "two")]
        self.same = [Connection.objects.create(team=team, provider="kie", **connections._sealed(KEY)) for team in teams]
        self.other = Connection.objects.create(team=teams[0], provider="kie", **connections._sealed("another"))

    def begun(self, *owners: Connection, moment: float, tries: int) -> int:
        with patch("studio.accounts.connections.time.time_ns", return_value=int(moment * 1e9)):
            return sum(connections.pacer(owner.pk)(True) == 0 for owner in owners for _ in range(tries))

    def test_teams_with_one_key_share_its_limit(self) -> None:
        self.assertEqual(self.begun(*self.same, moment=1000, tries=20), 10)
        self.assertEqual(self.begun(self.other, moment=1000, tries=20), 10)

    def test_never_more_than_twenty_in_ten_seconds(self) -> None:
        begun = [self.begun(self.same[0], moment=1000 + tenth / 10, tries=3) for tenth in range(300)]
        for start in range(len(begun) - 100):
            self.assertLessEqual(sum(begun[start : start + 101]), 20)
        self.assertGreater(sum(begun), 35)

    def test_many_at_once_take_each_slot_once(self) -> None:
        taken: list[float] = []

        def take() -> None:
            pace = connections.pacer(self.same[0].pk)
            taken.extend(pace(True) for _ in range(4))
            database.close()

        moment = timezone.now() + timedelta(days=1)
        with patch("studio.accounts.connections.time.time_ns", return_value=int(moment.timestamp() * 1e9)):
            threads = [Thread(target=take) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(sum(wait == 0 for wait in taken), 10)
