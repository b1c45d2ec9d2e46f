"""The store of a server: PostgreSQL, the same events at the same positions as in a file.

Writers take turns at one row, which holds the last position given: positions are given in the
order of commits, so that a reader who follows never passes one by, and a refused write leaves no
gap. The library locks the whole table for this, which a role that may only add to it cannot.
"""

# ruff: noqa: S608 -- table names are the ledger's own

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
)
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import LockNotAvailable, UniqueViolation
from psycopg.rows import dict_row, tuple_row

from ledger.connections import LivingPool, conninfo, reached
from ledger.envelope import Receipt
from ledger.recorder import NEVER_EDITED, LedgerStore, Writing
from ledger.statements import Row, Statements, for_postgresql

#: The connection's address for :class:`PostgresLedgerFactory`, as libpq takes it.
CONNINFO = "POSTGRES_CONNINFO"
#: The advisory lock under which tables are made: two programs may start at once.
PREPARING = 0x1ED6E4

_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END
$$"""


class PostgresStatements:
    """Statements on a cursor in a transaction."""

    def __init__(self, cursor: Cursor[Row]) -> None:
        self.cursor = cursor

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one; its rows."""
        self.cursor.execute(for_postgresql(statement).encode(), values)
        return self.cursor.fetchall() if self.cursor.description is not None else []

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one for each row of values."""
        self.cursor.executemany(for_postgresql(statement).encode(), rows)


class PostgresLedgerRecorder(PostgresApplicationRecorder, LedgerStore):
    """Events in one table, commands beside them, and the last position in a row of its own."""

    POSITION = "notification_id"

    def create_table(self) -> None:
        """Make what is missing: for a role that may only add, the owner has made it before."""
        table = self.events_table_name
        made = self.columns(f"{table}_last")
        with self.preparing() as to:
            if not made:
                self._make_tables(to)
            self.protect(to, table)
            self.protect(to, f"{table}_commands")

    def _make_tables(self, to: Statements) -> None:
        table, last = self.events_table_name, f"{self.events_table_name}_last"
        of_ids = self.datastore.originator_id_type.upper()
        to.run(
            f"CREATE TABLE IF NOT EXISTS {table} (notification_id INTEGER PRIMARY KEY, "
            f"originator_id {of_ids} NOT NULL, originator_version INTEGER NOT NULL, "
            "topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))"
        )
        to.run(
            f"CREATE TABLE IF NOT EXISTS {table}_commands (command_id TEXT PRIMARY KEY, "
            "digest BLOB NOT NULL, first_position INTEGER NOT NULL, last_position INTEGER NOT NULL)"
        )
        to.run(
            f"CREATE TABLE IF NOT EXISTS {last} "
            "(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL)"
        )
        to.run(f"INSERT INTO {last} VALUES (1, 0) ON CONFLICT DO NOTHING")

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        receipts: Sequence[Receipt] = (),
        **_: Any,
    ) -> Sequence[int]:
        """Append events and receipts in one transaction; their positions."""
        with self._locked() as statements:
            return self.append(statements, stored_events, receipts)

    def append(
        self, to: Statements, stored_events: Sequence[StoredEvent], receipts: Sequence[Receipt]
    ) -> Sequence[int]:
        """Append events and receipts; IntegrityError for a version that is there already.

        A batch is one statement over arrays in binary form, a column each: arrays of composites,
        which the library sends, take most of their time to be written as text.
        """
        assert isinstance(to, PostgresStatements)  # noqa: S101 -- of this store
        first = self.last_position(to) + 1
        count = len(stored_events)
        try:
            if count:
                to.cursor.execute(self._insertion, _columns(first, stored_events))
                to.cursor.execute(f"NOTIFY {self.channel_name}".encode())
            if receipts:
                values = tuple(map(list, zip(*map(_receipt, receipts), strict=True)))
                to.cursor.execute(self._insertion_of_receipts, values)
        except UniqueViolation as error:
            raise IntegrityError(str(error)) from error
        to.run(f"UPDATE {self.events_table_name}_last SET position = ?", (first + count - 1,))
        return list(range(first, first + count))

    @property
    def _insertion(self) -> bytes:
        ids = self.datastore.originator_id_type
        return (
            f"INSERT INTO {self.events_table_name} SELECT * FROM unnest("
            f"%b::bigint[], %b::{ids}[], %b::bigint[], %b::text[], %b::bytea[])"
        ).encode()

    @property
    def _insertion_of_receipts(self) -> bytes:
        return (
            f"INSERT INTO {self.events_table_name}_commands SELECT * FROM unnest("
            "%b::text[], %b::bytea[], %b::bigint[], %b::bigint[])"
        ).encode()

    def last_position(self, to: Statements) -> int:
        """The last position ever given; whoever asks in a write transaction has the turn."""
        return int(to.run(f"SELECT position FROM {self.events_table_name}_last")[0][0])

    def read(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The rows of one query, as it stands now."""
        with self.datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=tuple_row, binary=True)
            return PostgresStatements(cursor).run(statement, values)

    @contextmanager
    def reading(self) -> Iterator[PostgresStatements]:
        """One consistent view."""
        with self.datastore.get_connection() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield PostgresStatements(connection.cursor(row_factory=tuple_row, binary=True))
            finally:
                connection.rollback()

    @contextmanager
    def changing(self) -> Iterator[PostgresStatements]:
        """One transaction, committed at its end."""
        with self.datastore.get_connection() as connection, connection.transaction():
            yield PostgresStatements(connection.cursor(row_factory=tuple_row))

    @contextmanager
    def preparing(self) -> Iterator[PostgresStatements]:
        """One transaction in which tables are made, one program after another."""
        with self.changing() as statements:
            statements.run("SELECT pg_advisory_xact_lock(?)", (PREPARING,))
            yield statements

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One write transaction, when it is this one's turn."""
        with self._locked() as statements:
            yield Writing(self, statements)

    @contextmanager
    def _locked(self) -> Iterator[PostgresStatements]:
        with self.changing() as statements:
            try:
                statements.run(f"SELECT position FROM {self.events_table_name}_last FOR UPDATE")
            except LockNotAvailable as error:
                raise OperationalError("another writer holds the ledger") from error
            yield statements

    def columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns; none where there is no such table."""
        with self.reading() as view:
            found = view.run(
                "SELECT attname::text FROM pg_attribute "
                "WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped",
                (table,),
            )
        return frozenset(name for (name,) in found)

    def protect(self, to: Statements, table: str, said: str = NEVER_EDITED) -> None:
        """Have every UPDATE, DELETE and TRUNCATE of a table refused, unless it is another's."""
        found = to.run(
            "SELECT pg_get_userbyid(relowner) = current_user, EXISTS (SELECT FROM pg_trigger "
            "WHERE tgrelid = c.oid AND tgname = ? AND tgenabled = 'O') "
            "FROM pg_class AS c WHERE oid = ?::regclass",
            (f"{table}_never_edited", table),
        )
        own, protected = found[0]
        if own and not protected:
            to.run(_FUNCTION)
            to.run(
                f"CREATE OR REPLACE TRIGGER {table}_never_edited BEFORE UPDATE OR DELETE OR "
                f"TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION "
                f"ledger_never_edited('{said}')"
            )

    @cached_property
    def is_replica(self) -> bool:
        """Whether it is a standby server, as it was when this process began."""
        return bool(self.read("SELECT pg_is_in_recovery()")[0][0])

    def head(self) -> int:
        """Position of the last event, 0 on an empty ledger."""
        return self.max_notification_id() or 0


def _columns(first: int, events: Sequence[StoredEvent]) -> tuple[list[Any], ...]:
    return (
        list(range(first, first + len(events))),
        [each.originator_id for each in events],
        [each.originator_version for each in events],
        [each.topic for each in events],
        [each.state for each in events],
    )


def _receipt(receipt: Receipt) -> tuple[str, bytes, int, int]:
    return receipt.command_id, receipt.digest, receipt.first_position, receipt.last_position


class PostgresLedgerFactory(PostgresFactory):
    """The library's PostgreSQL factory with this ledger's connections and recorder."""

    application_recorder_class = PostgresLedgerRecorder

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        datastore: PostgresDatastore = self.datastore
        address = conninfo(self.env[CONNINFO], lock_timeout=f"{datastore.lock_timeout}s")
        reached(address)
        old = datastore.pool
        datastore.pool = LivingPool(
            kwargs=conninfo_to_dict(address) | {"row_factory": dict_row},
            configure=datastore.after_connect_func(),
            min_size=old.min_size,
            max_size=old.max_size,
            timeout=old.timeout,
            open=False,
        )

    def application_recorder(self) -> ApplicationRecorder:
        """The recorder, on tables of the names that they have in a file."""
        recorder = self.application_recorder_class(self.datastore)
        if self.env_create_table():
            recorder.create_table()
        return recorder


def environment(url: str, lock_timeout_seconds: int) -> dict[str, str]:
    """What the library's factory is told of a database's address."""
    parts = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "ledger.postgresql:PostgresLedgerFactory",
        CONNINFO: url,
        "POSTGRES_DBNAME": str(parts.get("dbname", "")),
        "POSTGRES_HOST": str(parts.get("host", "")),
        "POSTGRES_PORT": str(parts.get("port", "5432")),
        "POSTGRES_USER": str(parts.get("user", "")),
        "POSTGRES_PASSWORD": str(parts.get("password", "")),
        "POSTGRES_LOCK_TIMEOUT": str(lock_timeout_seconds),
        "POSTGRES_IDLE_IN_TRANSACTION_SESSION_TIMEOUT": "60",
        "POSTGRES_CONNECT_TIMEOUT": "10",
        # One connection at first: a command needs no more, and each costs the server a process.
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_MAX_OVERFLOW": "14",
    }
