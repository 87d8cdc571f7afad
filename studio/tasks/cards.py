"""A task as its card shows it: every word is ready, the template only places them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from studio.accounts.models import Member, Right, Team
from studio.catalog.contract import Generator, TaskParams
from studio.credits.models import Hold
from studio.credits.shown import in_words
from studio.library.details import provider_name
from studio.library.models import Asset, Kind
from studio.tasks import bench, queue, services, trouble
from studio.tasks.models import Task, TaskQuerySet
from studio.tasks.states import DISK_FULL, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Why a task has no result, what that means for the credits, and the engine's own code."""

    kind: str
    sentence: str
    money: str
    code: str = ""


class Outlook:
    """The places of a team's waiting tasks; read once for all cards of an answer, when the first one asks."""

    def __init__(self, team: Team) -> None:
        self.team = team

    @cached_property
    def places(self) -> dict[UUID, int]:
        return queue.places(self.team)


class Card:
    """One task for one reader."""

    def __init__(self, task: Task, member: Member, outlook: Outlook | None = None) -> None:
        self.task, self.member, self.outlook = task, member, outlook or Outlook(task.team)
        self.slice = _slice_of(task)
        self.id, self.state, self.is_open = task.pk, task.status, task.is_open
        self.label = task.get_status_display()
        self.engine = provider_name(task.provider)
        self.count, self.ratio, self.result_template = task.pieces, "1/1", "tasks/_gone.html"
        if self.slice:
            generator, params = self.slice
            self.ratio, self.result_template = generator.ratio(params), generator.result_template

    @property
    def gone(self) -> str:
        return "" if self.slice else _("This tool is no longer here.")

    @property
    def facts(self) -> list[str]:
        words = self.slice[0].facts(self.slice[1]) if self.slice else []
        if self.task.status == Status.SUCCEEDED:
            words.append(in_words(self.task.hold.charged))
        at = timezone.localtime(self.task.created_at)
        day = "" if at.date() == timezone.localdate() else formats.date_format(at, "SHORT_DATE_FORMAT") + " "
        return [*words, f"{self.task.made_by.first_name}, {day}{formats.time_format(at, 'H:i')}"]

    @property
    def cancel_label(self) -> str:
        if not services.may_stop(self.member, self.task):
            return ""
        if services.can_unfollow(self.task):
            return _("Stop following")
        if not services.can_cancel(self.task):
            return ""
        return _("Cancel, 0 credits") if self.task.status == Status.QUEUED else _("Cancel")

    @property
    def cancel_url(self) -> str:
        name = "tasks:unfollow" if services.can_unfollow(self.task) else "tasks:cancel"
        return reverse(name, args=[self.task.pk])

    @property
    def cancel_hint(self) -> str:
        if not self.cancel_label:
            return ""
        if services.can_unfollow(self.task):
            return _("It still finishes and is charged.")
        return _("Held credits come back at once.")

    @property
    def can_again(self) -> bool:
        return (
            bool(self.slice)
            and self.member.may(Right.MAKE)
            and self.task.status
            not in {
                Status.QUEUED,
                Status.SUBMITTING,
                Status.RUNNING,
                Status.STORING,
            }
        )

    @property
    def press(self) -> str:
        """The key of one press of its button; the browser takes another when it was answered."""
        return bench.fresh_key()

    @property
    def can_refer(self) -> bool:
        """Its pictures can go into another request."""
        return self.member.may(Right.MAKE) and any(asset.kind == Kind.IMAGE for asset in self.assets)

    @property
    def can_release(self) -> bool:
        return self.task.status == Status.UNKNOWN and services.may_stop(self.member, self.task)

    @property
    def task_url(self) -> str:
        return reverse("tasks:task", args=[self.task.pk])

    @property
    def ended_kind(self) -> str:
        """The kind of toast that says that it ended."""
        return "error" if self.task.status == Status.FAILED else "info"

    @property
    def edit_url(self) -> str:
        """The form, filled with this task's wish."""
        return f"{reverse('tasks:tool', args=[self.slice[0]])}?from={self.task.pk}" if self.slice else ""

    @property
    def percent(self) -> int | None:
        """Only what the engine said; no number is ever made up."""
        return None if self.task.progress is None else self.task.progress // 10

    @cached_property
    def stage(self) -> str:
        if self.task.stage == DISK_FULL and self.task.status in {Status.QUEUED, Status.STORING}:
            return _("Waiting for disk space. Nothing is lost.")
        if self.wait_code:
            return str(trouble.WAITS[self.wait_code])
        if self.task.status == Status.QUEUED:
            return self._place()
        if self.task.status == Status.RUNNING and self.slice:
            return self.slice[0].stage(self.task.stage) or str(self.label)
        return str(self.label)

    @property
    def wait_code(self) -> str:
        """The engine's own code, when it refused the task for now."""
        return trouble.waits_for(self.task)

    @cached_property
    def ways(self) -> list[trouble.Way]:
        return trouble.ways_of(self.task, self.member, self.slice[0] if self.slice else None)

    @property
    def is_late(self) -> bool:
        """It had been given up, and its result came after all."""
        return self.task.status == Status.FAILED and bool(self.assets)

    def _place(self) -> str:
        ahead = self.outlook.places.get(self.task.pk)
        if ahead is None:
            return _("In the queue")
        if not ahead:
            return _("Next in line")
        return ngettext("%(count)s task ahead", "%(count)s tasks ahead", ahead) % {"count": ahead}

    @property
    def started_at(self) -> datetime | None:
        return self.task.started_at if self.task.status in {Status.RUNNING, Status.STORING} else None

    @property
    def typical(self) -> str:
        return ""

    @property
    def note(self) -> Note | None:
        money = _money(self.task.hold)
        if self.is_late:
            sentence = _("Its result came late and was kept; it was not charged.")
            return Note(kind="late", sentence=sentence, code=self.task.error_code, money=money)
        if self.task.status == Status.FAILED:
            return Note(kind="bad", sentence=_(self.task.error), code=self.task.error_code, money=money)
        if self.task.status == Status.CANCELLED:
            return Note(kind="plain", sentence=_("Stopped before it was done."), money=money)
        if self.task.status == Status.UNKNOWN:
            sentence = _("The connection broke after the request may have arrived. Nothing is sent twice by itself.")
            return Note(kind="warn", sentence=sentence, money=money)
        return None

    @cached_property
    def assets(self) -> list[Asset]:
        return [asset for asset in self.task.results if not asset.is_gone]

    @property
    def inputs(self) -> list[Asset]:
        return [asset for asset in self.task.inputs if not asset.is_gone]

    @property
    def emptied(self) -> int:
        """Pictures that were there until the trash was emptied."""
        return len(self.task.results) - len(self.assets)

    @property
    def missing(self) -> int:
        """Pictures that were asked for and could not be kept."""
        return self.count - len(self.task.results) if self.task.status == Status.SUCCEEDED else 0

    @property
    def missing_note(self) -> str:
        if not self.missing:
            gone = ngettext(
                "%(count)s was removed from the trash.", "%(count)s were removed from the trash.", self.emptied
            )
            return gone % {"count": self.emptied} if self.emptied else ""
        returned = in_words(self.task.hold.amount - self.task.hold.charged)
        return _("%(missing)s of %(count)s could not be kept. %(credits)s came back.") % {
            "missing": self.missing,
            "count": self.count,
            "credits": returned,
        }

    @property
    def placeholders(self) -> range:
        return range(self.count if self.is_open else self.missing + self.emptied)


def _slice_of(task: Task) -> tuple[Generator, TaskParams] | None:
    """None when the tool was removed, or reads no longer what was asked of it then: its tasks are still the team's."""
    try:
        return task.generator, task.typed_params
    except (KeyError, ValueError):
        return None


def _money(hold: Hold) -> str:
    if hold.state == Hold.State.OPEN:
        return _("%(credits)s held.") % {"credits": in_words(hold.amount)}
    return _("%(credits)s returned.") % {"credits": in_words(hold.amount - hold.charged)}


def with_all(tasks: TaskQuerySet) -> TaskQuerySet:
    """Everything that cards read, in a fixed number of queries."""
    return tasks.select_related("made_by", "hold", "team").prefetch_related("links__asset__made_by")


def cards_for(member: Member, tasks: TaskQuerySet) -> list[Card]:
    outlook = Outlook(member.team)
    return [Card(task, member, outlook) for task in with_all(tasks)]
