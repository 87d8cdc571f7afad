"""Whose word about a visitor counts: the proxies of `TRUSTED_PROXIES` and nobody else's.

uvicorn puts the visitor's own address in the place of the proxy's. This does the same and remembers that a proxy was
there: further in, nobody could tell.
"""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from django.http import HttpRequest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

Scope = MutableMapping[str, Any]
Application = Callable[[Any, Any, Any], Awaitable[None]]
MARK = "studio.by_proxy"


def behind(proxies: Sequence[str], application: Application) -> Application:
    """`application` as it is served behind `proxies` (addresses or networks); none: it hears the visitor alone."""
    if not proxies:
        return application
    believing = ProxyHeadersMiddleware(application, list(proxies))

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        peer = scope.get("client")
        scope[MARK] = peer is not None and peer[0] in believing.trusted_hosts
        await believing(scope, receive, send)  # type: ignore[arg-type]  # uvicorn's own names for the same shapes

    return serve


def came_by_proxy(request: HttpRequest) -> bool:
    return bool(getattr(request, "scope", {}).get(MARK))
