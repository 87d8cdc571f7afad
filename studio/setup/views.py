"""`/setup/`: open only while no user exists."""

from datetime import timedelta

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from studio.accounts import limits
from studio.accounts.services import is_first_run
from studio.accounts.signin import address_of
from studio.setup.forms import SetupForm
from studio.setup.services import AlreadySetUpError, set_up

TRIES, WINDOW = 30, timedelta(minutes=10)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if not is_first_run():
        raise Http404
    if request.method == "POST" and not limits.within("setup", address_of(request), times=TRIES, window=WINDOW):
        return render(request, "429.html", status=429)
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = set_up(**{name: form.cleaned_data[name] for name in ("name", "email", "password", "team")})
        except AlreadySetUpError:
            return redirect("account_login")
        login(request, member.user, BACKEND)
        return redirect("tasks:tool", kind="image")
    return render(request, "setup/page.html", {"form": form}, status=422 if form.is_bound else 200)
