from collections.abc import Mapping

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied

from studio.accounts import handover
from studio.accounts.members import services
from studio.accounts.members.services import LastOwnerError
from studio.accounts.models import AuditEvent, Member, Right, Role, Team, User
from studio.credits import ledger
from tests.accounts.base import TeamTestCase
from tests.base import HTMX

PAGE = "/team/members/"


class DoorTests(TeamTestCase):
    """Every address, knocked at by everybody."""

    def expect(self, path: str, data: Mapping[str, object] | None, answers: dict[str, int]) -> None:
        for name, who in self.everybody().items():
            with self.subTest(path=path, who=name):
                self.assertEqual(self.knock(who, path, data), answers[name])

    def test_the_page_is_for_the_team(self) -> None:
        everybody = dict.fromkeys(("owner", "admin", "member", "viewer", "outsider"), 200)
        self.expect(PAGE, None, {**everybody, "suspended": 403, "signed out": 302})

    def test_managing_is_for_owners_and_admins(self) -> None:
        refused = {"member": 403, "viewer": 403, "suspended": 403, "outsider": 404, "signed out": 302}
        for act, data in (("role", {"role": "viewer"}), ("suspend", {}), ("unsuspend", {}), ("remove", None)):
            done = 200 if data is None else 302
            self.expect(f"{PAGE}{self.bob.pk}/{act}/", data, {"owner": done, "admin": done, **refused})
            Member.objects.filter(pk=self.bob.pk).update(role=Role.MEMBER, suspended_at=None)

    def test_leaving_is_for_everybody_inside(self) -> None:
        inside = dict.fromkeys(("owner", "admin", "member", "viewer", "outsider"), 200)
        self.expect(f"{PAGE}leave/", None, {**inside, "suspended": 403, "signed out": 302})

    def test_handing_over_is_for_owners(self) -> None:
        refused = dict.fromkeys(("admin", "member", "viewer", "suspended"), 403)
        self.expect(f"{PAGE}hand-over/", None, {"owner": 200, "outsider": 200, "signed out": 302, **refused})

    def test_an_admin_does_not_touch_an_owner(self) -> None:
        for act, data in (("role", {"role": "viewer"}), ("suspend", {}), ("remove", {"heir": self.ada.pk})):
            self.assertEqual(self.knock(self.ada, f"{PAGE}{self.alice.pk}/{act}/", data), 403)
        self.assertEqual(self.knock(self.ada, f"{PAGE}{self.bob.pk}/role/", {"role": "owner"}), 403)
        self.assertEqual((self.role_of(self.alice), self.role_of(self.bob)), ("owner", "member"))


class PageTests(TeamTestCase):
    def test_it_shows_who_is_here_and_the_table_of_rights(self) -> None:
        self.sign_in(self.vera)
        page = self.client.get(PAGE)
        for words in ("Alice Lind", "sue@example.org", "Suspended", "not yet"):
            self.assertContains(page, words)
        for right in Right:
            self.assertContains(page, str(right.label).replace("'", "&#x27;"))
        self.assertNotContains(page, "<select")
        self.assertNotContains(page, "Open invitations")

    def test_how_somebody_signs_in_is_for_those_who_manage(self) -> None:
        TOTP.activate(self.bob.user, generate_totp_secret())
        for reader, is_told in ((self.ada, True), (self.vera, False)):
            self.sign_in(reader)
            self.assertEqual("code app" in self.client.get(PAGE).content.decode(), is_told)

    def test_an_admin_is_offered_no_owner(self) -> None:
        self.sign_in(self.ada)
        page = self.client.get(PAGE)
        self.assertNotContains(page, '<option value="owner"')
        self.assertNotContains(page, f'id="role-{self.alice.pk}"')
        self.assertContains(page, f'id="role-{self.bob.pk}"')

    def test_a_role_changed_by_htmx_answers_with_the_list(self) -> None:
        self.sign_in(self.alice)
        answer = self.client.post(f"{PAGE}{self.bob.pk}/role/", {"role": "viewer"}, headers=HTMX)
        self.assertContains(answer, "Bob Berg is now: Viewer")
        self.assertTrue(answer.content.decode().strip().startswith('<section class="panel" id="members"'))

    def test_unknown_roles_are_refused(self) -> None:
        self.sign_in(self.alice)
        self.assertEqual(self.client.post(f"{PAGE}{self.bob.pk}/role/", {"role": "king"}).status_code, 422)

    def test_it_asks_the_same_of_the_database_for_many_members(self) -> None:
        self.sign_in(self.alice)
        self.client.get(PAGE)
        with self.assertNumQueries(12):
            self.client.get(PAGE)
        for number in range(5):
            self.join(self.team, f"P{number} Person", Role.MEMBER)
        with self.assertNumQueries(12):
            self.client.get(PAGE)

    def test_seen_is_noted_every_few_minutes(self) -> None:
        self.sign_in(self.bob)
        self.client.get("/")
        first = Member.objects.get(pk=self.bob.pk).seen_at
        self.client.get("/")
        self.assertIsNotNone(first)
        self.assertEqual(Member.objects.get(pk=self.bob.pk).seen_at, first)


class LastOwnerTests(TeamTestCase):
    def test_the_last_owner_stays_in_charge(self) -> None:
        with self.assertRaises(LastOwnerError):
            services.change_role(self.alice, Role.ADMIN, by=self.alice)
        with self.assertRaises(LastOwnerError):
            services.leave(self.alice)
        with self.assertRaises(LastOwnerError):
            services.leave(self.alice, heir=self.ada)
        self.assertEqual(self.role_of(self.alice), "owner")
        self.assertFalse(AuditEvent.objects.exists())

    def test_a_suspended_owner_does_not_count(self) -> None:
        services.change_role(self.ada, Role.OWNER, by=self.alice)
        services.suspend(self.ada, by=self.alice)
        with self.assertRaises(LastOwnerError):
            services.leave(self.alice)

    def test_the_page_says_what_to_do(self) -> None:
        self.sign_in(self.alice)
        self.assertContains(self.client.post(f"{PAGE}leave/"), "Make somebody else an owner", status_code=422)
        self.assertContains(
            self.client.post(f"{PAGE}{self.alice.pk}/role/", {"role": "viewer"}, headers=HTMX), "needs an owner"
        )

    def test_nobody_suspends_or_removes_themselves(self) -> None:
        for act in (services.suspend, services.remove):
            with self.assertRaises(PermissionDenied):
                act(self.ada, by=self.ada)

    def test_who_was_demoted_a_moment_ago_manages_nobody(self) -> None:
        before = Member.objects.get(pk=self.ada.pk)
        services.change_role(self.ada, Role.MEMBER, by=self.alice)
        with self.assertRaises(PermissionDenied):
            services.suspend(self.bob, by=before)


class SuspensionTests(TeamTestCase):
    def test_every_page_is_closed_and_the_own_account_open(self) -> None:
        self.sign_in(self.sue)
        for path in ("/", "/image/", "/team/credits/", PAGE, "/nothing/"):
            self.assertContains(self.client.get(path), "You cannot enter Harbour Team", status_code=403)
        self.assertEqual(self.client.post("/image/").status_code, 403)
        self.assertContains(self.client.get("/account/"), "Sue Reed")

    def test_a_page_that_lies_open_is_loaded_again(self) -> None:
        self.sign_in(self.sue)
        self.assertEqual(self.client.get("/", headers=HTMX).headers["HX-Refresh"], "true")
        self.assertNotIn("HX-Refresh", self.client.get("/").headers)

    def test_it_ends_at_once_and_can_be_lifted(self) -> None:
        self.sign_in(self.bob)
        self.assertEqual(self.client.get("/").status_code, 200)
        services.suspend(self.bob, by=self.alice)
        self.assertEqual(self.client.get("/").status_code, 403)
        services.unsuspend(self.bob, by=self.alice)
        self.assertEqual(self.client.get("/").status_code, 200)

    def test_another_team_stays_open(self) -> None:
        Member.objects.create(team=self.other_team, user=self.sue.user, role=Role.MEMBER)
        self.sign_in(self.sue)
        self.assertContains(self.client.get("/"), "Strangers")

    def test_who_is_suspended_from_the_chosen_team_is_told_and_led_on(self) -> None:
        Member.objects.create(team=self.other_team, user=self.bob.user, role=Role.MEMBER)
        self.sign_in(self.bob)
        self.client.post("/account/team/", {"team": str(self.team.pk)})
        services.suspend(self.bob, by=self.alice)
        self.assertContains(self.client.get("/"), "Go to Strangers", status_code=403)
        self.client.post("/account/team/", {"team": str(self.other_team.pk)})
        self.assertEqual(self.client.get("/").status_code, 200)

    def test_they_have_no_right_anywhere(self) -> None:
        self.assertFalse(any(self.sue.may(right) for right in Right))


class LeavingTests(TeamTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.moved: list[tuple[Team, User, User]] = []

        def mover(team: Team, of: User, to: User) -> int:
            self.moved.append((team, of, to))
            return 1

        handover.register(mover)
        self.addCleanup(handover._movers.remove, mover)

    def test_what_was_made_stays_and_what_is_owned_moves(self) -> None:
        asset = self.make_asset(self.bob)
        services.remove(self.bob, by=self.ada, heir=self.vera)
        asset.refresh_from_db()
        self.assertEqual(asset.made_by, self.bob.user)
        self.assertEqual(self.moved, [(self.team, self.bob.user, self.vera.user)])
        self.assertFalse(Member.objects.filter(pk=self.bob.pk).exists())

    def test_without_an_heir_it_goes_to_the_oldest_owner(self) -> None:
        services.remove(self.vera, by=self.ada)
        services.leave(self.bob)
        self.assertEqual([to for _team, _of, to in self.moved], [self.alice.user, self.alice.user])

    def test_strangers_and_suspended_ones_inherit_nothing(self) -> None:
        self.sign_in(self.alice)
        for heir in (self.charlie, self.sue, self.bob):
            answer = self.client.post(f"{PAGE}{self.bob.pk}/remove/", {"heir": heir.pk})
            self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.moved, [])

    def test_handing_over_and_then_leaving(self) -> None:
        self.sign_in(self.alice)
        self.client.post(f"{PAGE}hand-over/", {"heir": self.bob.pk})
        self.assertEqual((self.role_of(self.alice), self.role_of(self.bob)), ("admin", "owner"))
        left = self.client.post(f"{PAGE}leave/", {"heir": ""})
        self.assertRedirects(left, "/", target_status_code=403)
        self.assertIn("You left Harbour Team", [str(message) for message in get_messages(left.wsgi_request)])
        self.assertEqual([to for _team, _of, to in self.moved], [self.bob.user, self.bob.user])

    def test_who_is_gone_already_is_not_found(self) -> None:
        Member.objects.filter(pk=self.bob.pk).delete()
        self.assertEqual(self.knock(self.alice, f"{PAGE}{self.bob.pk}/suspend/", {}), 404)


class TeamsTests(TeamTestCase):
    def test_switching_keeps_to_the_own_teams(self) -> None:
        second = services.open_team("Second", by=self.alice.user)
        self.sign_in(self.alice)
        self.assertRedirects(self.client.post("/account/team/", {"team": str(second.team_id)}), "/")
        self.assertContains(self.client.get("/"), '<p class="nav__title">Second</p>')
        for wrong in (str(self.other_team.pk), "", "nonsense"):
            self.assertEqual(self.client.post("/account/team/", {"team": wrong}).status_code, 404)

    def test_owners_and_the_instance_admin_open_teams(self) -> None:
        for name, status in (("owner", 200), ("admin", 403), ("member", 403), ("viewer", 403), ("suspended", 403)):
            with self.subTest(name):
                self.assertEqual(self.knock(self.everybody()[name], "/account/teams/new/"), status)
        User.objects.filter(pk=self.vera.user_id).update(is_superuser=True)
        self.assertEqual(self.knock(self.vera, "/account/teams/new/"), 200)

    def test_a_further_team_begins_without_credits(self) -> None:
        self.sign_in(self.alice)
        self.client.post("/account/teams/new/", {"name": "Radio Nine"})
        team = Team.objects.get(name="Radio Nine")
        self.assertEqual(ledger.account_of(team).available, 0)
        self.assertContains(self.client.get("/"), '<p class="nav__title">Radio Nine</p>')
        self.assertEqual(self.client.post("/account/teams/new/", {"name": " "}).status_code, 422)
