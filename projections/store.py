"""The database of the read models: the ledger's own, through SQLAlchemy Core."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import AdaptContext
from psycopg.adapt import AdaptersMap, Dumper, Loader
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from ledger.connections import conninfo
from ledger.settings import Settings
from ledger.sqlite import CHECKPOINT_PAGES
from ledger.statements import for_postgresql

#: Connections kept open, since a new one costs more than a page; each may hold a cache of 128 MiB.
#: Further ones are made as they are needed and closed again.
_CONNECTIONS = 8
#: So many rows are one INSERT on a server: a COPY begins and ends with a word from there.
_FEW = 4
#: The advisory lock of whoever writes read models on a server.
_WRITING = 0x1ED6E5


def open_engine(settings: Settings) -> Engine:
    """An engine for the settings' database; transactions are begun by this module alone."""
    if settings.on_server:
        return _on_server(settings)
    engine = create_engine(
        settings.database_url,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": settings.lock_timeout_seconds},
        pool_size=_CONNECTIONS,
        max_overflow=-1,
        pool_reset_on_return=None,
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _prepare)
    return engine


def close_engine(engine: Engine) -> None:
    """Let go of the database, and of what is still being read when it has been."""
    event.listen(engine, "checkin", _let_go)
    engine.dispose()


def _let_go(_: Any, record: ConnectionPoolEntry) -> None:
    record.close()


def _prepare(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # A read model lost with the power is computed again, so it need not wait for the disk.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA cache_size=-131072")
    cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _on_server(settings: Settings) -> Engine:
    # A read model lost with the power is computed again, so it need not wait for the disk.
    waits = f"{settings.lock_timeout_seconds}s"
    address = conninfo(settings.database_url, lock_timeout=waits, synchronous_commit="off")
    adapters = _Adapters()
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(address, context=adapters),
        isolation_level="AUTOCOMMIT",
        pool_size=_CONNECTIONS,
        max_overflow=-1,
        pool_pre_ping=True,
        pool_reset_on_return=None,
        pool_use_lifo=True,
        use_native_hstore=False,
    )
    event.listen(engine, "before_cursor_execute", _in_its_words, retval=True)
    return engine


class _Truth(Dumper):
    """Truth as a number: SQLite knows no other."""

    def dump(self, obj: bool) -> bytes:  # noqa: FBT001 -- as psycopg calls it
        return b"1" if obj else b"0"


class _TruthRead(Loader):
    """The outcome of a comparison, as SQLite gives it."""

    def load(self, data: Any) -> int:
        return int(bytes(data) == b"t")


class _Number(Loader):
    """A sum is a whole number, an average is not, as SQLite gives them."""

    def load(self, data: Any) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text or "N" in text else int(text)


class _Adapters(AdaptContext):
    """How values go to PostgreSQL and come back: as they do with SQLite."""

    def __init__(self) -> None:
        self._map = AdaptersMap(psycopg.adapters)
        self._map.register_dumper(bool, _Truth)
        self._map.register_loader("bool", _TruthRead)
        self._map.register_loader("numeric", _Number)

    @property
    def adapters(self) -> AdaptersMap:
        """The registry of one connection."""
        return self._map

    @property
    def connection(self) -> None:
        """No connection is made yet."""
        return


def _in_its_words(
    _: Any, __: Any, statement: str, values: Any, context: Any, ___: Any
) -> tuple[str, Any]:
    """A statement written here, as psycopg takes it; those that SQLAlchemy makes are so already."""
    return (for_postgresql(statement) if context.compiled is None else statement), values


def of_server(connection: Connection) -> bool:
    """Whether it is a connection to PostgreSQL."""
    return connection.dialect.name == "postgresql"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the read models."""
    with engine.connect() as connection:
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if of_server(connection) else "BEGIN"
        driver(connection).execute(begin)
        try:
            yield connection
        finally:
            driver(connection).rollback()


def fetched(connection: Connection, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query as the driver gives them: for pages, whose columns are known.

    What SQLAlchemy learns of a result's columns costs more than a page of them.
    """
    told = for_postgresql(statement) if of_server(connection) else statement
    rows: list[tuple[Any, ...]] = driver(connection).execute(told, values).fetchall()
    return rows


def inserted(
    connection: Connection, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Add many rows, under the columns named."""
    columns = ",".join(f'"{name}"' for name in names)
    if of_server(connection) and len(rows) > _FEW:
        with (
            driver(connection).cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ",".join("?" * len(names))
    if of_server(connection):
        told = ",".join([f"({marks})"] * len(rows))
        statement = f"INSERT INTO {table} ({columns}) VALUES {told}"  # noqa: S608 -- own names
        values = [value for row in rows for value in row]
        driver(connection).execute(for_postgresql(statement), values)
        return
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 -- own names
    driver(connection).executemany(statement, rows)


def driver(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.driver_connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, the lock taken first."""
    with engine.connect() as connection:
        raw = driver(connection)
        try:
            if of_server(connection):
                raw.execute("BEGIN")
                raw.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITING,))
            else:
                raw.execute("BEGIN IMMEDIATE")
            yield connection
            raw.execute("COMMIT")
        finally:
            # Nothing is open after a commit; a connection never goes back with a transaction.
            raw.rollback()
