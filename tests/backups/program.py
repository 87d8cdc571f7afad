"""Runs in a process of its own, as a studio does: makes one, keeps it busy, or tells all that it holds.

python -m tests.backups.program fill | work | tell
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django


def fill() -> None:
    """Two teams, tasks in several states, pictures, money that moved, a session."""
    from django.core.management import call_command
    from django.test import Client

    from studio.tasks import services

    call_command("migrate", verbosity=0)
    case = cast(make=True)
    services.cancel_task(case.make_task(prompt="cancelled"))
    case.make_task(case.charlie, prompt='waits; 海边的灯塔 🦊 \\ "quoted"\ttab\nline')
    for number in range(3):
        finish(case, number)
    Client(HTTP_HOST="localhost").force_login(case.bob.user)


def work() -> None:
    """Finish one task after the other, a line for each, until the pipe is closed."""
    case, number = cast(make=False), 100
    while True:
        finish(case, number)
        number += 1
        print(number, flush=True)  # noqa: T201  # this is how the test counts


def cast(*, make: bool) -> Any:
    """The people of the tests, made or found; files go where the settings say."""
    from django.conf import settings

    from studio.accounts.models import Member
    from tests.base import StudioTestCase

    if make:
        StudioTestCase.setUpTestData()
    case = StudioTestCase()
    case.folder = Path(settings.STUDIO_DATA) / "drawn"
    case.folder.mkdir(exist_ok=True)
    for name in ("alice", "bob", "charlie"):
        setattr(case, name, Member.objects.get(user__email=f"{name}@example.org"))
    return case


def finish(case: Any, number: int) -> None:
    """A task of Alice, from the press to the picture."""
    from studio.providers.contract import Output, State, Update
    from studio.providers.fake import FakePerformer
    from studio.worker import rounds

    picture = case.picture(size=(40 + number, 30), colour="teal")
    engine = FakePerformer([Update(state=State.SUCCEEDED, outputs=(Output(address=str(picture)),))])
    case.use_engine(engine)
    task = case.make_task(prompt=f"number {number}")
    rounds.run_step(task.pk, "test")
    case.doCleanups()


def tell() -> None:
    """Every row as the database has it, every object as Django reads it, every file, and whether the sums are right."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    rows: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name, quoted
            rows[table] = sorted(str(row) for row in cursor.fetchall())
    objects = {
        model._meta.label: sorted(
            json.dumps(values, sort_keys=True, default=str) for values in model._base_manager.values()
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # else it is an index of another's rows
    }
    media = Path(settings.MEDIA_ROOT)
    files = {
        str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in media.rglob("*")
        if path.is_file()
    }
    modes = sorted({oct(path.stat().st_mode & 0o077) for path in Path(settings.STUDIO_DATA).rglob("media*/**/*")})
    key = (Path(settings.STUDIO_DATA) / "secret_key").read_text()
    told = {"rows": rows, "objects": objects, "files": files, "modes": modes, "key": key, "sums": sums(files)}
    json.dump(told, sys.stdout)


def sums(files: dict[str, str]) -> dict[str, Any]:
    """What must be true of every studio, whenever it was looked at."""
    from django.db.models import Sum

    from studio.credits.models import CreditAccount, Entry, Hold
    from studio.library.models import Asset, Usage
    from studio.tasks.models import Task

    accounts = CreditAccount.objects.all()
    usage = dict(Usage.objects.values_list("team", "bytes"))
    return {
        "balance": {str(each.pk): each.balance for each in accounts},
        "entries": {
            str(each.pk): Entry.objects.filter(account=each).aggregate(sum=Sum("amount"))["sum"] for each in accounts
        },
        "held": {str(each.pk): each.held for each in accounts},
        "holds": {
            str(each.pk): Hold.objects.filter(account=each, state="open").aggregate(sum=Sum("amount"))["sum"] or 0
            for each in accounts
        },
        "used": {str(team): count for team, count in usage.items()},
        "sizes": {str(team): Asset.objects.filter(team=team).aggregate(sum=Sum("size"))["sum"] for team in usage},
        "lost": [asset.name for asset in Asset.objects.all() if files.get(asset.name) != asset.checksum],
        "copies": [name for asset in Asset.objects.all() for name in asset.files if name not in files],
        "unlinked": [str(task.pk) for task in Task.objects.filter(status="succeeded", links=None)],
        "done": Task.objects.filter(status="succeeded").count(),
    }


if __name__ == "__main__":
    django.setup()
    {"fill": fill, "work": work, "tell": tell}[sys.argv[1]]()
