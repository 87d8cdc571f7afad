"""A look at the whole database as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All that is read inside is of one moment; nobody waits for it, and nothing is written. Not inside a transaction."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with _only_reading(), transaction.atomic(durable=True):
            yield
    else:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _only_reading() -> Iterator[None]:
    """Begin the next transaction without the write lock that `settings.DATABASES` asks for: in WAL mode its first
    read fixes what it sees."""
    sqlite: Any = connection
    usual = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual
