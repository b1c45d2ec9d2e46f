"""The worker on Apache Kafka, exactly once, in batches of 500: on kafka-python, on confluent-kafka.

Beside the same commands carried out without messages. Timed from the first batch to the last, when
every message is on the broker already.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition

from bench.inbound import BATCH, ROUNDS, carried_out, file_in, message, opened
from consumers.contracts.petitions import PETITIONS
from consumers.inbound.intake import Inbound, Taken
from consumers.inbound.messages import Batch, Received
from consumers.inbound.reader import Reader
from consumers.inbound.worker import Worker
from ledger.liveness import Pulse
from tests.support.broker.apache import admin, broker

TOPIC = PETITIONS.topic


class CountedInbound(Inbound):
    """Takes so many messages in, and then has the worker end."""

    wanted = 0
    began = ended = 0.0
    end: Callable[[], None]

    def take(self, batch: Batch) -> Taken:
        self.began = self.began or time.perf_counter()
        taken = super().take(batch)
        self.wanted -= taken.recorded
        if self.wanted <= 0:
            self.ended = time.perf_counter()
            self.end()
        return taken


@dataclass
class ConfluentReader:
    """What ``Reader`` does for one partition, on librdkafka."""

    inbound: Inbound
    topic_id: str
    bootstrap: str
    place: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.consumer = Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": "bench",
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "error",
                "isolation.level": "read_committed",
            }
        )
        self.inbound.begin(TOPIC, self.topic_id, 0, 0)
        self.consumer.assign([TopicPartition(TOPIC, 0, 0)])

    def poll(self) -> list[Batch]:
        found = [each for each in self.consumer.consume(BATCH, 0.5) if each.error() is None]
        if not found:
            return []
        messages = [
            Received(each.offset(), each.key().decode(), each.value(), tuple(each.headers()))
            for each in found
        ]
        behind = messages[-1].offset + 1
        return [Batch(TOPIC, self.topic_id, 0, self.place, behind, messages)]

    def took(self, batch: Batch) -> None:
        self.place = batch.next_offset

    def behind_marks(self) -> list[Batch]:
        return []

    def ends(self) -> dict[Any, int]:
        return {}

    def close(self) -> None:
        self.consumer.close()


def sent(bootstrap: str, messages: list[Received]) -> None:
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 20})
    for each in messages:
        producer.produce(TOPIC, each.value, each.key, headers=list(each.headers))
        producer.poll(0)
    producer.flush(60)


def worked(folder: Path, name: str, count: int, reader: Callable[[Inbound], Any]) -> float:
    """Seconds from the first batch to the last."""
    ledger = opened(file_in(folder, name))
    inbound = CountedInbound(ledger)
    inbound.wanted = count
    alive = Pulse(folder / "alive", name)
    worker = Worker("consume", ledger, inbound, lambda: reader(inbound), alive)
    inbound.end = worker.stop
    worker.run()
    ledger.close()
    return inbound.ended - inbound.began


@contextmanager
def served(folder: Path, messages: list[Received]) -> Iterator[tuple[str, str]]:
    """A broker with the messages on one partition: its address, and the topic's id."""
    with broker(folder) as kafka:
        kafka.topic(TOPIC)
        sent(kafka.bootstrap, messages)
        with admin(kafka.bootstrap) as client:
            (topic,) = client.describe_topics([TOPIC])
        yield kafka.bootstrap, str(topic["topic_id"])


def main(folder: Path, count: int) -> None:
    messages = [message(at) for at in range(count)]
    times: dict[str, list[float]] = {"ours": [], "raw": [], "together": [], "confluent": []}
    with served(folder, messages) as (bootstrap, topic_id):
        told = {"bootstrap_servers": bootstrap}
        for at in range(ROUNDS):
            times["raw"].append(carried_out(file_in(folder, f"raw-{at}"), messages))
            together = carried_out(file_in(folder, f"together-{at}"), messages, together=True)
            times["together"].append(together)
            ours = worked(
                folder,
                f"ours-{at}",
                count,
                lambda inbound: Reader(inbound, [TOPIC], told, batch=BATCH),
            )
            times["ours"].append(ours)
            peer = worked(
                folder,
                f"confluent-{at}",
                count,
                lambda inbound: ConfluentReader(inbound, topic_id, bootstrap),
            )
            times["confluent"].append(peer)
    rates: dict[str, Any] = {name: count / sorted(each)[1] for name, each in times.items()}
    print(json.dumps(rates))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
