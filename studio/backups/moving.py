"""From SQLite to PostgreSQL: the rows of a backup, row by row, into an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import models

from studio.backups import postgres, sqlite
from studio.backups.archive import BackupError


@contextmanager
def put(staged: Path) -> Iterator[None]:
    """Bring the copy to this studio's own state first: then both sides have the same tables."""
    with sqlite.opened(staged) as alias, postgres.emptied_on_failure():
        for using in (alias, "default"):
            call_command("migrate", database=using, interactive=False, verbosity=0)
        with postgres.filling(keep=["django_migrations"]):
            for model in apps.get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy:
                    _move(model, alias)
            postgres.settle()
            yield


def _move(model: type[models.Model], alias: str) -> None:
    """Raw, as fixtures are loaded: no value is computed anew, no time is set to now."""
    rows = model._base_manager.using(alias)
    for row in rows.order_by("pk").iterator(chunk_size=500):
        row.save_base(raw=True, using="default", force_insert=True)
    count, wanted = model._base_manager.using("default").count(), rows.count()
    if count != wanted:
        raise BackupError(f"{model._meta.db_table} has {count} rows of {wanted}.")
