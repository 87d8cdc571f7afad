"""`/team/providers/`: which engines serve the team, with which keys, and which of them makes what.

Every form works with and without scripts: with htmx the answer is the page's own part, without it a redirect.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from studio.accounts import connections
from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right
from studio.connecting import keys, panels
from studio.connecting.forms import AddForm, EnginesForm, KeyForm, WebhookForm
from studio.connecting.panels import Refused

P = ParamSpec("P")
View = Callable[Concatenate[StudioRequest, P], HttpResponse]


def by_form(view: View[P]) -> View[P]:
    """Takes POST, whose secrets no report of an error shows; who comes by a link is led to the page."""

    @wraps(view)
    def guarded(request: StudioRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return redirect("connecting:overview")
        return require_POST(view)(request, *args, **kwargs)

    return cast("View[P]", sensitive_post_parameters("key", "webhook_key")(guarded))


@require_safe
@never_cache
def overview(request: StudioRequest) -> HttpResponse:
    return render(request, "connecting/overview.html", panels.page(request.member))


@by_form
@require(Right.MANAGE_ENGINES)
def add(request: StudioRequest) -> HttpResponse:
    """Connect a key of the team's own, if Kie takes it."""
    form = AddForm(request.POST, auto_id="add-%s")
    if form.is_valid():
        try:
            made = keys.add(request.member, key=form.cleaned_data["key"], name=form.cleaned_data["name"])
        except keys.RefusedError as error:
            form.add_error("key", str(error))
        else:
            return _done(request, _("Connected: ••••%(end)s takes the team's new tasks.") % {"end": made.hint})
    return _again(request, Refused(form))


@by_form
@require(Right.MANAGE_ENGINES)
def rotate(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002  # the name in the address
    """Another key for the same account, if Kie takes it."""
    connection, form = keys.own(request.team, id), KeyForm(request.POST, auto_id=f"{id}-%s")
    if form.is_valid():
        try:
            keys.rotate(connection, key=form.cleaned_data["key"])
        except keys.RefusedError as error:
            form.add_error("key", str(error))
        else:
            return _done(request, _("The new key is used from the next request on."))
    return _again(request, Refused(form, id))


@by_form
@require(Right.MANAGE_ENGINES)
def webhook_key(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Keep or remove what signs the account's callbacks."""
    connection, form = keys.own(request.team, id), WebhookForm(request.POST, auto_id=f"{id}-%s")
    if not form.is_valid():
        return _again(request, Refused(form, id))
    key = form.cleaned_data["webhook_key"]
    connections.set_webhook_key(connection, key)
    said = _("Callbacks without a right signature are ignored now.") if key else _("Callbacks need no signature now.")
    return _done(request, said)


@by_form
@require(Right.MANAGE_ENGINES)
def retire(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """No new task on this key."""
    connections.retire(keys.own(request.team, id))
    return _done(request, _("Retired. What runs on this key finishes, nothing new begins on it."))


@by_form
def test(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Ask Kie about the account."""
    connection = keys.testable(request.member, id)
    if not keys.may_test(request.member, connection):
        raise PermissionDenied
    try:
        return _done(request, keys.test(connection))
    except keys.RefusedError as error:
        return _done(request, str(error), kind="error")


@by_form
@require(Right.MANAGE_ENGINES)
def engines(request: StudioRequest) -> HttpResponse:
    """Which engine makes what."""
    form = EnginesForm(request.team, request.POST)
    if not form.is_valid():
        said = _("One of these engines does not serve the team any more. Choose again.")
        return _done(request, said, kind="error", status=422)
    form.save()
    return _done(request, _("Saved. The tools begin with these engines; each form can still choose another."))


def _done(request: StudioRequest, said: str, *, kind: str = "info", status: int = 200) -> HttpResponse:
    if not request.htmx:
        (messages.error if kind == "error" else messages.info)(request, said)
        return redirect("connecting:overview")
    response = render(request, "connecting/_page.html", panels.page(request.member), status=status)
    response["HX-Trigger"] = json.dumps({"toast": {"kind": kind, "title": said}})
    return response


def _again(request: StudioRequest, refused: Refused) -> HttpResponse:
    template = "connecting/_page.html" if request.htmx else "connecting/overview.html"
    context: dict[str, Any] = panels.page(request.member, refused)
    return render(request, template, context, status=422)
