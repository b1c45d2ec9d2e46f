"""Messages as they were read from a topic, before anything is made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from consumers.cloudevents import CloudEvent, read_event
from consumers.contracts.registry import Instruction, instruction_of


@dataclass(frozen=True, slots=True)
class Received:
    """One message at its offset (from 0) in a partition; key and value are None where it has none.

    A key that is no UTF-8 is told with its bytes escaped: it only keeps messages in order.
    """

    offset: int
    key: str | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]

    @property
    def event(self) -> CloudEvent:
        """The event it carries; MalformedMessageError for anything else."""
        return read_event(self.value, self.headers)

    def instruction(self, topic: str) -> Instruction:
        """What it asks for; MalformedMessageError for what no contract says."""
        return instruction_of(self.event, topic)


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages that follow each other in one partition of a topic.

    ``topic_id`` tells a topic from a later one of the same name. The batch was read from
    ``first_offset`` on, and ``next_offset`` is where the next one begins: offsets between may be
    of no message (compacted, aborted, marks of transactions).
    """

    topic: str
    topic_id: str
    partition: int
    first_offset: int
    next_offset: int
    messages: Sequence[Received]
