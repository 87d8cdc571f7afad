"""`/team/credits/`: what the team has, holds and has spent."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from studio.accounts.http import StudioRequest
from studio.credits import statement


@require_safe
def overview(request: StudioRequest) -> HttpResponse:
    entries, after = statement.lines(request.team, _moment(request.GET.get("before", "")))
    more = f"{reverse('credits:overview')}?{urlencode({'before': after.isoformat()})}" if after else ""
    context = {"figures": statement.figures(request.team), "entries": entries, "more_url": more}
    return render(request, "credits/overview.html", context)


def _moment(text: str) -> datetime | None:
    """A time with its zone; anything else means from the newest."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and timezone.is_aware(moment) else None
    except (ValueError, OverflowError):  # a moment before the year 1 or after 9999 in UTC is none that a database knows
        return None
