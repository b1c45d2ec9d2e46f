"""What every test shares."""

from collections.abc import Iterator
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.domain.harness")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL server (``Server``) that paths can stand for databases of."""
    from tests.support.databases import databases

    with databases() as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def wherever_ledgers_are(request: pytest.FixtureRequest) -> None:
    """Where every test's ledger is on a server, that must be there first."""
    from tests.support.databases import ON_SERVER

    if ON_SERVER:
        request.getfixturevalue("postgresql")


@pytest.fixture(autouse=True)
def no_database_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test's databases on a server go with it."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        from tests.support.databases import dropped

        dropped(folder)


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Apache Kafka (``Broker``) for tests that do not kill it, each on topics of its own."""
    from tests.support.broker.apache import broker

    with broker(tmp_path_factory.mktemp("kafka")) as running:
        yield running
