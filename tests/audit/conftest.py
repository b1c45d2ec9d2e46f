"""Logs on files of their own, and the example office."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.logs import Log
from tests.support.offices import copy_of, wuhua

__all__ = ["copy_of", "wuhua"]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log over an empty ledger."""
    opened = Log(tmp_path / "ledger.sqlite3", tmp_path / "keys")
    yield opened
    opened.close()
