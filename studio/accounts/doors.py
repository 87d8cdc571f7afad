"""The addresses of sign-in that are ours. allauth brings more, which change a person's address or password without asking
for the old one and have no page of our own: what is not named here is not served."""

from allauth.account.urls import urlpatterns as of_accounts
from allauth.mfa.urls import urlpatterns as of_mfa
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.views.generic import RedirectView

SERVED = {
    "account_login",
    "account_logout",
    "account_signup",  # says that it is closed
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
}
SERVED_MFA = {
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_login_webauthn",
}
HOME = RedirectView.as_view(url=reverse_lazy("accounts:home"))


def _named(patterns: list[URLPattern | URLResolver], names: set[str], prefix: str = "") -> list[URLPattern]:
    """Those of the names, also from lists within the list."""
    found: list[URLPattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += _named(pattern.url_patterns, names, prefix + str(pattern.pattern))
        elif pattern.name in names:
            found.append(path(prefix + str(pattern.pattern), pattern.callback, name=pattern.name))
    return found


urlpatterns = [
    *[pattern for pattern in of_accounts if pattern.name in SERVED],
    *_named(of_mfa, SERVED_MFA, "2fa/"),
    # Where allauth leads back to after a change: our account page shows what these lists would.
    path("2fa/", HOME, name="mfa_index"),
    path("2fa/webauthn/", HOME, name="mfa_list_webauthn"),
]
