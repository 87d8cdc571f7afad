"""`/account/`: what a person sets for themselves, in whichever team they are, or in none."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from studio.accounts.http import PersonRequest
from studio.accounts.models import User
from studio.accounts.person import services
from studio.accounts.person.forms import EmailForm, LookForm, NameForm, PasswordForm, PreferencesForm
from studio.accounts.services import note_session


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep theme and language on the user, or the language in a cookie before sign-in; then back to the page."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    theme, language = form.cleaned_data["theme"], form.cleaned_data["language"]
    if isinstance(request.user, User):
        _keep(request.user, theme, language)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax")
    return response


def _keep(user: User, theme: str, language: str) -> None:
    if theme:
        user.theme = User.Theme.SYSTEM if theme == "system" else User.Theme(theme)
    user.language = language or user.language
    user.save(update_fields=["theme", "language"])


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    note_session(request)
    return _page(request)


@require_POST
def name(request: PersonRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form)
    services.change_name(request.user, form.cleaned_data["name"])
    return _done(request, _("Your name is changed"))


@sensitive_post_parameters("email-current")
@require_POST
def email(request: PersonRequest) -> HttpResponse:
    form = EmailForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            services.change_email(request.user, form.cleaned_data["email"])
        except IntegrityError:
            request.user.refresh_from_db()
            form.add_error("email", _("Another account uses this address."))
        else:
            return _done(request, _("From now on you sign in with the new address"))
    return _page(request, email_form=form)


@sensitive_post_parameters("password-current", "password-password")
@require_POST
def password(request: PersonRequest) -> HttpResponse:
    form = PasswordForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, password_form=form)
    services.change_password(request.user, form.cleaned_data["password"])
    update_session_auth_hash(request, request.user)
    return _done(request, _("Your password is changed. Every other device is signed out."))


@require_POST
def end_session(request: PersonRequest, pk: int) -> HttpResponse:
    if services.end_session(request.user, pk, request.session.session_key):
        return _done(request, _("That device is signed out"))
    return redirect("accounts:home")


@require_POST
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    services.end_other_sessions(request.user, request.session.session_key)
    return _done(request, _("You are signed out everywhere else"))


def _page(request: PersonRequest, **refused: Any) -> HttpResponse:
    user = request.user
    look = {"theme": user.theme or "system", "language": user.language or get_language()}
    context = {
        "name_form": NameForm(initial={"name": user.name}),
        "email_form": EmailForm(user=user),
        "password_form": PasswordForm(user=user),
        "look_form": LookForm(initial=look),
        "person": user,
        "sessions": services.sessions(user, request.session.session_key),
        "ways": services.ways_in(user),
        **refused,
    }
    return render(request, "person/page.html", context, status=422 if refused else 200)


def _done(request: PersonRequest, words: str) -> HttpResponse:
    messages.info(request, words)
    return redirect("accounts:home")
