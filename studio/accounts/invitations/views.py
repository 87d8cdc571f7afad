"""Invitations: made on the members page, accepted at `/accounts/join/<token>/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from studio.accounts import limits
from studio.accounts.http import StudioRequest, posted, require
from studio.accounts.invitations import mail, services
from studio.accounts.invitations.forms import InviteForm, JoinForm
from studio.accounts.invitations.services import AlreadyInError, GoneError, Issued
from studio.accounts.members import shown
from studio.accounts.models import Invitation, Member, Right, Role, User
from studio.accounts.signin import address_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRIES, WINDOW = 30, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Link:
    invitation: Invitation
    url: str


@require_POST
@never_cache
@require(Right.MANAGE_MEMBERS)
def invite(request: StudioRequest) -> HttpResponse:
    """The links are shown in the answer itself: nobody can read them later."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return render(request, "members/page.html", shown.page(request.member, form), status=422)
    role = Role(form.cleaned_data["role"])
    return _links(request, services.invite(by=request.member, emails=form.wanted, role=role, lasts=form.duration))


@require_POST
@never_cache
@require(Right.MANAGE_MEMBERS)
def renew(request: StudioRequest, pk: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk, team=request.team)
    try:
        return _links(request, [services.renew(invitation, by=request.member)])
    except GoneError:
        messages.warning(request, _("It was used or revoked in the meantime"))
        return redirect("members:page")


@require_POST
@require(Right.MANAGE_MEMBERS)
def revoke(request: StudioRequest, pk: str) -> HttpResponse:
    if services.revoke(get_object_or_404(Invitation, pk=pk, team=request.team), by=request.member):
        messages.info(request, _("The link leads nowhere any more"))
    else:
        messages.warning(request, _("It was used or revoked in the meantime"))
    return redirect("members:page")


def _links(request: StudioRequest, issued: Sequence[Issued]) -> HttpResponse:
    links = [Link(each.invitation, _address(request, each.token)) for each in issued]
    mailed = mail.send(issued, [link.url for link in links])
    context = {"links": links, "sends_mail": settings.SENDS_MAIL, "mailed": mailed}
    return render(request, "members/links.html", context)


def _address(request: HttpRequest, token: str) -> str:
    path = reverse("invitations:join", args=[token])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    if not limits.within("join", address_of(request), times=TRIES, window=WINDOW):
        return render(request, "429.html", status=429)
    invitation = services.find(token)
    if invitation is None:
        return render(request, "invitations/gone.html", status=404)
    if invitation.used_at or invitation.revoked_at or invitation.is_over:
        return render(request, "invitations/gone.html", {"invitation": invitation}, status=410)
    try:
        if isinstance(request.user, User):
            return _join_as(request, invitation, request.user)
        return _join_as_new(request, invitation)
    except GoneError:
        return render(request, "invitations/gone.html", {"invitation": invitation}, status=410)


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return render(request, "invitations/join.html", {"invitation": invitation, "person": user})
    try:
        return _enter(request, services.accept(invitation, user))
    except AlreadyInError:
        messages.info(request, _("You are in %(team)s already") % {"team": invitation.team.name})
        return redirect("library:home")


def _join_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {"invitation": invitation}
    if invitation.email and User.objects.filter(email=invitation.email).exists():
        here = reverse("account_login") + f"?next={request.path}"
        return render(request, "invitations/sign_in_first.html", {**context, "login_url": here})
    form = JoinForm(posted(request), invited=invitation.email)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            member = services.accept_as_new(
                invitation, name=data["name"], email=data["email"], password=data["password"]
            )
        except IntegrityError:  # somebody took the address a moment ago
            return redirect(request.path)
        login(request, member.user, BACKEND)
        return _enter(request, member)
    return render(request, "invitations/join_new.html", {**context, "form": form}, status=422 if form.errors else 200)


def _enter(request: HttpRequest, member: Member) -> HttpResponse:
    request.session["team"] = str(member.team_id)
    messages.info(request, _("Welcome to %(team)s") % {"team": member.team.name})
    return redirect("library:home")
