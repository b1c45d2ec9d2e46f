"""The brokers that tests start are what they say: over TCP, with transactions, and killed."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from socket import socket

import pytest

from tests.support.broker import apache
from tests.support.broker.apache import Broker, admin, broker
from tests.support.broker.clients import consumer, producer, records
from tests.support.broker.mock import API_VERSION, mock_broker


@pytest.fixture
def mock() -> Iterator[str]:
    with mock_broker() as bootstrap:
        yield bootstrap


def test_a_message_comes_back_from_the_mock_cluster_as_it_was_sent(mock: str) -> None:
    version = {"api_version": API_VERSION}
    with producer(mock, **version) as sender:
        sent = sender.send("facts", key=b"k", value="内容".encode(), headers=[("ce_id", b"1")])
        partition = sent.get(timeout=60).partition
    with consumer(mock, "facts", partition + 1, **version) as reader:
        (record,) = records(reader, 1)
    assert (record.key, record.value) == (b"k", "内容".encode())
    assert [tuple(each) for each in record.headers] == [("ce_id", b"1")]


def test_a_message_comes_back_from_apache_kafka_as_it_was_sent(apache_kafka: Broker) -> None:
    topic = apache_kafka.topic("round-trip", partitions=3)
    with producer(apache_kafka.bootstrap) as sender:
        for number in range(100):
            sender.send(topic, key=b"%d" % (number % 7), value=b"%d" % number)
        sender.flush(timeout=60)
    with consumer(apache_kafka.bootstrap, topic, partitions=3) as reader:
        found = records(reader, 100)
    of_key: dict[bytes, list[int]] = {}
    for record in found:
        of_key.setdefault(record.key, []).append(int(record.value))
    assert of_key == {b"%d" % key: list(range(key, 100, 7)) for key in range(7)}


def test_what_was_aborted_is_not_seen_by_who_reads_committed(apache_kafka: Broker) -> None:
    topic = apache_kafka.topic("transactions")
    with producer(apache_kafka.bootstrap, transactional_id="teller") as sender:
        sender.init_transactions()
        for value, kept in ((b"first", True), (b"undone", False), (b"second", True)):
            sender.begin_transaction()
            sender.send(topic, value=value).get(timeout=60)  # an abort drops what is not yet sent
            sender.commit_transaction() if kept else sender.abort_transaction()
    seen = {}
    for level, number in (("read_committed", 2), ("read_uncommitted", 3)):
        with consumer(apache_kafka.bootstrap, topic, isolation_level=level) as reader:
            seen[level] = [record.value for record in records(reader, number)]
    assert seen["read_committed"] == [b"first", b"second"]
    assert seen["read_uncommitted"] == [b"first", b"undone", b"second"]


def test_a_killed_broker_comes_back_where_it_was_with_what_it_acknowledged(tmp_path: Path) -> None:
    with broker(tmp_path) as kafka:
        topic = kafka.topic("kept")
        with producer(kafka.bootstrap) as sender:
            before = [sender.send(topic, value=b"%d" % number) for number in range(1000)]
            offsets = [each.get(timeout=60).offset for each in before]
            kafka.kill()
            after = sender.send(topic, value=b"after")
            kafka.start()
            offsets.append(after.get(timeout=60).offset)
        with consumer(kafka.bootstrap, topic) as reader:
            values = [record.value for record in records(reader, 1001)]
    assert offsets == list(range(1001))
    assert values == [*(b"%d" % number for number in range(1000)), b"after"]


def test_a_frozen_broker_answers_again_once_it_goes_on(apache_kafka: Broker) -> None:
    topic = apache_kafka.topic("slow")
    with producer(apache_kafka.bootstrap) as sender:
        sender.send(topic, value=b"in time").get(timeout=60)
        apache_kafka.freeze()
        try:
            late = sender.send(topic, value=b"late")
            assert not late.is_done
        finally:
            apache_kafka.thaw()
        assert late.get(timeout=60).offset == 1


def test_a_broker_takes_the_settings_it_is_given(tmp_path: Path) -> None:
    with (
        broker(tmp_path, {"num.partitions": "5"}) as kafka,
        admin(kafka.bootstrap) as client,
    ):
        client.create_topics(["defaults"], wait_for_metadata=True)
        (said,) = client.describe_topics(["defaults"])
    assert len(said["partitions"]) == 5


def test_a_broker_whose_port_is_taken_meanwhile_starts_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = apache.free_port
    with socket() as other:
        other.bind((apache.HOST, choose()))
        other.listen()
        taken = other.getsockname()[1]
        ports = chain([taken], iter(choose, None))
        monkeypatch.setattr(apache, "free_port", lambda: next(ports))
        with broker(tmp_path) as kafka:
            assert kafka.ports["PLAINTEXT"] != taken
            assert kafka.topic("here") == "here"


@pytest.mark.parametrize("needed", [None, "1"])
def test_a_broker_that_is_not_there_is_skipped_with_its_reason_or_fails_where_it_must_be(
    needed: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apache, "LIBS", tmp_path / "not-fetched")
    monkeypatch.delenv(apache.MUST, raising=False)
    if needed:
        monkeypatch.setenv(apache.MUST, needed)
    outcome = pytest.fail.Exception if needed else pytest.skip.Exception
    with pytest.raises(outcome, match="make broker"), broker(tmp_path):
        pass
