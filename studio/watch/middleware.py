"""The outermost ring: each request gets its id, one line in the log, and its place in the count."""

import asyncio
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from studio import context
from studio.watch.log import mask_path
from studio.watch.proxies import came_by_proxy
from studio.watch.traffic import traffic

log = logging.getLogger("studio.access")
HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9-]{1,64}")
MACHINES = {"/healthz", "/metrics", "/csp-report/"}  # who asks for these is no visitor
POLLS = {"tasks:pulse"}  # asked again and again by an open page
LONGEST = 200  # characters of a path that are written down
GONE = 499  # nobody waited for the answer

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class WatchMiddleware:
    """Works in both worlds without a thread hop."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        if request.path in MACHINES:
            request.COOKIES = {}  # no session, so no question to a database that may be away
        if self.is_async:
            return self._answer(request)
        began = time.perf_counter()
        with context.working(request_id=_id_of(request)):
            return _done(request, cast("HttpResponseBase", self.get_response(request)), began)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        with context.working(request_id=_id_of(request)) as work:
            try:
                response = await cast("Awaitable[HttpResponseBase]", self.get_response(request))
            except asyncio.CancelledError:
                _note(request, GONE, began)
                raise
            _done(request, response, began)
        if response.streaming:
            context.enter(work)  # the body is sent after this, by the coroutine that the server gave to this request
        return response


def _id_of(request: HttpRequest) -> str:
    """The one that a proxy of ours has given, else a new one."""
    given = request.headers.get(HEADER, "")
    return given if came_by_proxy(request) and SANE.fullmatch(given) else secrets.token_hex(8)


def _done(request: HttpRequest, response: HttpResponseBase, began: float) -> HttpResponseBase:
    response.headers[HEADER] = context.current().request_id
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would tell it again, and without the id
    _note(request, response.status_code, began)
    return response


def _note(request: HttpRequest, status: int, began: float) -> None:
    seconds = time.perf_counter() - began
    traffic.note(status, seconds)
    level = logging.DEBUG if _is_quiet(request, status) else logging.INFO
    if log.isEnabledFor(level):
        path, ms = mask_path(request.path)[:LONGEST], round(seconds * 1000)
        facts = {"method": request.method, "path": path, "status": status, "ms": ms}
        log.log(level, "%s %s %s %s ms", request.method, path, status, ms, extra=facts)


def _is_quiet(request: HttpRequest, status: int) -> bool:
    """Files of the page and polls would bury what people do."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    quiet = status == 204 or view in POLLS or request.path in MACHINES
    return quiet or request.path.startswith(settings.STATIC_URL)
