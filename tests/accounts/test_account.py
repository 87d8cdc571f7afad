from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from studio.accounts.models import User
from studio.accounts.person import services
from tests.accounts.base import PASSWORD, TeamTestCase

HOME = "/account/"
LOGIN = "/accounts/login/"
NEW = "seven blue kites fly"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


class AccountTests(TeamTestCase):
    def test_everybody_has_one_also_who_is_suspended_or_in_no_team(self) -> None:
        for name, who in self.everybody().items():
            with self.subTest(name):
                self.assertEqual(self.knock(who, HOME), 302 if who is None else 200)
        lonely = User.objects.create_user("lonely@example.org", PASSWORD, name="Lone")
        self.client.force_login(lonely)
        self.assertContains(self.client.get(HOME), "lonely@example.org")

    def test_every_change_is_a_post_of_somebody_signed_in(self) -> None:
        for path in ("name", "email", "password", "sessions/1/end", "sessions/end-others", "team"):
            self.client.logout()
            self.assertRedirects(self.client.post(f"{HOME}{path}/"), f"{LOGIN}?next={HOME}{path}/")
            self.sign_in(self.bob)
            self.assertEqual(self.client.get(f"{HOME}{path}/").status_code, 405)

    def test_the_name_is_changed(self) -> None:
        self.sign_in(self.bob)
        self.assertRedirects(self.client.post(f"{HOME}name/", {"name": "Bob Hill"}), HOME)
        self.assertContains(self.client.get(HOME), "Bob Hill")
        self.assertEqual(self.client.post(f"{HOME}name/", {"name": ""}).status_code, 422)

    def test_the_address_is_changed_only_with_the_password(self) -> None:
        EmailAddress.objects.create(user=self.bob.user, email="bob@example.org", verified=True, primary=True)
        self.sign_in(self.bob)
        for email, password, words in (
            ("new@example.org", "wrong", "not your password"),
            ("Alice@example.org", PASSWORD, "Another account"),
            ("nothing", PASSWORD, "valid email"),
        ):
            answer = self.client.post(f"{HOME}email/", {"email-email": email, "email-current": password})
            self.assertContains(answer, words, status_code=422)
        self.client.post(f"{HOME}email/", {"email-email": "New@Example.org", "email-current": PASSWORD})
        self.assertEqual(User.objects.get(pk=self.bob.user_id).email, "new@example.org")
        self.assertFalse(EmailAddress.objects.exists())  # the old mailbox opens nothing any more

    def test_the_password_is_changed_with_the_old_one_and_ends_other_sessions(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.bob.user)
        self.sign_in(self.bob)
        for current, password, words in (
            ("wrong", NEW, "not your password"),
            (PASSWORD, "short", "too short"),
            (PASSWORD, "bob@example.org", "too similar"),
        ):
            data = {"password-current": current, "password-password": password}
            self.assertContains(self.client.post(f"{HOME}password/", data), words, status_code=422)
        self.client.post(f"{HOME}password/", {"password-current": PASSWORD, "password-password": NEW})
        self.assertEqual(self.client.get(HOME).status_code, 200)
        self.assertRedirects(elsewhere.get(HOME), f"{LOGIN}?next={HOME}")

    def test_guessing_the_password_of_an_open_session_is_slowed_down(self) -> None:
        self.sign_in(self.bob)
        for _ in range(10):
            self.client.post(f"{HOME}email/", {"email-email": "x@example.org", "email-current": "wrong"})
        answer = self.client.post(f"{HOME}email/", {"email-email": "x@example.org", "email-current": PASSWORD})
        self.assertContains(answer, "Too many tries", status_code=422)

    def test_without_a_team_the_way_back_to_one_is_shown(self) -> None:
        self.sign_in(self.sue)
        self.assertContains(self.client.get("/"), 'href="/account/"', status_code=403)


class SessionTests(TeamTestCase):
    def enter(self, agent: str, address: str) -> Client:
        browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
        browser.post(LOGIN, {"login": "bob@example.org", "password": PASSWORD})
        return browser

    def test_each_device_is_listed_with_a_shortened_address(self) -> None:
        here, _there = self.enter(FIREFOX, "198.51.100.7"), self.enter(IPHONE, "2001:db8:1:2::3")
        page = here.get(HOME)
        for words in ("Firefox on Linux", "Safari on iPhone", "198.51.100.…", "2001:db8:1:…", "this device"):
            self.assertContains(page, words)
        self.assertNotContains(page, "198.51.100.7")

    def test_one_can_be_signed_out(self) -> None:
        here, there = self.enter(FIREFOX, "198.51.100.7"), self.enter(IPHONE, "198.51.100.8")
        other = UserSession.objects.get(ip="198.51.100.8")
        here.post(f"{HOME}sessions/{other.pk}/end/")
        self.assertEqual(there.get(HOME).status_code, 302)
        self.assertEqual(here.get(HOME).status_code, 200)

    def test_or_all_others(self) -> None:
        here = self.enter(FIREFOX, "198.51.100.7")
        others = [self.enter(IPHONE, f"198.51.100.{number}") for number in (8, 9)]
        here.post(f"{HOME}sessions/end-others/")
        self.assertEqual([other.get(HOME).status_code for other in others], [302, 302])
        self.assertEqual(here.get(HOME).status_code, 200)

    def test_nobody_ends_the_session_of_somebody_else_nor_this_one_by_it(self) -> None:
        here = self.enter(FIREFOX, "198.51.100.7")
        mine = UserSession.objects.get(user=self.bob.user)
        self.sign_in(self.alice)
        self.client.post(f"{HOME}sessions/{mine.pk}/end/")
        here.post(f"{HOME}sessions/{mine.pk}/end/")
        self.assertEqual(here.get(HOME).status_code, 200)

    def test_being_active_is_noted(self) -> None:
        here = self.enter(FIREFOX, "198.51.100.7")
        long_ago = timezone.now() - timedelta(days=2)
        UserSession.objects.update(last_seen_at=long_ago)
        here.get("/")
        self.assertGreater(UserSession.objects.get().last_seen_at, long_ago)

    def test_addresses_are_shortened(self) -> None:
        told = [services.shortened(address) for address in ("127.0.0.1", "2001:db8:1:2::3", "::1")]
        self.assertEqual(told, ["127.0.0.…", "2001:db8:1:…", "::1:…"])
