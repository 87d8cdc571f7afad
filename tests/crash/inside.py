"""The studio's own view of a crash run, in a process of its own: `python -m tests.crash.inside`. One JSON line asks, one
answers; it ends with its stdin."""

import json
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import django

PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn")  # two in each team


def people() -> list[dict[str, str]]:
    """Three teams with credits; a session for each of their members."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from studio.accounts.models import Member, Role, Team, User
    from studio.credits import ledger

    found = []
    for number, name in enumerate(PEOPLE):
        team, new = Team.objects.get_or_create(name=f"team {number // 2}")
        if new:
            ledger.grant(team=team, amount=10_000_000)
        user = User.objects.create_user(f"{name}@example.org", "a long enough password", name=name)
        Member.objects.create(team=team, user=user, role=Role.OWNER)
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
        session.save()
        found.append({"name": name, "session": str(session.session_key)})
    return found


def submit(seed: int, keys: list[str]) -> int:
    """A task for each key, without the web: as the public API or a recipe would."""
    from studio.accounts.models import Member
    from studio.catalog import registry
    from studio.tasks import services
    from studio.tasks.models import Task

    chance, members, generator = (
        Random(seed),
        list(Member.objects.select_related("team", "user")),
        registry.get("probe"),
    )
    for key in keys:
        wish = {"prompt": f"probe {key}", "count": chance.choice((1, 2)), "size": "1:1", "seed": 1}
        services.start_task(
            member=chance.choice(members),
            generator=generator,
            params=generator.params_class.from_json(wish),
            provider=chance.choices(("upstream", "local"), (9, 1))[0],
            idempotency_key=key,
            priority=chance.choice((Task.Priority.INTERACTIVE, Task.Priority.BATCH)),
        )
    return len(keys)


def check() -> dict[str, Any]:
    """Everything that must be true when all tasks have ended: misfits, and what else is there to compare."""
    import hashlib
    import tempfile
    from pathlib import Path

    from django.conf import settings
    from django.core.files.storage import default_storage
    from django.db.models import Count, Q, Sum

    from studio.credits import reconcile as wallets
    from studio.library.files import PARTS
    from studio.library.models import Asset, Usage
    from studio.tasks import reconcile as tasks
    from studio.tasks.models import Task
    from studio.tasks.states import FINAL, Status

    stored = {str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    named = {name for asset in Asset.objects.iterator() for name in asset.files}
    ends = Task.objects.annotate(ends=Count("events", filter=Q(events__status__in=FINAL)))
    wrong_ends = ends.exclude(Q(status__in=FINAL, ends=1) | Q(status=Status.UNKNOWN, ends=0))
    kept = Task.objects.annotate(kept=Count("links", filter=Q(links__role="output")))
    told = kept.values_list("pk", "prompt", "pieces", "provider", "status", "error_code", "kept")
    damaged = []
    for asset in Asset.objects.iterator():
        with default_storage.open(asset.name) as file:
            if hashlib.sha256(file.read()).hexdigest() != asset.checksum:
                damaged.append(str(asset.pk))
    sums = Asset.objects.order_by("team").values_list("team").annotate(Sum("size"), Count("pk"))
    return {
        "damaged": damaged,
        "is_counted": list(sums) == list(Usage.objects.order_by("team").values_list("team", "bytes", "files")),
        "temporary": [path.name for path in Path(tempfile.gettempdir()).iterdir()],
        "misfits": [str(misfit) for misfit in wallets.misfits((*wallets.RULES, *tasks.RULES))],
        "wrong_ends": [f"{task.pk} {task.status}" for task in wrong_ends],
        "keys": sorted(Task.objects.values_list("idempotency_key", flat=True)),
        "files_without_asset": sorted(name for name in stored - named if not name.startswith(PARTS)),
        "assets_without_file": sorted(named - stored),
        "parts": sorted(name for name in stored if name.startswith(PARTS)),
        "renders": sorted(path.name for path in (settings.STUDIO_DATA / "renders").glob("*")),
        "ends": {str(pk): end for pk, *end in told},
    }


ASKED: dict[str, Callable[..., Any]] = {"people": people, "submit": submit, "check": check}


def main() -> None:
    django.setup()
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(ASKED[asked.pop("do")](**asked)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
