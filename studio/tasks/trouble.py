"""What an engine's trouble means to the people of a team, and the ways out of it: for banners and for cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studio.accounts import connections
from studio.accounts.models import Connection, Member, Right, Team
from studio.catalog.contract import Generator
from studio.providers import registry
from studio.providers.kie import messages
from studio.tasks.models import Task
from studio.tasks.states import Status

FRESH = timedelta(minutes=15)  # an outage of which nothing was heard for so long may be over
STANDING = timedelta(days=1)  # a refused account stays refused until somebody does something

BANNERS = {
    "455": gettext_lazy("Kie is in maintenance (%(code)s, %(time)s). What waits goes on by itself."),
    "503": gettext_lazy("Kie is in maintenance (%(code)s, %(time)s). What waits goes on by itself."),
    "505": gettext_lazy("Kie has switched a feature off for now (%(code)s, %(time)s)."),
    "401": gettext_lazy("Kie does not accept the key (%(code)s, %(time)s)."),
    "402": gettext_lazy("The Kie account has no credits left (%(code)s, %(time)s)."),
    "no-key": gettext_lazy("The key of Kie cannot be read any more (%(time)s)."),
}
FULL = gettext_lazy("Kie takes no more at the moment. It goes on by itself.")
AWAY = gettext_lazy("Kie is in maintenance. It goes on by itself.")
WAITS = {  # why a task that was refused for now waits (`rounds._note_refusal`), by its stage
    "pace": FULL,
    "405": FULL,
    "429": FULL,
    "430": FULL,
    "433": gettext_lazy("The Kie key has reached a limit. It goes on by itself when the limit allows."),
    "455": AWAY,
    "503": AWAY,
    "550": gettext_lazy("Kie's queue is full. It goes on by itself."),
    "broken": gettext_lazy("Kie cannot be reached at the moment. It goes on by itself."),
    "unreachable": gettext_lazy("Kie cannot be reached at the moment. It goes on by itself."),
}
WORDS = {
    "no-key": gettext_lazy("The key cannot be read any more. An admin can connect Kie again."),
    "refused": gettext_lazy("Kie's address leads into a private network. An admin can allow it."),
    "unreachable": gettext_lazy("Kie cannot be reached at the moment."),
    "broken": gettext_lazy("Kie cannot be reached at the moment."),
    "unreadable": gettext_lazy("Kie gave an answer that cannot be read."),
}
PATIENCE = {"pace", "405", "429", "430"}  # waits of moments, in which another engine is of no use
KEYS = {"401", "402", "403", "no-key", "refused"}  # what an admin mends where the engines are connected
ELSEWHERE = {*KEYS, "429", "433", "455", "503", "505", "550", "unreachable", "timeout"}  # where another engine helps


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads out."""

    label: str
    url: str
    icon: str = "cpu"


@dataclass(frozen=True, slots=True)
class Banner:
    text: str
    ways: list[Way]


def in_use(team: Team) -> Connection | None:
    """The account that the team's new tasks would run on."""
    return next(iter(connections.of_team(team)), None) or connections.of_instance()


def banner(member: Member, engine: str, generator: Generator | None = None) -> Banner | None:
    """What the chosen engine's account ran into a moment ago, for the page of a tool, or for that of the engines."""
    if engine not in registry.names() or not registry.needs_key(engine):
        return None
    found = in_use(member.team)
    if found is None or found.trouble_at is None or found.trouble_code not in BANNERS:
        return None
    if timezone.now() - found.trouble_at > (FRESH if found.trouble_code in connections.OUTAGES else STANDING):
        return None
    words = {"code": found.trouble_code, "time": moment(found.trouble_at)}
    text = str(BANNERS[found.trouble_code]) % words
    if generator is None:
        return Banner(text, [Way(_("Use Local meanwhile"), "#engines")] if member.may(Right.MANAGE_ENGINES) else [])
    ways = [
        Way(_("Use Local meanwhile"), f"{reverse('tasks:tool', args=[generator])}?engine={name}")
        for name in own_engines(generator)[:1]
    ]
    return Banner(text, ways + (_to_engines(member) if found.trouble_code in KEYS else []))


def ways_of(task: Task, member: Member, generator: Generator | None) -> list[Way]:
    """Out of what stopped or delays the task: the same wish on an engine of our own, or the page with the keys."""
    code = task.error_code if task.status == Status.FAILED else waits_for(task)
    if code not in ELSEWHERE or (code in PATIENCE and task.status == Status.QUEUED) or not member.may(Right.MAKE):
        return []
    ways = []
    if generator is not None:
        form = f"{reverse('tasks:tool', args=[generator])}?from={task.pk}&engine="
        others = [name for name in own_engines(generator) if name != task.provider]
        ways = [Way(_("Use the Local engine"), form + name) for name in others[:1]]
    return ways + (_to_engines(member) if code in KEYS else [])


def waits_for(task: Task) -> str:
    """The code for which the task went back into the queue; empty when it waits for its turn alone."""
    return task.stage if task.status == Status.QUEUED and task.stage in WAITS else ""


def own_engines(generator: Generator) -> list[str]:
    """Those that serve everyone, because they need no key."""
    return [name for name in generator.providers() if name in registry.names() and not registry.needs_key(name)]


def failures(team: Team, engines: Iterable[str], limit: int) -> list[Task]:
    """The team's newest failed tasks on these engines. By the index `failures_of_a_team`: it costs the same, however
    many there are."""
    found: list[Task] = []
    for name in engines:
        failed = Task.objects.for_team(team).filter(provider=name, status=Status.FAILED).select_related("hold")
        found += failed.order_by("-finished_at")[:limit]
    return sorted(found, key=lambda task: task.finished_at or task.created_at, reverse=True)[:limit]


def meaning(code: str) -> str:
    """The sentence for a code that an account ran into; empty for one that has none."""
    known = messages.CODES.get(int(code)) if code.isascii() and code.isdigit() else None
    return _(known.sentence) if known else str(WORDS.get(code, ""))


def moment(at: datetime) -> str:
    """The time, with its day when that is not today."""
    here = timezone.localtime(at)
    day = "" if here.date() == timezone.localdate() else formats.date_format(here, "SHORT_DATE_FORMAT") + " "
    return day + formats.time_format(here, "H:i")


def _to_engines(member: Member) -> list[Way]:
    if not member.may(Right.MANAGE_ENGINES):
        return []
    return [Way(_("See the providers"), reverse("connecting:overview"), "plug")]
