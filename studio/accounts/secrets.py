"""Keys of others, kept so that a copy of the database alone does not tell them.

Sealed with Fernet (AES-128-CBC, HMAC-SHA256) under a key that HKDF derives from SECRET_KEY; those of
SECRET_KEY_FALLBACKS still open what they sealed, until `manage.py rotate_secrets` has sealed it anew.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"studio: secrets at rest"


class SecretLostError(Exception):
    """It was sealed under a SECRET_KEY that this studio does not have any more."""


def seal(secret: str) -> str:
    return _seals().encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Raises SecretLostError."""
    try:
        return _seals().decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeError) as error:
        raise SecretLostError from error


def reseal(sealed: str) -> str:
    """The same secret under the newest key. Raises SecretLostError."""
    try:
        return _seals().rotate(sealed.encode("ascii")).decode("ascii")
    except (InvalidToken, UnicodeError) as error:
        raise SecretLostError from error


def fingerprint(secret: str) -> str:
    """Tells whether two secrets are one, and nothing else."""
    return hmac.new(_derived(settings.SECRET_KEY), secret.encode(), hashlib.sha256).hexdigest()


def _seals() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str) -> bytes:
    return urlsafe_b64encode(HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode()))
