"""Workers on Apache Kafka, as processes: what they take in, what stops them, how they end."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbound.conftest import Desk, message, petition
from tests.support.broker.apache import Broker, admin
from tests.support.commands import command
from tests.support.intake import (
    DEAD,
    TOPIC,
    Taken,
    Workers,
    petitions,
    remove,
    send,
    told_of,
    topics,
)
from tests.support.servers import until


@pytest.fixture
def kafka(apache_kafka: Broker) -> Iterator[Broker]:
    with topics(apache_kafka):
        yield apache_kafka


@pytest.fixture
def workers(unbegun: Desk, kafka: Broker, tmp_path: Path) -> Iterator[Workers]:
    file = Path(unbegun.ledger.env["SQLITE_DBNAME"])
    made = Workers(file, tmp_path / "workers", kafka.bootstrap)
    yield made
    made.close()


@pytest.fixture
def taken(unbegun: Desk) -> Taken:
    return Taken(unbegun.ledger)


def numbers(first: int, behind: int) -> list[str]:
    return [f"XF-{at:06}" for at in range(first, behind)]


def test_what_was_sent_is_taken_in_and_the_worker_ends_when_told(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 50))
    workers.start()
    taken.until_at(50)
    send(kafka.bootstrap, petitions(50, 60))
    taken.until_at(60)
    answer = workers.end()
    assert answer.code == 0, answer.err
    assert taken.numbers == numbers(0, 60)
