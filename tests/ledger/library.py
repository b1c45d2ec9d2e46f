"""The library's own test cases, imported without the cipher that one of them also tests.

They import ``eventsourcing.cipher``, which needs pycryptodome. This ledger has no use of either:
personal data is sealed field by field, and the cipher setting is refused (test_opening.py).
"""

import sys
import threading
from types import ModuleType
from typing import Any

import pytest
from eventsourcing.utils import Environment

from ledger.sqlite import LedgerFactory

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


class OnAFile:
    """Gives a test case one database file of its own, and this ledger's factory on it."""

    ids = "uuid"

    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Any) -> Any:
        self.env = Environment(
            "Contract",
            {
                "PERSISTENCE_MODULE": "ledger.sqlite:LedgerFactory",
                "SQLITE_DBNAME": str(tmp_path / "contract.sqlite3"),
                "ORIGINATOR_ID_TYPE": self.ids,
            },
        )
        self.opened: list[LedgerFactory] = []
        before = set(threading.enumerate())
        yield
        # The library tells its readers to stop and does not wait for them.
        for reader in set(threading.enumerate()) - before:
            reader.join()
        for factory in self.opened:
            factory.close()

    def open_factory(self) -> LedgerFactory:
        """A factory on the file, closed when the test ends."""
        self.opened.append(LedgerFactory(self.env))
        return self.opened[-1]


def no_benchmark(self: Any) -> None:
    """The library's ``test_performance`` asserts nothing and prints its speed: bench/ does that."""
    pytest.skip("prints a speed and asserts nothing")
