"""Reads that end soon, for a thread that must not wait: what takes longer is given up."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from projections.store import driver

#: How long a read may take, in seconds.
SECONDS = 0.003
#: After how many steps of the database's machine the clock is looked at: some tens of microseconds.
_STEPS = 2000
_GIVEN_UP = (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class TakesLongerError(Exception):
    """The read does not end soon: to be done where waiting is no harm."""


class BriefReads:
    """The reads of one thread, on a connection of its own that waits for no lock."""

    def __init__(self, engine: Engine, seconds: float = SECONDS) -> None:
        self._engine = engine
        self._seconds = seconds
        self._until = 0.0
        self._connection: Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the read models; TakesLongerError where time is up.

        A server's answer is always waited for: there every read takes longer.
        """
        if self._engine.dialect.name != "sqlite":
            raise TakesLongerError
        connection = self._connection
        if connection is None:
            connection = self._connection = self._open()
        self._until = perf_counter() + self._seconds
        try:
            driver(connection).execute("BEGIN")
            yield connection
        except (sqlite3.OperationalError, OperationalError) as error:
            if _code(error) not in _GIVEN_UP:
                raise
            raise TakesLongerError from None
        finally:
            self._until = float("inf")
            driver(connection).rollback()

    def close(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            self._connection.detach()
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection:
        connection = self._engine.connect()
        raw = driver(connection)
        raw.execute("PRAGMA busy_timeout = 0")
        raw.set_progress_handler(lambda: perf_counter() > self._until, _STEPS)
        return connection


def _code(error: Exception) -> int | None:
    origin = error.orig if isinstance(error, OperationalError) else error
    return getattr(origin, "sqlite_errorcode", None)
