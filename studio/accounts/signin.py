"""How the lock-out (django-axes) names who tries to sign in and from where."""

from typing import Any

from django.http import HttpRequest


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail that was tried: allauth calls it `login` in the form and `email` in the credentials."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or (request.POST.get("login", "") if request else "")
    return str(name).lower()[:255]


def address_of(request: HttpRequest) -> str:
    """The peer's address; behind a trusted proxy uvicorn has already put the client's own there."""
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
