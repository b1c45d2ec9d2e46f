"""Publishing to Apache Kafka, from the ledger: beside a bare producer of the very same bytes."""

import json
import sys
from datetime import date
from pathlib import Path
from shutil import which

from kafka import KafkaProducer

from bench.timing import timed
from consumers.outbound.messages import Outgoing, message_of
from consumers.outbound.places import Places
from consumers.outbound.publisher import Publisher
from domain.organs.decisions import RegisterOrgan
from domain.petitions.decisions import ReceivePetition
from domain.streams import derived_id
from ledger.application import Ledger
from ledger.envelope import Circumstances
from ledger.settings import Settings
from tests.support.broker.apache import LIBS, broker

ROUNDS = 3
DAY = date(2020, 5, 1)


def filled(file: Path, count: int) -> Ledger:
    """A ledger with so many facts, each of a stream of its own."""
    ledger = Ledger.open(Settings(database_url=f"sqlite:///{file}"))
    organ = RegisterOrgan(code="JW-001", name="示例", type=None, parent=None, region=None)
    commands = [organ, *(petition(number) for number in range(count - 1))]
    ids = (derived_id(f"bench {number}") for number in range(count))
    given = [
        (each, Circumstances("bench", made, made, DAY))
        for each, made in zip(commands, ids, strict=True)
    ]
    with ledger.transaction() as transaction:
        transaction.record_all(given)
    return ledger


def petition(number: int) -> ReceivePetition:
    return ReceivePetition(
        number=f"XF-{number:07}",
        received_on=DAY,
        organ="JW-001",
        channel="来信",
        category="检举控告",
        signature="匿名",
        repeat=False,
        summary="反映某单位负责人违反规定使用专项资金，有关情况见附件。",
        reported_level=None,
    )


def published(ledger: Ledger, bootstrap: str, source: str) -> float:
    Places(ledger).go_back(0, "bench", "bench")  # each round from the first fact
    publisher = Publisher(ledger, {"bootstrap_servers": bootstrap}, source)

    def work() -> None:
        while publisher.publish():
            pass

    seconds = timed(work)
    publisher.close()
    return seconds


def sent(messages: list[Outgoing], bootstrap: str) -> float:
    """The same bytes, made beforehand, by an idempotent producer and no transaction."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, linger_ms=5, batch_size=2**18)
    producer.partitions_for(messages[0].topic)

    def work() -> None:
        for topic, key, value, headers in messages:
            producer.send(topic, key=key, value=value, headers=headers)
        producer.flush(timeout=300)

    seconds = timed(work)
    producer.close(timeout=3)
    return seconds


def main(folder: Path, count: int) -> None:
    lacking = "make broker" if not LIBS.is_dir() else "java" if which("java") is None else ""
    if lacking:
        print(json.dumps({"lacking": lacking}))
        return
    ledger = filled(folder / "ledger.sqlite3", count)
    messages = [message_of("/bench", each) for page in ledger.follow() for each in page]
    size = sum(len(each.value or b"") for each in messages) / len(messages)
    times: dict[str, list[float]] = {"ours": [], "raw": []}
    with broker(folder, {"num.partitions": "4"}) as kafka:
        for at in range(ROUNDS):
            times["ours"].append(published(ledger, kafka.bootstrap, f"/bench-{at}"))
            times["raw"].append(sent(messages, kafka.bootstrap))
    ledger.close()
    rates = {name: count / sorted(each)[1] for name, each in times.items()}
    print(json.dumps(rates | {"bytes": size}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
