"""A small office that messages come in to, and what its senders send."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest

from consumers.cloudevents import CloudEvent, binary_message
from consumers.contracts.petitions import PETITIONS
from consumers.inbound.intake import Inbound, Taken
from consumers.inbound.letters import DeadLetters
from consumers.inbound.messages import Batch, Received
from domain.organs.decisions import RegisterOrgan
from ledger.application import Ledger
from tests.ledger.office import OfficeClock, open_ledger, record

TOPIC = PETITIONS.topic
TOPIC_ID = "8f0c6f2a"


def petition(number: str, /, **changes: Any) -> dict[str, Any]:
    """What the petition office says of a petition."""
    return {"number": number, "received_on": "2026-03-02", "organ": "JW-001"} | changes


def message(
    offset: int,
    said: dict[str, Any],
    *,
    fact: str = "petition.received",
    sent_as: str | None = None,
) -> Received:
    """A message of the petition office; each has an id of its own unless it is given one."""
    event = CloudEvent(
        id=sent_as or f"m-{offset}",
        source="/example/petitions",
        type=f"cn.gov.supervision.petitions.{fact}.v1",
        datacontenttype="application/json",
        data=orjson.dumps(said),
    )
    value, headers = binary_message(event)
    return Received(offset, str(said.get("number")), value, tuple(headers))


def batch(
    *messages: Received, first: int | None = None, topic_id: str = TOPIC_ID, partition: int = 0
) -> Batch:
    """Messages that follow each other, read from the offset of the first unless told otherwise."""
    begins = messages[0].offset if first is None else first
    return Batch(TOPIC, topic_id, partition, begins, messages[-1].offset + 1, messages)


@dataclass
class Desk:
    """An office that takes messages in."""

    ledger: Ledger
    file: Path
    inbound: Inbound = field(init=False)
    letters: DeadLetters = field(init=False)

    def __post_init__(self) -> None:
        self.inbound, self.letters = Inbound(self.ledger), DeadLetters(self.ledger)

    def take(self, *messages: Received) -> Taken:
        return self.inbound.take(batch(*messages))

    @property
    def next_offset(self) -> int:
        place = self.inbound.place(TOPIC, 0)
        assert place is not None
        return place.next_offset

    @property
    def streams(self) -> list[str]:
        """The petitions on the ledger, each as often as it was registered, in order."""
        pages = self.ledger.follow()
        events = (event for page in pages for _, event in page)
        return [each["stream"] for each in events if each["type"] == "petition.received.v1"]

    def register(self, code: str) -> None:
        """Register an organ that messages speak of."""
        organ = {"name": f"示例 {code}", "type": None, "parent": None, "region": None}
        record(self.ledger, RegisterOrgan(code=code, **organ))


def numbers(received: Sequence[Received]) -> list[str]:
    return [f"petition:{each.key}" for each in received]


def opened(file: Path) -> Iterator[Desk]:
    """An office that has read no topic yet."""
    clock = OfficeClock()
    clock.move(days=85)
    ledger = open_ledger(file, clock)
    desk = Desk(ledger, file)
    desk.register("JW-001")
    yield desk
    ledger.close()


@pytest.fixture
def unbegun(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path / "ledger.sqlite3")


@pytest.fixture
def other_office(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path / "other.sqlite3")


@pytest.fixture
def desk(unbegun: Desk) -> Desk:
    unbegun.inbound.begin(TOPIC, TOPIC_ID, 0, 0)
    return unbegun
