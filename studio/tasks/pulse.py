"""What changed for a team since a page last asked, and how soon that page should ask again."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from studio.accounts.models import Member, Team
from studio.tasks.cards import Card, cards_for
from studio.tasks.models import Task, TeamPulse
from studio.tasks.states import Status

MOST = 50  # changed tasks in one answer, or a few more of the last version; the rest comes with the next
SOON = 2  # seconds


@dataclass(frozen=True, slots=True)
class Pulse:
    """The page's poller: `interval` in seconds, None when nothing is going on and nobody need ask."""

    since: int
    place: str
    interval: int | None

    @property
    def url(self) -> str:
        return f"{reverse('tasks:pulse')}?{urlencode({'since': self.since, 'place': self.place})}"


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
    """A poller that goes on while tasks are open, or something happened after `since`."""
    interval = interval_for(team)
    newest = version_of(team.pk)  # read last: a task that ended meanwhile is not passed by
    if since is None:
        return Pulse(newest, place, interval)
    return Pulse(since, place, SOON if interval is None and since < newest else interval)


def interval_for(team: Team) -> int | None:
    """2 s while something is young, then 5, then 15; None when no task is open. `unknown` waits for hours: 15."""
    moving = Task.objects.for_team(team).open()
    youngest = (
        moving.exclude(status=Status.UNKNOWN).order_by("-created_at").values_list("created_at", flat=True).first()
    )
    if youngest is None:
        return 15 if moving.exists() else None
    age = timezone.now() - youngest
    return SOON if age < timedelta(minutes=2) else 5 if age < timedelta(minutes=10) else 15


def news_for(member: Member, since: int) -> News:
    """The team's tasks that changed after `since`, oldest change first."""
    newest = version_of(member.team_id)  # read first: whatever is not in it has a higher version
    changed = Task.objects.for_team(member.team).filter(version__gt=since).order_by("version")
    # One move can change many tasks, all with the same version: a page that ended among them would pass the rest by.
    full = list(changed.values_list("version", flat=True)[MOST - 1 : MOST])
    told = cards_for(member, changed.filter(version__lte=full[0]) if full else changed)
    cards = [card for card in told if card.task.state_version > since]
    waits = [card for card in told if card.task.state_version <= since and card.is_open]
    last = told[-1].task.version if told else since
    # A version that no task carries, of a move that came too late, must not be asked about for ever.
    reached = last if full else max(last, newest)
    return News(cards, waits, [card for card in cards if not card.is_open], reached)
