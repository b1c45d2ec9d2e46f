"""The library's own test cases, imported without the cipher that one of them also tests.

They import ``eventsourcing.cipher``, which needs pycryptodome. This ledger has no use of either:
personal data is sealed field by field, and the cipher setting is refused (test_opening.py).
"""

import sys
import threading
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.utils import Environment

from ledger.postgresql import PostgresLedgerFactory, environment
from ledger.sqlite import LedgerFactory
from tests.support.postgresql import Server

CIPHER = "eventsourcing.cipher"


class AESCipher:
    """Stands for the library's cipher while its test cases are imported; never used."""


def _import_test_cases() -> Any:
    stub = ModuleType(CIPHER)
    stub.AESCipher = AESCipher  # type: ignore[attr-defined]  # a module made by hand
    known = sys.modules.get(CIPHER)
    sys.modules[CIPHER] = stub
    try:
        from eventsourcing.tests import persistence
    finally:
        del sys.modules[CIPHER]
        if known is not None:
            sys.modules[CIPHER] = known
    return persistence


persistence = _import_test_cases()


class OnADatabase:
    """Gives a test case one database of its own, and this ledger's factory on it."""

    ids = "uuid"
    factory_class: type[Any]

    @pytest.fixture(autouse=True)
    def _database(self, told: dict[str, str]) -> Any:
        self.env = Environment("Contract", told | {"ORIGINATOR_ID_TYPE": self.ids})
        self.opened: list[Any] = []
        before = set(threading.enumerate())
        yield
        # The library tells its readers to stop and does not wait for them.
        for reader in set(threading.enumerate()) - before:
            if not reader.daemon:
                reader.join()
        for factory in self.opened:
            factory.close()

    def open_factory(self) -> Any:
        """A factory on the database, closed when the test ends."""
        self.opened.append(self.factory_class(self.env))
        return self.opened[-1]


class OnAFile(OnADatabase):
    """The database is a file."""

    factory_class = LedgerFactory

    @pytest.fixture
    def told(self, tmp_path: Any) -> dict[str, str]:
        """What the library is told of it."""
        return {
            "PERSISTENCE_MODULE": "ledger.sqlite:LedgerFactory",
            "SQLITE_DBNAME": str(tmp_path / "contract.sqlite3"),
        }


class OnAServer(OnADatabase):
    """The database is a PostgreSQL server's."""

    factory_class = PostgresLedgerFactory

    @pytest.fixture
    def told(self, postgresql: Server) -> Any:
        """What the library is told of it."""
        name = postgresql.database()
        yield environment(postgresql.url(name), 20)
        postgresql.drop(name)


class WithTextIds:
    """Streams are named by text, as this ledger's are."""

    ids = "text"

    def new_originator_id(self) -> UUID | str:
        """A stream of its own."""
        return f"lead:{uuid4()}"


def no_benchmark(self: Any) -> None:
    """The library's ``test_performance`` asserts nothing and prints its speed: bench/ does that."""
    pytest.skip("prints a speed and asserts nothing")
