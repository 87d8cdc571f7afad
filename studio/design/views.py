"""The house's own component page: every component in every state, for eyes, screenshots and axe."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from studio.design import engines, samples


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    theme = request.GET.get("theme", "")
    now = timezone.now()
    context = samples.page(theme if theme in {"light", "dark"} else "")
    context["waiting"] += engines.waiting_cards(now)
    context["ended"] += engines.ended_cards()
    return render(request, "design/page.html", {**context, "engines": engines.page(now)})


@login_not_required
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """What "Show older work" adds to the sample Library."""
    return render(request, "library/_more.html", samples.older())


@login_not_required
@require_safe
def viewer(request: HttpRequest, number: int) -> HttpResponse:
    """What the lightbox shows for a sample picture."""
    return render(request, "components/viewer.html", samples.viewer(number))
