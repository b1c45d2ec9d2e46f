"""Dead letters told on Apache Kafka: each once, whatever was killed between it and the ledger."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from kafka import KafkaProducer
from kafka.errors import KafkaError

from consumers.bounded import let_go
from consumers.inbound.intake import OutOfStepError
from consumers.inbound.lags import lags
from consumers.inbound.letter_publisher import LetterOutbox, Sending
from tests.inbound.conftest import TOPIC_ID, Desk, message, petition
from tests.support.broker.apache import Broker
from tests.support.intake import DEAD, TOPIC, told_of, topics
from tests.support.waiting import until


class CutOff(LetterOutbox):
    """An outbox of a ledger that is gone before it is told of what was sent."""

    def move(self, topic: str, expected: int, place: int) -> None:
        raise OutOfStepError(None)


@pytest.fixture
def kafka(apache_kafka: Broker) -> Iterator[Broker]:
    with topics(apache_kafka):
        yield apache_kafka


def put_aside(desk: Desk, first: int, behind: int) -> None:
    """Letters of the petition office, one a message."""
    desk.take(*(message(at, petition(f"XF-{at}", organ=5)) for at in range(first, behind)))


def sending(desk: Desk, kafka: Broker, outbox: type[LetterOutbox] = LetterOutbox) -> Sending:
    return Sending(outbox(desk.ledger), {"bootstrap_servers": kafka.bootstrap}, "told")


def keys(kafka: Broker, number: int) -> list[str]:
    return [each["dead_letter_key"] for each in told_of(kafka.bootstrap, number)]


def test_what_was_sent_before_the_ledger_was_told_is_not_sent_again(
    desk: Desk, kafka: Broker
) -> None:
    put_aside(desk, 0, 3)
    first = sending(desk, kafka, CutOff)
    with suppress(OutOfStepError):
        first.send(TOPIC)
    first.close()
    put_aside(desk, 3, 5)
    second = sending(desk, kafka)
    second.send(TOPIC)
    second.close()
    assert keys(kafka, 5) == [f"XF-{at}" for at in range(5)]
    [_, told] = lags(desk.ledger)
    assert (told.name, told.behind) == (DEAD, 0)


def test_kafkas_place_of_another_ledger_says_nothing(
    desk: Desk, other_office: Desk, kafka: Broker
) -> None:
    put_aside(desk, 0, 3)
    first = sending(desk, kafka)
    first.send(TOPIC)
    first.close()
    other_office.inbound.begin(TOPIC, TOPIC_ID, 0, 7)
    other_office.take(*(message(at, petition(f"YF-{at}", organ=5)) for at in range(7, 9)))
    second = sending(other_office, kafka)
    second.send(TOPIC)
    second.close()
    assert keys(kafka, 5) == ["XF-0", "XF-1", "XF-2", "YF-7", "YF-8"]


def test_a_publisher_is_shut_out_by_the_next(desk: Desk, kafka: Broker) -> None:
    put_aside(desk, 0, 3)
    first = sending(desk, kafka)
    second = sending(desk, kafka)
    second.send(TOPIC)
    put_aside(desk, 3, 4)
    with pytest.raises(KafkaError):
        first.send(TOPIC)
    second.send(TOPIC)
    for each in (first, second):
        each.close()
    assert keys(kafka, 4) == [f"XF-{at}" for at in range(4)]


@pytest.fixture
def frozen(kafka: Broker) -> Iterator[Broker]:
    """Brokers that take nothing any more."""
    kafka.freeze()
    yield kafka
    kafka.thaw()


def test_a_producer_is_let_go_of_though_the_brokers_take_nothing(
    kafka: Broker, request: pytest.FixtureRequest
) -> None:
    sender = KafkaProducer(bootstrap_servers=kafka.bootstrap)
    sender.send(TOPIC, b"one").get(timeout=60)
    request.getfixturevalue("frozen")
    sender.send(TOPIC, b"two")
    let_go(sender, 0.2)
    until(lambda: not sender._sender.is_alive())


def test_a_letter_that_dies_behind_another_is_told_when_it_does(desk: Desk, kafka: Broker) -> None:
    wrong = petition("XF-1", organ=5)
    desk.take(message(0, wrong), message(1, wrong), message(2, petition("XF-1")))
    outbox = LetterOutbox(desk.ledger)
    assert [letter.number for _, letter in outbox.next(TOPIC, 0)] == [1]
    desk.letters.discard(1, "王", "内容有误")
    assert [letter.number for _, letter in outbox.next(TOPIC, 0)] == [1, 2]
    out = sending(desk, kafka)
    out.send(TOPIC)
    out.close()
    assert [each["dead_letter_offset"] for each in told_of(kafka.bootstrap, 2)] == ["0", "1"]
