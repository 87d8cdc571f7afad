"""What a visitor sees when something breaks: a full disk has words of its own."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from studio.library import space
from studio.tasks import bench

RETRY_AFTER = 60  # seconds


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
