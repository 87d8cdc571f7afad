"""`manage.py rotate_secrets`: after SECRET_KEY was changed, seal the keys of others under the new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studio.accounts import connections
from studio.accounts.person.services import reseal_ways_in


class Command(BaseCommand):
    help = "Seal every stored key under SECRET_KEY; then SECRET_KEY_FALLBACKS may be emptied."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = connections.reseal_all()
        self.stdout.write(f"{done} of {done + lost} connections are sealed under SECRET_KEY.")
        ways, lost_ways = reseal_ways_in()
        self.stdout.write(f"{ways} of {ways + lost_ways} second factors are sealed under SECRET_KEY.")
        lost += lost_ways
        if lost:
            raise CommandError(
                f"{lost} cannot be read: the SECRET_KEY that sealed them is not in SECRET_KEY_FALLBACKS. Put it there "
                "and run this again, or let an admin of the team enter the key anew on /team/providers/ and people set up their code apps anew."
            )
