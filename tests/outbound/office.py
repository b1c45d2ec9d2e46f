"""An office whose facts are published, and what a reader of Kafka is told of them."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from consumers.cloudevents import CloudEvent, read_event
from consumers.outbound.messages import message_of, topics
from consumers.outbound.places import Places
from consumers.outbound.publisher import Publisher
from domain.streams import Kind
from ledger.application import Followed, Ledger
from tests.domain import samples
from tests.ledger.office import record
from tests.support.servers import until


class Read(NamedTuple):
    """One message as a reader is told it."""

    topic: str
    partition: int
    key: bytes
    value: bytes
    event: CloudEvent

    @property
    def position(self) -> int:
        return int(self.event.extensions["position"])


@dataclass
class Desk:
    """A ledger and the brokers that its facts are published to, under a source of its own."""

    ledger: Ledger
    bootstrap: str
    source: str

    @property
    def connection(self) -> dict[str, Any]:
        return {"bootstrap_servers": self.bootstrap}

    @property
    def places(self) -> Places:
        return Places(self.ledger)

    @contextmanager
    def publisher(self, **more: Any) -> Iterator[Publisher]:
        made = Publisher(self.ledger, self.connection, self.source, **more)
        try:
            yield made
        finally:
            made.close()

    def publish(self) -> int:
        """Have a publisher begin and publish all there is; how many facts."""
        with self.publisher() as publisher:
            return sum(iter(publisher.publish, 0))

    @property
    def facts(self) -> list[Followed]:
        return [each for page in self.ledger.follow() for each in page]

    def read(self, level: str = "read_committed") -> list[Read]:
        """Everything that a reader is told of this ledger, partition by partition in order."""
        return [
            each for each in read_all(self.bootstrap, level) if each.event.source == self.source
        ]


def read_all(bootstrap: str, level: str = "read_committed") -> list[Read]:
    """Everything there is on the topics of facts, once what was begun is decided.

    A commit is answered when it is sure, and seen in each partition somewhat later.
    """
    with _reader(bootstrap, level) as reader, _reader(bootstrap, "read_uncommitted") as other:
        known = reader.topics() & set(topics())
        parts = [
            TopicPartition(topic, number)
            for topic in sorted(known)
            for number in reader.partitions_for_topic(topic) or ()
        ]
        reader.assign(parts)
        reader.seek_to_beginning(*parts)
        ends = other.end_offsets(parts)
        found: list[Read] = []

        def complete() -> bool:
            for each in reader.poll(timeout_ms=200).values():
                found.extend(map(_read, each))
            return all(reader.position(each) >= ends[each] for each in parts)

        until(complete)
    return sorted(found, key=lambda each: (each.topic, each.partition))


@contextmanager
def _reader(bootstrap: str, level: str) -> Iterator[KafkaConsumer]:
    made = KafkaConsumer(
        bootstrap_servers=bootstrap,
        isolation_level=level,
        enable_auto_commit=False,
        auto_offset_reset="none",
        group_id=None,
    )
    try:
        yield made
    finally:
        made.close(timeout_ms=3000)


def _read(record_: Any) -> Read:
    event = read_event(record_.value, record_.headers)
    return Read(record_.topic, record_.partition, record_.key, record_.value, event)


def assert_told_once_in_order(facts: list[Followed], read: list[Read], source: str) -> None:
    """Each fact was told once, as it is, and the facts of a stream in the order of versions."""
    wanted = {at: message_of(source, (at, event)) for at, event in facts}
    positions = sorted(each.position for each in read)
    assert positions == sorted(wanted), "none left out, none twice"
    last: dict[bytes, int] = {}
    for each in read:
        message = wanted[each.position]
        assert (each.topic, each.key, each.value) == message[:3]
        assert each.position > last.get(each.key, 0)
        last[each.key] = each.position


def renamed(unit: str, number: int, first: int = 0) -> list[Any]:
    """Corrections of a unit's name, one after the other: two facts each, one of the unit."""
    names = ["区城管局", *(f"区城管局{each}" for each in range(1, first + number + 1))]
    return [
        samples.a_correction(
            Kind.UNIT, unit, "name", number=f"GZ-{unit}-{each}", was=was, now=now, item=None
        )
        for each, (was, now) in enumerate(itertools.pairwise(names), start=1)
        if each > first
    ]


def furnished(ledger: Ledger, units: int, corrections: int) -> None:
    """Put a number of units on a ledger, each corrected so often, one after the other in turn."""
    record(ledger, samples.an_organ())
    codes = [f"DW{number:03}" for number in range(units)]
    record(ledger, *(samples.a_unit(code=code) for code in codes))
    courses = [renamed(code, corrections) for code in codes]
    for turn in zip(*courses, strict=True):
        record(ledger, *turn)
