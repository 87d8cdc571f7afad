from typing import Any

from django.db import migrations

# Of SQLite: a full text index that keeps no text of its own (https://www.sqlite.org/fts5.html#external_content_tables).
# The pieces are cut by `studio.library.search` and come with nothing left to fold or to split.
SQLITE = [
    """CREATE VIRTUAL TABLE library_searchhit USING fts5(
        pieces, content='library_searchtext', content_rowid='id', detail='column', prefix='1 2 3',
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER library_searchtext_added AFTER INSERT ON library_searchtext BEGIN
        INSERT INTO library_searchhit(rowid, pieces) VALUES (new.id, new.pieces);
    END""",
    """CREATE TRIGGER library_searchtext_gone AFTER DELETE ON library_searchtext BEGIN
        INSERT INTO library_searchhit(library_searchhit, rowid, pieces) VALUES ('delete', old.id, old.pieces);
    END""",
    """CREATE TRIGGER library_searchtext_changed AFTER UPDATE ON library_searchtext BEGIN
        INSERT INTO library_searchhit(library_searchhit, rowid, pieces) VALUES ('delete', old.id, old.pieces);
        INSERT INTO library_searchhit(rowid, pieces) VALUES (new.id, new.pieces);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER library_searchtext_added",
    "DROP TRIGGER library_searchtext_gone",
    "DROP TRIGGER library_searchtext_changed",
    "DROP TABLE library_searchhit",
]
POSTGRESQL = [
    """CREATE INDEX found_by_pieces ON library_searchtext
        USING gin (array_to_tsvector(string_to_array(pieces, ' ')))""",
]
POSTGRESQL_BACK = ["DROP INDEX found_by_pieces"]


def make(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def unmake(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_boards_tags_trash_search'),
    ]

    operations = [migrations.RunPython(make, unmake)]
