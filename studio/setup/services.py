"""The first run: one person, one team, its starter credits, all or nothing."""

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio.accounts import services as accounts
from studio.accounts.models import Member, Role, Team, User
from studio.credits import ledger
from studio.setup import code

STARTER_CREDITS = 1_000 * 100  # hundredths; product.md, Money: only the team made here gets them
LOCK = 1937006965  # any number that no other advisory lock uses


class AlreadySetUpError(Exception):
    """Someone else finished the set-up first."""


@transaction.atomic
def set_up(*, name: str, email: str, password: str, team: str) -> Member:
    """Make the first person (owner, and admin of the instance) and the first team. Raises AlreadySetUpError.

    Two set-ups at once take turns: SQLite by its write lock, PostgreSQL by an advisory lock, so that the second one
    sees the first one's user.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not accounts.is_first_run():
        raise AlreadySetUpError
    user = User.objects.create_superuser(email, password, name=name)
    member = Member.objects.create(team=Team.objects.create(name=team), user=user, role=Role.OWNER)
    ledger.grant(team=member.team, amount=STARTER_CREDITS, note=_("Starter credits"), by=user)
    transaction.on_commit(code.forget)
    return member
