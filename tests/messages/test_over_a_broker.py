"""Messages sent over TCP arrive as they were sent, and ask for what their contract says."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from consumers.cloudevents import CloudEvent, binary_message, read_event
from consumers.contracts.registry import CONTRACTS, instruction_of
from tests.support.broker.apache import Broker
from tests.support.broker.clients import consumer, producer, records
from tests.support.broker.mock import API_VERSION, mock_broker

STRUCTURED = [("content-type", b"application/cloudevents+json")]


@pytest.fixture(params=["the mock cluster", "Apache Kafka"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of a broker with the topics of all senders, and what a client is told of it."""
    if request.param == "Apache Kafka":
        kafka: Broker = request.getfixturevalue("apache_kafka")
        for topic in {each.topic for each in CONTRACTS}:
            kafka.topic(topic, partitions=4)
        yield kafka.bootstrap, {}
        return
    with mock_broker() as bootstrap:
        yield bootstrap, {"api_version": API_VERSION}


def test_every_example_arrives_in_either_mode(served: tuple[str, dict[str, Any]]) -> None:
    bootstrap, told = served
    sent: dict[str, list[CloudEvent]] = {}
    with producer(bootstrap, **told) as sender:
        for number, each in enumerate(CONTRACTS):
            data = orjson.dumps(dict(each.example))
            source = f"/example/{each.sender.name}"
            event = CloudEvent(
                id=f"{number}",
                source=source,
                type=each.type,
                datacontenttype="application/json",
                data=data,
            )
            sent.setdefault(each.topic, []).append(event)
            value, headers = binary_message(event)
            if number % 2:
                said = {"specversion": "1.0", "id": event.id, "source": source, "type": each.type}
                value, headers = orjson.dumps(said | {"data": dict(each.example)}), STRUCTURED
            key = str(each.example[each.key]).encode()
            sender.send(each.topic, key=key, value=value, headers=headers)
        sender.flush(timeout=60)
    for topic, events in sent.items():
        with consumer(bootstrap, topic, partitions=4, **told) as reader:
            found = [read_event(each.value, each.headers) for each in records(reader, len(events))]
        assert sorted(found, key=lambda each: int(each.id)) == events
        for event in found:
            assert instruction_of(event, topic).contract.type == event.type
