"""Backup and restore on a real PostgreSQL, and the way there from SQLite."""

import uuid
from functools import cache

import psycopg

from tests import postgres
from tests.backups.base import BackupTestCase, Place, full_archive


def fresh_database() -> str:
    """The URL of an empty database of its own."""
    name = f"studio_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres.url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return postgres.url(name)


def tables_of(database: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()
    assert row is not None
    return int(row[0])


@cache
def full_postgres_studio() -> Place:
    """Made once, from what `full_studio` holds, for tests that leave it as it is."""
    place = Place(full_archive().with_name("moved"), fresh_database())
    place.restore(full_archive())
    return place


class PostgresTestCase(BackupTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.postgres = full_postgres_studio()
        self.target = self.place(database=fresh_database())

    def refused(self, words: str) -> None:
        self.assertIn(words, self.target.refusal("restore", self.archive))
        self.assert_nothing_came()

    def assert_nothing_came(self) -> None:
        self.assert_empty(self.target)
        self.assertEqual(tables_of(self.target.environment["DATABASE_URL"]), 0)


class RoundTripTests(PostgresTestCase):
    def test_every_object_and_every_file_comes_over_from_sqlite(self) -> None:
        before, after = self.source.tell(), self.postgres.tell()
        for part in ("objects", "files", "key", "sums"):
            self.assertEqual(after[part], before[part], part)
        self.assert_true_to_itself(after)

    def test_every_row_and_every_file_comes_back(self) -> None:
        self.postgres.backup(self.archive)
        said = self.target.restore(self.archive)
        before, after = self.postgres.tell(), self.target.tell()
        for part in before:
            self.assertEqual(after[part], before[part], part)
        self.assertIn(f"Restored: {sum(map(len, after['rows'].values()))} rows", said)

    def test_it_goes_on_from_there_and_a_backup_of_it_is_of_one_moment(self) -> None:
        """New rows get numbers of their own: the counters of the tables stand behind those that came."""
        self.target.restore(full_archive())
        with self.target.busy() as worker:
            self.target.backup(self.archive)
            for _ in range(3):
                assert worker.stdout is not None
                self.assertTrue(worker.stdout.readline())
        again = self.place("again", fresh_database())
        again.restore(self.archive)
        told, later = again.tell(), self.target.tell()
        self.assert_true_to_itself(told)
        self.assertGreater(told["sums"]["done"], self.postgres.tell()["sums"]["done"])
        self.assertGreater(later["sums"]["done"], told["sums"]["done"])


class UnhappyTests(PostgresTestCase):
    def test_a_database_that_is_not_empty_is_left_as_it_is(self) -> None:
        database = self.target.environment["DATABASE_URL"]
        with psycopg.connect(database) as connection:
            connection.execute("CREATE TABLE mine (words text)")
        self.assertIn(
            "There is a studio here already (mine): restore into an empty place, a new STUDIO_DATA folder and an empty "
            "database.",
            self.target.refusal("restore", full_archive()),
        )
        self.assertEqual(tables_of(database), 1)

    def test_there_is_no_way_back_to_sqlite(self) -> None:
        self.postgres.backup(self.archive)
        place = self.place("sqlite")
        self.assertIn("the way from SQLite to PostgreSQL is open", place.refusal("restore", self.archive))
        self.assert_empty(place)

    def test_rows_that_do_not_fit_leave_the_database_as_empty_as_it_was(self) -> None:
        """The archive is whole, but a row in it leads nowhere."""
        hurt = Place(self.folder / "hurt", fresh_database())
        hurt.restore(full_archive())
        with psycopg.connect(hurt.environment["DATABASE_URL"]) as connection:
            connection.execute("ALTER TABLE tasks_taskevent DISABLE TRIGGER ALL")
            connection.execute("UPDATE tasks_taskevent SET task_id = gen_random_uuid()")
        hurt.backup(self.archive)
        self.refused("violates foreign key constraint")

    def test_a_damaged_archive_changes_nothing(self) -> None:
        self.postgres.backup(self.archive)
        content = bytearray(self.archive.read_bytes())
        content[content.index(b"number 1\t", content.index(b"database/tasks_task.copy"))] ^= 1
        self.archive.write_bytes(content)
        self.refused("The backup is damaged: database/tasks_task.copy is not what was written.")

    def test_no_studio_no_backup(self) -> None:
        self.assertIn("There is no studio", self.target.refusal("backup", self.archive))
        self.assertFalse(self.archive.exists())
