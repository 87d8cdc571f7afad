from studio.accounts.audit import log
from studio.accounts.invitations import services as invitations
from studio.accounts.members import services
from studio.accounts.models import AuditEvent, Role
from tests.accounts.base import TeamTestCase

PAGE = "/team/audit/"


class AuditTests(TeamTestCase):
    def test_it_is_for_owners_and_admins(self) -> None:
        answers = {"owner": 200, "admin": 200, "outsider": 200, "signed out": 302}
        for name, who in self.everybody().items():
            with self.subTest(name):
                self.assertEqual(self.knock(who, PAGE), answers.get(name, 403))

    def test_every_act_leaves_its_line(self) -> None:
        services.change_role(self.bob, Role.VIEWER, by=self.alice)
        services.change_role(self.bob, Role.VIEWER, by=self.alice)  # no change, no line
        services.suspend(self.bob, by=self.ada)
        services.suspend(self.bob, by=self.ada)
        services.unsuspend(self.bob, by=self.ada)
        issued = self.invited("kit@example.org")
        invitations.renew(issued.invitation, by=self.ada)
        invitations.revoke(issued.invitation, by=self.ada)
        invitations.accept(self.invited().invitation, self.charlie.user)
        services.hand_over(self.ada, by=self.alice)
        services.remove(self.vera, by=self.ada)
        services.leave(self.bob)
        whats = list(AuditEvent.objects.filter(team=self.team).order_by("id").values_list("what", flat=True))
        self.assertEqual(
            whats,
            [
                "role-changed",
                "member-suspended",
                "member-unsuspended",
                "invitation-made",
                "invitation-renewed",
                "invitation-revoked",
                "invitation-made",
                "member-joined",
                "team-handed-over",
                "member-removed",
                "member-left",
            ],
        )
        self.assertEqual(set(whats) - set(log.WORDS), set())

    def test_it_tells_who_what_about_whom_and_how(self) -> None:
        services.change_role(self.bob, Role.VIEWER, by=self.ada)
        self.sign_in(self.alice)
        page = self.client.get(PAGE)
        for words in ("Ada Moss", "Role changed", "Bob Berg", "Member → Viewer"):
            self.assertContains(page, words)

    def test_other_teams_acts_do_not_exist(self) -> None:
        services.change_role(self.bob, Role.VIEWER, by=self.ada)
        self.sign_in(self.charlie)
        self.assertNotContains(self.client.get(PAGE), "Bob Berg")

    def test_it_is_paged_by_what_was_last_shown(self) -> None:
        for number in range(log.PAGE + 2):
            log.record(self.team, "team-opened", by=self.alice.user, subject=f"act {number:03}")
        self.sign_in(self.alice)
        first = self.client.get(PAGE)
        self.assertContains(first, "act 051")
        self.assertNotContains(first, "act 001")
        log.record(self.team, "team-opened", by=self.alice.user, subject="a later act")
        second = self.client.get(first.context["more_url"])
        self.assertContains(second, "act 001")
        self.assertNotContains(second, "act 002")
        for wrong in ("x", "-1", "9" * 40, "²"):
            self.assertEqual(self.client.get(PAGE, {"before": wrong}).status_code, 200)

    def test_it_is_only_added_to(self) -> None:
        log.record(self.team, "team-opened", by=None, subject="x")
        event = AuditEvent.objects.get()
        with self.assertRaises(TypeError):
            event.save()
        with self.assertRaises(TypeError):
            event.delete()
