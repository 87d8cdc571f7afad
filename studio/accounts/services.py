"""Questions about people and teams that more than one room asks."""

from studio.accounts.models import Member, User


def is_first_run() -> bool:
    return not User.objects.exists()


def member_for(user: User, team_id: str | None) -> Member | None:
    """The person's place in the chosen team, else in the one they joined first; None when they have no team."""
    places = list(Member.objects.filter(user=user).select_related("team", "user").order_by("joined_at", "pk")[:50])
    return next((place for place in places if str(place.team_id) == team_id), places[0] if places else None)
