"""What changes a person's place in a team. Each takes turns per team, asks for the right and keeps an owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from studio.accounts import handover
from studio.accounts.audit import log
from studio.accounts.models import Member, Right, Role, Team, User


class LastOwnerError(Exception):
    """A team keeps one owner who can enter it."""


def owners(team: Team) -> QuerySet[Member]:
    """Those who can enter."""
    return Member.objects.filter(team=team, role=Role.OWNER, suspended_at=None, user__is_active=True)


def may_manage(by: Member, member: Member, role: Role | None = None) -> bool:
    """Whether `by` may change this place, and give it `role`: owners are the affair of owners alone."""
    touches_owners = Role.OWNER in {member.role, role}
    may = by.may(Right.MANAGE_MEMBERS) and (by.may(Right.MANAGE_OWNERS) or not touches_owners)
    return by.team_id == member.team_id and may


@contextmanager
def _turn(team: Team) -> Iterator[None]:
    """The team's places change one act at a time (SQLite: one writer; PostgreSQL: the team's row), and an act that would
    leave nobody in charge is undone. Raises LastOwnerError."""
    with transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        yield
        if not owners(team).exists():
            raise LastOwnerError


@contextmanager
def _managing(by: Member, member: Member, role: Role | None = None) -> Iterator[tuple[Member, Member]]:
    """Both places as they are now. Raises Member.DoesNotExist when one is gone, PermissionDenied, LastOwnerError."""
    with _turn(member.team):
        now = Member.objects.select_related("user", "team").in_bulk([by.pk, member.pk])
        if by.pk not in now or member.pk not in now:
            raise Member.DoesNotExist
        if not may_manage(now[by.pk], now[member.pk], role):
            raise PermissionDenied
        yield now[by.pk], now[member.pk]


def change_role(member: Member, role: Role, *, by: Member) -> None:
    with _managing(by, member, role) as (actor, place):
        if place.role == role:
            return
        before, place.role = place.role, role
        place.save(update_fields=["role"])
        log.record(place.team, "role-changed", by=actor.user, about=place.user, before=before, after=str(role))


def suspend(member: Member, *, by: Member) -> None:
    """They keep their history and cannot enter. Nobody suspends themselves."""
    with _managing(by, member) as (actor, place):
        if actor == place:
            raise PermissionDenied
        if Member.objects.filter(pk=place.pk, suspended_at=None).update(suspended_at=timezone.now()):
            log.record(place.team, "member-suspended", by=actor.user, about=place.user)


def unsuspend(member: Member, *, by: Member) -> None:
    with _managing(by, member) as (actor, place):
        if Member.objects.filter(pk=place.pk).exclude(suspended_at=None).update(suspended_at=None):
            log.record(place.team, "member-unsuspended", by=actor.user, about=place.user)


def remove(member: Member, *, by: Member, heir: Member | None = None) -> None:
    """Take somebody out; what they own goes to `heir`, else to the owner who has been there longest."""
    with _managing(by, member) as (actor, place):
        if actor == place:
            raise PermissionDenied
        _take_out(place, heir)
        log.record(place.team, "member-removed", by=actor.user, about=place.user)


def leave(member: Member, *, heir: Member | None = None) -> None:
    """What the person owns goes to `heir`, else to the owner who has been there longest."""
    with _turn(member.team):
        place = Member.objects.select_related("user", "team").get(pk=member.pk)
        _take_out(place, heir)
        log.record(place.team, "member-left", by=place.user, about=place.user)


def hand_over(member: Member, *, by: Member) -> None:
    """`member` becomes owner with all that `by` owns here, `by` becomes admin."""
    with _managing(by, member, Role.OWNER) as (actor, place):
        if actor == place or actor.role != Role.OWNER or place.is_suspended:
            raise PermissionDenied
        Member.objects.filter(pk=place.pk).update(role=Role.OWNER)
        Member.objects.filter(pk=actor.pk).update(role=Role.ADMIN)
        handover.move(place.team, of=actor.user, to=place.user)
        log.record(place.team, "team-handed-over", by=actor.user, about=place.user)


def may_open_team(user: User, member: Member | None) -> bool:
    return user.is_superuser or (member is not None and member.may(Right.OPEN_TEAMS))


@transaction.atomic
def open_team(name: str, *, by: User) -> Member:
    """A further team begins without credits."""
    member = Member.objects.create(team=Team.objects.create(name=name), user=by, role=Role.OWNER)
    log.record(member.team, "team-opened", by=by, subject=name)
    return member


def _take_out(place: Member, wanted: Member | None) -> None:
    """Raises PermissionDenied when the wanted heir is nobody of the team any more, LastOwnerError without any heir."""
    others = Member.objects.filter(team=place.team, suspended_at=None).exclude(pk=place.pk).select_related("user")
    if wanted is not None:
        heir = others.filter(pk=wanted.pk).first()
        if heir is None:
            raise PermissionDenied
    else:
        heir = owners(place.team).exclude(pk=place.pk).select_related("user").order_by("joined_at", "pk").first()
        if heir is None:
            raise LastOwnerError
    handover.move(place.team, of=place.user, to=heir.user)
    Member.objects.filter(pk=place.pk).delete()
