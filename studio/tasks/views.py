"""The pages and fragments of tasks: one tool page for every slice, cards, the pulse, stopping and trying again."""

import json
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right
from studio.catalog import registry
from studio.catalog.contract import Generator, TaskForm
from studio.credits.ledger import InsufficientCreditsError
from studio.library.space import NoRoomError
from studio.providers.kie import callback as kie
from studio.tasks import bench, callbacks, details, pulse, services, trouble
from studio.tasks.cards import Card, cards_for, with_all
from studio.tasks.feed import FEED, Sight
from studio.tasks.inputs import UnknownInputError
from studio.tasks.intake import not_here
from studio.tasks.live import follower
from studio.tasks.models import Task
from studio.tasks.presses import by_press
from studio.tasks.quotes import shortage
from studio.tasks.shell import Shell

TOLD = 100  # characters of a prompt in a header: proxies refuse headers of a few thousand bytes


@require_safe
@never_cache
def tool(request: StudioRequest, kind: Generator) -> HttpResponse:
    """A slice's page: its form, filled from `?from=<task>`, with the words of `?prompt=` or with the example of a first
    run, for the engine of `?engine=`, and the latest tasks."""
    frame = _frame(request)
    origin = bench.uuid_of(request.GET.get("from", ""))
    source = Task.objects.for_team(request.team).filter(pk=origin).first() if origin else None
    cards = _feed(request, kind)
    wanted = {role: request.GET.getlist(role) for role in kind.form_class.input_fields}
    wish, engine = request.GET.get("prompt", ""), request.GET.get("engine", "")
    form = bench.blank_form(
        kind, request.team, source=source, wish=wish, engine=engine, with_example=not cards, inputs=wanted
    )
    context = {"shell": frame, "cards": cards, **_bench(request, kind, form)}
    return render(request, "tasks/tool.html", context)


@by_press
@require(Right.MAKE)
def create(request: StudioRequest, kind: Generator) -> HttpResponse:
    """Start the task of a filled form and answer its card; 422 with the form itself when something is wrong."""
    form = bench.bound_form(kind, request.team, request.POST, request.FILES)
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
            return _created_card(request, task, next_key=bench.fresh_key())
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
    form = bench.bound_form(kind, request.team, request.GET)
    return render(request, "tasks/_submit.html", {"quote": bench.quote(request.member, kind, form)})


@require_safe
@never_cache
def task_page(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002  # the name in the address
    frame, task = _frame(request), _task(request, id)
    context = {"shell": frame, **details.context_for(task), "card": Card(task, request.member)}
    return render(request, "tasks/task.html", context)


@require_safe
def task_details(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    return render(request, "tasks/_details.html", details.context_for(_task(request, id)))


@by_press
@require(Right.MAKE)
def cancel(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Stop the task if it can still be stopped; the answer is its card as it is now, either way."""
    task = _task(request, id)
    if not services.may_stop(request.member, task):
        return _refuse(request, task, _("Only the person who made it, or an admin, can stop it."))
    services.cancel_task(task)
    return _changed_card(request, task)


@by_press
@require(Right.MAKE)
def unfollow(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Take the card off the page while an upstream works on; when it does not any more, the answer is the card."""
    task = _task(request, id)
    if not services.may_stop(request.member, task):
        return _refuse(request, task, _("Only the person who made it, or an admin, can stop following it."))
    if not services.unfollow_task(task):
        return _changed_card(request, task)
    if not request.htmx:
        return _back(task)
    return render(request, "tasks/_left.html", {"pulse": _poller(request, _task(request, id))})


@by_press
@require(Right.MAKE)
def release(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Give up on a task whose outcome is unknown."""
    task = _task(request, id)
    if not services.may_stop(request.member, task):
        return _refuse(request, task, _("Only the person who made it, or an admin, can release it."))
    services.release_task(task)
    return _changed_card(request, task)


@by_press
@require(Right.MAKE)
def again(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """The same wish once more, as a new task at the top of the feed."""
    task = _task(request, id)
    key = bench.key_of(request.POST.get("idempotency_key", ""))
    if not key:
        return _refuse(request, task, _("This press was not sent completely. Load the page again and press once more."))
    card = Card(task, request.member)
    if card.gone:
        return _refuse(request, task, card.gone)
    if task.provider not in task.generator.providers():
        return _refuse(request, task, _("Its engine is not here any more. Edit the wish and choose another."))
    if not bench.may_press(request.member):
        return _refuse(request, task, bench.too_many())
    try:
        task = services.repeat_task(member=request.member, task=task, idempotency_key=key)
    except InsufficientCreditsError as error:
        return _refuse(request, task, shortage(error.needed, error.available))
    except NoRoomError as error:
        return _refuse(request, task, str(error))
    except UnknownInputError:
        return _refuse(request, task, not_here())
    return _created_card(request, task)


@require_safe
@never_cache
async def beat(request: StudioRequest) -> HttpResponse:
    """What changed since `since`: 204 when nothing did, without a look at the tasks. A poller whose interval has had
    its time gets a new one, although there is no news."""
    since, until = (bench.int_of(request.GET.get(name, ""), 0) or 0 for name in ("since", "until"))
    if await follower.version(request.team.pk) <= since and not pulse.is_over(until):
        return HttpResponse(status=204)
    return await sync_to_async(_news)(request, since)


def _news(request: StudioRequest, since: int) -> HttpResponse:
    sight = Sight.of(request.GET)
    news = pulse.news_for(request.member, since, sight)
    context = {"news": news, "newest": sight.newest, "pulse": pulse.pulse_for(request.team, sight.place, news.since)}
    response = render(request, "tasks/_pulse_update.html", context)
    if news.ended:
        last = news.ended[-1]
        wish = Truncator(last.task.prompt).chars(TOLD)
        message = _("%(state)s: %(prompt)s") % {"state": last.label, "prompt": wish}
        ended = {"message": message, "url": last.task_url, "kind": last.ended_kind}
        response["HX-Trigger"] = json.dumps({"task-ended": ended})
    return response


def _created_card(request: StudioRequest, task: Task, next_key: str = "") -> HttpResponse:
    """The new card, for a form a fresh key for the next press, and a poller that goes on where the page's last one
    stood."""
    if not request.htmx:
        return _back(task)
    context = {
        "card": Card(_task(request, task.pk), request.member),
        "idempotency_key": next_key,
        "pulse": _poller(request, task),
    }
    return render(request, "tasks/_created.html", context)


def _changed_card(request: StudioRequest, task: Task) -> HttpResponse:
    if not request.htmx:
        return _back(task)
    context = {"card": Card(_task(request, task.pk), request.member), "pulse": _poller(request, task)}
    return render(request, "tasks/_changed.html", context)


def _refuse(request: StudioRequest, task: Task, sentence: str) -> HttpResponse:
    """Nothing was done, and why."""
    if request.htmx:
        return bench.toast(sentence, kind="error")
    messages.error(request, sentence)
    return _back(task)


def _back(task: Task) -> HttpResponse:
    """Where a press without scripts leads: the tool's page, or the task's own when the tool is gone."""
    is_here = any(generator.kind == task.kind for generator in registry.every())
    return redirect("tasks:tool", kind=task.kind) if is_here else redirect("tasks:task", id=task.pk)


def _bench(request: StudioRequest, kind: Generator, form: TaskForm) -> dict[str, Any]:
    """What the form of a slice is shown with."""
    quoted, chosen = bench.quote(request.member, kind, form), bench.chosen(request.team, form)
    banner = trouble.banner(request.member, str(form["engine"].value()), kind)
    return {"generator": kind, "form": form, "quote": quoted, "chosen": chosen, "banner": banner}


def _frame(request: StudioRequest) -> Shell:
    """The frame of a page with tasks. Made before they are read: what changes meanwhile is news to its poller."""
    return Shell(request, request.member, pulse.version_of(request.team.pk))


def _feed(request: StudioRequest, kind: Generator) -> list[Card]:
    tasks = Task.objects.for_team(request.team).filter(kind=kind.kind, is_hidden=False)
    return cards_for(request.member, tasks.order_by("-created_at")[:FEED])


def _poller(request: StudioRequest, task: Task) -> pulse.Pulse:
    """Begins at the version that the page has seen, so that nothing in between is passed by; the task itself is in
    this very answer."""
    since = bench.int_of(request.POST.get("since", ""), task.version) or 0
    others = Task.objects.for_team(request.team).filter(version__gt=since).exclude(pk=task.pk)
    place = Sight.of(request.POST).place
    return pulse.pulse_for(request.team, place, since if others.exists() else max(since, task.version))


def _task(request: StudioRequest, pk: UUID) -> Task:
    return get_object_or_404(with_all(Task.objects.for_team(request.team)), pk=pk)


@csrf_exempt
@login_not_required
@require_POST
def callback(request: HttpRequest, provider: str, token: str) -> HttpResponse:
    """An upstream has news of the task with this token: 404 for an unknown one, 403 for a wrong signature."""
    task = get_object_or_404(Task, callback_token=token, provider=provider)
    try:
        callbacks.hear(task, request.headers, request.read(kie.LIMIT + 1))
    except callbacks.NotSignedError:
        return JsonResponse({"status": "refused"}, status=403)
    return JsonResponse({"status": "received"})
