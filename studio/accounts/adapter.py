"""Where django-allauth asks the studio: nobody signs up by themselves, people are invited; keys are kept sealed."""

from base64 import b32encode
from secrets import token_bytes

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.utils import reset
from django.http import HttpRequest

from studio.accounts import secrets
from studio.accounts.models import User
from studio.accounts.signin import address_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Also lifts the lock-out: who has set a new password has proven to be the person."""
        super().set_password(user, password)
        reset(username=user.email)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    def encrypt(self, text: str) -> str:
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return secrets.unseal(encrypted_text)
        except secrets.SecretLostError:
            return b32encode(token_bytes(20)).decode()  # no code fits a key that is lost; an empty key could be guessed
