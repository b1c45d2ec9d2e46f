"""The embedded store: one SQLite file, write-ahead log, every commit on disk before it counts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import IntegrityError as SQLiteIntegrityError
from sqlite3 import OperationalError as SQLiteBusy
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteFactory,
)

from ledger.envelope import Receipt

#: How many ids one SELECT names; SQLite allows 32,766 parameters.
IDS_A_QUERY = 900

#: Pages of 4 KiB in the write-ahead log before it is folded into the file.
CHECKPOINT_PAGES = 8192

#: The greatest position that SQLite can give.
LAST = 2**63 - 1


class DurablePool(SQLiteConnectionPool):
    """Connections that wait for the disk at every commit (synchronous=FULL)."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return connection


class LedgerRecorder(SQLiteApplicationRecorder):
    """Events in one table with ids never reused, and commands beside them.

    AUTOINCREMENT: without it SQLite gives the id of a deleted last row to the next event.
    Triggers stop a stray UPDATE or DELETE; they prove nothing, the log does.
    """

    def construct_create_table_statements(self) -> list[str]:
        """The tables of the ledger."""
        table = self.events_table_name
        refuse = "BEGIN SELECT RAISE(ABORT, 'a ledger is never edited: record a correction'); END"
        events = f"""
            CREATE TABLE IF NOT EXISTS {table} (
                rowid INTEGER PRIMARY KEY AUTOINCREMENT,
                originator_id TEXT NOT NULL,
                originator_version INTEGER NOT NULL,
                topic TEXT NOT NULL,
                state BLOB NOT NULL,
                UNIQUE (originator_id, originator_version)
            )"""
        commands = f"""
            CREATE TABLE IF NOT EXISTS {table}_commands (
                command_id TEXT PRIMARY KEY,
                digest BLOB NOT NULL,
                first_position INTEGER NOT NULL,
                last_position INTEGER NOT NULL
            ) WITHOUT ROWID"""
        triggers = [
            f"CREATE TRIGGER IF NOT EXISTS {name}_no_{act} BEFORE {act} ON {name} {refuse}"
            for name in (table, f"{table}_commands")
            for act in ("UPDATE", "DELETE")
        ]
        return [events, commands, *triggers]

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        receipts: Sequence[Receipt] = (),
        **_: Any,
    ) -> Sequence[int]:
        return self.append(c, stored_events, receipts)

    def append(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], receipts: Sequence[Receipt]
    ) -> Sequence[int]:
        """Append events and receipts in the cursor's transaction; returns their positions."""
        table = self.events_table_name
        first = self.last_position(c) + 1
        positions = range(first, first + len(stored_events))
        rows = [
            (at, _text(s.originator_id), s.originator_version, s.topic, s.state)
            for at, s in zip(positions, stored_events, strict=True)
        ]
        c.executemany(f"INSERT INTO {table} VALUES (?,?,?,?,?)", rows)  # noqa: S608 -- own name
        given = [(r.command_id, r.digest, r.first_position, r.last_position) for r in receipts]
        c.executemany(f"INSERT INTO {table}_commands VALUES (?,?,?,?)", given)  # noqa: S608
        return list(positions)

    def last_position(self, c: SQLiteCursor) -> int:
        """The last position ever given, even where its event was since deleted by an attacker."""
        c.execute("SELECT seq FROM sqlite_sequence WHERE name=?", (self.events_table_name,))
        row = c.fetchone()
        return int(row[0]) if row is not None else 0

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """One write transaction: the lock first, then what is read in it cannot change."""
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except SQLiteBusy as error:
                raise OperationalError("another writer holds the ledger") from error
            try:
                yield Writing(self, cursor)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def page(
        self, after: int, limit: int, until: int | None = None, names: Sequence[str] | None = None
    ) -> list[tuple[int, str, bytes]]:
        """Position, stored name and bytes of the next events after a position, in order.

        Only those stored under one of ``names``, where names are given.
        """
        of_names = "" if names is None else f"AND topic IN ({','.join('?' * len(names))}) "
        statement = (
            f"SELECT rowid, topic, state FROM {self.events_table_name} "  # noqa: S608 -- own name
            f"WHERE rowid > ? AND rowid <= ? {of_names}ORDER BY rowid LIMIT ?"
        )
        with self.datastore.transaction(commit=False) as c:
            c.execute(statement, (after, LAST if until is None else until, *(names or ()), limit))
            return [tuple(row) for row in c.fetchall()]

    def places(self, after: int, limit: int) -> list[tuple[int, str, int, bytes]]:
        """Position, stream id, version and bytes of the next events after a position."""
        statement = (
            "SELECT rowid, originator_id, originator_version, state "  # noqa: S608 -- own name
            f"FROM {self.events_table_name} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        )
        with self.datastore.transaction(commit=False) as c:
            c.execute(statement, (after, limit))
            return [tuple(row) for row in c.fetchall()]

    def stream(self, originator_id: str) -> list[tuple[int, StoredEvent]]:
        """Position and stored form of one stream's events, in order."""
        statement = (
            "SELECT rowid, originator_id, originator_version, topic, state "  # noqa: S608 -- own
            f"FROM {self.events_table_name} WHERE originator_id = ? ORDER BY originator_version"
        )
        with self.datastore.transaction(commit=False) as c:
            c.execute(statement, (originator_id,))
            return [(row[0], StoredEvent(*row[1:])) for row in map(tuple, c.fetchall())]

    def last_at(self, position: int) -> tuple[str, bytes] | None:
        """Stored name and bytes of the last event at or before a position; None where none is."""
        statement = (
            f"SELECT topic, state FROM {self.events_table_name} "  # noqa: S608 -- own name
            "WHERE rowid <= ? ORDER BY rowid DESC LIMIT 1"
        )
        with self.datastore.transaction(commit=False) as c:
            c.execute(statement, (min(position, LAST),))
            row = c.fetchone()
        return tuple(row) if row is not None else None

    def head(self) -> int:
        """Position of the last event, 0 on an empty ledger."""
        return self.max_notification_id() or 0


class Writing:
    """An open write transaction of the recorder."""

    def __init__(self, recorder: LedgerRecorder, cursor: SQLiteCursor) -> None:
        self._recorder = recorder
        self._cursor = cursor

    def last(self) -> tuple[int, bytes | None]:
        """The last position ever given, and the bytes of the last event."""
        table = self._recorder.events_table_name
        self._cursor.execute(f"SELECT state FROM {table} ORDER BY rowid DESC LIMIT 1")  # noqa: S608
        row = self._cursor.fetchone()
        return self._recorder.last_position(self._cursor), row[0] if row else None

    def streams(self, ids: Iterable[str]) -> Iterator[StoredEvent]:
        """Every event of these streams, each stream's in order."""
        table = self._recorder.events_table_name
        for chunk in _chunks(list(ids)):
            marks = ",".join("?" * len(chunk))
            self._cursor.execute(
                f"SELECT originator_id, originator_version, topic, state FROM {table} "  # noqa: S608
                f"WHERE originator_id IN ({marks}) ORDER BY originator_id, originator_version",
                chunk,
            )
            yield from (StoredEvent(*row) for row in self._cursor.fetchall())

    def at(self, position: int) -> StoredEvent | None:
        """The event at a position, or None where there is none."""
        table = self._recorder.events_table_name
        self._cursor.execute(
            f"SELECT originator_id, originator_version, topic, state FROM {table} "  # noqa: S608
            "WHERE rowid = ?",
            (position,),
        )
        row = self._cursor.fetchone()
        return StoredEvent(*row) if row is not None else None

    def receipts(self, command_ids: Iterable[str]) -> dict[str, Receipt]:
        """The receipts of those commands that were carried out before."""
        table = f"{self._recorder.events_table_name}_commands"
        found = {}
        for chunk in _chunks(list(command_ids)):
            marks = ",".join("?" * len(chunk))
            self._cursor.execute(
                f"SELECT * FROM {table} WHERE command_id IN ({marks})",  # noqa: S608 -- own name
                chunk,
            )
            for row in self._cursor.fetchall():
                receipt = Receipt(*row)
                found[receipt.command_id] = receipt
        return found

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement on what stands beside the events, in the same transaction; its rows."""
        self._cursor.execute(statement, values)
        return [tuple(row) for row in self._cursor.fetchall()]

    def append(self, events: Sequence[StoredEvent], receipts: Sequence[Receipt]) -> None:
        """Append events and receipts; IntegrityError where a stream has that version already."""
        try:
            self._recorder.append(self._cursor, events, receipts)
        except SQLiteIntegrityError as error:
            raise IntegrityError(str(error)) from error


class LedgerFactory(SQLiteFactory):
    """The library's SQLite factory with this ledger's connections and recorder."""

    application_recorder_class = LedgerRecorder

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        datastore: SQLiteDatastore = self.datastore
        old = datastore.pool
        datastore.pool = DurablePool(
            db_name=old.db_name,
            lock_timeout=old.lock_timeout,
            pool_size=old.pool_size,
            max_overflow=old.max_overflow,
            pool_timeout=float(old.lock_timeout or 5),
        )


def _text(originator_id: UUID | str) -> str:
    """Ids are text; the library's own UUIDs are stored as it stores them."""
    return originator_id.hex if isinstance(originator_id, UUID) else originator_id


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), IDS_A_QUERY):
        yield items[start : start + IDS_A_QUERY]
