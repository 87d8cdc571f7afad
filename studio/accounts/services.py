"""Questions about people and teams that more than one room asks."""

from contextlib import suppress
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from studio.accounts.models import Member, User

SEEN_EVERY = timedelta(minutes=5)


def is_first_run() -> bool:
    return not User.objects.exists()


def places_of(user: User) -> list[Member]:
    """The person's teams, the one they joined first before the others."""
    return list(Member.objects.filter(user=user).select_related("team", "user").order_by("joined_at", "pk")[:50])


def member_for(places: list[Member], team_id: str | None) -> Member | None:
    """The place in the chosen team, else in the first that can be entered, else one where the person is suspended; None
    when they have no team."""
    chosen = next((place for place in places if str(place.team_id) == team_id), None)
    return chosen or next((place for place in places if not place.is_suspended), places[0] if places else None)


def note_seen(member: Member, request: HttpRequest) -> None:
    """Every few minutes only; a page is shown even when this cannot be written (a full disk)."""
    now = timezone.now()
    if member.seen_at is None or now - member.seen_at > SEEN_EVERY:
        member.seen_at = now
        with suppress(DatabaseError):
            Member.objects.filter(pk=member.pk).update(seen_at=now)
            note_session(request)


def note_session(request: HttpRequest) -> None:
    """Also where nobody signed in by allauth: after the set-up, after joining."""
    UserSession.objects.create_from_request(request)
