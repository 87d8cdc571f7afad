"""Which team a person works in now, and how a further one is opened."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from studio.accounts.http import PersonRequest, posted
from studio.accounts.members import services
from studio.accounts.members.forms import TeamForm


@require_POST
def switch(request: PersonRequest) -> HttpResponse:
    """Into one of the person's own teams; others do not exist."""
    wanted = request.POST.get("team", "")
    place = next((place for place in request.places if str(place.team_id) == wanted), None)
    if place is None:
        raise Http404
    request.session["team"] = wanted
    return redirect("library:home")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    if not services.may_open_team(request.user, getattr(request, "member", None)):
        raise PermissionDenied
    form = TeamForm(posted(request))
    if request.method == "POST" and form.is_valid():
        member = services.open_team(form.cleaned_data["name"], by=request.user)
        request.session["team"] = str(member.team_id)
        messages.info(request, _("%(team)s is open. Invite whom you like.") % {"team": member.team.name})
        return redirect("members:page")
    return render(request, "members/new_team.html", {"form": form}, status=422 if form.errors else 200)
