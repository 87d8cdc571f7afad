"""`manage.py rotate_secrets`: stored keys outlive a change of SECRET_KEY, and what is lost is said."""

import io

from django.core.management import CommandError, call_command
from django.test import override_settings

from studio.accounts import connections, secrets
from studio.accounts.models import Connection
from tests.base import StudioTestCase

OLD, NEW = "an old secret key", "a new secret key"


class RotateSecretsTests(StudioTestCase):
    def make(self, key: str) -> Connection:
        sealed = {"secret": secrets.seal(key), "fingerprint": secrets.fingerprint(key), "hint": key[-4:]}
        return Connection.objects.create(team=self.team, provider="kie", **sealed)

    def run_it(self) -> str:
        out = io.StringIO()
        call_command("rotate_secrets", stdout=out)
        return out.getvalue()

    def test_it_seals_every_key_anew(self) -> None:
        with override_settings(SECRET_KEY=OLD):
            made = self.make("kie-one-key")
            connections.set_webhook_key(made, "whsec")
        with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
            self.assertEqual(
                self.run_it(),
                "1 of 1 connections are sealed under SECRET_KEY.\n0 of 0 second factors are sealed under SECRET_KEY.\n",
            )
        made.refresh_from_db()
        with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
            self.assertEqual(connections.key_of(made), "kie-one-key")
            self.assertEqual(connections.webhook_key_of(made), "whsec")
            self.assertEqual(made.fingerprint, secrets.fingerprint("kie-one-key"))

    def test_it_says_what_is_lost_and_keeps_the_rest(self) -> None:
        with override_settings(SECRET_KEY=OLD):
            self.make("kie-lost-key")
        with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
            kept = self.make("kie-kept-key")
            with self.assertRaisesMessage(CommandError, "1 cannot be read: the SECRET_KEY that sealed them"):
                self.run_it()
            self.assertEqual(connections.key_of(kept), "kie-kept-key")

    def test_with_nothing_stored_it_does_nothing(self) -> None:
        self.assertEqual(
            self.run_it(),
            "0 of 0 connections are sealed under SECRET_KEY.\n0 of 0 second factors are sealed under SECRET_KEY.\n",
        )
