"""Rows written by a text that is composed once: `QuerySet.update` for plain equalities, and `create`.

Every step of every task writes this way, most often while others wait for the database, and Django takes several times
longer to compose such a statement than SQLite to carry it out. Here the text of each is composed once.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import connection, models


def update(model: type[models.Model], where: Mapping[str, Any], changes: Mapping[str, Any]) -> int:
    """How many rows were changed. In `where` a tuple means one of its values. Fields go by their `attname`."""
    fields = _fields(model)
    given = {name: value if isinstance(value, tuple) else (value,) for name, value in where.items()}
    params = [fields[name].get_db_prep_save(value, connection) for name, value in changes.items()]
    for name, values in given.items():
        params += [fields[name].get_db_prep_save(value, connection) for value in values if value is not None]
    shape = tuple((name, len(values), None in values) for name, values in given.items())
    with connection.cursor() as cursor:
        cursor.execute(_text(model, tuple(changes), shape), params)
        return int(cursor.rowcount)


def insert(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """One row of every column but its automatic key."""
    fields = _fields(model)
    params = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(_insertion(model, tuple(values)), params)


@cache
def _insertion(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote, fields = connection.ops.quote_name, _fields(model)
    columns, places = ", ".join(quote(fields[name].column) for name in names), ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours


@cache
def _text(model: type[models.Model], changes: tuple[str, ...], where: tuple[tuple[str, int, bool], ...]) -> str:
    quote, fields = connection.ops.quote_name, _fields(model)
    sets = ", ".join(f"{quote(fields[name].column)} = %s" for name in changes)
    tests = " AND ".join(
        f"{quote(fields[name].column)} {'IS NULL' if is_null else 'IN (' + ', '.join(['%s'] * count) + ')'}"
        for name, count, is_null in where
    )
    return f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {tests}"  # noqa: S608  # names of ours, no values


@cache
def _fields(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}
