"""The cast of teams: beside Alice, Bob, Vera and Charlie there is Ada, an admin, and Sue, who is suspended."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.utils import timezone

from studio.accounts.invitations import services as invitations
from studio.accounts.invitations.services import Issued
from studio.accounts.models import Member, Role
from tests.base import StudioTestCase

PASSWORD = "a long enough password"
WEEK = timedelta(days=7)


class TeamTestCase(StudioTestCase):
    ada: ClassVar[Member]
    sue: ClassVar[Member]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.ada = cls.join(cls.team, "Ada Moss", Role.ADMIN)
        cls.sue = cls.join(cls.team, "Sue Reed", Role.MEMBER)
        Member.objects.filter(pk=cls.sue.pk).update(suspended_at=timezone.now())
        cls.sue.refresh_from_db()

    def everybody(self) -> dict[str, Member | None]:
        """Who may knock at a door; None is signed out."""
        return {
            "owner": self.alice,
            "admin": self.ada,
            "member": self.bob,
            "viewer": self.vera,
            "suspended": self.sue,
            "outsider": self.charlie,
            "signed out": None,
        }

    def knock(self, who: Member | None, path: str, data: Mapping[str, object] | None = None) -> int:
        """The status of a GET, or of a POST when there are data."""
        self.client.logout()
        if who:
            self.client.force_login(who.user)
        return (self.client.get(path) if data is None else self.client.post(path, dict(data))).status_code

    def role_of(self, member: Member) -> str:
        return Member.objects.get(pk=member.pk).role

    def invited(self, email: str = "", role: Role = Role.MEMBER) -> Issued:
        return invitations.invite(by=self.alice, emails=[email], role=role, lasts=WEEK)[0]
