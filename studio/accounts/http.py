"""The request as our views see it, and the guard that asks for a right."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django_htmx.middleware import HtmxDetails

from studio.accounts.models import Member, Right, Team, User

P = ParamSpec("P")


class StudioRequest(HttpRequest):
    """A signed-in request: `user` is a real person, `member` their place in `team`."""

    user: User
    member: Member
    team: Team
    htmx: HtmxDetails
    places: list[Member]  # every team that the person can enter


class PersonRequest(HttpRequest):
    """A signed-in request about the person alone: they may be in no team."""

    user: User
    htmx: HtmxDetails
    places: list[Member]


R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[StudioRequest, P], R]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also to nothing at all, when that was sent."""
    return request.POST if request.method == "POST" else None


def require(right: Right) -> Callable[[View[P, R]], View[P, R]]:
    """Answer 403 to a member whose role lacks `right`; strangers never get here, their rows are not found (404)."""

    def decorate(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(request: StudioRequest, *args: P.args, **kwargs: P.kwargs) -> R:
            if not request.member.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P, R]", guarded)

    return decorate
