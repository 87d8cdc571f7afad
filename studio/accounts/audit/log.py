"""The team's log of administrative acts: written by services, in the transaction of the act itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studio.accounts.models import AuditEvent, Role, Team, User
from studio.catalog.contract import Words

PAGE = 50
# What an act is called. A room that records acts of its own adds its words here, in the `ready` of its app.
WORDS: dict[str, Words] = {
    "team-opened": gettext_lazy("Team opened"),
    "member-joined": gettext_lazy("Joined"),
    "member-left": gettext_lazy("Left the team"),
    "member-removed": gettext_lazy("Removed from the team"),
    "member-suspended": gettext_lazy("Suspended"),
    "member-unsuspended": gettext_lazy("Let in again"),
    "role-changed": gettext_lazy("Role changed"),
    "team-handed-over": gettext_lazy("Team handed over"),
    "invitation-made": gettext_lazy("Invited"),
    "invitation-renewed": gettext_lazy("Invitation made anew"),
    "invitation-revoked": gettext_lazy("Invitation revoked"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An act as people read it."""

    at: datetime
    by: str
    what: Words
    subject: str
    detail: str


def record(
    team: Team, what: str, *, by: User | None, about: User | None = None, subject: str = "", **detail: Any
) -> None:
    name = subject or (about.name if about else "")
    AuditEvent.objects.create(team=team, what=what, by=by, about=about, subject=name[:254], detail=detail)


def lines(team: Team, before: int | None) -> tuple[list[Line], int | None]:
    """A page of acts, the newest first, and where the next page begins; None when this was the last."""
    events = AuditEvent.objects.filter(team=team).select_related("by").order_by("-id")
    page = list((events.filter(pk__lt=before) if before else events)[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else None
    return [_line(event) for event in page[:PAGE]], more


def _line(event: AuditEvent) -> Line:
    by = event.by.name if event.by else _("The studio")
    return Line(event.at, by, WORDS.get(event.what, event.what), event.subject, _detail(event.detail))


def _detail(detail: dict[str, Any]) -> str:
    """Roles by their names; whatever else a room wrote, as it is. PostgreSQL keeps no order of its own."""
    names = dict(Role.choices)
    values = [value for _key, value in sorted(detail.items(), key=lambda pair: (pair[0] != "before", pair[0]))]
    return " → ".join(str(names.get(value, value)) for value in values if isinstance(value, str) and value)
