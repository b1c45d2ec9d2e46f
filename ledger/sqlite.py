"""The embedded store: one SQLite file, write-ahead log, every commit on disk before it counts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import IntegrityError as SQLiteIntegrityError
from sqlite3 import OperationalError as SQLiteBusy
from typing import Any

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
from ledger.recorder import NEVER_EDITED, LedgerStore, Writing, text_id
from ledger.statements import Row, Statements, for_sqlite

#: Pages of 4 KiB in the write-ahead log before it is folded into the file.
CHECKPOINT_PAGES = 8192


class DurablePool(SQLiteConnectionPool):
    """Connections that wait for the disk at every commit (synchronous=FULL)."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return connection


class SQLiteStatements:
    """Statements on a cursor in a transaction."""

    def __init__(self, cursor: SQLiteCursor) -> None:
        self._cursor = cursor

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one; its rows."""
        self._cursor.execute(*for_sqlite(statement, values))
        return [tuple(row) for row in self._cursor.fetchall()]

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one for each row of values."""
        self._cursor.executemany(statement, rows)


class SQLiteLedgerRecorder(SQLiteApplicationRecorder, LedgerStore):
    """Events in one table with ids never reused, and commands beside them.

    AUTOINCREMENT: without it SQLite gives the id of a deleted last row to the next event.
    """

    POSITION = "rowid"

    def construct_create_table_statements(self) -> list[str]:
        """The tables of the ledger."""
        table = self.events_table_name
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
        protected = (*_triggers(table, NEVER_EDITED), *_triggers(f"{table}_commands", NEVER_EDITED))
        return [events, commands, *protected]

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        receipts: Sequence[Receipt] = (),
        **_: Any,
    ) -> Sequence[int]:
        return self._append(SQLiteStatements(c), stored_events, receipts)

    def append(
        self, to: Statements, stored_events: Sequence[StoredEvent], receipts: Sequence[Receipt]
    ) -> Sequence[int]:
        """Append events and receipts; IntegrityError for a version that is there already."""
        try:
            return self._append(to, stored_events, receipts)
        except SQLiteIntegrityError as error:
            raise IntegrityError(str(error)) from error

    def _append(
        self, to: Statements, stored_events: Sequence[StoredEvent], receipts: Sequence[Receipt]
    ) -> Sequence[int]:
        table = self.events_table_name
        first = self.last_position(to) + 1
        positions = range(first, first + len(stored_events))
        rows = [
            (at, text_id(s.originator_id), s.originator_version, s.topic, s.state)
            for at, s in zip(positions, stored_events, strict=True)
        ]
        to.run_many(f"INSERT INTO {table} VALUES (?,?,?,?,?)", rows)  # noqa: S608 -- own name
        given = [(r.command_id, r.digest, r.first_position, r.last_position) for r in receipts]
        to.run_many(f"INSERT INTO {table}_commands VALUES (?,?,?,?)", given)  # noqa: S608
        return list(positions)

    def last_position(self, to: Statements) -> int:
        """The last position ever given, as AUTOINCREMENT keeps it."""
        found = to.run("SELECT seq FROM sqlite_sequence WHERE name=?", (self.events_table_name,))
        return int(found[0][0]) if found else 0

    def read(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The rows of one query, as it stands now."""
        with self.reading() as view:
            return view.run(statement, values)

    @contextmanager
    def reading(self) -> Iterator[SQLiteStatements]:
        """One consistent view."""
        with self.datastore.transaction(commit=False) as cursor:
            yield SQLiteStatements(cursor)

    @contextmanager
    def changing(self) -> Iterator[SQLiteStatements]:
        """One transaction under the file's one write lock."""
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except SQLiteBusy as error:
                raise OperationalError("another writer holds the ledger") from error
            try:
                yield SQLiteStatements(cursor)
                connection.commit()
            except SQLiteIntegrityError as error:
                connection.rollback()
                raise IntegrityError(str(error)) from error
            except BaseException:
                connection.rollback()
                raise

    preparing = changing

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One write transaction under the same lock."""
        with self.changing() as statements:
            yield Writing(self, statements)

    def columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns; none where there is no such table."""
        with self.reading() as view:
            found = view.run("SELECT name FROM pragma_table_info(?)", (table,))
        return frozenset(name for (name,) in found)

    def protect(self, to: Statements, table: str, said: str = NEVER_EDITED) -> None:
        """Have every UPDATE and DELETE of a table refused."""
        for statement in _triggers(table, said):
            to.run(statement)

    @property
    def is_replica(self) -> bool:
        """Never: a file is one."""
        return False

    def head(self) -> int:
        """Position of the last event, 0 on an empty ledger."""
        return self.max_notification_id() or 0


def _triggers(table: str, said: str) -> Iterator[str]:
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )


class LedgerFactory(SQLiteFactory):
    """The library's SQLite factory with this ledger's connections and recorder."""

    application_recorder_class = SQLiteLedgerRecorder

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
