"""Dead letters: messages that could not be taken in, looked at, tried again or discarded.

Whoever settles one says why. Messages of the same key that came later are parked behind it, and
follow in order as soon as it is settled; where one of them cannot be taken in either, it is the
next dead letter, and the rest go on waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

import orjson

from consumers.inbound.effects import Effects, carry_out, effects
from consumers.inbound.intake import Fault, fault_of, to_be_told
from consumers.inbound.messages import Received
from consumers.malformed import MalformedMessageError
from consumers.tables import make_tables, read
from domain.refusals import Refusal
from ledger.application import Ledger
from ledger.transaction import LedgerTransaction


class State(StrEnum):
    """How a dead letter stands: waiting for somebody, waiting behind another, or settled."""

    DEAD = "dead"
    PARKED = "parked"
    TAKEN = "taken"
    DISCARDED = "discarded"


class NoSuchLetterError(LookupError):
    """There is no dead letter of that number that waits for somebody."""


class ContentNotKeptError(ValueError):
    """The letter's content was not kept, as the law asks: it can only be discarded."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message put aside: where it came from, why, how often it was tried; instants as text."""

    number: int
    topic: str
    partition: int
    offset: int
    key: str | None
    state: State
    code: str
    field: str
    reason: str
    attempts: int
    first_at: str
    last_at: str
    message: Received


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a letter: why it still cannot be taken in, if so; how many followed it."""

    fault: Fault | None
    followed: int
    waiting: int


_TOLD = tuple(field.name for field in fields(DeadLetter) if field.name != "message")
_COLUMNS = (
    "number, topic, partition, place, key, state, code, field, reason, attempts, "
    "first_at, last_at, value, headers"
)


class _DryRunError(Exception):
    """Leaves a transaction of which nothing is kept."""


def _keep_unless(dry_run: bool) -> None:  # noqa: FBT001 -- the one thing it is about
    if dry_run:
        raise _DryRunError


class DeadLetters:
    """The dead letters of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        make_tables(ledger)

    def waiting(self, after: int = 0, limit: int = 100) -> list[DeadLetter]:
        """Letters that are dead or parked, by number, after one."""
        rows = read(
            self._ledger,
            f"SELECT {_COLUMNS} FROM dead_letters "  # noqa: S608 -- own names
            "WHERE state IN ('dead', 'parked') AND number > ? ORDER BY number LIMIT ?",
            (after, limit),
        )
        return [_letter(row) for row in rows]

    def letter(self, number: int) -> DeadLetter:
        """One letter, settled or not; NoSuchLetterError for none."""
        return _only(read(self._ledger, _ONE, (number,)), number)

    def acts(self, number: int) -> list[tuple[str, ...]]:
        """What was done with a letter: instant, who, act, why, outcome."""
        return read(
            self._ledger,
            "SELECT at, who, act, why, outcome FROM dead_letter_acts WHERE letter = ? "
            "ORDER BY number",
            (number,),
        )

    def retry(self, number: int, who: str, why: str, *, dry_run: bool = False) -> Settled:
        """Try a letter again, then those parked behind it; of a dry run nothing is kept.

        NoSuchLetterError unless it is dead, ContentNotKeptError where there is nothing to try.
        """
        with self._settling(dry_run=dry_run) as settling:
            letter = _dead(settling.transaction, number)
            if letter.message.value is None:
                raise ContentNotKeptError(number)
            settling.done = settling.tried(letter, who, why)
        return settling.done

    def discard(self, number: int, who: str, why: str, *, dry_run: bool = False) -> Settled:
        """Give a letter up, then try those parked behind it; of a dry run nothing is kept.

        NoSuchLetterError unless it is dead.
        """
        with self._settling(dry_run=dry_run) as settling:
            letter = _dead(settling.transaction, number)
            _mark(settling.transaction, letter, State.DISCARDED)
            _note(settling.transaction, letter, ("discard", who, why, State.DISCARDED.value))
            settling.done = settling.followed(letter, None)
        return settling.done

    @contextmanager
    def _settling(self, *, dry_run: bool) -> Iterator["_Settling"]:
        try:
            with self._ledger.transaction() as transaction:
                settling = _Settling(transaction)
                yield settling
                _keep_unless(dry_run)
        except _DryRunError:
            return


class _Settling:
    """One transaction in which a letter is settled, and what follows from it."""

    def __init__(self, transaction: LedgerTransaction) -> None:
        self.transaction = transaction
        self.done = Settled(None, 0, 0)

    def tried(self, letter: DeadLetter, who: str, why: str) -> Settled:
        """A letter that is dead, tried again."""
        fault = self._fault(letter)
        outcome = State.TAKEN.value if fault is None else fault.code
        _note(self.transaction, letter, ("retry", who, why, outcome))
        if fault is not None:
            _still_dead(self.transaction, letter, fault)
            return self.followed(letter, fault)
        _mark(self.transaction, letter, State.TAKEN)
        return self.followed(letter, None)

    def followed(self, letter: DeadLetter, fault: Fault | None) -> Settled:
        """Those parked behind a letter, in order, until one cannot be taken in."""
        parked = _parked(self.transaction, letter)
        if fault is not None:
            return Settled(fault, 0, len(parked))
        messages = [each.message for each in parked]
        with effects(self.transaction, letter.topic, messages) as of_parked:
            taken = self._taken(of_parked, parked)
        return Settled(None, taken, len(parked) - taken)

    def _taken(self, of_parked: Effects, parked: list[DeadLetter]) -> int:
        """How many are taken before one cannot be; that one is dead from then on."""
        for taken, (each, asked) in enumerate(zip(parked, of_parked.asked, strict=True)):
            try:
                of_parked.carry_out(asked)
            except (MalformedMessageError, Refusal) as error:
                _still_dead(self.transaction, each, fault_of(error))
                to_be_told(self.transaction, each.topic, each.number)
                return taken
            _mark(self.transaction, each, State.TAKEN)
        return len(parked)

    def _fault(self, letter: DeadLetter) -> Fault | None:
        # It stands in the inbox already, as one that was seen.
        try:
            carry_out(self.transaction, letter.message.instruction(letter.topic))
        except (MalformedMessageError, Refusal) as error:
            return fault_of(error)
        return None


def _letter(row: tuple[Any, ...]) -> DeadLetter:
    *told, value, headers = row
    given = tuple(
        (name, None if each is None else bytes.fromhex(each))
        for name, each in orjson.loads(headers)
    )
    said = dict(zip(_TOLD, told, strict=True))
    message = Received(said["offset"], said["key"], value, given)
    return DeadLetter(**said | {"state": State(said["state"]), "message": message})


_ONE = f"SELECT {_COLUMNS} FROM dead_letters WHERE number = ?"  # noqa: S608 -- own names


def _only(rows: list[tuple[Any, ...]], number: int) -> DeadLetter:
    if not rows:
        raise NoSuchLetterError(number)
    return _letter(rows[0])


def _dead(transaction: LedgerTransaction, number: int) -> DeadLetter:
    letter = _only(transaction.run(_ONE, (number,)), number)
    if letter.state is not State.DEAD:
        raise NoSuchLetterError(number)
    return letter


def _parked(transaction: LedgerTransaction, letter: DeadLetter) -> list[DeadLetter]:
    """Those that wait behind a letter: of its key, as long as no other of the key is dead."""
    if letter.key is None:
        return []
    rows = transaction.run(
        f"SELECT {_COLUMNS} FROM dead_letters WHERE topic = ? AND key = ? "  # noqa: S608 -- own
        "AND state = 'parked' ORDER BY number",
        (letter.topic, letter.key),
    )
    return [_letter(row) for row in rows]


def _mark(transaction: LedgerTransaction, letter: DeadLetter, state: State) -> None:
    transaction.run(
        "UPDATE dead_letters SET state = ?, last_at = ? WHERE number = ?",
        (state.value, transaction.recorded_at.isoformat(), letter.number),
    )


def _still_dead(transaction: LedgerTransaction, letter: DeadLetter, fault: Fault) -> None:
    transaction.run(
        "UPDATE dead_letters SET state = 'dead', code = ?, field = ?, reason = ?, "
        "attempts = attempts + 1, last_at = ? WHERE number = ?",
        (
            fault.code,
            fault.field,
            fault.reason,
            transaction.recorded_at.isoformat(),
            letter.number,
        ),
    )


def _note(transaction: LedgerTransaction, letter: DeadLetter, said: tuple[str, ...]) -> None:
    act, who, why, outcome = said
    transaction.run(
        "INSERT INTO dead_letter_acts (letter, at, who, act, why, outcome) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (letter.number, transaction.recorded_at.isoformat(), who, act, why, outcome),
    )
