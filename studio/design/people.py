"""Sample teams and members for the component page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.accounts.models import Role


def teams() -> list[dict[str, Any]]:
    return [{"team_id": number, "team": {"name": name}} for number, name in ((1, "Harbour Team"), (2, "Radio Nine"))]


def team_pages() -> list[dict[str, Any]]:
    pages = ((_("Credits"), "coins", "credits:overview"), (_("Members"), "users", "members:page"))
    return [{"label": label, "icon": icon, "url": reverse(name)} for label, icon, name in pages]


def members() -> list[dict[str, Any]]:
    """Rows of the members page, as an owner sees them."""
    now = timezone.now()
    people = [
        ("Mira Lindqvist", "ML", "owner", False),
        ("Jun Arai", "JA", "admin", False),
        ("Ola Berg", "OB", "viewer", True),
    ]
    return [
        {
            "member": {
                "pk": number,
                "role": role,
                "get_role_display": role.title(),
                "joined_at": now,
                "seen_at": now if number > 1 else None,
                "is_suspended": is_suspended,
                "user": {"name": name, "initials": initials, "email": f"{initials.lower()}@example.org"},
            },
            "is_me": role == "owner",
            "roles": [] if role == "owner" else list(Role.choices),
            "way_in": _("password"),
            "may_suspend": role != "owner",
        }
        for number, (name, initials, role, is_suspended) in enumerate(people, 1)
    ]


def samples() -> dict[str, Any]:
    act = {"at": timezone.now(), "by": "Mira Lindqvist", "what": _("Role changed")}
    return {
        "people": members(),
        "codes": ["19370069", "65001203", "88412276", "01927731"],
        "acts": [{**act, "subject": "Jun Arai", "detail": "Member → Admin"}],
        "teams": teams(),
        "team_pages": team_pages(),
    }
