"""Reading on after an alarm, as a person decided: from the first message that a topic still has.

What was taken in before is known by its source and id, and has no second effect.
"""

from dataclasses import dataclass

from kafka import KafkaConsumer, TopicPartition

from consumers.inbound.reader import READING, topic_id_of
from consumers.tables import make_tables, read
from ledger.application import Ledger
from ledger.transaction import LedgerTransaction

_ANSWER_MS = 10_000


class NoSuchTopicError(LookupError):
    """The brokers have no topic of that name."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """A partition whose place no longer was in the topic; offsets from 0, topic ids as text."""

    partition: int
    left_id: str
    left_offset: int
    topic_id: str
    next_offset: int


def resume(
    ledger: Ledger, connection: dict[str, object], topic: str, who: str, why: str, *, dry_run: bool
) -> list[Resumed]:
    """Move each place that cannot be read on from to the first message there is; which were.

    NoSuchTopicError; whatever else is raised is of the brokers or of the ledger's database.
    """
    make_tables(ledger)
    topic_id, ranges = _asked(connection, topic)
    places = read(
        ledger,
        "SELECT partition, topic_id, next_offset FROM inbound_places WHERE topic = ?",
        (topic,),
    )
    moved = []
    for partition, known, offset in sorted(places):
        first, end = ranges.get(partition, (0, 0))
        if known != topic_id or not first <= offset <= end:
            moved.append(Resumed(partition, known, offset, topic_id, first))
    if moved and not dry_run:
        with ledger.transaction() as transaction:
            for each in moved:
                _move(transaction, topic, each, (who, why))
    return moved


def _move(transaction: LedgerTransaction, topic: str, each: Resumed, said: tuple[str, str]) -> None:
    who, why = said
    transaction.run(
        "UPDATE inbound_places SET topic_id = ?, next_offset = ? WHERE topic = ? AND partition = ?",
        (each.topic_id, each.next_offset, topic, each.partition),
    )
    transaction.run(
        "INSERT INTO inbound_acts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transaction.recorded_at.isoformat(),
            who,
            topic,
            each.partition,
            each.topic_id,
            each.left_offset,
            each.next_offset,
            why,
        ),
    )


def _asked(connection: dict[str, object], topic: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The id of a topic, and the first and the next offset of each of its partitions."""
    consumer = KafkaConsumer(**READING, **connection)
    try:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise NoSuchTopicError(topic)
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        first = consumer.beginning_offsets(partitions, timeout_ms=_ANSWER_MS)
        last = consumer.end_offsets(partitions, timeout_ms=_ANSWER_MS)
        ranges = {at.partition: (first[at], last[at]) for at in partitions}
        return topic_id_of(consumer, topic), ranges
    finally:
        consumer.close(autocommit=False, timeout_ms=3000)
