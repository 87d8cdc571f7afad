"""PostgreSQL's side of a backup: each table as COPY writes it, all of one moment, and back into an empty database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from studio.backups.archive import CHUNK, DATABASE, BackupError

Tables = Mapping[str, Mapping[str, Any]]


def tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def columns_of(table: str, using: Any = connection) -> list[str]:
    with using.cursor() as cursor:
        return [column.name for column in using.introspection.get_table_description(cursor, table)]


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """Copy every table into `folder` in one transaction, which the caller then reads on in."""
    (folder / DATABASE).mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in tables():
            statement = f"COPY {_table(table, columns_of(table))} TO STDOUT"
            with (folder / DATABASE / f"{table}.copy").open("wb") as file, cursor.copy(statement) as lines:
                for line in lines:
                    file.write(line)
        yield "default"


def what_is_there() -> str:
    return ", ".join(tables()[:3])


@contextmanager
def put(folder: Path, content: Tables, migrations: list[tuple[str, str]]) -> Iterator[None]:
    """Make the tables as they were when they were copied and fill them; everything is there when the caller has done
    its part, and nothing is when that or anything before it fails."""
    with emptied_on_failure():
        executor = MigrationExecutor(connection)
        executor.migrate(_leaves(executor, migrations))
        with filling():
            for table, told in content.items():
                _fill(table, told, folder / f"{table}.copy")
            settle()
            yield


@contextmanager
def emptied_on_failure() -> Iterator[None]:
    """For a database that had no table before."""
    try:
        yield
    except BaseException:
        connection.close()  # whatever was going on in it
        if left := tables():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {_list(left)} CASCADE")
        raise


@contextmanager
def filling(keep: Sequence[str] = ()) -> Iterator[None]:
    """One transaction that begins with empty tables, but for those to `keep`."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_list([table for table in tables() if table not in keep])}")
        yield


def settle() -> None:
    """After filling: every key leads somewhere, and each counter stands behind the numbers that are taken."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables():
            for counter in connection.introspection.get_sequences(cursor, table):
                column, name = connection.ops.quote_name(counter["column"]), connection.ops.quote_name(table)
                used = f"SELECT max({column}) AS last FROM {name}"  # noqa: S608  # names, quoted
                statement = f"SELECT setval(%s, coalesce(last, 1), last IS NOT NULL) FROM ({used}) AS used"  # noqa: S608
                cursor.execute(statement, [connection.ops.quote_name(counter["name"])])


def _fill(table: str, told: Mapping[str, Any], path: Path) -> None:
    with connection.cursor() as cursor, path.open("rb") as file:
        with cursor.copy(f"COPY {_table(table, told['columns'])} FROM STDIN") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
        if cursor.rowcount != told["rows"]:
            raise BackupError(f"The backup is damaged: {table} has {cursor.rowcount} rows of {told['rows']}.")


def _leaves(executor: MigrationExecutor, migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migrations of each app: the executor undoes what comes after a target that it has been at before."""
    graph, known = executor.loader.graph, set(migrations)
    return [
        each
        for each in migrations
        if not any(child.key in known and child.key[0] == each[0] for child in graph.node_map[each].children)
    ]


def _table(table: str, columns: list[str]) -> str:
    return f"{connection.ops.quote_name(table)} ({_list(columns)})"


def _list(names: list[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)
