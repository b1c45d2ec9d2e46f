"""The database of the read models: the ledger's own, through SQLAlchemy Core."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from ledger.recorder import CHECKPOINT_PAGES
from ledger.settings import Settings


def open_engine(settings: Settings) -> Engine:
    """An engine for the settings' database; transactions are begun by this module alone."""
    engine = create_engine(
        settings.database_url,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": settings.lock_timeout_seconds},
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
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, the lock taken first."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
