"""Ways around what the tables refuse, for tests of those who look for what is wrong. All of it is undone at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import CheckConstraint, Model


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside never was; also not when a foreign key would refuse it in the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unchecked(*models: type[Model]) -> Iterator[None]:
    """Without the checks of these tables."""
    with undone():
        if connection.vendor == "sqlite":
            _run("PRAGMA ignore_check_constraints = ON")
        else:
            _end_pending()
            for model in models:
                _drop_checks(model)
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                _run("PRAGMA ignore_check_constraints = OFF")


@contextmanager
def unconstrained(model: type[Model]) -> Iterator[None]:
    """With a bare copy in the place of a table that no other table points at: nothing is unique there."""
    table = model._meta.db_table
    with undone():
        _end_pending()
        _run(f"CREATE TABLE bare AS SELECT * FROM {table}")  # noqa: S608  # a name of ours
        _run(f"DROP TABLE {table}")
        _run(f"ALTER TABLE bare RENAME TO {table}")
        yield


def remove(row: Model) -> None:
    """Delete a row as no code of ours can."""
    rows: Any = type(row)._base_manager.filter(pk=row.pk)
    rows._raw_delete(rows.db)


def _drop_checks(model: type[Model]) -> None:
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            _run(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}")


def _end_pending() -> None:
    """PostgreSQL alters no table whose foreign keys it has yet to look at."""
    if connection.vendor == "postgresql":
        _run("SET CONSTRAINTS ALL IMMEDIATE")
        _run("SET CONSTRAINTS ALL DEFERRED")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
