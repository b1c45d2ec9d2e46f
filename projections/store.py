"""The database of the read models: the ledger's own, through SQLAlchemy Core."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from ledger.recorder import CHECKPOINT_PAGES
from ledger.settings import Settings

#: Connections kept open, since a new one costs more than a page; each may hold a cache of 128 MiB.
#: Further ones are made as they are needed and closed again.
_CONNECTIONS = 8


def open_engine(settings: Settings) -> Engine:
    """An engine for the settings' database; transactions are begun by this module alone."""
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


def _prepare(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # A read model lost with the power is computed again, so it need not wait for the disk.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA cache_size=-131072")
    cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the read models."""
    with engine.connect() as connection:
        fetched(connection, "BEGIN", ())
        try:
            yield connection
        finally:
            _driver(connection).rollback()


def fetched(connection: Connection, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query as the driver gives them: for pages, whose columns are known.

    What SQLAlchemy learns of a result's columns costs more than a page of them.
    """
    rows: list[tuple[Any, ...]] = _driver(connection).execute(statement, values).fetchall()
    return rows


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, the lock taken first."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.exec_driver_sql("COMMIT")
        finally:
            # Nothing is open after a commit; a connection never goes back with a transaction.
            _driver(connection).rollback()
