"""What a person sets for themselves."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from studio.accounts.forms import PreferencesForm
from studio.accounts.models import User


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
