"""Invitations: made, mailed, renewed, revoked, accepted once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from studio.accounts.audit import log
from studio.accounts.models import Invitation, Member, Role, User

AT_ONCE = 50


class GoneError(Exception):
    """The invitation was used, revoked, has expired or never was."""


class AlreadyInError(Exception):
    """The person is in the team already; the invitation stays open for somebody else."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation with its token, which nobody can read again."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, by: Member, emails: Sequence[str], role: Role, lasts: timedelta) -> list[Issued]:
    """One for each address; an empty address makes a link for whoever gets it."""
    issued = []
    for email in emails:
        token = _token()
        invitation = Invitation.objects.create(
            team=by.team,
            email=email.lower(),
            role=role,
            token_hash=hash_of(token),
            made_by=by.user,
            expires_at=timezone.now() + lasts,
        )
        log.record(by.team, "invitation-made", by=by.user, subject=email, role=str(role))
        issued.append(Issued(invitation, token))
    return issued


@transaction.atomic
def renew(invitation: Invitation, *, by: Member) -> Issued:
    """A new link for as long again; the old one ends. Raises GoneError."""
    token, now = _token(), timezone.now()
    until = now + (invitation.expires_at - invitation.created_at)
    pending = Invitation.objects.pending().filter(pk=invitation.pk, team=by.team)
    if not pending.update(token_hash=hash_of(token), created_at=now, expires_at=until):
        raise GoneError
    log.record(by.team, "invitation-renewed", by=by.user, subject=invitation.email, role=invitation.role)
    return Issued(Invitation.objects.get(pk=invitation.pk), token)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Member) -> bool:
    """False when it was used or revoked before."""
    pending = Invitation.objects.pending().filter(pk=invitation.pk, team=by.team)
    done = bool(pending.update(revoked_at=timezone.now()))
    if done:
        log.record(by.team, "invitation-revoked", by=by.user, subject=invitation.email, role=invitation.role)
    return done


def find(token: str) -> Invitation | None:
    """Whatever became of it."""
    return Invitation.objects.filter(token_hash=hash_of(token)).select_related("team", "made_by").first()


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Member:
    """Raises GoneError, and AlreadyInError, which leaves the invitation as it was."""
    now = timezone.now()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now, used_by=user):
        raise GoneError
    try:
        with transaction.atomic():
            member = Member.objects.create(team=invitation.team, user=user, role=invitation.role)
    except IntegrityError as error:
        raise AlreadyInError from error
    log.record(invitation.team, "member-joined", by=user, about=user, role=invitation.role)
    return member


@transaction.atomic
def accept_as_new(invitation: Invitation, *, name: str, email: str, password: str) -> Member:
    """A person and their place, both or none. Raises GoneError, and IntegrityError when the address has an account."""
    return accept(invitation, User.objects.create_user(email, password, name=name))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _token() -> str:
    return secrets.token_urlsafe(32)
