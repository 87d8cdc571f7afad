import re

from django.core import mail
from django.urls import reverse

from studio.accounts.models import Member, Right, Role, Team, User
from tests.base import StudioTestCase

LOGIN = "/accounts/login/"
PASSWORD = "a long enough password"


class SignInTests(StudioTestCase):
    def sign_in_with(self, email: str, password: str = PASSWORD) -> int:
        return self.client.post(LOGIN, {"login": email, "password": password}).status_code

    def test_the_right_password_leads_to_the_library(self) -> None:
        response = self.client.post(LOGIN, {"login": "ALICE@example.org", "password": PASSWORD})
        self.assertRedirects(response, "/")

    def test_a_wrong_one_says_so_without_naming_which(self) -> None:
        known = self.client.post(LOGIN, {"login": "alice@example.org", "password": "wrong wrong wrong"})
        unknown = self.client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong wrong wrong"})
        self.assertContains(known, "not correct")
        self.assertContains(unknown, "not correct")

    def test_many_wrong_ones_lock_the_address_for_that_person_only(self) -> None:
        for _ in range(8):
            status = self.sign_in_with("alice@example.org", "wrong wrong wrong")
        self.assertIn(status, {403, 429})
        self.assertIn(self.sign_in_with("alice@example.org"), {403, 429})
        self.assertEqual(self.sign_in_with("bob@example.org"), 302)

    def test_a_suspended_person_cannot_sign_in(self) -> None:
        User.objects.filter(pk=self.bob.user_id).update(is_active=False)
        self.sign_in_with("bob@example.org")
        self.assertRedirects(self.client.get("/"), f"{LOGIN}?next=/")

    def test_nobody_signs_up_by_themselves(self) -> None:
        page = self.client.post(reverse("account_signup"), {"email": "eve@example.org", "password1": PASSWORD})
        self.assertEqual(page.status_code, 200)
        self.assertFalse(User.objects.filter(email="eve@example.org").exists())

    def test_signing_out_is_a_post(self) -> None:
        self.sign_in(self.alice)
        self.client.post(reverse("account_logout"))
        self.assertRedirects(self.client.get("/"), f"{LOGIN}?next=/")

    def test_what_has_no_page_of_ours_is_not_served(self) -> None:
        self.sign_in(self.alice)
        for path in ("email/", "password/change/", "password/set/", "confirm-email/", "2fa/webauthn/signup/"):
            self.assertEqual(self.client.get(f"/accounts/{path}").status_code, 404, path)

    def test_a_new_password_lifts_the_lock_of_its_person(self) -> None:
        for _ in range(8):
            self.sign_in_with("alice@example.org", "wrong wrong wrong")
            self.sign_in_with("bob@example.org", "wrong wrong wrong")
        self.test_a_forgotten_password_is_set_anew_by_mail()
        self.client.logout()
        self.assertIn(self.sign_in_with("bob@example.org"), {403, 429})

    def test_a_forgotten_password_is_set_anew_by_mail(self) -> None:
        self.client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
        link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
        assert link is not None
        form = self.client.get(link[1], follow=True)
        target = form.redirect_chain[-1][0]
        new = "another long password"
        self.client.post(target, {"password1": new, "password2": new})
        self.assertEqual(self.sign_in_with("alice@example.org", new), 302)

    def test_asking_for_resets_is_slowed_down_kindly(self) -> None:
        reset = reverse("account_reset_password")
        answers = [self.client.post(reset, {"email": f"p{number}@example.org"}) for number in range(21)]
        self.assertContains(answers[-1], "Too many tries", status_code=429)
        self.assertTemplateUsed(answers[-1], "gate.html")

    def test_an_unknown_mail_address_is_answered_the_same(self) -> None:
        known = self.client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
        unknown = self.client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
        self.assertEqual(
            (known.status_code, known.headers["Location"]), (unknown.status_code, unknown.headers["Location"])
        )


class TeamTests(StudioTestCase):
    def test_a_person_without_a_team_is_told_so(self) -> None:
        lonely = User.objects.create_user("lonely@example.org", PASSWORD, name="Lone")
        self.client.force_login(lonely)
        self.assertContains(self.client.get("/"), "team", status_code=403)

    def test_the_team_of_the_session_counts_only_when_one_is_its_member(self) -> None:
        second = Member.objects.create(team=Team.objects.create(name="Second"), user=self.alice.user, role=Role.VIEWER)
        self.sign_in(self.alice)
        for team, name in ((second.team, "Second"), (self.other_team, "Harbour Team")):
            session = self.client.session
            session["team"] = str(team.pk)
            session.save()
            self.assertContains(self.client.get("/"), name)

    def test_the_table_of_rights(self) -> None:
        may = {role: {right for right in Right if Member(role=role).may(right)} for role in Role}
        self.assertEqual(may[Role.VIEWER], {Right.LOOK})
        self.assertEqual(may[Role.MEMBER], {Right.LOOK, Right.MAKE})
        self.assertEqual(set(Right) - may[Role.ADMIN], {Right.MANAGE_OWNERS, Right.OPEN_TEAMS})
        self.assertEqual(may[Role.OWNER], set(Right))


class PreferencesTests(StudioTestCase):
    URL = "/account/preferences/"

    def test_theme_and_language_stay_with_the_person(self) -> None:
        self.sign_in(self.alice)
        self.client.post(self.URL, {"theme": "dark"})
        self.client.post(self.URL, {"language": "zh-hans"})
        page = self.client.get("/image/")
        self.assertContains(page, 'data-theme="dark"')
        self.assertContains(page, 'lang="zh-hans"')

    def test_it_goes_back_only_to_this_studio(self) -> None:
        self.sign_in(self.alice)
        self.assertRedirects(self.client.post(self.URL, {"theme": "dark", "next": "/image/"}), "/image/")
        for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
            self.assertRedirects(self.client.post(self.URL, {"theme": "dark", "next": evil}), "/")

    def test_before_sign_in_the_language_is_a_cookie(self) -> None:
        self.client.post(self.URL, {"language": "zh-hans", "next": LOGIN})
        self.assertContains(self.client.get(LOGIN), 'lang="zh-hans"')

    def test_unknown_values_are_refused(self) -> None:
        self.sign_in(self.alice)
        for wrong in ({"theme": "pink"}, {"language": "xx"}):
            self.assertEqual(self.client.post(self.URL, wrong).status_code, 422)
