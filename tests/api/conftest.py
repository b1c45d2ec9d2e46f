"""Offices served over HTTP."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.offices import Desk, copied, copy_of, desk, fengze, opened, wuhua
from tests.support.served import Served, served

__all__ = ["copy_of", "desk", "fengze", "wuhua"]


@pytest.fixture(scope="session")
def wuhua_served(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """五华县2020年, served; grants are added to it and nothing else."""
    file = copied(wuhua.file, tmp_path_factory.mktemp("served") / "wuhua.sqlite3")
    with opened(file) as desk, served(desk) as office:
        yield office


@pytest.fixture
def office(desk: Desk) -> Iterator[Served]:
    """An office with an empty ledger, served."""
    with served(desk) as office:
        yield office


@pytest.fixture
def serve(copy_of: Callable[[Desk], Desk]) -> Iterator[Callable[[Desk], Served]]:
    """Copies of an office, served, that a test may change."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda desk: stack.enter_context(served(copy_of(desk)))
