"""The library's applications work on the ledger's factory as they do on its own."""

from pathlib import Path

import pytest
from eventsourcing.tests import application as library


class WithLedgerFactory:
    expected_factory_topic = "ledger.sqlite:LedgerFactory"

    @pytest.fixture(autouse=True)
    def _environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PERSISTENCE_MODULE", "ledger.sqlite:LedgerFactory")
        monkeypatch.setenv("SQLITE_DBNAME", str(tmp_path / "application.sqlite3"))


class TestExampleApplication(WithLedgerFactory, library.ExampleApplicationTestCase):
    pass


# One of these records a deprecation warning of the library, so it must not be an error.
@pytest.mark.filterwarnings("default::DeprecationWarning")
class TestApplication(WithLedgerFactory, library.ApplicationTestCase):
    pass
