"""What Kafka holds of publishing: the topics, and how far each ledger's facts are committed.

A position is a message of the topic POSITIONS, sent in the transaction of the facts that it is
about; its key is the ledger's source. The topic is compacted, so that the last one never expires.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import orjson
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaTimeoutError, TopicAlreadyExistsError

from consumers.outbound.messages import POSITIONS, topics
from consumers.outbound.places import Place

#: Settings of a client of kafka-python that say where the brokers are and who asks.
Connection = Mapping[str, Any]

_PARTITION = TopicPartition(POSITIONS, 0)
#: How many records before the end are looked at first; then ten times as many.
_LOOK_BACK = 100
_SECONDS = 30


class Position(NamedTuple):
    """The place of the last fact committed, its ``ce_id``, and the instant it was recorded.

    The last two tell a ledger from one that was restored from before this fact.
    """

    place: Place
    event: str
    recorded_at: str

    @property
    def value(self) -> bytes:
        """As it is sent."""
        return orjson.dumps(
            {
                "round": self.place.round,
                "position": self.place.position,
                "event": self.event,
                "recorded_at": self.recorded_at,
            }
        )

    @classmethod
    def read(cls, value: bytes) -> "Position":
        """As it was sent."""
        said = orjson.loads(value)
        place = Place(said["round"], said["position"])
        return cls(place, said["event"], said["recorded_at"])


def make_topics(connection: Connection) -> str:
    """Make the topics that are not there, as the brokers' defaults say; the id of POSITIONS."""
    with _administrator(connection) as administrator:
        missing = {*topics(), POSITIONS}.difference(administrator.list_topics())
        for topic in sorted(missing):
            _make(administrator, topic)
        (told,) = administrator.describe_topics([POSITIONS])
    return str(told["topic_id"])


def _make(administrator: KafkaAdminClient, topic: str) -> None:
    made: dict[str, Any] = {}
    if topic == POSITIONS:
        made = {"num_partitions": 1, "configs": {"cleanup.policy": "compact"}}
    try:
        administrator.create_topics({topic: made}, wait_for_metadata=True)
    except TopicAlreadyExistsError:  # another was quicker
        return


def last_position(connection: Connection, source: str) -> Position | None:
    """The last position that a ledger's publisher committed; None where it committed none.

    KafkaTimeoutError where the broker does not answer.
    """
    settings = {"isolation_level": "read_committed", "enable_auto_commit": False}
    reader = KafkaConsumer(**connection, **settings, auto_offset_reset="none", group_id=None)
    with closing(_Closing(reader)):
        reader.assign([_PARTITION])
        first = reader.beginning_offsets([_PARTITION])[_PARTITION]
        end = reader.end_offsets([_PARTITION])[_PARTITION]
        look_back = _LOOK_BACK
        while True:
            start = max(first, end - look_back)
            own = [each for each in _records(reader, start, end) if each.key == source.encode()]
            if own:
                return Position.read(own[-1].value)
            if start == first:
                return None
            look_back *= 10


def _records(reader: KafkaConsumer, start: int, end: int) -> Iterator[ConsumerRecord]:
    """What was committed from an offset on, up to another."""
    reader.seek(_PARTITION, start)
    silent = 0
    while reader.position(_PARTITION) < end:
        found: Iterable[ConsumerRecord] = reader.poll(timeout_ms=1000).get(_PARTITION, ())
        silent = 0 if found else silent + 1
        if silent == _SECONDS:
            raise KafkaTimeoutError(f"{POSITIONS} cannot be read")
        yield from found


class _Closing:
    """A consumer closed within a time."""

    def __init__(self, reader: KafkaConsumer) -> None:
        self._reader = reader

    def close(self) -> None:
        self._reader.close(timeout_ms=3000)


@contextmanager
def _administrator(connection: Connection) -> Iterator[KafkaAdminClient]:
    made = KafkaAdminClient(**connection)
    try:
        yield made
    finally:
        made.close()
