"""The addresses of sign-in that are ours. allauth brings more, which change a person's address or password without asking
for the old one and have no page of our own: what is not named here is not served."""

from allauth.account.urls import urlpatterns as all_of_them

SERVED = {
    "account_login",
    "account_logout",
    "account_signup",  # says that it is closed
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
urlpatterns = [pattern for pattern in all_of_them if pattern.name in SERVED]
