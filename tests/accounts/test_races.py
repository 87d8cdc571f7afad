"""Two at once: threads, each with its own connection."""

import threading
from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import TransactionTestCase

from studio.accounts.invitations import services as invitations
from studio.accounts.invitations.services import GoneError
from studio.accounts.members import services
from studio.accounts.members.services import LastOwnerError
from studio.accounts.models import Member, Role, Team, User
from tests.accounts.base import PASSWORD, WEEK


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each: the name of its error, or nothing."""
    ready, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        except (LastOwnerError, GoneError, Member.DoesNotExist) as error:
            ends[number] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


class RaceTests(TransactionTestCase):
    def setUp(self) -> None:
        self.team = Team.objects.create(name="Harbour Team")
        self.one, self.two = (self.join(name, Role.OWNER) for name in ("one", "two"))

    def join(self, name: str, role: Role) -> Member:
        user = User.objects.create_user(f"{name}@example.org", PASSWORD, name=name)
        return Member.objects.create(team=self.team, user=user, role=role)

    def owners(self) -> int:
        return services.owners(self.team).count()

    def test_two_owners_who_leave_at_once_leave_one(self) -> None:
        ends = at_once(lambda: services.leave(self.one), lambda: services.leave(self.two))
        self.assertEqual(ends, ["", "LastOwnerError"])
        self.assertEqual(self.owners(), 1)

    def test_two_owners_who_demote_each_other_leave_one(self) -> None:
        def demote(member: Member, by: Member) -> None:
            try:
                services.change_role(member, Role.MEMBER, by=by)
            except PermissionDenied as error:  # demoted a moment ago, manages nobody
                raise GoneError from error

        ends = at_once(lambda: demote(self.one, self.two), lambda: demote(self.two, self.one))
        self.assertEqual(ends, ["", "GoneError"])
        self.assertEqual(self.owners(), 1)

    def test_two_who_accept_one_invitation_are_one_member(self) -> None:
        strangers = [User.objects.create_user(f"{n}@example.org", PASSWORD, name=n) for n in ("kit", "noor")]
        issued = invitations.invite(by=self.one, emails=[""], role=Role.MEMBER, lasts=WEEK)[0]
        ends = at_once(*[partial(invitations.accept, issued.invitation, user) for user in strangers])
        self.assertEqual(ends, ["", "GoneError"])
        self.assertEqual(Member.objects.filter(user__in=strangers).count(), 1)

    def test_two_strangers_with_one_link_make_one_person(self) -> None:
        issued = invitations.invite(by=self.one, emails=[""], role=Role.MEMBER, lasts=WEEK)[0]

        def come(name: str) -> None:
            invitations.accept_as_new(issued.invitation, name=name, email=f"{name}@example.org", password=PASSWORD)

        ends = at_once(lambda: come("kit"), lambda: come("noor"))
        self.assertEqual(ends, ["", "GoneError"])
        self.assertEqual(User.objects.filter(name__in=["kit", "noor"]).count(), 1)
