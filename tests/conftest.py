"""What every test shares."""

from collections.abc import Iterator
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.domain.harness")


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Apache Kafka (``Broker``) for tests that do not kill it, each on topics of its own."""
    from tests.support.broker.apache import broker

    with broker(tmp_path_factory.mktemp("kafka")) as running:
        yield running
