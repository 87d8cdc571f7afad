"""What changed for a team since a page last asked, and how soon that page should ask again."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from studio.accounts.models import Member, Team
from studio.tasks.cards import Card, with_all
from studio.tasks.models import Task, TeamPulse
from studio.tasks.states import Status

MOST = 50  # changed tasks in one answer; the rest comes with the next


@dataclass(frozen=True, slots=True)
class Pulse:
    """The page's poller: `interval` in seconds, None when nothing is going on and nobody need ask."""

    since: int
    place: str
    interval: int | None

    @property
    def url(self) -> str:
        return f"{reverse('tasks:pulse')}?since={self.since}&place={self.place}"


@dataclass(frozen=True, slots=True)
class News:
    """`cards` changed their state, `waits` only their progress; `ended` are those of the cards that are final now."""

    cards: list[Card]
    waits: list[Card]
    ended: list[Card]
    since: int


def version_of(team_id: UUID) -> int:
    return TeamPulse.objects.filter(pk=team_id).values_list("version", flat=True).first() or 0


def pulse_for(team: Team, place: str, since: int | None = None) -> Pulse:
    return Pulse(version_of(team.pk) if since is None else since, place, interval_for(team))


def interval_for(team: Team) -> int | None:
    """2 s while something is young, then 5, then 15; None when no task is open. `unknown` waits for hours: 15."""
    moving = Task.objects.for_team(team).open()
    youngest = (
        moving.exclude(status=Status.UNKNOWN).order_by("-created_at").values_list("created_at", flat=True).first()
    )
    if youngest is None:
        return 15 if moving.exists() else None
    age = timezone.now() - youngest
    return 2 if age < timedelta(minutes=2) else 5 if age < timedelta(minutes=10) else 15


def news_for(member: Member, since: int) -> News:
    """The team's tasks that changed after `since`, oldest change first."""
    changed = with_all(Task.objects.for_team(member.team).filter(version__gt=since).order_by("version"))
    tasks = list(changed[:MOST])
    cards = [Card(task, member) for task in tasks if task.state_version > since]
    waits = [Card(task, member) for task in tasks if task.state_version <= since and task.is_open]
    return News(cards, waits, [card for card in cards if not card.is_open], tasks[-1].version if tasks else since)
