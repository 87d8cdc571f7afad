"""The members page: who is here, who is invited, who may what."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

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


@dataclass(frozen=True, slots=True)
class RightRow:
    label: str | Promise
    held: list[bool]


def rows(reader: Member) -> list[Row]:
    members = Member.objects.filter(team=reader.team).select_related("user", "team").order_by("joined_at", "pk")
    return [_row(reader, member) for member in members]


def _row(reader: Member, member: Member) -> Row:
    is_me = member.pk == reader.pk
    manages = may_manage(reader, member)
    roles = [(str(role.value), str(role.label)) for role in Role if manages and may_manage(reader, member, role)]
    return Row(member, roles, is_me, may_suspend=manages and not is_me, may_remove=manages and not is_me)


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
