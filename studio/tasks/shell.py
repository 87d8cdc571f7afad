"""What the frame around every page shows: who, which team, the wallet, the tools, what is running."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from studio.accounts.members.services import may_open_team
from studio.accounts.models import Member, Right, User
from studio.catalog import registry
from studio.catalog.contract import Generator, Words
from studio.credits import ledger
from studio.credits.models import Hold
from studio.credits.shown import shown
from studio.tasks import pulse
from studio.tasks.models import Task

LOW = 1_000  # hundredths of a credit: soon nothing can be made any more


@dataclass(frozen=True, slots=True)
class Tool:
    kind: str
    label: Words
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A page about the team; `key` is what leads there after G."""

    label: Words
    icon: str
    url: str
    is_here: bool
    key: str = ""


class Wallet:
    """The credit badge: amounts as people read them."""

    def __init__(self, member: Member) -> None:
        account = ledger.account_of(member.team)
        self.available, self.held = shown(account.available), shown(account.held)
        self.held_tasks = Hold.objects.filter(account=account, state=Hold.State.OPEN).count()
        self.low = account.available < LOW
        whole = max(account.balance, 1)
        self.gauge_available = round(100 * account.available / whole)
        self.gauge_held = round(100 * account.held / whole)


class Shell:
    """Read by templates, each part only when it is shown. `since` is the version of the team's tasks on the page."""

    def __init__(self, request: HttpRequest, member: Member | None, since: int | None = None) -> None:
        self.request, self.member, self.since = request, member, since
        found = request.resolver_match
        kind = found.kwargs.get("kind") if found else None
        place = "library" if found and found.view_name == "library:home" else "other"
        self.place = kind.kind if isinstance(kind, Generator) else place

    @property
    def user(self) -> User | None:
        person = getattr(self.request, "user", None)
        return person if isinstance(person, User) else None

    @property
    def team(self) -> str:
        return self.member.team.name if self.member else ""

    @property
    def theme(self) -> str:
        return self.user.theme if self.user else ""

    @cached_property
    def wallet(self) -> Wallet | None:
        return Wallet(self.member) if self.member else None

    @cached_property
    def open_tasks(self) -> int:
        return Task.objects.for_team(self.member.team).open().count() if self.member else 0

    @cached_property
    def pulse(self) -> pulse.Pulse | None:
        return pulse.pulse_for(self.member.team, self.place, self.since) if self.member else None

    @property
    def tools(self) -> list[Tool]:
        return [_tool(generator) for generator in registry.every()]

    @property
    def teams(self) -> list[Member]:
        return getattr(self.request, "places", [])

    @property
    def may_open_team(self) -> bool:
        return self.user is not None and may_open_team(self.user, self.member)

    @property
    def team_pages(self) -> list[TeamPage]:
        pages = [self._team_page(_("Credits"), "coins", "credits:overview", key="c")]
        pages += [self._team_page(_("Members"), "users", "members:page")]
        pages += [self._team_page(_("Providers"), "plug", "connecting:overview", key="p")]
        if self.member and self.member.may(Right.SEE_AUDIT):
            pages += [self._team_page(_("Audit log"), "scroll-text", "audit:page")]
        return pages

    @property
    def is_team_page(self) -> bool:
        return any(page.is_here for page in self.team_pages)

    @property
    def strip(self) -> list[TeamPage]:
        """The same on a telephone, where the person's own menu is far."""
        return [*self.team_pages, self._team_page(_("Account"), "settings", "accounts:home")]

    def _team_page(self, label: Words, icon: str, name: str, key: str = "") -> TeamPage:
        found = self.request.resolver_match
        return TeamPage(label, icon, reverse(name), bool(found and found.app_name == name.partition(":")[0]), key)


def _tool(generator: Generator) -> Tool:
    url = reverse("tasks:tool", args=[generator])
    return Tool(generator.kind, generator.label, generator.icon, url)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request, getattr(request, "member", None))}
