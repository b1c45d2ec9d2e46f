"""Dead letters published beside their topics: for a sender to see what was not taken in.

What is to be published stands in an outbox of the ledger's database. The letters and the place
behind them are one transaction of Kafka; the place stands in the ledger's database too, moved by
compare-and-swap, because Kafka forgets the places of groups that are silent for a week.
"""

from collections.abc import Sequence
from hashlib import sha256
from threading import Event, Thread
from typing import Any

import structlog
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from consumers.bounded import let_go, within
from consumers.inbound.intake import OutOfStepError
from consumers.inbound.lags import DEAD_LETTERS
from consumers.inbound.letters import DeadLetter, DeadLetters
from consumers.tables import read
from ledger.application import Ledger
from ledger.leadership import Leadership

_LOG: Any = structlog.get_logger()
#: How many letters are one transaction of Kafka.
_MANY = 100
_LOOK_SECONDS = 1.0
_LONGEST_SECONDS = 30.0
#: How long anything is waited for that Kafka has to do.
_SECONDS = 5.0
_CLOSING_SECONDS = 3.0
#: Of a letter whose content was not kept only these say which message it was.
_NAMES = frozenset({"ce_specversion", "ce_id", "ce_source", "ce_type"})


class LetterOutbox:
    """What is to be published of one ledger's dead letters, by topic, in order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._letters = DeadLetters(ledger)

    def waiting(self) -> list[str]:
        """Topics that something waits for."""
        rows = read(
            self._ledger,
            "SELECT DISTINCT o.topic FROM dead_letter_outbox o "
            "LEFT JOIN dead_letter_places p ON p.topic = o.topic "
            "WHERE o.number >= COALESCE(p.next_number, 0) ORDER BY o.topic",
        )
        return [topic for (topic,) in rows]

    def place(self, topic: str) -> int:
        """The number that is published next, or a later one; 0 at first."""
        rows = read(
            self._ledger, "SELECT next_number FROM dead_letter_places WHERE topic = ?", (topic,)
        )
        return int(rows[0][0]) if rows else 0

    def next(self, topic: str, place: int) -> list[tuple[int, DeadLetter]]:
        """Numbers and letters of a topic from a place on, at most a hundred."""
        rows = read(
            self._ledger,
            "SELECT number, letter FROM dead_letter_outbox "
            "WHERE topic = ? AND number >= ? ORDER BY number LIMIT ?",
            (topic, place, _MANY),
        )
        return [(number, self._letters.letter(letter)) for number, letter in rows]

    def move(self, topic: str, expected: int, place: int) -> None:
        """Move a place; OutOfStepError where another moved it meanwhile."""
        with self._ledger.transaction() as transaction:
            moved = transaction.run(
                "INSERT INTO dead_letter_places VALUES (?, ?) ON CONFLICT (topic) DO UPDATE "
                "SET next_number = excluded.next_number "
                "WHERE dead_letter_places.next_number = ? RETURNING next_number",
                (topic, place, expected),
            )
            if len(moved) != 1:
                raise OutOfStepError(None)


class Sending:
    """One producer and the places it goes on from; after any error another one is needed."""

    def __init__(self, outbox: LetterOutbox, connection: dict[str, Any], name: str) -> None:
        self._outbox = outbox
        self._connection = connection
        self._group = f"{name}.dead-letters"
        self._places: dict[str, int] = {}
        self._producer = KafkaProducer(
            transactional_id=self._group, max_block_ms=int(_SECONDS * 1000), **connection
        )
        try:
            # Also ends what a producer of this name began before: its places are final then.
            self._producer.init_transactions()
        except BaseException:
            self.close()
            raise

    def send(self, topic: str) -> None:
        """Publish what waits for a topic, exactly once."""
        kept = self._outbox.place(topic)
        place = max(kept, self._place(topic))
        found = self._outbox.next(topic, place)
        if found:
            place = self._sent(topic, found)
        self._outbox.move(topic, kept, place)
        self._places[topic] = place

    def close(self) -> None:
        """Let go of the brokers, within seconds."""
        let_go(self._producer, _CLOSING_SECONDS)

    def _sent(self, topic: str, found: Sequence[tuple[int, DeadLetter]]) -> int:
        place, to = found[-1][0] + 1, topic + DEAD_LETTERS
        self._producer.begin_transaction()
        sent = [self._producer.send(to, **message_of(letter)) for _, letter in found]
        self._producer.flush(timeout=_SECONDS)
        for each in sent:
            each.get(timeout=_SECONDS)
        at = {TopicPartition(to, 0): OffsetAndMetadata(place, _mark(found[-1][1]), -1)}
        to_group = self._producer.send_offsets_to_transaction
        within(_SECONDS, lambda: to_group(at, self._group))
        within(_SECONDS, self._producer.commit_transaction)
        return place

    def _place(self, topic: str) -> int:
        """The place that Kafka has, asked once: what was sent, though the ledger was not told.

        Before a ledger was restored from a backup, or made anew, its numbers were those of other
        letters: then Kafka's place says nothing.
        """
        if topic not in self._places:
            asking = KafkaConsumer(
                group_id=self._group, enable_auto_commit=False, **self._connection
            )
            try:
                at = TopicPartition(topic + DEAD_LETTERS, 0)
                told = asking.committed(at, metadata=True, timeout_ms=int(_SECONDS * 1000))
            finally:
                asking.close(autocommit=False, timeout_ms=3000)
            self._places[topic] = told.offset if told and self._is_known(topic, told) else 0
        return self._places[topic]

    def _is_known(self, topic: str, told: Any) -> bool:
        """Whether the last letter before a place is the one that it was told with."""
        last = self._outbox.next(topic, told.offset - 1)[:1]
        return [(number, _mark(letter)) for number, letter in last] == [
            (told.offset - 1, told.metadata)
        ]


def _mark(letter: DeadLetter) -> str:
    """What tells a letter from every other, also of another ledger."""
    said = (letter.topic, letter.partition, letter.offset, letter.first_at)
    return sha256(repr(said).encode()).hexdigest()


class LetterPublisher:
    """Publishes in a thread of its own, so that taking messages in never waits for it."""

    def __init__(
        self, ledger: Ledger, connection: dict[str, Any], name: str, leadership: Leadership
    ) -> None:
        self._outbox = LetterOutbox(ledger)
        self._connection = connection
        self._name = name
        self._leadership = leadership
        self._ending = Event()
        self._sending: Sending | None = None
        self._thread = Thread(target=self._run, name="dead-letters", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self, seconds: float = 3.0) -> None:
        """End after what is in hand, and wait so long for it; the process may end without it."""
        self._ending.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        failures = 0
        while not self._ending.is_set():
            try:
                if not self._publish():
                    self._ending.wait(_LOOK_SECONDS)
                failures = 0
            except Exception as error:  # noqa: BLE001 -- told in the log, and tried again
                failures += 1
                self._close()
                wait = min(_LONGEST_SECONDS, 0.5 * 2**failures)
                kind = type(error).__name__
                _LOG.warning("dead letters not published", error=kind, again_in_seconds=wait)
                self._ending.wait(wait)
        self._close()
        self._leadership.release()

    def _publish(self) -> bool:
        """Publish what waits; whether anything did."""
        waiting = self._outbox.waiting() if self._leadership.take() else []
        for topic in waiting:
            if self._sending is None:
                self._sending = Sending(self._outbox, self._connection, self._name)
            self._sending.send(topic)
        return bool(waiting)

    def _close(self) -> None:
        sending, self._sending = self._sending, None
        if sending is not None:
            sending.close()


def message_of(letter: DeadLetter) -> dict[str, Any]:
    """A dead letter as a message: key, value and headers as they came, and what became of it."""
    kept = letter.message.value is not None
    told = {
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "key": letter.key or "",
        "error": letter.code,
        "field": letter.field,
        "reason": letter.reason,
        "attempts": letter.attempts,
        "first_at": letter.first_at,
        "last_at": letter.last_at,
        "number": letter.number,
    }
    headers = [
        (name, value or b"")
        for name, value in letter.message.headers
        if kept or name.lower() in _NAMES
    ]
    headers += [(f"dead_letter_{name}", str(value).encode()) for name, value in told.items()]
    key = letter.key.encode() if letter.key is not None else None
    if key is None and not kept:
        key = b""  # a message has a key or a value
    return {"key": key, "value": letter.message.value, "headers": headers}
