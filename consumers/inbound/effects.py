"""What messages bring about, each once, however often its sender repeats it.

Whether messages were taken in before, and what their commands look at, is asked for all of them at
once; those that are new are put down in the inbox together at the end.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from consumers.cloudevents import CloudEvent
from consumers.contracts.registry import Instruction, instruction_of
from consumers.inbound.messages import Received
from consumers.malformed import MalformedMessageError
from domain.refusals import Refusal, refuse_if
from ledger.envelope import Circumstances
from ledger.recorder import in_chunks
from ledger.transaction import LedgerTransaction

#: What makes a message unique: its source and its id.
_Name = tuple[str, str]


@dataclass(slots=True)
class Asked:
    """A message and what it asks for, as far as it can be read; ``fault`` is why no further."""

    message: Received
    event: CloudEvent | None = None
    instruction: Instruction | None = None
    fault: MalformedMessageError | Refusal | None = None


class Effects:
    """The effects of messages of one topic in one transaction; ``asked`` are they, in order."""

    def __init__(
        self, transaction: LedgerTransaction, topic: str, messages: Iterable[Received]
    ) -> None:
        self._transaction = transaction
        self.asked = [_read(message, topic) for message in messages]
        self._inbox = _taken_in(transaction, self.asked)
        self.new: dict[_Name, bytes] = {}
        instructions = [each.instruction for each in self.asked if each.instruction is not None]
        transaction.expect((each.command, each.command_id) for each in instructions)

    def carry_out(self, asked: Asked) -> bool:
        """Carry out what a message asks for; False where it was taken in before.

        MalformedMessageError or Refusal where it cannot be. It goes into the inbox either way, as
        far as it says who it is.
        """
        if asked.event is not None and not self._is_new(asked.event):
            return False
        if asked.fault is not None:
            raise asked.fault
        assert asked.instruction is not None  # noqa: S101 -- what has no fault was read
        carry_out(self._transaction, asked.instruction)
        return True

    def _is_new(self, event: CloudEvent) -> bool:
        name, made = (event.source, event.id), _digest(event)
        known = self._inbox.get(name) or self.new.get(name)
        if known is None:
            self.new[name] = made
            return True
        refuse_if(known != made, "command_reused", "该消息编号已用于另一内容")
        return False


@contextmanager
def effects(
    transaction: LedgerTransaction, topic: str, messages: Iterable[Received]
) -> Iterator[Effects]:
    """The effects of messages; what was carried out of them is in the inbox at the end."""
    of_messages = Effects(transaction, topic, messages)
    yield of_messages
    rows = ((source, id_, made) for (source, id_), made in of_messages.new.items())
    transaction.run_many("INSERT INTO inbox VALUES (?, ?, ?)", rows)


def carry_out(transaction: LedgerTransaction, asked: Instruction) -> None:
    """Carry out a command under the id of its message; Refusal where the law refuses."""
    circumstances = Circumstances(
        asked.contract.sender.title, asked.command_id, asked.command_id, transaction.today
    )
    transaction.execute(asked.command, circumstances)


def _read(message: Received, topic: str) -> Asked:
    asked = Asked(message)
    try:
        asked.event = message.event
        asked.instruction = instruction_of(asked.event, topic)
    except (MalformedMessageError, Refusal) as error:
        asked.fault = error
    return asked


def _taken_in(transaction: LedgerTransaction, asked: Sequence[Asked]) -> dict[_Name, bytes]:
    """The digests of those messages that are in the inbox already."""
    ids: dict[str, list[str]] = {}
    for event in (each.event for each in asked if each.event is not None):
        ids.setdefault(event.source, []).append(event.id)
    found: dict[_Name, bytes] = {}
    for source, of_source in ids.items():
        for part in in_chunks(of_source):
            rows = transaction.run(
                "SELECT id, digest FROM inbox WHERE source = ? AND id IN ?", (source, part)
            )
            found.update(((source, id_), digest) for id_, digest in rows)
    return found


def _digest(event: CloudEvent) -> bytes:
    return sha256(b"\0".join((event.type.encode(), event.data or b""))).digest()
