"""A program for a disk that is really full. It is run with STUDIO_DATA on a small one, fills it, and writes down as JSON
what a visitor, the wallet and the library see before, meanwhile and after."""

import errno
import json
import os
import sys
import uuid
from pathlib import Path
from typing import Any

import django

BLOCK = 4096


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from studio.library import space
    from studio.setup.services import set_up

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log of the migrations is room for many presses
    member = set_up(name="Alice", email="alice@example.org", password="a long enough password", team="Harbour Team")
    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.force_login(member.user)
    ballast = Path(settings.STUDIO_DATA) / "ballast"
    told: dict[str, Any] = {}
    for moment in ("before", "meanwhile", "after"):
        if moment == "meanwhile":
            fill(ballast)
        told[moment] = look(client, member) | {"left": space.free_bytes()}
        ballast.unlink(missing_ok=moment != "meanwhile")
    json.dump(told, sys.stdout)


def fill(path: Path) -> None:
    """Take every byte that is left."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * BLOCK):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def look(client: Any, member: Any) -> dict[str, Any]:
    """Press the button until a press is refused (twenty times at most: the log of the database has some room of its
    own), then try to keep a picture."""
    from django.db import connection

    from studio.credits.models import CreditAccount, Entry, Hold
    from studio.library.models import Asset
    from studio.tasks.models import Task

    statuses, toasts = [], []
    for press in range(20):
        wish = {"prompt": "a fox", "size": "1:1", "count": "1", "engine": "local", "idempotency_key": uuid.uuid4().hex}
        headers = {"HX-Request": "true"} if press % 2 else {}
        response = client.post("/image/tasks/", wish, headers=headers)
        statuses.append(response.status_code)
        toasts.append(response.get("HX-Trigger", "") or response.content.decode())
    account = CreditAccount.objects.get()
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    return {
        "statuses": sorted(set(statuses)),
        "page": toasts[-2],
        "toast": toasts[-1],
        "image": keep(member),
        "tasks": Task.objects.count(),
        "holds": Hold.objects.count(),
        "held": account.held,
        "balance": account.balance,
        "entries": sum(Entry.objects.values_list("amount", flat=True)),
        "assets": Asset.objects.count(),
        "files": sorted(path.suffix for path in Path(os.environ["STUDIO_DATA"]).rglob("media/**/*") if path.is_file()),
        "pages": [client.get(address).status_code for address in ("/", "/image/", "/team/credits/")],
        "sound": sound,
    }


def keep(member: Any) -> str:
    """Put a picture into the library; what came of it."""
    from django.utils import timezone

    from studio.library import space, storage

    origin = storage.Origin(
        team=member.team,
        made_by=member.user,
        request=uuid.uuid4(),
        position=0,
        at=timezone.now(),
        generator="image",
        prompt="a fox",
        provider="local",
        parameters={},
    )
    picture = Path(__file__).parents[2] / "static" / "img" / "wall-6.webp"
    try:
        with picture.open("rb") as file:
            storage.keep_image(file, origin=origin, facts={})
    except Exception as error:  # noqa: BLE001  # whatever it is, the test wants to hear of it
        return "full" if space.is_full(error) else repr(error)
    return "kept"


if __name__ == "__main__":
    main()
