"""How SQLite goes about the queries of something."""

from collections.abc import Callable
from typing import Any

from django.db import connection


def plan(ask: Callable[[], object]) -> list[str]:
    """The steps of all its queries. With their parameters bound, as in life: a list of literal values would find
    indexes that a list of parameters does not."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "UPDATE", "WITH")):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    assert asked
    steps = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps += [str(row[3]) for row in cursor.fetchall()]
    return steps
