"""A team's keys: what is done with them, and the sentence for what comes of it."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from studio.accounts import connections, secrets
from studio.accounts.models import Connection, Member, Right, Team
from studio.credits.shown import in_words
from studio.providers.errors import ProviderError


class RefusedError(Exception):
    """Nothing was saved; the text says why, for the person at the form."""


def own(team: Team, pk: UUID) -> Connection:
    """The team's own, in use. Raises Http404, also for the key of the instance: it is in nobody's hands here."""
    found = Connection.objects.filter(pk=pk, team=team, retired_at=None).first()
    if found is None:
        raise Http404
    return found


def testable(member: Member, pk: UUID) -> Connection:
    """The team's own, or the instance's, which every team uses that has none."""
    usable = Q(team=member.team_id, retired_at=None) | Q(team=None)
    found = Connection.objects.filter(usable, pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_test(member: Member, connection: Connection) -> bool:
    return member.may(Right.MANAGE_ENGINES) or (connection.team_id is None and member.user.is_superuser)


def add(member: Member, *, key: str, name: str) -> Connection:
    """Raises RefusedError."""
    if any(it.fingerprint == secrets.fingerprint(key) for it in connections.of_team(member.team)):
        raise RefusedError(_("This key is connected already."))
    try:
        return connections.connect(member.team, key=key, by=member.user, name=name)
    except ProviderError as error:
        raise RefusedError(_refusal(error)) from None


def rotate(connection: Connection, *, key: str) -> None:
    """Raises RefusedError."""
    try:
        connections.rotate(connection, key=key)
    except ProviderError as error:
        raise RefusedError(_refusal(error)) from None


def test(connection: Connection) -> str:
    """What Kie says to it, as a sentence. Raises RefusedError with the sentence when it is no good news."""
    try:
        left = connections.test(connection)
    except ProviderError as error:
        raise RefusedError(f"{_(error.message)} ({error.code})" if error.code.isdigit() else _(error.message)) from None
    return _("Kie answers. %(credits)s are left there.") % {"credits": in_words(int(left * 100))}


def _refusal(error: ProviderError) -> str:
    if error.code == "401":
        return _("Kie does not accept this key. Copy it once more from Kie's page of keys.")
    return _("%(reason)s The key was not saved.") % {"reason": _(error.message)}
