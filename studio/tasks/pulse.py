"""What changed for a team since a page last asked, and how soon that page should ask again."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from studio.accounts.models import Member, Team
from studio.library import gallery
from studio.tasks.cards import Card, cards_for
from studio.tasks.feed import Arrival, Sight, arrivals
from studio.tasks.models import Task, TeamPulse
from studio.tasks.states import Status

MOST = 50  # changed tasks in one answer, or a few more of the last version; the rest comes with the next
SOON, LATE, IDLE = 2, 15, 30  # seconds
RHYTHM = ((timedelta(minutes=2), SOON), (timedelta(minutes=10), 5))  # while the youngest open task is not older


@dataclass(frozen=True, slots=True)
class Pulse:
    """The page's poller: `interval` in seconds, which is right until the moment `until` (0: until there is news)."""

    since: int
    place: str
    interval: int
    until: int = 0

    @property
    def url(self) -> str:
        query = {"since": self.since, "place": self.place, "until": self.until}
        return f"{reverse('tasks:pulse')}?{urlencode(query)}"

    @property
    def is_idle(self) -> bool:
        """Only what others may begin is waited for."""
        return self.interval == IDLE


@dataclass(frozen=True, slots=True)
class News:
    """What the asking page has to change: `cards` that it holds and that moved, `arrivals` that it does not hold yet,
    `waits` that only got on, `left` that are followed no longer, `pieces` that are new to its Library (None: it shows none). `ended` are all that did."""

    cards: list[Card]
    arrivals: list[Arrival]
    waits: list[Card]
    left: list[Card]
    ended: list[Card]
    pieces: int | None
    since: int


def version_of(team_id: UUID) -> int:
    return TeamPulse.objects.filter(pk=team_id).values_list("version", flat=True).first() or 0


def pulse_for(team: Team, place: str, since: int | None = None) -> Pulse:
    """A poller that asks soon when something happened after `since`, else as often as the open tasks need."""
    interval, until = _rhythm(team)
    newest = version_of(team.pk)  # read last: a task that ended meanwhile is not passed by
    if since is not None and since < newest:
        return Pulse(since, place, SOON)
    return Pulse(newest if since is None else since, place, interval, until)


def _rhythm(team: Team) -> tuple[int, int]:
    """2 s while something is young, then 5, then 15, and until when that is so. `unknown` waits for hours: 15. With
    nothing open only another's new task can come: 30."""
    moving = Task.objects.for_team(team).open()
    youngest = (
        moving.exclude(status=Status.UNKNOWN).order_by("-created_at").values_list("created_at", flat=True).first()
    )
    if youngest is None:
        return (LATE if moving.exists() else IDLE), 0
    for age, interval in RHYTHM:
        if timezone.now() - youngest < age:
            return interval, ceil((youngest + age).timestamp())
    return LATE, 0


def is_over(until: int) -> bool:
    """Whether a poller's interval has had its time."""
    return 0 < until <= timezone.now().timestamp()


def news_for(member: Member, since: int, sight: Sight) -> News:
    """The team's tasks that changed after `since`, oldest change first, as far as the page shows them."""
    newest = version_of(member.team_id)  # read first: whatever is not in it has a higher version
    changed = Task.objects.for_team(member.team).filter(version__gt=since).order_by("version")
    # One move can change many tasks, all with the same version: a page that ended among them would pass the rest by.
    full = list(changed.values_list("version", flat=True)[MOST - 1 : MOST])
    told = cards_for(member, changed.filter(version__lte=full[0]) if full else changed)
    shown = [card for card in told if not card.task.is_hidden]
    moved = [card for card in shown if card.task.state_version > since]
    held = [card for card in shown if sight.holds(card.id)]
    last = told[-1].task.version if told else since
    # A version that no task carries, of a move that came too late, must not be asked about for ever.
    reached = last if full else max(last, newest)
    return News(
        cards=[card for card in held if card.task.state_version > since],
        arrivals=arrivals(member.team, shown, sight),
        waits=[card for card in held if card.task.state_version <= since and card.is_open],
        left=[card for card in told if card.task.is_hidden and sight.holds(card.id)],
        ended=[card for card in moved if not card.is_open],
        pieces=None if sight.newest is None else gallery.newer(member.team, sight.newest),
        since=reached,
    )
