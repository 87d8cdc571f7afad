"""What every request learns before its view: is this the first run, who is it, and for which team."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation

from studio import context
from studio.accounts import services
from studio.accounts.http import StudioRequest
from studio.accounts.models import Member

# What answers while no user exists: the set-up, its language, the health check, the look.
OPEN_BEFORE = ("/setup/", "/account/preferences/", "/healthz", "/metrics", "/csp-report/", settings.STATIC_URL)
# What is the person's own and not the team's: it answers without a team, too.
OPEN_WITHOUT_TEAM = ("/account/", "/accounts/", "/healthz", "/metrics", "/csp-report/", settings.STATIC_URL)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class FirstRunMiddleware:
    """Sends every page to `/setup/` while no user exists."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.set_up = False  # once true it stays true: the question costs one query in a process's life

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self.set_up and not request.path.startswith(OPEN_BEFORE):
            self.set_up = not services.is_first_run()
            if not self.set_up:
                return redirect("setup:page")
        return self.get_response(request)


class TeamMiddleware:
    """Gives a signed-in request its `member` and `team`, and speaks the person's own language.

    The team is the one chosen in the session, else the first joined. A person without any team, or suspended from the
    chosen one, sees a page that says so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language() or user.language
        places = services.places_of(user)
        member = services.member_for(places, request.session.get("team"))
        request.places = [place for place in places if not place.is_suspended]  # type: ignore[attr-defined]  # for the shell
        if member is None or member.is_suspended:
            return self._outside(request, member)
        services.note_seen(member, request)
        studio_request = cast("StudioRequest", request)
        studio_request.member, studio_request.team = member, member.team
        work = context.current()
        work.team, work.member = str(member.team_id), str(member.pk)
        return self.get_response(request)

    def _outside(self, request: HttpRequest, member: Member | None) -> HttpResponseBase:
        if request.path.startswith(OPEN_WITHOUT_TEAM):
            return self.get_response(request)
        page = "accounts/suspended.html" if member else "accounts/no_team.html"
        response = cast("HttpResponse", TemplateResponse(request, page, {"place": member}, status=403).render())
        if request.headers.get("HX-Request"):
            response["HX-Refresh"] = "true"  # a page that lies open shows the reason, not a failed poll
        return response
