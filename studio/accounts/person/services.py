"""What a person changes about themselves, and where they are signed in."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.db import transaction

from studio.accounts import secrets
from studio.accounts.models import User

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chromium"), ("Safari", "Safari"))
SEALED = ("secret", "seed")  # of a code app, of recovery codes
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux")


@dataclass(frozen=True, slots=True)
class Session:
    pk: int
    browser: str
    system: str
    address: str
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How somebody signs in beside the password."""

    passkeys: list[Authenticator]
    has_code_app: bool
    codes_left: int | None


def change_name(user: User, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """Raises IntegrityError when somebody took the address a moment ago. allauth's own list of addresses is emptied: the
    old one opens nothing any more."""
    user.email = email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()


def change_password(user: User, password: str) -> None:
    """Every other session ends by it: Django ties them to the password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    reset(username=user.email)


def sessions(user: User, here: str | None) -> list[Session]:
    """Those that still work, this one first, then the latest."""
    found = [_session(each, here) for each in UserSession.objects.purge_and_list(user)]
    return sorted(found, key=lambda each: (each.is_here, each.seen_at), reverse=True)


def end_session(user: User, pk: int, here: str | None) -> bool:
    """False when it is gone, or is this one."""
    found = UserSession.objects.filter(user=user, pk=pk).exclude(session_key=here).first()
    if found:
        found.end()
    return found is not None


def end_other_sessions(user: User, here: str | None) -> int:
    others = list(UserSession.objects.filter(user=user).exclude(session_key=here))
    for each in others:
        each.end()
    return len(others)


def ways_in(user: User) -> WaysIn:
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    kinds = {each.type: each for each in found}
    recovery = kinds.get(Authenticator.Type.RECOVERY_CODES)
    return WaysIn(
        passkeys=[each.wrap() for each in found if each.type == Authenticator.Type.WEBAUTHN],
        has_code_app=Authenticator.Type.TOTP in kinds,
        codes_left=len(recovery.wrap().get_unused_codes()) if recovery else None,
    )


def _session(row: UserSession, here: str | None) -> Session:
    browser = next((name for sign, name in BROWSERS if sign in row.user_agent), "") or row.user_agent.split("/")[0][:40]
    system = next((name for name in SYSTEMS if name in row.user_agent), "")
    return Session(row.pk, browser, system, shortened(row.ip), row.last_seen_at, row.session_key == here)


def reseal_ways_in() -> tuple[int, int]:
    """Seal what code apps and recovery codes are made of under the newest SECRET_KEY: how many were, how many are lost."""
    done = lost = 0
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).iterator():
        sealed = {name: row.data[name] for name in SEALED if name in row.data}
        try:
            new = {name: secrets.reseal(value) for name, value in sealed.items()}
        except secrets.SecretLostError:
            lost += 1
            continue
        done += Authenticator.objects.filter(pk=row.pk, data=row.data).update(data={**row.data, **new})
    return done, lost


def shortened(address: str) -> str:
    """Enough to recognise a place, too little to find one."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + ":…"
    return re.sub(r"\.\d+$", ".…", address)
