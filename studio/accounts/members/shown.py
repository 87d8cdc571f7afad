"""The members page: who is here, who is invited, who may what."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from studio.accounts.invitations.forms import InviteForm
from studio.accounts.members.services import may_manage
from studio.accounts.models import RIGHTS, Invitation, Member, Right, Role, Team


@dataclass(frozen=True, slots=True)
class Row:
    """A member as `reader` sees them; `roles` are those that the reader may give, none when it is not theirs to change."""

    member: Member
    roles: list[tuple[str, str]]
    is_me: bool
    may_suspend: bool
    may_remove: bool
    way_in: str  # how they sign in, for those who manage members; empty for others


@dataclass(frozen=True, slots=True)
class RightRow:
    label: str | Promise
    held: list[bool]


def rows(reader: Member) -> list[Row]:
    members = Member.objects.filter(team=reader.team).select_related("user", "team").order_by("joined_at", "pk")
    ways = _ways_in(reader.team) if reader.may(Right.MANAGE_MEMBERS) else None
    return [_row(reader, member, ways) for member in members]


def _row(reader: Member, member: Member, ways: dict[int, set[str]] | None) -> Row:
    is_me, manages = member.pk == reader.pk, may_manage(reader, member)
    roles = [(str(role.value), str(role.label)) for role in Role if manages and may_manage(reader, member, role)]
    way_in = "" if ways is None else _way_in(ways.get(member.user_id, set()))
    others = manages and not is_me
    return Row(member, roles, is_me, may_suspend=others, may_remove=others, way_in=way_in)


def _ways_in(team: Team) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    kinds = Authenticator.objects.filter(user__memberships__team=team).values_list("user_id", "type")
    for user_id, kind in kinds:
        found.setdefault(user_id, set()).add(kind)
    return found


def _way_in(kinds: set[str]) -> str:
    if Authenticator.Type.WEBAUTHN in kinds:
        return _("passkey")
    return _("code app") if Authenticator.Type.TOTP in kinds else _("password")


def rights() -> list[RightRow]:
    """The one table, as people read it."""
    return [RightRow(right.label, [right in RIGHTS[role] for role in Role]) for right in Right]


def invitations(team: Team) -> list[Invitation]:
    return list(Invitation.objects.pending().filter(team=team).order_by("-created_at")[:100])


def page(reader: Member, form: InviteForm | None = None) -> dict[str, Any]:
    manages = reader.may(Right.MANAGE_MEMBERS)
    return {
        "rows": rows(reader),
        "manages": manages,
        "form": form or InviteForm(),
        "invitations": invitations(reader.team) if manages else [],
        "sends_mail": settings.SENDS_MAIL,
        "roles": Role.labels,
        "rights": rights(),
        "may_hand_over": reader.role == Role.OWNER,
    }
