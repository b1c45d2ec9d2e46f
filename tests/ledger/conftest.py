"""Ledgers on files of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.mapper import LedgerMapper
from tests.ledger.office import OfficeClock, open_ledger
from tests.ledger.story import tell


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def clock() -> OfficeClock:
    return OfficeClock()


@pytest.fixture
def ledger(path: Path, clock: OfficeClock) -> Iterator[Ledger]:
    opened = open_ledger(path, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The whole story on a ledger; tests that take it only read."""
    opened = open_ledger(tmp_path_factory.mktemp("told") / "ledger.sqlite3")
    tell(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def mapper() -> LedgerMapper:
    """Today's mapper; it keeps nothing of what it read."""
    return LedgerMapper()
