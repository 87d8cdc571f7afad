"""The pages and fragments of tasks: one tool page for every slice, cards, the pulse, stopping and trying again."""

import json
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right
from studio.catalog.contract import Generator, TaskForm
from studio.credits.ledger import InsufficientCreditsError
from studio.library.space import NoRoomError
from studio.tasks import bench, details, pulse, services
from studio.tasks.cards import Card, cards_for, with_all
from studio.tasks.inputs import UnknownInputError
from studio.tasks.intake import not_here
from studio.tasks.live import follower
from studio.tasks.models import Task
from studio.tasks.quotes import shortage
from studio.tasks.shell import Shell

FEED = 20  # cards on a tool's page; the Library has the rest
TOLD = 100  # characters of a prompt in a header: proxies refuse headers of a few thousand bytes


@require_safe
@never_cache
def tool(request: StudioRequest, kind: Generator) -> HttpResponse:
    """A slice's page: its form, filled from `?from=<task>` or with the example of a first run, and the latest tasks."""
    frame = _frame(request)
    origin = bench.uuid_of(request.GET.get("from", ""))
    source = Task.objects.for_team(request.team).filter(pk=origin).first() if origin else None
    cards = _feed(request, kind)
    wanted = {role: request.GET.getlist(role) for role in kind.form_class.input_fields}
    form = bench.blank_form(kind, source=source, with_example=not cards, inputs=wanted)
    context = {"shell": frame, "cards": cards, **_bench(request, kind, form)}
    return render(request, "tasks/tool.html", context)


@require_POST
@require(Right.MAKE)
def create(request: StudioRequest, kind: Generator) -> HttpResponse:
    """Start the task of a filled form and answer its card; 422 with the form itself when something is wrong."""
    form = bench.bound_form(kind, request.POST, request.FILES)
    if bench.take_in(request.member, form):
        try:
            task, _new = services.start_task(
                member=request.member,
                generator=kind,
                params=form.to_params(),
                provider=form.cleaned_data["engine"],
                idempotency_key=form.cleaned_data["idempotency_key"],
            )
        except InsufficientCreditsError as error:
            form.add_error(None, shortage(error.needed, error.available))
        except NoRoomError as error:
            form.add_error(None, str(error))
        except UnknownInputError as error:
            form.add_error(form.input_fields[error.role], not_here())
        else:
            return _created_card(request, task)
    context = _bench(request, kind, form)
    if not request.htmx:
        page = {"shell": _frame(request), **context, "cards": _feed(request, kind)}
        return render(request, "tasks/tool.html", page, status=422)
    response = render(request, "tasks/_form.html", context, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "#compose", "outerHTML"
    return response


@require_safe
@never_cache
def quote(request: StudioRequest, kind: Generator) -> HttpResponse:
    """The submit row for what the form says now."""
    form = bench.bound_form(kind, request.GET)
    return render(request, "tasks/_submit.html", {"quote": bench.quote(request.member, kind, form)})


@require_safe
def task_page(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002  # the name in the address
    frame, task = _frame(request), _task(request, id)
    context = {"shell": frame, **details.context_for(task), "card": Card(task, request.member)}
    return render(request, "tasks/task.html", context)


@require_safe
def task_details(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    return render(request, "tasks/_details.html", details.context_for(_task(request, id)))


@require_POST
@require(Right.MAKE)
def cancel(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Stop the task if it can still be stopped; the answer is its card as it is now, either way."""
    task = _task(request, id)
    if not services.may_stop(request.member, task):
        return bench.toast(_("Only the person who made it, or an admin, can stop it."), kind="error")
    services.cancel_task(task)
    return _changed_card(request, task)


@require_POST
@require(Right.MAKE)
def release(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Give up on a task whose outcome is unknown."""
    task = _task(request, id)
    if not services.may_stop(request.member, task):
        return bench.toast(_("Only the person who made it, or an admin, can release it."), kind="error")
    services.release_task(task)
    return _changed_card(request, task)


@require_POST
@require(Right.MAKE)
def again(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """The same wish once more, as a new task at the top of the feed."""
    task = _task(request, id)
    if task.provider not in task.generator.providers():
        return bench.toast(_("Its engine is not here any more. Edit the wish and choose another."), kind="error")
    try:
        task = services.repeat_task(member=request.member, task=task)
    except InsufficientCreditsError as error:
        return bench.toast(shortage(error.needed, error.available), kind="error")
    except NoRoomError as error:
        return bench.toast(str(error), kind="error")
    except UnknownInputError:
        return bench.toast(not_here(), kind="error")
    return _created_card(request, task)


@never_cache
async def beat(request: StudioRequest) -> HttpResponse:
    """What changed since `since`: 204 when nothing did, without a look at the tasks."""
    since = bench.int_of(request.GET.get("since", ""), 0) or 0
    if await follower.version(request.team.pk) <= since:
        return HttpResponse(status=204)
    return await sync_to_async(_news)(request, since)


def _news(request: StudioRequest, since: int) -> HttpResponse:
    news = pulse.news_for(request.member, since)
    poller = pulse.pulse_for(request.team, request.GET.get("place", "other")[:16], news.since)
    context = {"cards": news.cards, "waits": news.waits, "pulse": poller}
    response = render(request, "tasks/_pulse_update.html", context)
    if news.ended:
        last = news.ended[-1]
        wish = Truncator(last.task.prompt).chars(TOLD)
        message = _("%(state)s: %(prompt)s") % {"state": last.label, "prompt": wish}
        ended = {"message": message, "url": last.task_url, "kind": last.ended_kind}
        response["HX-Trigger"] = json.dumps({"task-ended": ended})
    return response


def _created_card(request: StudioRequest, task: Task) -> HttpResponse:
    """The new card, a fresh key for the next press, and a poller that goes on where the page's last one stood."""
    if not request.htmx:
        return redirect("tasks:tool", kind=task.generator)
    context = {
        "card": Card(_task(request, task.pk), request.member),
        "idempotency_key": bench.fresh_key(),
        "pulse": _poller(request, task),
    }
    return render(request, "tasks/_created.html", context)


def _changed_card(request: StudioRequest, task: Task) -> HttpResponse:
    if not request.htmx:
        return redirect("tasks:tool", kind=task.generator)
    context = {"card": Card(_task(request, task.pk), request.member), "pulse": _poller(request, task)}
    return render(request, "tasks/_changed.html", context)


def _bench(request: StudioRequest, kind: Generator, form: TaskForm) -> dict[str, Any]:
    """What the form of a slice is shown with."""
    quoted, chosen = bench.quote(request.member, kind, form), bench.chosen(request.team, form)
    return {"generator": kind, "form": form, "quote": quoted, "chosen": chosen}


def _frame(request: StudioRequest) -> Shell:
    """The frame of a page with tasks. Made before they are read: what changes meanwhile is news to its poller."""
    return Shell(request, request.member, pulse.version_of(request.team.pk))


def _feed(request: StudioRequest, kind: Generator) -> list[Card]:
    tasks = Task.objects.for_team(request.team).filter(kind=kind.kind)
    return cards_for(request.member, tasks.order_by("-created_at")[:FEED])


def _poller(request: StudioRequest, task: Task) -> pulse.Pulse:
    """Begins at the version that the page has seen, so that nothing in between is passed by; the task itself is in
    this very answer."""
    since = bench.int_of(request.POST.get("since", ""), task.version) or 0
    others = Task.objects.for_team(request.team).filter(version__gt=since).exclude(pk=task.pk)
    return pulse.pulse_for(request.team, task.kind, since if others.exists() else max(since, task.version))


def _task(request: StudioRequest, pk: UUID) -> Task:
    return get_object_or_404(with_all(Task.objects.for_team(request.team)), pk=pk)
