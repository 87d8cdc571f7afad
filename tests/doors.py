"""Every address of the studio and who may go through it: `test_doors.py` knocks at each of them as everybody.

One row for each method that an address answers, with the answers for the owner, an admin, a member, a viewer, a
suspended member, the owner of another team, and somebody who is signed out. `2` and `3` are classes, `in` is the way to
the sign-in page, everything else is the status itself.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = ("owner", "admin", "member", "viewer", "suspended", "outsider", "signed out")

DOORS: dict[tuple[str, str], str] = {
    ("GET", "healthz"): "503 503 503 503 503 503 503",
    ("GET", "metrics"): "404 404 404 404 404 404 404",
    ("GET", "setup:page"): "404 404 404 404 403 404 404",
    ("POST", "setup:page"): "404 404 404 404 403 404 404",
    ("GET", "invitations:join"): "2 2 2 2 2 2 2",
    ("POST", "invitations:join"): "3 3 3 3 3 3 422",
    ("GET", "account_login"): "3 3 3 3 3 3 2",
    ("POST", "account_login"): "3 3 3 3 3 3 2",
    ("GET", "account_logout"): "2 2 2 2 2 2 in",
    ("POST", "account_logout"): "in in in in in in in",
    ("GET", "account_inactive"): "2 2 2 2 2 2 2",
    ("GET", "account_signup"): "3 3 3 3 3 3 2",
    ("POST", "account_signup"): "3 3 3 3 3 3 2",
    ("GET", "account_reauthenticate"): "2 2 2 2 2 2 in",
    ("POST", "account_reauthenticate"): "2 2 2 2 2 2 in",
    ("GET", "account_reset_password"): "2 2 2 2 2 2 2",
    ("POST", "account_reset_password"): "2 2 2 2 2 2 2",
    ("GET", "account_reset_password_from_key_done"): "2 2 2 2 2 2 2",
    ("GET", "account_reset_password_from_key"): "2 2 2 2 2 2 2",
    ("POST", "account_reset_password_from_key"): "2 2 2 2 2 2 2",
    ("GET", "account_reset_password_done"): "2 2 2 2 2 2 2",
    ("GET", "mfa_authenticate"): "3 3 3 3 3 3 in",
    ("POST", "mfa_authenticate"): "3 3 3 3 3 3 in",
    ("GET", "mfa_reauthenticate"): "3 3 3 3 3 3 in",
    ("POST", "mfa_reauthenticate"): "3 3 3 3 3 3 in",
    ("GET", "mfa_activate_totp"): "3 3 3 3 3 3 in",
    ("POST", "mfa_activate_totp"): "3 3 3 3 3 3 in",
    ("GET", "mfa_deactivate_totp"): "404 404 404 404 404 404 in",
    ("POST", "mfa_deactivate_totp"): "404 404 404 404 404 404 in",
    ("GET", "mfa_view_recovery_codes"): "404 404 404 404 404 404 in",
    ("GET", "mfa_generate_recovery_codes"): "3 3 3 3 3 3 in",
    ("POST", "mfa_generate_recovery_codes"): "3 3 3 3 3 3 in",
    ("GET", "mfa_add_webauthn"): "3 3 3 3 3 3 in",
    ("POST", "mfa_add_webauthn"): "3 3 3 3 3 3 in",
    ("GET", "mfa_reauthenticate_webauthn"): "3 3 3 3 3 3 in",
    ("POST", "mfa_reauthenticate_webauthn"): "3 3 3 3 3 3 in",
    ("GET", "mfa_remove_webauthn"): "3 3 3 3 3 3 in",
    ("POST", "mfa_remove_webauthn"): "3 3 3 3 3 3 in",
    ("GET", "mfa_login_webauthn"): "3 3 3 3 3 3 in",
    ("POST", "mfa_login_webauthn"): "3 3 3 3 3 3 in",
    ("GET", "mfa_index"): "3 3 3 3 3 3 in",
    ("POST", "mfa_index"): "3 3 3 3 3 3 in",
    ("GET", "mfa_list_webauthn"): "3 3 3 3 3 3 in",
    ("POST", "mfa_list_webauthn"): "3 3 3 3 3 3 in",
    ("GET", "accounts:home"): "2 2 2 2 2 2 in",
    ("POST", "accounts:preferences"): "3 3 3 3 3 3 3",
    ("POST", "accounts:name"): "422 422 422 422 422 422 in",
    ("POST", "accounts:email"): "422 422 422 422 422 422 in",
    ("POST", "accounts:password"): "422 422 422 422 422 422 in",
    ("POST", "accounts:session-end"): "3 3 3 3 3 3 in",
    ("POST", "accounts:sessions-end"): "3 3 3 3 3 3 in",
    ("POST", "accounts:team"): "3 3 3 3 404 404 in",
    ("GET", "accounts:team-new"): "2 403 403 403 403 2 in",
    ("POST", "accounts:team-new"): "422 403 403 403 403 422 in",
    ("GET", "members:page"): "2 2 2 2 403 2 in",
    ("GET", "members:leave"): "2 2 2 2 403 2 in",
    ("POST", "members:leave"): "422 3 3 3 403 422 in",
    ("GET", "members:hand-over"): "2 403 403 403 403 2 in",
    ("POST", "members:hand-over"): "422 403 403 403 403 422 in",
    ("POST", "members:role"): "3 3 403 403 403 404 in",
    ("POST", "members:suspend"): "3 3 403 403 403 404 in",
    ("POST", "members:unsuspend"): "3 3 403 403 403 404 in",
    ("GET", "members:remove"): "2 2 403 403 403 404 in",
    ("POST", "members:remove"): "3 3 403 403 403 404 in",
    ("POST", "members:invite"): "422 422 403 403 403 422 in",
    ("POST", "members:renew"): "2 2 403 403 403 404 in",
    ("POST", "members:revoke"): "3 3 403 403 403 404 in",
    ("GET", "audit:page"): "2 2 403 403 403 2 in",
    ("GET", "credits:overview"): "2 2 2 2 403 2 in",
    ("GET", "connecting:overview"): "2 2 2 2 403 2 in",
    ("GET", "connecting:add"): "3 3 3 3 403 3 in",
    ("POST", "connecting:add"): "422 422 403 403 403 422 in",
    ("GET", "connecting:engines"): "3 3 3 3 403 3 in",
    ("POST", "connecting:engines"): "3 3 403 403 403 3 in",
    ("GET", "connecting:test"): "3 3 3 3 403 3 in",
    ("POST", "connecting:test"): "3 3 403 403 403 404 in",
    ("GET", "connecting:rotate"): "3 3 3 3 403 3 in",
    ("POST", "connecting:rotate"): "422 422 403 403 403 404 in",
    ("GET", "connecting:retire"): "3 3 3 3 403 3 in",
    ("POST", "connecting:retire"): "3 3 403 403 403 404 in",
    ("GET", "connecting:webhook-key"): "3 3 3 3 403 3 in",
    ("POST", "connecting:webhook-key"): "3 3 403 403 403 404 in",
    ("GET", "design:page"): "2 2 2 2 403 2 2",
    ("GET", "design:more"): "2 2 2 2 403 2 2",
    ("GET", "design:viewer"): "2 2 2 2 403 2 2",
    ("GET", "library:home"): "2 2 2 2 403 2 in",
    ("GET", "library:compare"): "2 2 2 2 403 404 in",
    ("GET", "library:more"): "2 2 2 2 403 2 in",
    ("GET", "library:picker"): "2 2 2 2 403 2 in",
    ("POST", "library:uploads"): "2 2 2 403 403 2 in",
    ("POST", "library:bring"): "3 3 3 403 403 3 in",
    ("POST", "library:pick"): "3 3 3 3 403 404 in",
    ("POST", "library:pick-act"): "3 3 3 3 403 404 in",
    ("POST", "library:undo"): "3 3 3 403 403 3 in",
    ("POST", "library:boards"): "3 3 3 403 403 3 in",
    ("POST", "library:board"): "3 3 3 403 403 404 in",
    ("GET", "library:asset"): "2 2 2 2 403 404 in",
    ("GET", "library:viewer"): "2 2 2 2 403 404 in",
    ("POST", "library:rename"): "3 3 3 403 403 404 in",
    ("POST", "library:frame"): "3 3 3 403 403 404 in",
    ("GET", "library:file"): "2 2 2 2 403 404 in",
    ("GET", "library:thumb"): "2 2 2 2 403 404 in",
    ("POST", "tasks:callback"): "2 2 2 2 403 2 2",
    ("GET", "tasks:pulse"): "2 2 2 2 403 2 in",
    ("GET", "tasks:task"): "2 2 2 2 403 404 in",
    ("GET", "tasks:details"): "2 2 2 2 403 404 in",
    ("GET", "tasks:cancel"): "3 3 3 3 403 3 in",
    ("POST", "tasks:cancel"): "3 3 3 403 403 404 in",
    ("GET", "tasks:unfollow"): "3 3 3 3 403 3 in",
    ("POST", "tasks:unfollow"): "3 3 3 403 403 404 in",
    ("GET", "tasks:release"): "3 3 3 3 403 3 in",
    ("POST", "tasks:release"): "3 3 3 403 403 404 in",
    ("GET", "tasks:again"): "3 3 3 3 403 3 in",
    ("POST", "tasks:again"): "3 3 3 403 403 404 in",
    ("GET", "tasks:tool"): "2 2 2 2 403 2 in",
    ("GET", "tasks:create"): "3 3 3 3 403 3 in",
    ("POST", "tasks:create"): "3 3 3 403 403 3 in",
    ("GET", "tasks:quote"): "2 2 2 2 403 2 in",
    ("POST", "csp-report"): "2 2 2 2 2 2 2",
}


def addresses() -> dict[str, str]:
    """Route by name of every pattern; a pattern without a name stands for itself."""
    return {name or route: route for name, route in _walk(get_resolver().url_patterns)}


def _walk(patterns: list[URLPattern | URLResolver], namespace: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else route, route
