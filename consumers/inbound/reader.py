"""Topics read from where the ledger stands: batches that follow each other, or an alarm.

Kafka's own offsets are neither asked nor told: the ledger's database knows where to read on.
"""

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition
from kafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from kafka.errors import (
    FencedInstanceIdError,
    LogTruncationError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)

from consumers.inbound.alarm import AlarmError
from consumers.inbound.intake import Inbound, OutOfStepError
from consumers.inbound.messages import Batch, Received

#: How long the broker is waited for where an answer is not needed to go on.
_ANSWER_MS = 3000
#: How long a poll waits for messages; a worker looks up at least as often.
_POLL_MS = 500
#: … where nothing is read yet.
_SOON_MS = 50
#: Within what time it is noticed that a topic has come, was made anew or has more partitions.
METADATA_MS = 5000
_CLOSE_MS = 3000

#: Neither starts at an offset that nobody decided on, nor tells one to Kafka.
READING = {
    "auto_offset_reset": "none",
    "enable_auto_commit": False,
    "isolation_level": "read_committed",
    "allow_auto_create_topics": False,
    "metadata_max_age_ms": METADATA_MS,
}


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of a consumer group: its name stays its own when it is started again."""

    group: str
    member: str
    #: After so long a silence of its process others get its partitions …
    session_seconds: int
    #: … and where one round took so long.
    round_seconds: int

    @property
    def settings(self) -> dict[str, Any]:
        """As kafka-python is told."""
        return {
            "group_id": self.group,
            "group_instance_id": self.member,
            # The cooperative one has left a partition to nobody when static members were killed.
            "partition_assignment_strategy": [RoundRobinPartitionAssignor],
            "session_timeout_ms": self.session_seconds * 1000,
            "heartbeat_interval_ms": self.session_seconds * 300,
            "max_poll_interval_ms": self.round_seconds * 1000,
        }


class _Changes(ConsumerRebalanceListener):  # type: ignore[misc]  # the library ships no types
    """Notes that partitions came or went: on the library's own thread nothing else is safe."""

    def __init__(self) -> None:
        self.noted = True

    def on_partitions_revoked(self, _: Any) -> None:
        """Some went."""
        self.noted = True

    def on_partitions_assigned(self, _: Any) -> None:
        """Some came."""
        self.noted = True

    def on_partitions_lost(self, _: Any) -> None:
        """Some went while this member was away."""
        self.noted = True


@dataclass
class Reader:
    """One consumer of topics; all partitions of them, or its share as a member of a group.

    ``connection`` is how kafka-python is told of the brokers. Whatever it raises besides AlarmError
    is of the broker or the ledger's database, and may be tried again.
    """

    inbound: Inbound
    topics: Sequence[str]
    connection: dict[str, Any]
    membership: Membership | None = None
    batch: int = 500
    _places: dict[TopicPartition, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        membership = self.membership.settings if self.membership is not None else {}
        self._changes = _Changes()
        self._consumer = KafkaConsumer(
            max_poll_records=self.batch, **READING, **membership, **self.connection
        )
        self._cluster = _cluster(self._consumer)
        if membership:
            named = "|".join(map(re.escape, self.topics))
            self._consumer.subscribe(pattern=f"^({named})$", listener=self._changes)
        else:
            self._follow_topics()

    def poll(self) -> list[Batch]:
        """What came next, a batch a partition; waits half a second for it."""
        if self._changes.noted or self._others():
            self._stand()
        try:
            found = self._consumer.poll(timeout_ms=_POLL_MS if self._places else _SOON_MS)
        except NoOffsetForPartitionError:  # partitions came, and Kafka knows no offset of them
            self.misplaced()
            return []
        except OffsetOutOfRangeError as error:
            self._require_offsets(*error.args[0])
            self.misplaced()
            return []
        except LogTruncationError as error:
            for at, end in error.divergent_offsets.items():
                self._require_topic(at)
                offset = None if end is None else end.offset
                raise AlarmError(
                    "topic_truncated", topic=at.topic, partition=at.partition, end_offset=offset
                ) from error
        except FencedInstanceIdError as error:
            raise AlarmError("member_replaced") from error
        if self._changes.noted:
            return []  # what was read may have been read from where the partition stood before
        return [self._batch(at, records) for at, records in found.items() if at in self._places]

    def misplaced(self) -> None:
        """Have the next poll read on from where the ledger stands, in every partition."""
        self._changes.noted = True

    def _stand(self) -> None:
        self._changes.noted = False
        try:
            if self.membership is None:
                self._consumer.assign(self._known())
                if not self._known():  # to assign nothing is to be told of no topic
                    self._follow_topics()
            self._places = {}
            for at in self._consumer.assignment():
                self._stand_in(at)
        except ValueError:  # one went to another member this very moment
            self.misplaced()
        except BaseException:
            self.misplaced()
            raise

    def _stand_in(self, at: TopicPartition) -> None:
        place = self.inbound.place(*at)
        if place is None:
            place = self._begun(at)
        else:
            self._require_topic(at)
        self._consumer.seek(at, place.next_offset)
        self._places[at] = place.next_offset

    def took(self, batch: Batch) -> None:
        """A batch was taken in: the next one begins behind it."""
        self._places[TopicPartition(batch.topic, batch.partition)] = batch.next_offset

    def behind_marks(self) -> list[Batch]:
        """Where only marks of transactions follow: batches of no message that lead past them.

        None while partitions come and go: what was read then was dropped, and is no mark.
        """
        if self._changes.noted:
            return []
        passed = []
        for at, place in self._places.items():
            position = self._consumer.position(at, timeout_ms=0)
            if position is not None and position > place:
                topic_id = self.topic_id(at.topic)
                passed.append(Batch(at.topic, topic_id, at.partition, place, position, ()))
        return passed

    def ends(self) -> dict[TopicPartition, int]:
        """Where each partition that is read ends now; KafkaTimeoutError where nobody says."""
        if not self._places:
            return {}
        found: dict[TopicPartition, int] = self._consumer.end_offsets(
            list(self._places), timeout_ms=_ANSWER_MS
        )
        return found

    def rest(self, seconds: float, goes_on: Callable[[], bool]) -> None:
        """Read nothing for so long, or while something goes on, and stay a member meanwhile."""
        until = time.monotonic() + seconds
        with suppress(KeyError):  # went to another member this very moment
            self._consumer.pause(*self._consumer.assignment())
        while goes_on() and (left := until - time.monotonic()) > 0:
            try:
                self._consumer.poll(timeout_ms=min(_POLL_MS, int(left * 1000) + 1))
            except (NoOffsetForPartitionError, OffsetOutOfRangeError):
                time.sleep(min(left, _POLL_MS / 1000))
        with suppress(KeyError):
            self._consumer.resume(*self._consumer.assignment())
        self.misplaced()

    def close(self) -> None:
        """Leave the brokers, within seconds."""
        self._consumer.close(autocommit=False, timeout_ms=_CLOSE_MS)

    def topic_id(self, topic: str) -> str:
        """The id of a topic as the brokers last said."""
        return topic_id_of(self._consumer, topic)

    def _follow_topics(self) -> None:
        """Be told of every topic: one asked for by name that is not there is asked for ever."""
        self._cluster.need_all_topic_metadata = True
        self._cluster.request_update()

    def _known(self) -> list[TopicPartition]:
        """Every partition of the topics that there are, as the brokers last said."""
        return [
            TopicPartition(topic, number)
            for topic in self.topics
            for number in self._cluster.partitions_for_topic(topic) or ()
        ]

    def _others(self) -> bool:
        """Whether partitions have come or gone; a group hands them out itself."""
        return self.membership is None and self._places.keys() != set(self._known())

    def _begun(self, at: TopicPartition) -> Any:
        """The place of a partition that is read for the first time: at the first message there is.

        KafkaTimeoutError where nobody says which that is.
        """
        first = self._consumer.beginning_offsets([at], timeout_ms=_ANSWER_MS)[at]
        with suppress(OutOfStepError):  # another began it meanwhile
            self.inbound.begin(at.topic, self.topic_id(at.topic), at.partition, first)
        return self.inbound.place(*at)

    def _require_topic(self, at: TopicPartition) -> None:
        """Alarm where a topic is another than that whose messages were taken in."""
        place = self.inbound.place(*at)
        if place is not None and place.topic_id != self.topic_id(at.topic):
            raise AlarmError("topic_replaced", topic=at.topic)

    def _require_offsets(self, *partitions: TopicPartition) -> None:
        """Alarm where a partition no longer has what comes next; else it was a slip of a broker."""
        first = self._consumer.beginning_offsets(partitions, timeout_ms=_ANSWER_MS)
        last = self._consumer.end_offsets(partitions, timeout_ms=_ANSWER_MS)
        for at in partitions:
            place = self.inbound.place(*at)
            if place is None:
                continue
            told = {"topic": at.topic, "partition": at.partition, "next_offset": place.next_offset}
            self._require_topic(at)
            if place.next_offset < first[at]:
                raise AlarmError("retention_gap", **told, first_offset=first[at])
            if place.next_offset > last[at]:
                raise AlarmError("topic_truncated", **told, end_offset=last[at])

    def _batch(self, at: TopicPartition, records: Sequence[Any]) -> Batch:
        return Batch(
            at.topic,
            self.topic_id(at.topic),
            at.partition,
            self._places[at],
            records[-1].offset + 1,
            [
                Received(each.offset, _key(each.key), each.value, tuple(each.headers))
                for each in records
            ],
        )


def topic_id_of(consumer: Any, topic: str) -> str:
    """The id of a topic as a consumer was last told; empty where brokers have none (before 2.8)."""
    return str(_cluster(consumer).topic_id(topic) or "")


def _cluster(consumer: Any) -> Any:
    """What a consumer was last told of topics: asking anew could wait without a limit."""
    return consumer._cluster  # noqa: SLF001 -- it has no public face


def _key(key: bytes | None) -> str | None:
    """A key as text; what is no text, or what no database keeps, is told escaped."""
    if key is None:
        return None
    return key.decode(errors="backslashreplace").replace("\0", "\\x00")
