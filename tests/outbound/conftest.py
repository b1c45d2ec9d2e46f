"""What goes out of a ledger that knows every fact."""

from collections.abc import Iterator

import pytest

from ledger.application import Ledger
from tests.ledger.office import open_ledger
from tests.ledger.story import tell


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The whole story on a ledger; tests that take it only read."""
    opened = open_ledger(tmp_path_factory.mktemp("told") / "ledger.sqlite3")
    tell(opened)
    yield opened
    opened.close()
