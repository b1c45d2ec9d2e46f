"""Clients of a broker as tests use them, closed at the end whatever state it is in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from consumers.bounded import let_go
from tests.support.servers import until


@contextmanager
def producer(bootstrap: str, **settings: Any) -> Iterator[KafkaProducer]:
    """A producer with the defaults of kafka-python 3: idempotent, acknowledged by all."""
    made = KafkaProducer(bootstrap_servers=bootstrap, **settings)
    try:
        yield made
    finally:
        let_go(made, 3)


@contextmanager
def consumer(bootstrap: str, topic: str, partitions: int = 1, **settings: Any) -> Iterator[Any]:
    """A consumer of all partitions of a topic from the first record on, in no group."""
    made = KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, **settings)
    try:
        assigned = [TopicPartition(topic, number) for number in range(partitions)]
        made.assign(assigned)
        made.seek_to_beginning(*assigned)
        yield made
    finally:
        made.close(timeout_ms=3000)


def records(reader: Any, number: int) -> list[ConsumerRecord]:
    """The next records, as many as surely come."""
    found: list[ConsumerRecord] = []

    def complete() -> bool:
        for each in reader.poll(timeout_ms=200).values():
            found.extend(each)
        return len(found) >= number

    until(complete)
    return found
