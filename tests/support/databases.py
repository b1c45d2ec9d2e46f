"""Where a test's ledger is kept: a file, or a database on the tests' own PostgreSQL server.

A test names its database by a path. With ``LEDGER_TESTS_DATABASE=postgresql`` the file at that path
holds the address of a database on the server instead, which every process of the test reads there.
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ledger.statements import for_postgresql
from tests.support.postgresql import Server, server

ON_SERVER = os.environ.get("LEDGER_TESTS_DATABASE", "sqlite") == "postgresql"
#: The running server's address, for the processes that tests start.
_ADDRESS = "LEDGER_TESTS_SERVER"
#: An office with every table and nothing in them: copied, since making the tables takes longer.
_EMPTY = "empty_office"
_SCHEME = b"postgresql://"

#: How a database refuses what its triggers and constraints do not let pass.
Refused = (sqlite3.IntegrityError, psycopg.IntegrityError)
on_a_file = pytest.mark.skipif(ON_SERVER, reason="is about the file that SQLite keeps")


@contextmanager
def databases() -> Iterator[Server]:
    """A server for databases that paths stand for, with an empty office to copy, until the end."""
    with server() as running:
        os.environ[_ADDRESS] = running.url()
        _administered("CREATE DATABASE {} TEMPLATE template0", _EMPTY)
        _make_tables(_address(_EMPTY))
        yield running


def _make_tables(address: str) -> None:
    from ledger.settings import Settings
    from projections.office import Office

    office = Office(Settings(database_url=address, _env_file=None))
    office.runner.lags()
    office.log.state()
    office.close()


def url(path: Path) -> str:
    """The address of the database that a path stands for; made if it is not there."""
    if ON_SERVER and not path.exists():
        made_on_server(path)
    return path.read_text("utf-8") if is_on_server(path) else f"sqlite:///{path}"


def made_on_server(path: Path) -> Path:
    """Have a path stand for a new database on the server, wherever the others are."""
    _name(path, _copy_of(_EMPTY))
    return path


def is_on_server(path: Path) -> bool:
    """Whether a path stands for a database on the server."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SCHEME)) == _SCHEME


def copied(source: Path, target: Path) -> Path:
    """A copy of a database, whole even while others read it."""
    if not is_on_server(source):
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        return target
    name = str(conninfo_to_dict(url(source))["dbname"])
    _name(target, _copy_of(name))
    return target


def _name(path: Path, database: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_address(database), encoding="utf-8")


def dropped(folder: Path) -> None:
    """Drop the databases that paths in a folder stand for."""
    if _ADDRESS not in os.environ:
        return
    for path in folder.rglob("*.sqlite3"):
        if is_on_server(path):
            name = str(conninfo_to_dict(url(path))["dbname"])
            _administered("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


class Intruder:
    """Someone who may do anything with the database of a ledger, with a plain client.

    Statements are SQLite's; ``rowid`` is the position of an event, else any row's own place.
    """

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection = connection
        self._on_server = is_on_server(path)
        self.path = path

    def commit(self) -> None:
        """Have what was done so far stand."""
        self._connection.commit()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement; a cursor with ``fetchall``, ``fetchone`` and ``rowcount``."""
        if not self._on_server:
            return self._connection.execute(statement, values)
        told = re.sub(r"\browid\b", _place_in(statement), statement)
        told = re.sub(r"\bx'([0-9a-fA-F]*)'", r"decode('\1', 'hex')", told)
        told = told.replace(" AS BLOB)", " AS BYTEA)")
        return self._connection.execute(for_postgresql(told).encode(), values)

    def drop_triggers(self) -> None:
        """Take the protection of every table away."""
        if not self._on_server:
            named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in self.execute(named).fetchall():
                self.execute(f"DROP TRIGGER {name}")
            return
        named = (
            "SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        for name, table in self.execute(named).fetchall():
            self.execute(f"DROP TRIGGER {name} ON {table}")

    def tables(self) -> list[str]:
        """Names of the tables."""
        if self._on_server:
            named = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        else:
            named = "SELECT name FROM sqlite_master WHERE type = 'table'"
        return [name for (name,) in self.execute(named).fetchall()]


def _place_in(statement: str) -> str:
    return "notification_id" if "stored_events" in statement else "ctid"


@contextmanager
def intruder(path: Path) -> Iterator[Intruder]:
    """An intruder whose changes are committed at the end."""
    if not is_on_server(path):
        with closing(sqlite3.connect(path)) as connection:
            yield Intruder(connection, path)
            connection.commit()
        return
    with psycopg.connect(url(path)) as connection:
        yield Intruder(connection, path)


def made_small(path: Path) -> None:
    """Have a file hold no more than its tables do."""
    if not is_on_server(path):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program writes to the ledger: nobody else may."""
    if not is_on_server(path):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 60000")
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")
        return
    with psycopg.connect(url(path)) as connection:
        connection.execute("SELECT * FROM stored_events_last FOR UPDATE")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (0x1ED6E5,))
        yield
        connection.rollback()


def _address(database: str) -> str:
    parts = conninfo_to_dict(os.environ[_ADDRESS])
    return f"postgresql://{parts['user']}@{parts['host']}:{parts['port']}/{database}"


def _copy_of(database: str) -> str:
    """A new database as another is; whoever is connected to that one is sent away for a moment."""
    made = f"office_{uuid4().hex}"
    if database == _EMPTY:  # nobody is
        _administered("CREATE DATABASE {} TEMPLATE {}", made, database)
        return made
    _administered("ALTER DATABASE {} ALLOW_CONNECTIONS false", database)
    try:
        _send_away(database)
        _administered("CREATE DATABASE {} TEMPLATE {}", made, database)
    finally:
        _administered("ALTER DATABASE {} ALLOW_CONNECTIONS true", database)
    return made


def _send_away(database: str) -> None:
    with psycopg.connect(os.environ[_ADDRESS], autocommit=True) as connection:
        gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        while connection.execute(gone, (database,)).fetchall():
            continue


def _administered(statement: str, *names: str) -> None:
    with psycopg.connect(os.environ[_ADDRESS], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
