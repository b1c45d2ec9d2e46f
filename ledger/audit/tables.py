"""The log's tables in the ledger's own database, and the checkpoints published in one of them."""

# ruff: noqa: S608 -- table names are the log's own

from typing import NamedTuple

from ledger.recorder import LedgerStore
from ledger.statements import Statements

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
INSERT INTO {{log}}_state VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
"""
#: How a first version's table of checkpoints, one for each size, becomes today's.
_MOVED = f"""
ALTER TABLE {{log}}_checkpoints RENAME TO {{log}}_checkpoints_untimed;
{_CHECKPOINTS};
INSERT INTO {{log}}_checkpoints SELECT size, 0, note FROM {{log}}_checkpoints_untimed;
DROP TABLE {{log}}_checkpoints_untimed;
"""


def make_tables(store: LedgerStore, log: str) -> None:
    """Make the log's tables, unless they are there in today's shape.

    Those of a first version get that shape and keep what they hold.
    """
    if store.columns(f"{log}_state") and "at" in store.columns(f"{log}_checkpoints"):
        return
    with store.preparing() as statements:
        if store.columns(f"{log}_checkpoints") == {"size", "note"}:
            _run(statements, _MOVED, log)
        _run(statements, _TABLES, log)


def _run(to: Statements, statements: str, log: str) -> None:
    for statement in filter(None, map(str.strip, statements.format(log=log).split(";"))):
        to.run(statement)


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

    def __init__(self, store: LedgerStore, log: str) -> None:
        self._store = store
        self._table = f"{log}_checkpoints"

    def publish(self, size: int, at: int, note: bytes) -> PublishedNote:
        """Publish a note; where the same one is there with more signatures, that stays."""
        table = self._table
        with self._store.changing() as statements:
            statements.run(
                f"INSERT INTO {table} VALUES (?,?,?) "
                "ON CONFLICT (size, at) DO UPDATE SET note = excluded.note "
                f"WHERE substr({table}.note, 1, length(excluded.note)) <> excluded.note",
                (size, at, note),
            )
            published = statements.run(
                f"SELECT note FROM {table} WHERE size = ? AND at = ?", (size, at)
            )
        return PublishedNote(size, at, published[0][0])

    def extend(self, seen: PublishedNote, note: bytes) -> bool:
        """Put a longer note in the place of the one seen; False where that is gone."""
        with self._store.changing() as statements:
            moved = statements.run(
                f"UPDATE {self._table} SET note = ? "
                "WHERE size = ? AND at = ? AND note = ? RETURNING size",
                (note, *seen),
            )
        return bool(moved)

    def all(self) -> list[PublishedNote]:
        """Every note, by size and time."""
        return self._read("size, at")

    def newest(self) -> PublishedNote | None:
        """The note of the greatest size and time; None where there is none."""
        return next(iter(self._read("size DESC, at DESC LIMIT 1")), None)

    def _read(self, order: str) -> list[PublishedNote]:
        rows = self._store.read(f"SELECT size, at, note FROM {self._table} ORDER BY {order}")
        return [
            PublishedNote(
                size if isinstance(size, int) else -1,
                at if isinstance(at, int) else -1,
                note if isinstance(note, bytes) else b"",
            )
            for size, at, note in rows
        ]
