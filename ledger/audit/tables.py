"""The log's tables in the ledger's own database, and the checkpoints published in one of them."""

# ruff: noqa: S608 -- table names are the log's own

from typing import NamedTuple

from eventsourcing.sqlite import SQLiteConnection, SQLiteCursor, SQLiteDatastore

_CHECKPOINTS = """
CREATE TABLE IF NOT EXISTS {log}_checkpoints (
    size INTEGER NOT NULL, at INTEGER NOT NULL, note BLOB NOT NULL, PRIMARY KEY (size, at))
"""
_TABLES = f"""
CREATE TABLE IF NOT EXISTS {{log}}_state (
    id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS {{log}}_entries (
    leaf_index INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS {{log}}_tiles (
    level INTEGER, number INTEGER, hashes BLOB NOT NULL, PRIMARY KEY (level, number));
CREATE TABLE IF NOT EXISTS {{log}}_edge (level INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
{_CHECKPOINTS};
INSERT OR IGNORE INTO {{log}}_state VALUES (1, 0, 0);
"""
#: How a first version's table of checkpoints, one for each size, becomes today's.
_MOVED = f"""
ALTER TABLE {{log}}_checkpoints RENAME TO {{log}}_checkpoints_untimed;
{_CHECKPOINTS};
INSERT INTO {{log}}_checkpoints SELECT size, 0, note FROM {{log}}_checkpoints_untimed;
DROP TABLE {{log}}_checkpoints_untimed;
"""


def are_made(cursor: SQLiteCursor, log: str) -> bool:
    """Whether the log has its tables, in today's shape."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (f"{log}_state",))
    return cursor.fetchone() is not None and "at" in _columns(cursor, log)


def make_tables(connection: SQLiteConnection, log: str) -> None:
    """Make the log's tables; those of a first version get today's shape and keep what they hold."""
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    try:
        if _columns(cursor, log) == {"size", "note"}:
            _run(cursor, _MOVED, log)
        _run(cursor, _TABLES, log)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _columns(cursor: SQLiteCursor, log: str) -> set[str]:
    cursor.execute("SELECT name FROM pragma_table_info(?)", (f"{log}_checkpoints",))
    return {row[0] for row in cursor.fetchall()}


def _run(cursor: SQLiteCursor, statements: str, log: str) -> None:
    for statement in filter(str.strip, statements.format(log=log).split(";")):
        cursor.execute(statement)


class PublishedNote(NamedTuple):
    """A published checkpoint: size, when it was signed (POSIX seconds), and its signed note.

    The time is 0 for one of a first version, which signed none; the note is empty where an attacker
    has put something else in its place.
    """

    size: int
    at: int
    data: bytes


class PublishedNotes:
    """The table of published checkpoints."""

    def __init__(self, datastore: SQLiteDatastore, log: str) -> None:
        self._datastore = datastore
        self._table = f"{log}_checkpoints"

    def publish(self, size: int, at: int, note: bytes) -> PublishedNote:
        """Publish a note; where the same one is there with more signatures, that stays."""
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(
                f"INSERT INTO {self._table} VALUES (?,?,?) "
                "ON CONFLICT (size, at) DO UPDATE SET note = excluded.note "
                "WHERE substr(note, 1, length(excluded.note)) <> excluded.note",
                (size, at, note),
            )
            cursor.execute(f"SELECT note FROM {self._table} WHERE size = ? AND at = ?", (size, at))
            return PublishedNote(size, at, cursor.fetchone()[0])

    def extend(self, seen: PublishedNote, note: bytes) -> bool:
        """Put a longer note in the place of the one seen; False where that is gone."""
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(
                f"UPDATE {self._table} SET note = ? "
                "WHERE size = ? AND at = ? AND note = ? RETURNING size",
                (note, *seen),
            )
            return cursor.fetchone() is not None

    def all(self) -> list[PublishedNote]:
        """Every note, by size and time."""
        return self._read("size, at")

    def newest(self) -> PublishedNote | None:
        """The note of the greatest size and time; None where there is none."""
        return next(iter(self._read("size DESC, at DESC LIMIT 1")), None)

    def _read(self, order: str) -> list[PublishedNote]:
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute(f"SELECT size, at, note FROM {self._table} ORDER BY {order}")
            rows = [tuple(row) for row in cursor.fetchall()]
        return [
            PublishedNote(
                size if isinstance(size, int) else -1,
                at if isinstance(at, int) else -1,
                note if isinstance(note, bytes) else b"",
            )
            for size, at, note in rows
        ]
