"""`/team/members/`: who is in the team, and what an owner or admin does about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studio.accounts.http import StudioRequest, posted, require
from studio.accounts.members import services, shown
from studio.accounts.members.forms import HeirForm, NewOwnerForm, RoleForm
from studio.accounts.members.services import LastOwnerError
from studio.accounts.models import Member, Right, Role


@require_safe
@require(Right.LOOK)
def page(request: StudioRequest) -> HttpResponse:
    return render(request, "members/page.html", shown.page(request.member))


@require_POST
@require(Right.MANAGE_MEMBERS)
def role(request: StudioRequest, pk: int) -> HttpResponse:
    member, form = _member(request, pk), RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    wanted = Role(form.cleaned_data["role"])
    done = _("%(name)s is now: %(role)s") % {"name": member.user.name, "role": wanted.label}
    return _act(request, lambda: services.change_role(member, wanted, by=request.member), done)


@require_POST
@require(Right.MANAGE_MEMBERS)
def suspend(request: StudioRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    done = _("%(name)s cannot enter the team any more") % {"name": member.user.name}
    return _act(request, lambda: services.suspend(member, by=request.member), done)


@require_POST
@require(Right.MANAGE_MEMBERS)
def unsuspend(request: StudioRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    done = _("%(name)s can enter the team again") % {"name": member.user.name}
    return _act(request, lambda: services.unsuspend(member, by=request.member), done)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Right.MANAGE_MEMBERS)
def remove(request: StudioRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = HeirForm(posted(request), team=request.team, without=member)
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s is no longer in the team") % {"name": member.user.name}
        heir = form.cleaned_data["heir"]
        return _act(request, lambda: services.remove(member, by=request.member, heir=heir), done)
    return render(request, "members/remove.html", {"form": form, "member": member}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StudioRequest) -> HttpResponse:
    form = HeirForm(posted(request), team=request.team, without=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(request.member, heir=form.cleaned_data["heir"])
        except LastOwnerError:
            form.add_error(None, _last_owner())
        else:
            request.session.pop("team", None)
            messages.info(request, _("You left %(team)s") % {"team": request.team.name})
            return redirect("library:home")
    return render(request, "members/leave.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Right.MANAGE_OWNERS)
def hand_over(request: StudioRequest) -> HttpResponse:
    form = NewOwnerForm(posted(request), team=request.team, without=request.member)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["heir"]
        done = _("%(name)s leads the team now") % {"name": heir.user.name}
        return _act(request, lambda: services.hand_over(heir, by=request.member), done)
    return render(request, "members/hand_over.html", {"form": form}, status=422 if form.errors else 200)


def _member(request: StudioRequest, pk: int) -> Member:
    return get_object_or_404(Member.objects.select_related("user", "team"), pk=pk, team=request.team)


def _act(request: StudioRequest, act: Callable[[], None], done: str) -> HttpResponse:
    """Back to the page, which says what became of it; asked by htmx, the panel of members alone."""
    try:
        act()
    except Member.DoesNotExist as error:
        raise Http404 from error
    except LastOwnerError:
        notice, kind = _last_owner(), "warning"
    else:
        notice, kind = done, "info"
    if request.headers.get("HX-Request"):
        request.member.refresh_from_db()
        manages = request.member.may(Right.MANAGE_MEMBERS)
        context = {"rows": shown.rows(request.member), "manages": manages, "notice": notice, "kind": kind}
        return render(request, "members/_members.html", context)
    messages.add_message(request, messages.WARNING if kind == "warning" else messages.INFO, notice)
    return redirect("members:page")


def _last_owner() -> str:
    return _("A team needs an owner. Make somebody else an owner first.")
