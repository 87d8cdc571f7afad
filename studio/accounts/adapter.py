"""Where django-allauth asks the studio: nobody signs up by themselves, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from axes.utils import reset
from django.http import HttpRequest

from studio.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Also lifts the lock-out: who has set a new password has proven to be the person."""
        super().set_password(user, password)
        reset(username=user.email)
