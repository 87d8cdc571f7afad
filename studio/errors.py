"""What a visitor sees when something breaks or cannot be taken: a full disk has words of its own."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from studio.library import space
from studio.tasks import bench

RETRY_AFTER = 60  # seconds
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`: what came was too large, or not for this studio. Nothing of it may be read again, neither its body nor
    its host."""
    is_large = isinstance(exception, TOO_LARGE)
    if is_large and request.headers.get("HX-Request"):
        response = bench.toast(_("That was too much at once"), kind="bad", detail=_("Nothing was kept of it."))
    else:
        response = HttpResponse(render_to_string("413.html" if is_large else "400.html"))
    response.status_code = 413 if is_large else 400
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: 503 with a plain sentence when there was no room to write, else the page for everything else.

    Called while the error is being handled, also from an async view, so that the interpreter knows it.
    """
    error = sys.exc_info()[1]
    if error is None or not space.is_full(error):
        return defaults.server_error(request)
    if request.headers.get("HX-Request"):
        detail = _("Nothing was changed and nothing is lost. Whoever runs this studio can make room.")
        response = bench.toast(_("The studio’s disk is full"), kind="bad", detail=detail)
    else:
        response = HttpResponse(render_to_string("503.html"))
    response.status_code = 503
    response["Retry-After"] = str(RETRY_AFTER)
    return response
