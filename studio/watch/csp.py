"""`/csp-report/`: a browser tells what our Content-Security-Policy kept from a page. One line in the log says so, and
nothing of it that could name a person or carry a token: no query, no address behind the host.
"""

import json
import logging
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from studio.accounts import limits
from studio.accounts.signin import address_of
from studio.watch.log import mask_path

log = logging.getLogger("studio.csp")
LIMIT = 16 * 1024  # bytes of a report
TIMES, WINDOW = 30, timedelta(minutes=10)
LONGEST = 200  # characters of a path or an origin in the line
WORD = re.compile(r"[a-z][a-z-]{0,39}")


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """204 whatever came: who reports waits for no answer, and who floods learns nothing."""
    if limits.within("csp", address_of(request), times=TIMES, window=WINDOW):
        told = _read(request.read(LIMIT + 1))
        if told is not None:
            page, rule, blocked = _path(told), _directive(told), _origin(_text(told, "blocked-uri"))
            facts = {"document": page, "directive": rule, "blocked": blocked}
            log.warning("The browser blocked %s on %s (%s)", blocked, page, rule, extra=facts)
    return HttpResponse(status=204)


def _read(body: bytes) -> dict[str, Any] | None:
    """What a browser says, or None for what is no report."""
    if len(body) > LIMIT:
        return None
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    told = said.get("csp-report") if isinstance(said, dict) else None
    return told if isinstance(told, dict) else None


def _text(told: dict[str, Any], name: str) -> str:
    said = told.get(name)
    return said if isinstance(said, str) else ""


def _path(told: dict[str, Any]) -> str:
    try:
        path = urlsplit(_text(told, "document-uri")).path
    except ValueError:
        path = ""
    return mask_path(path)[:LONGEST] if path.startswith("/") else "?"


def _directive(told: dict[str, Any]) -> str:
    """Its name alone: old browsers add the whole rule."""
    said = _text(told, "violated-directive") or _text(told, "effective-directive")
    return _word((said.split() or [""])[0])


def _origin(uri: str) -> str:
    """Scheme and host; `inline`, `eval` and `data` are words of the browser's own."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname or ""
    except ValueError:
        return "?"
    if host:
        return f"{parts.scheme}://{host}"[:LONGEST]
    return _word(parts.scheme or parts.path)


def _word(text: str) -> str:
    return text if WORD.fullmatch(text) else "?"
