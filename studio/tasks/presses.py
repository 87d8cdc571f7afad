"""Addresses of buttons."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from studio.accounts.http import StudioRequest

P = ParamSpec("P")
View = Callable[Concatenate[StudioRequest, P], HttpResponse]


def by_press(view: View[P]) -> View[P]:
    """Takes POST; whoever comes by a link, as from the sign-in page, is led to the page that has the button."""

    @wraps(view)
    def guarded(request: StudioRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            name = "tasks:tool" if "kind" in kwargs else "tasks:task"
            return HttpResponseRedirect(reverse(name, kwargs=kwargs))
        return require_POST(view)(request, *args, **kwargs)

    return cast("View[P]", guarded)
