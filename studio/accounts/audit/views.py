"""`/team/audit/`: who did what to whom in this team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from studio.accounts.audit import log
from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right


@require_safe
@require(Right.SEE_AUDIT)
def page(request: StudioRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    lines, more = log.lines(request.team, int(before) if before.isdecimal() and len(before) < 19 else None)
    more_url = f"{reverse('audit:page')}?before={more}" if more else ""
    return render(request, "audit/page.html", {"lines": lines, "more_url": more_url})
