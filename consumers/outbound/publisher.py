"""Publishing: pages of facts and their position, each page one Kafka transaction.

A new publisher fences the former by the transactional id, and begins where the greater of Kafka's
and the database's place says. Whatever fails within a transaction ends the process: the next one
begins from what was committed, and Kafka drops what was not.
"""

from collections.abc import Sequence

from kafka import KafkaProducer

from consumers.bounded import let_go, within
from consumers.inbound.alarm import AlarmError
from consumers.outbound.messages import POSITIONS, Outgoing, message_of
from consumers.outbound.places import Place, Places
from consumers.outbound.positions import Connection, Position, last_position, make_topics
from ledger.application import Followed, Ledger

#: Facts in one transaction.
PAGE = 1000
#: For how long anything is waited for that Kafka has to do; then the process ends.
SECONDS = 30.0
_CLOSING_SECONDS = 3.0


class Publisher:
    """The one publisher of a ledger that is not refused; ``source`` is the ledger's name.

    ``seconds`` is for how long anything is waited for that Kafka has to do. AlarmError where people
    must decide: Kafka's topic of positions is another, Kafka lost what was committed, or the ledger
    is not the one published.
    """

    def __init__(
        self, ledger: Ledger, connection: Connection, source: str, seconds: float = SECONDS
    ) -> None:
        self._ledger = ledger
        self._source = source
        self._seconds = seconds
        milliseconds = int(seconds * 1000)
        self._places = Places(ledger)
        self._topic_id = make_topics(connection)
        self._producer = KafkaProducer(
            **connection,
            transactional_id=f"{source}/publisher",
            transaction_timeout_ms=milliseconds,
            max_block_ms=milliseconds,
            delivery_timeout_ms=milliseconds,
            request_timeout_ms=milliseconds // 2,
            linger_ms=5,
            batch_size=2**18,
            allow_auto_create_topics=False,
        )
        try:
            self._producer.init_transactions()
            self.place = self._begun(last_position(connection, source))
        except BaseException:
            self.close()
            raise

    def _begun(self, held: Position | None) -> Place:
        """Where to go on from, held fast in the database before anything is sent.

        AlarmError where what Kafka or the database hold is not of this ledger.
        """
        known = self._places.known()
        stood = known.place if known is not None else Place(0, 0)
        if known is not None and known.topic_id not in {"", self._topic_id}:
            raise AlarmError("topic_replaced", topic=POSITIONS)
        place = max(stood, held.place if held is not None else stood)
        if held is not None and held.place == place:
            self._require_own(held)
        else:
            self._require_just_begun(place, held)
        self._places.move(known and known.place, place, self._topic_id)
        return place

    def _require_own(self, held: Position) -> None:
        """The last fact committed is one of this ledger, and not of one restored to before it."""
        at = held.place.position
        for found in self._ledger.page(at - 1, 1, at) if at else ():
            if self._position(held.place.round, found) == held:
                return
        if at:
            raise AlarmError("ledger_replaced", position=at)

    def _require_just_begun(self, place: Place, held: Position | None) -> None:
        """Kafka holds less than the database was told: nothing of the round was committed yet."""
        began = self._places.began(place.round)
        if place.position > began:
            same = held is not None and held.place.round == place.round
            kafka = held.place.position if held is not None and same else began
            raise AlarmError("messages_lost", kafka=kafka, ledger=place.position)

    def _position(self, round_: int, followed: Followed) -> Position:
        at, event = followed
        event_id = dict(message_of(self._source, followed).headers)["ce_id"].decode()
        return Position(Place(round_, at), event_id, event["recorded_at"])

    def publish(self, limit: int = PAGE) -> int:
        """Publish the next facts, up to so many, in one transaction; how many there were.

        KafkaError where Kafka refuses or does not answer, OvertakenError where another publisher
        went on. After either nothing more can be done but to close this one.
        """
        page = self._ledger.page(self.place.position, limit)
        if not page:
            return 0
        position = self._position(self.place.round, page[-1])
        messages = [message_of(self._source, each) for each in page]
        mark = Outgoing(POSITIONS, self._source.encode(), position.value, [])
        self._send([*messages, mark])
        within(self._seconds, self._producer.commit_transaction)
        self._places.move(self.place, position.place, self._topic_id)
        self.place = position.place
        return len(page)

    def _send(self, messages: Sequence[Outgoing]) -> None:
        self._producer.begin_transaction()
        sent = [
            self._producer.send(each.topic, key=each.key, value=each.value, headers=each.headers)
            for each in messages
        ]
        self._producer.flush(timeout=self._seconds)
        for each in sent:
            each.get(timeout=self._seconds)

    def seen(self) -> None:
        """Say that this publisher lives, where there was nothing to publish."""
        self._places.move(self.place, self.place, self._topic_id)

    def close(self) -> None:
        """Let go of Kafka, whatever state it is in; what was not committed is dropped."""
        let_go(self._producer, _CLOSING_SECONDS)
