import re
from unittest.mock import patch

from django.core import mail
from django.test import override_settings
from django.utils import timezone

from studio.accounts.invitations import services
from studio.accounts.invitations.services import AlreadyInError, GoneError
from studio.accounts.models import Invitation, Member, Role, User
from tests.accounts.base import PASSWORD, WEEK, TeamTestCase

INVITE = "/team/members/invitations/"
LINK = re.compile(r"http://testserver/accounts/join/([\w-]+)/")
STRANGER = {"name": "Kit Blue", "password": "seven blue kites fly"}


def join(token: str) -> str:
    return f"/accounts/join/{token}/"


class InvitingTests(TeamTestCase):
    def invite(self, **data: object) -> list[str]:
        self.sign_in(self.alice)
        page = self.client.post(INVITE, {"role": "member", "lasts": "7", **data})
        self.assertEqual(page.status_code, 200)
        return list(dict.fromkeys(LINK.findall(page.content.decode())))

    def test_several_at_once_each_with_its_own_link(self) -> None:
        tokens = self.invite(emails="kit@example.org\n Noor@Example.org,\n\nkit@example.org", links="2", role="viewer")
        self.assertEqual(len(tokens), 4)
        made = Invitation.objects.order_by("-email")
        self.assertEqual([each.email for each in made], ["noor@example.org", "kit@example.org", "", ""])
        self.assertEqual({each.role for each in made}, {"viewer"})
        lasts = made[0].expires_at - made[0].created_at
        self.assertAlmostEqual(lasts.total_seconds(), WEEK.total_seconds(), delta=5)

    def test_the_token_is_kept_nowhere(self) -> None:
        token = self.invite(links="1")[0]
        row = Invitation.objects.values().get()
        self.assertNotIn(token, str(row))
        self.assertNotContains(self.client.get("/team/members/"), token)

    def test_what_cannot_be_invited_is_said(self) -> None:
        self.sign_in(self.alice)
        for data, words in (
            ({"emails": "no address"}, "is no e-mail address"),
            ({"emails": ""}, "Write an address"),
            ({"links": "51"}, "50"),
            ({"links": "1", "role": "owner"}, "owner"),
        ):
            page = self.client.post(INVITE, {"role": "member", "lasts": "7", **data})
            self.assertContains(page, words, status_code=422)
        self.assertFalse(Invitation.objects.exists())

    def test_only_owners_and_admins_invite_and_take_back(self) -> None:
        for name, who in self.everybody().items():
            invitation = self.invited("kit@example.org").invitation
            may = name in {"owner", "admin"}
            theirs = {"outsider": 404, "signed out": 302}
            with self.subTest(name):
                expected = 200 if may or name == "outsider" else theirs.get(name, 403)
                self.assertEqual(self.knock(who, INVITE, {"links": "1", "role": "member", "lasts": "1"}), expected)
                for act, done in (("renew", 200), ("revoke", 302)):
                    expected = done if may else theirs.get(name, 403)
                    self.assertEqual(self.knock(who, f"{INVITE}{invitation.pk}/{act}/", {}), expected)

    def test_without_a_mail_server_nothing_is_mailed(self) -> None:
        self.invite(emails="kit@example.org")
        self.assertEqual(mail.outbox, [])

    @override_settings(SENDS_MAIL=True)
    def test_with_one_each_address_gets_its_own_link(self) -> None:
        tokens = self.invite(emails="kit@example.org\nnoor@example.org", links="1")
        self.assertEqual([letter.to for letter in mail.outbox], [["kit@example.org"], ["noor@example.org"]])
        self.assertEqual([LINK.findall(str(letter.body)) for letter in mail.outbox], [[token] for token in tokens[:2]])
        self.assertIn("Alice Lind invites you to Harbour Team", mail.outbox[0].subject)

    @override_settings(SENDS_MAIL=True)
    def test_a_mail_server_that_is_away_loses_nothing(self) -> None:
        self.sign_in(self.alice)
        with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError):
            page = self.client.post(INVITE, {"emails": "kit@example.org", "role": "member", "lasts": "7"})
        self.assertContains(page, "Copy the links")
        self.assertContains(page, "/accounts/join/")

    @override_settings(PUBLIC_URL="https://studio.example")
    def test_links_lead_to_the_public_address(self) -> None:
        self.sign_in(self.alice)
        page = self.client.post(INVITE, {"links": "1", "role": "member", "lasts": "7"})
        self.assertContains(page, "https://studio.example/accounts/join/")

    def test_a_new_link_ends_the_old_one(self) -> None:
        issued = self.invited("kit@example.org")
        now = timezone.now()
        Invitation.objects.update(created_at=now - 2 * WEEK, expires_at=now - WEEK)
        self.sign_in(self.alice)
        page = self.client.post(f"{INVITE}{issued.invitation.pk}/renew/")
        new = LINK.findall(page.content.decode())[0]
        self.assertEqual(self.knock(None, join(issued.token)), 404)
        self.assertEqual(self.knock(None, join(new)), 200)

    def test_a_revoked_one_leads_nowhere_and_is_not_renewed(self) -> None:
        issued = self.invited()
        self.sign_in(self.ada)
        self.client.post(f"{INVITE}{issued.invitation.pk}/revoke/")
        self.assertEqual(self.knock(None, join(issued.token)), 410)
        with self.assertRaises(GoneError):
            services.renew(issued.invitation, by=self.alice)


class JoiningTests(TeamTestCase):
    def test_a_stranger_becomes_a_person_in_the_team(self) -> None:
        issued = self.invited("kit@example.org", Role.VIEWER)
        self.assertContains(self.client.get(join(issued.token)), "kit@example.org")
        self.assertRedirects(self.client.post(join(issued.token), STRANGER), "/")
        kit = Member.objects.get(user__email="kit@example.org")
        self.assertEqual((kit.team, kit.role, kit.user.name), (self.team, "viewer", "Kit Blue"))
        self.assertTrue(kit.user.check_password(STRANGER["password"]))

    def test_a_link_for_anybody_asks_for_the_address(self) -> None:
        token = self.invited().token
        self.assertEqual(self.client.post(join(token), STRANGER).status_code, 422)
        taken = self.client.post(join(token), {**STRANGER, "email": "Bob@example.org"})
        self.assertContains(taken, "has an account", status_code=422)
        self.assertRedirects(self.client.post(join(token), {**STRANGER, "email": "Kit@Example.org"}), "/")
        self.assertTrue(User.objects.filter(email="kit@example.org").exists())

    def test_weak_passwords_are_refused_and_use_nothing_up(self) -> None:
        token = self.invited("kit@example.org").token
        for weak in ("short", "kit@example.org", "            ", "password12345"):
            answer = self.client.post(join(token), {"name": "Kit", "password": weak})
            self.assertEqual(answer.status_code, 422, weak)
        self.assertEqual(self.knock(None, join(token)), 200)

    def test_looking_joins_nobody(self) -> None:
        token = self.invited().token
        self.sign_in(self.charlie)
        self.assertContains(self.client.get(join(token)), "Join Harbour Team?")
        self.assertFalse(Member.objects.filter(team=self.team, user=self.charlie.user).exists())

    def test_a_signed_in_person_joins_with_one_press_and_works_there(self) -> None:
        token = self.invited().token
        self.sign_in(self.charlie)
        self.assertRedirects(self.client.post(join(token)), "/")
        self.assertContains(self.client.get("/"), '<p class="nav__title">Harbour Team</p>')

    def test_also_one_without_any_team(self) -> None:
        lonely = User.objects.create_user("lonely@example.org", PASSWORD, name="Lone")
        self.client.force_login(lonely)
        token = self.invited().token
        self.assertEqual(self.client.get(join(token)).status_code, 200)
        self.assertRedirects(self.client.post(join(token)), "/")

    def test_who_has_an_account_is_asked_to_sign_in_first(self) -> None:
        issued = self.invited("charlie@example.org")
        page = self.client.get(join(issued.token))
        self.assertContains(page, f"/accounts/login/?next={join(issued.token)}")
        self.client.post(join(issued.token), STRANGER)
        self.assertTrue(Invitation.objects.open().exists())

    def test_who_is_in_already_uses_nothing_up_and_keeps_the_role(self) -> None:
        issued = self.invited(role=Role.ADMIN)
        self.sign_in(self.bob)
        self.assertRedirects(self.client.post(join(issued.token)), "/")
        self.assertEqual(self.role_of(self.bob), "member")
        self.assertTrue(Invitation.objects.open().filter(pk=issued.invitation.pk).exists())

    def test_an_invitation_does_not_lift_a_suspension(self) -> None:
        with self.assertRaises(AlreadyInError):
            services.accept(self.invited().invitation, self.sue.user)
        self.assertTrue(Member.objects.get(pk=self.sue.pk).is_suspended)

    def test_what_has_ended_says_how(self) -> None:
        used, over = self.invited(), self.invited()
        services.accept(used.invitation, self.charlie.user)
        Invitation.objects.filter(pk=over.invitation.pk).update(expires_at=timezone.now())
        self.assertContains(self.client.get(join(used.token)), "Somebody has used it", status_code=410)
        self.assertContains(self.client.get(join(over.token)), "time has run out", status_code=410)
        self.assertContains(self.client.get(join("no-such-token")), "No invitation", status_code=404)

    def test_guessing_is_slowed_down(self) -> None:
        statuses = [self.client.get(join(f"guess-{number}")).status_code for number in range(31)]
        self.assertEqual(statuses[-2:], [404, 429])

    def test_the_log_tells_no_token(self) -> None:
        token = self.invited().token
        with self.assertLogs("studio.access", "INFO") as said:
            self.client.get(join(token))
        self.assertIn("/accounts/join/***/", said.output[0])
        self.assertNotIn(token, "".join(said.output))

    def test_the_link_is_never_stored_by_browsers_or_told_to_other_sites(self) -> None:
        page = self.client.get(join(self.invited().token))
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertEqual(page.headers["Referrer-Policy"], "same-origin")
