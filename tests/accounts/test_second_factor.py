"""Code app, recovery codes and passkeys, as far as they go without a browser (tests/journeys has the rest)."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.test import override_settings
from django.urls import get_resolver, reverse

from studio.accounts import secrets
from studio.accounts.person import services
from tests.accounts.base import PASSWORD, TeamTestCase

LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
WAYS = ("totp/activate", "recovery-codes", "recovery-codes/generate", "webauthn/add")


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


class SecondFactorTests(TeamTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.secret = generate_totp_secret()

    def enrol(self) -> list[str]:
        """Bob has a code app; his recovery codes."""
        TOTP.activate(self.bob.user, self.secret)
        return list(RecoveryCodes.activate(self.bob.user).get_unused_codes())

    def begin(self) -> None:
        answer = self.client.post(LOGIN, {"login": "bob@example.org", "password": PASSWORD})
        self.assertRedirects(answer, SECOND)

    def sign_in_with_password(self) -> None:
        self.client.post(LOGIN, {"login": "bob@example.org", "password": PASSWORD})
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    def test_it_is_set_up_in_the_browser_and_gives_recovery_codes(self) -> None:
        self.sign_in_with_password()
        page = self.client.get("/accounts/2fa/totp/activate/")
        secret = page.context["form"].secret
        self.assertContains(page, secret)
        wrong = self.client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
        self.assertContains(wrong, "Incorrect code")
        right = self.client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
        self.assertRedirects(right, "/accounts/2fa/recovery-codes/")
        self.assertContains(self.client.get("/account/"), "10 left")

    def test_the_password_alone_is_not_enough_then(self) -> None:
        self.enrol()
        self.begin()
        self.assertEqual(self.client.get("/").status_code, 302)
        self.assertContains(self.client.post(SECOND, {"code": "000000"}), "Incorrect code")
        self.assertRedirects(self.client.post(SECOND, {"code": code_of(self.secret)}), "/")

    def test_a_recovery_code_works_once(self) -> None:
        code = self.enrol()[0]
        self.begin()
        self.assertRedirects(self.client.post(SECOND, {"code": code}), "/")
        self.client.logout()
        self.begin()
        self.assertContains(self.client.post(SECOND, {"code": code}), "Incorrect code")

    def test_codes_are_not_guessed_through(self) -> None:
        self.enrol()
        self.begin()
        for _ in range(10):
            self.client.post(SECOND, {"code": "000000"})
        self.assertContains(self.client.post(SECOND, {"code": code_of(self.secret)}), "Too many tries")

    def test_it_is_turned_off_again(self) -> None:
        self.enrol()
        self.begin()
        self.client.post(SECOND, {"code": code_of(self.secret)})
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        self.assertContains(self.client.get("/accounts/2fa/totp/deactivate/"), "Turn off")
        self.assertRedirects(
            self.client.post("/accounts/2fa/totp/deactivate/"), reverse("mfa_index"), target_status_code=302
        )
        self.assertFalse(Authenticator.objects.exists())

    def test_secrets_are_sealed_in_the_database(self) -> None:
        self.enrol()
        kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
        self.assertNotIn(self.secret, kept)
        self.assertEqual(secrets.unseal(kept), self.secret)

    def test_a_new_secret_key_takes_them_over(self) -> None:
        recovery = self.enrol()[0]
        with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
            self.assertEqual(services.reseal_ways_in(), (2, 0))
        with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
            self.begin()
            self.assertRedirects(self.client.post(SECOND, {"code": recovery}), "/")
        self.assertEqual(services.reseal_ways_in(), (0, 2))

    def test_with_a_lost_key_no_code_fits_and_nothing_breaks(self) -> None:
        self.enrol()
        with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
            self.begin()
            for code in (code_of(self.secret), code_of("")):
                self.assertContains(self.client.post(SECOND, {"code": code}), "Incorrect code")


class DoorTests(TeamTestCase):
    def test_ways_in_are_changed_only_by_who_gave_the_password_lately(self) -> None:
        self.sign_in(self.bob)
        for way in ("totp/activate", "webauthn/add"):
            answer = self.client.get(f"/accounts/2fa/{way}/")
            self.assertRedirects(answer, f"/accounts/reauthenticate/?next=/accounts/2fa/{way}/")

    def test_strangers_are_led_to_sign_in(self) -> None:
        for way in (*WAYS, "reauthenticate", "webauthn/reauthenticate", "authenticate"):
            answer = self.client.get(f"/accounts/2fa/{way}/")
            self.assertEqual(answer.status_code, 302, way)
            self.assertIn("/accounts/", answer.headers["Location"])

    def test_the_second_step_has_no_door_of_its_own(self) -> None:
        self.assertRedirects(self.client.get(SECOND), LOGIN)

    def test_no_page_of_allauth_itself_is_shown(self) -> None:
        ours = {getattr(each, "name", "") for each in get_resolver("studio.accounts.doors").url_patterns}
        self.assertEqual(ours & {"mfa_edit_webauthn", "mfa_signup_webauthn", "account_email"}, set())
        self.client.post(LOGIN, {"login": "bob@example.org", "password": PASSWORD})
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        for way in ("totp/activate", "recovery-codes/generate", "webauthn/add"):
            page = self.client.get(f"/accounts/2fa/{way}/", follow=True)
            names = [template.name or "" for template in page.templates]
            self.assertIn("base.html", names, way)
            self.assertFalse([name for name in names if name.startswith("allauth/")], way)

    def test_the_sign_in_page_offers_passkeys_to_whoever_has_one(self) -> None:
        options = self.client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
        self.assertIn("challenge", options.json()["request_options"]["publicKey"])
        self.assertRedirects(self.client.post("/accounts/2fa/webauthn/login/", {"credential": "{}"}), LOGIN)
