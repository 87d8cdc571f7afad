"""The engines of a team as its page shows them: one panel per account, and what went wrong last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.utils import formats, timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from studio.accounts import connections
from studio.accounts.models import Connection, Member, Right, Team
from studio.catalog import registry as catalog
from studio.connecting import keys
from studio.connecting.forms import AddForm, EnginesForm, KeyForm, WebhookForm
from studio.credits.models import Hold
from studio.credits.shown import in_words
from studio.library.details import provider_name
from studio.providers import registry
from studio.tasks import trouble
from studio.tasks.models import Task

ERRORS = 8  # lines of the list of errors
RETIRED = 5  # retired keys that are looked at, whether something still runs there
NEEDS_HANDS = {"401", "402", "403", "no-key", "refused"}
IN_MAINTENANCE, IS_AWAY = {"455", "503"}, {"unreachable", "broken"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`state` is one of a task's, for its mark. `note` says what is special about it."""

    key: str
    title: str
    state: str
    status: str
    rows: list[tuple[str, str]]
    note: str = ""
    connection: UUID | None = None
    can_test: bool = False
    can_change: bool = False
    rotate_form: KeyForm | None = None
    webhook_form: WebhookForm | None = None
    has_webhook_key: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    when: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that goes back with its errors, and the connection that it was for."""

    form: AddForm | KeyForm | WebhookForm | EnginesForm
    connection: UUID | None = None

    def takes(self, sort: type, connection: UUID | None = None) -> bool:
        return isinstance(self.form, sort) and self.connection == connection


def page(member: Member, refused: Refused | None = None) -> dict[str, Any]:
    """Everything that the page shows."""
    team, instance = member.team, connections.of_instance()
    own = connections.of_team(team)
    leaving = list(Connection.objects.filter(team=team, retired_at__isnull=False).order_by("-retired_at")[:RETIRED])
    locals_ = [name for name in registry.names() if not registry.needs_key(name)]
    flying = _in_flight([*(str(it.pk) for it in (*own, *leaving, *filter(None, [instance])))], locals_)
    account = next(iter(own), instance)
    is_first = {account.pk} if account else set()
    panels = [_panel_of(it, member, flying, it.pk in is_first, refused) for it in own]
    panels += [_panel_of(instance, member, flying, instance.pk in is_first, refused)] if instance else []
    panels += [_leaving(it, flying) for it in leaving if flying.get(str(it.pk))]
    panels += [_local(name, flying) for name in locals_]
    may = member.may(Right.MANAGE_ENGINES)
    add = refused.form if refused and refused.takes(AddForm) else AddForm(auto_id="add-%s")
    engines = refused.form if refused and refused.takes(EnginesForm) else EnginesForm(team)
    assert isinstance(engines, EnginesForm)
    return {
        "panels": panels,
        "may": may,
        "can_add": may and connections.KIE in registry.names(),
        "add_form": add,
        "is_adding": bool(add.errors),
        "services": engines.rows(),
        "callback_address": f"{settings.PUBLIC_URL}/callbacks/{connections.KIE}/" if settings.PUBLIC_URL else "",
        "banner": trouble.banner(member, connections.KIE),
        "lines": lines(team, [it for it in (*own, instance) if it]),
    }


def _in_flight(ids: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    """Tasks that are under way on each account, of all teams that use it: its limits hold for all of them."""
    flying = Task.objects.in_flight().filter(connection__in=[*ids, *names]).order_by()
    return dict(flying.values_list("connection").annotate(count=Count("*")))


def _panel_of(
    connection: Connection, member: Member, flying: dict[str, int], is_first: bool, refused: Refused | None
) -> Panel:
    pk, is_own = connection.pk, connection.team_id is not None
    state, status = _status(connection)
    may = is_own and member.may(Right.MANAGE_ENGINES)
    rotating = refused.form if refused and refused.takes(KeyForm, pk) else KeyForm(auto_id=f"{pk}-%s")
    hooking = refused.form if refused and refused.takes(WebhookForm, pk) else WebhookForm(auto_id=f"{pk}-%s")
    assert isinstance(rotating, KeyForm)
    assert isinstance(hooking, WebhookForm)
    return Panel(
        key=str(pk),
        title=connection.name or (_("Kie, your team’s key") if is_own else _("Kie, this studio’s key")),
        state=state,
        status=status,
        rows=_rows(connection, flying, is_first),
        note="" if is_own else _("Its key comes from KIE_API_KEY, so whoever runs this studio changes it there."),
        connection=pk,
        can_test=keys.may_test(member, connection),
        can_change=may,
        rotate_form=rotating if may else None,
        webhook_form=hooking if may else None,
        has_webhook_key=bool(connection.webhook_secret),
    )


def _status(connection: Connection) -> tuple[str, str]:
    if connection.trouble_code in NEEDS_HANDS:
        return "failed", _("Needs attention")
    if connection.trouble_code in IN_MAINTENANCE:
        return "unknown", _("In maintenance")
    if connection.trouble_code in IS_AWAY:
        return "unknown", _("Not reachable")
    return "succeeded", _("Connected")


def _rows(connection: Connection, flying: dict[str, int], is_first: bool) -> list[tuple[str, str]]:
    since = formats.date_format(timezone.localtime(connection.rotated_at or connection.created_at), "DATE_FORMAT")
    key = _("••••%(end)s, since %(date)s") % {"end": connection.hint, "date": since}
    taken = _("begin on this key") if is_first else _("begin on another key; what runs here finishes here")
    return [
        (_("Key"), key),
        (_("New tasks"), taken),
        (_("Balance at Kie"), _balance(connection)),
        (_("In flight"), _tasks(flying.get(str(connection.pk), 0))),
        (_("Last error"), _last(connection)),
    ]


def _balance(connection: Connection) -> str:
    if connection.balance is None or connection.balance_at is None:
        return _("not asked yet")
    age = timezone.now() - connection.balance_at
    ago = _("%(time)s ago") % {"time": timesince(connection.balance_at, depth=1)} if age.total_seconds() >= 60 else ""
    return f"{in_words(int(connection.balance * 100))}, {ago or _('just now')}"


def _last(connection: Connection) -> str:
    if not connection.trouble_code or connection.trouble_at is None:
        return _("none")
    words = {"code": connection.trouble_code, "time": trouble.moment(connection.trouble_at)}
    return _("%(code)s at %(time)s") % words


def _tasks(count: int) -> str:
    return ngettext("%(count)s task", "%(count)s tasks", count) % {"count": count}


def _leaving(connection: Connection, flying: dict[str, int]) -> Panel:
    rows = [(_("Key"), f"••••{connection.hint}"), (_("In flight"), _tasks(flying[str(connection.pk)]))]
    title = connection.name or _("Kie, your team’s key")
    note = _("Nothing new begins on it; what runs there finishes.")
    return Panel(key=str(connection.pk), title=title, state="queued", status=_("Retired"), rows=rows, note=note)


def _local(name: str, flying: dict[str, int]) -> Panel:
    rows = [
        (_("Runs on"), _("this server, without a key")),
        (_("In flight"), _tasks(flying.get(name, 0))),
    ]
    return Panel(key=name, title=provider_name(name), state="succeeded", status=_("Ready"), rows=rows)


def lines(team: Team, accounts: list[Connection]) -> list[Line]:
    """What went wrong last, newest first: tasks of the team that failed on an account, and the accounts' own trouble."""
    locked = [name for name in registry.names() if registry.needs_key(name)]
    found = [_failed(task) for task in trouble.failures(team, locked, ERRORS)]
    found += [
        Line(
            it.trouble_at,
            trouble.moment(it.trouble_at),
            f"{it.trouble_code} {trouble.meaning(it.trouble_code)}".strip(),
            _("connection ••••%(end)s") % {"end": it.hint},
        )
        for it in accounts
        if it.trouble_at is not None
    ]
    return sorted(found, key=lambda line: line.at, reverse=True)[:ERRORS]


def _failed(task: Task) -> Line:
    at = task.finished_at or task.created_at
    kind = task.generator.label if task.kind in catalog.kinds() else task.kind
    returned = task.hold.amount - task.hold.charged
    money = (
        _("%(credits)s returned") % {"credits": in_words(returned)} if task.hold.state == Hold.State.RELEASED else ""
    )
    detail = ", ".join(filter(None, [str(kind), money]))
    return Line(at, trouble.moment(at), f"{task.error_code} {_(task.error)}".strip(), detail)
