"""Taking messages in: effects, inbox, dead letters and the place in the topic, all or nothing.

The place moves by compare-and-swap on the chain of offsets: a worker that was frozen, or that
passed over what failed, is refused whatever it brings. A message that can never be taken in is
put aside as a dead letter, and later ones of the same key are parked behind it, in order.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from consumers.inbound.effects import Effects, effects
from consumers.inbound.messages import Batch, Received
from consumers.malformed import MalformedMessageError
from consumers.tables import make_tables, read
from domain.refusals import Refusal
from ledger.application import Ledger
from ledger.transaction import LedgerTransaction

#: Of a smaller batch no share is taken: a single poisoned message is no sign of a broken sender.
_MANY = 20
#: What must not be kept of what was refused: the content of a report that goes to others alone.
NOT_KEPT = frozenset({"not_entered"})


class OutOfStepError(Exception):
    """A batch that does not begin where the ledger stands: another worker was quicker.

    ``next_offset`` is where it stands, None where the partition was never begun.
    """

    def __init__(self, next_offset: int | None) -> None:
        super().__init__(f"the ledger stands at {next_offset}")
        self.next_offset = next_offset


class TopicReplacedError(Exception):
    """The topic is another than that whose messages were taken in, though it has the same name."""


class MostlyFailingError(Exception):
    """More than half of a batch cannot be taken in; nothing of it is. ``codes`` counts why."""

    def __init__(self, codes: Counter[str]) -> None:
        super().__init__(", ".join(f"{code}: {count}" for code, count in codes.most_common()))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a message cannot be taken in: a stable code, the field at fault, and words.

    The words name official numbers at most, never what is told of anyone.
    """

    code: str
    field: str
    reason: str


@dataclass(slots=True)
class Taken:
    """What became of a batch, in messages."""

    recorded: int = 0
    repeated: int = 0
    dead: int = 0
    parked: int = 0


class Place(NamedTuple):
    """Where the ledger stands in a partition."""

    topic_id: str
    next_offset: int


class Inbound:
    """What comes in to one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        make_tables(ledger)

    def place(self, topic: str, partition: int) -> Place | None:
        """Where the ledger stands in a partition; None where it was never begun."""
        return _only(read(self._ledger, _PLACE, (topic, partition)))

    def begin(self, topic: str, topic_id: str, partition: int, offset: int) -> None:
        """Begin with a partition at an offset; OutOfStepError where it was begun already."""
        with self._ledger.transaction() as transaction:
            known = _place(transaction, topic, partition)
            if known is not None:
                raise OutOfStepError(known.next_offset)
            transaction.run(
                "INSERT INTO inbound_places VALUES (?, ?, ?, ?)",
                (topic, partition, topic_id, offset),
            )

    def take(self, batch: Batch) -> Taken:
        """Take a batch in: its effects and its place, or nothing.

        OutOfStepError, TopicReplacedError or MostlyFailingError; whatever else is raised is of the
        ledger's database, and may be tried again from where the ledger stands.
        """
        with self._ledger.transaction() as transaction:
            _require_place(transaction, batch)
            with effects(transaction, batch.topic, batch.messages) as of_batch:
                taken, faults = _carried_out(transaction, batch, of_batch)
            if len(batch.messages) >= _MANY and taken.dead * 2 > len(batch.messages):
                raise MostlyFailingError(faults)
            _move(transaction, batch)
        return taken


PARKED = Fault("behind_dead_letter", "", "同一键的前一消息尚未处理")


def _carried_out(
    transaction: LedgerTransaction, batch: Batch, of_batch: Effects
) -> tuple[Taken, Counter[str]]:
    """Carry out each message, or put it aside; what became of them, and why of those that died."""
    taken, faults = Taken(), Counter[str]()
    behind = _open_keys(transaction, batch.topic)
    for asked in of_batch.asked:
        message = asked.message
        if message.key is not None and message.key in behind:
            keep(transaction, batch, message, PARKED)
            taken.parked += 1
            continue
        try:
            if of_batch.carry_out(asked):
                taken.recorded += 1
            else:
                taken.repeated += 1
        except (MalformedMessageError, Refusal) as error:
            fault = fault_of(error)
            keep(transaction, batch, message, fault)
            faults[fault.code] += 1
            taken.dead += 1
            if message.key is not None:
                behind.add(message.key)
    return taken, faults


def fault_of(error: MalformedMessageError | Refusal) -> Fault:
    """What a refusal says."""
    return Fault(error.code, error.field or "", error.reason)


def keep(transaction: LedgerTransaction, batch: Batch, message: Received, why: Fault) -> None:
    """Put a message aside as it came, with why."""
    at = transaction.recorded_at.isoformat()
    state = "parked" if why is PARKED else "dead"
    value = None if why.code in NOT_KEPT else message.value
    headers = orjson.dumps(
        [(name, None if each is None else each.hex()) for name, each in message.headers]
    )
    [(number,)] = transaction.run(
        "INSERT INTO dead_letters (topic, partition, place, key, value, headers, state, code, "
        "field, reason, attempts, first_at, last_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "RETURNING number",
        (
            batch.topic,
            batch.partition,
            message.offset,
            message.key,
            value,
            headers,
            state,
            why.code,
            why.field,
            why.reason,
            0 if why is PARKED else 1,
            at,
            at,
        ),
    )
    if why is not PARKED:
        to_be_told(transaction, batch.topic, number)


def to_be_told(transaction: LedgerTransaction, topic: str, number: int) -> None:
    """Have a letter that is dead from now on published beside its topic."""
    transaction.run("INSERT INTO dead_letter_outbox (topic, letter) VALUES (?, ?)", (topic, number))


_PLACE = "SELECT topic_id, next_offset FROM inbound_places WHERE topic = ? AND partition = ?"


def _place(transaction: LedgerTransaction, topic: str, partition: int) -> Place | None:
    return _only(transaction.run(_PLACE, (topic, partition)))


def _only(rows: list[tuple[Any, ...]]) -> Place | None:
    return Place(*rows[0]) if rows else None


def _require_place(transaction: LedgerTransaction, batch: Batch) -> None:
    place = _place(transaction, batch.topic, batch.partition)
    if place is not None and place.topic_id != batch.topic_id:
        raise TopicReplacedError(batch.topic)
    if place is None or place.next_offset != batch.first_offset:
        raise OutOfStepError(place.next_offset if place is not None else None)


def _move(transaction: LedgerTransaction, batch: Batch) -> None:
    moved: Sequence[object] = transaction.run(
        "UPDATE inbound_places SET next_offset = ? "
        "WHERE topic = ? AND partition = ? AND next_offset = ? RETURNING next_offset",
        (batch.next_offset, batch.topic, batch.partition, batch.first_offset),
    )
    if len(moved) != 1:
        raise OutOfStepError(None)


def _open_keys(transaction: LedgerTransaction, topic: str) -> set[str]:
    """Keys whose messages wait behind a dead letter."""
    rows = transaction.run(
        "SELECT DISTINCT key FROM dead_letters "
        "WHERE topic = ? AND key IS NOT NULL AND state IN ('dead', 'parked')",
        (topic,),
    )
    return {key for (key,) in rows}
