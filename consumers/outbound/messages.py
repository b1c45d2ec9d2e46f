"""What other systems are told of a fact: a CloudEvent in binary mode, without personal data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from consumers.cloudevents import JSON, CloudEvent, binary_message
from domain.concepts import CONCEPTS, STORED_NAMES, concept_of
from domain.streams import stream_id
from ledger.application import Followed
from ledger.masking import masked

#: Begins the type of every message that goes out; the stored name of the fact follows.
TYPES = "cn.gov.supervision.ledger"
#: Begins the topic of every concept.
TOPICS = "supervision.out"
#: One partition, compacted: how far each ledger is published, with the facts in one transaction.
POSITIONS = f"{TOPICS}.positions"


class Outgoing(NamedTuple):
    """One message; its key keeps the facts of a stream in order."""

    topic: str
    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]]


def topic_of(plural: str) -> str:
    """The topic of a concept, by its name in the plural."""
    return f"{TOPICS}.{plural.replace('_', '-')}"


def topics() -> Iterator[str]:
    """The topic of each concept."""
    return (topic_of(concept.plural) for concept in CONCEPTS.values())


def message_of(source: str, followed: Followed) -> Outgoing:
    """The message that tells a fact at its position; the same each time it is told.

    Who entered the fact, and by which command, is not told. What is told of persons in free words
    is replaced by a mark, by the same declarations as in the API.
    """
    position, event = followed
    stream, version = event["stream"], event["version"]
    key = stream_id(stream)
    told = CloudEvent(
        id=f"{key}/{version}",
        source=source,
        type=f"{TYPES}.{event['type']}",
        subject=stream,
        occurred_at=datetime.fromisoformat(event["recorded_at"]),
        datacontenttype=JSON,
        extensions={
            "position": str(position),
            "streamversion": str(version),
            "occurredon": event["occurred_on"],
            "registeredon": event["registered_on"],
        },
        data=_data(event),
    )
    return Outgoing(topic_of(concept_of(stream).plural), key.encode(), *binary_message(told))


def _data(event: dict[str, Any]) -> bytes:
    return orjson.dumps(masked(STORED_NAMES[event["type"]], event["data"]))
