"""The worker in this process, on the mock cluster: what needs neither Java nor kills."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kafka import KafkaConsumer

from consumers.clients import NoBrokerError, client_settings
from consumers.inbound import reader, worker
from consumers.inbound.letter_publisher import message_of
from consumers.inbound.reader import Reader
from consumers.inbound.worker import Worker
from consumers.standing import states
from ledger.liveness import Pulse
from ledger.settings import Settings
from tests.inbound.conftest import TOPIC, Desk, message, petition
from tests.support.broker.mock import API_VERSION, mock_broker
from tests.support.intake import Taken, petitions, send

#: The mock cluster makes each topic with four.
PARTITIONS = 4


@pytest.fixture
def mock() -> Iterator[str]:
    with mock_broker() as bootstrap:
        yield bootstrap


@contextmanager
def working(desk: Desk, bootstrap: str, alive: Path) -> Iterator[Worker]:
    """A worker in a thread, until the end."""
    told = {"bootstrap_servers": bootstrap, "api_version": API_VERSION}
    worker = Worker(
        "consume",
        desk.ledger,
        desk.inbound,
        lambda: Reader(desk.inbound, [TOPIC], told),
        Pulse(alive, "consume"),
    )
    thread = Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join()


def test_what_came_and_what_comes_is_taken_in(unbegun: Desk, mock: str, tmp_path: Path) -> None:
    taken, version = Taken(unbegun.ledger), {"api_version": API_VERSION}
    send(mock, petitions(0, 30, [4]), **version)
    with working(unbegun, mock, tmp_path / "alive"):
        taken.until_at(30, PARTITIONS)
        send(mock, petitions(30, 40), **version)
        taken.until_at(40, PARTITIONS)
        age = Pulse(tmp_path / "alive", "consume").age(unbegun.ledger.clock())
    assert age is not None
    assert sorted(taken.numbers) == [f"XF-{at:06}" for at in range(40) if at != 4]
    assert taken.dead == ["XF-000004"]
    [state] = states(unbegun.ledger)
    assert (state.name, state.state) == ("consume", "stopped")


def test_what_was_read_while_partitions_were_handed_out_is_read_again(
    unbegun: Desk, mock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read then is dropped: that nothing is in hand does not say that nothing came."""
    plain, rounds, changes = KafkaConsumer.poll, list[Any](), reader._Changes()

    def poll(self: KafkaConsumer, **told: Any) -> Any:
        found = plain(self, **told)
        if found and not rounds:
            rounds.append(found)
            changes.on_partitions_assigned(())
        return found

    monkeypatch.setattr(KafkaConsumer, "poll", poll)
    monkeypatch.setattr(reader, "_Changes", lambda: changes)
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.0)
    taken = Taken(unbegun.ledger)
    send(mock, petitions(0, 30), api_version=API_VERSION)
    with working(unbegun, mock, tmp_path / "alive"):
        taken.until_at(30, PARTITIONS)
    assert rounds
    assert sorted(taken.numbers) == [f"XF-{at:06}" for at in range(30)]


def test_a_key_that_is_no_text_is_kept_escaped(unbegun: Desk, mock: str, tmp_path: Path) -> None:
    from tests.support.broker.clients import producer

    taken = Taken(unbegun.ledger)
    with producer(mock, api_version=API_VERSION) as sender:
        sender.send(TOPIC, key=b"\xff\x00k", value=b"{}")
        sender.flush(timeout=60)
    with working(unbegun, mock, tmp_path / "alive"):
        taken.until_at(1, PARTITIONS)
    assert taken.dead == ["\\xff\\x00k"]


def test_who_never_beat_has_no_age_and_who_ended_has_none_left(
    tmp_path: Path, unbegun: Desk
) -> None:
    pulse = Pulse(tmp_path / "alive", "consume")
    assert pulse.age(unbegun.ledger.clock()) is None
    pulse.beat()
    assert pulse.age(unbegun.ledger.clock()) is not None
    pulse.end()
    assert pulse.age(unbegun.ledger.clock()) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {"security_protocol": "PLAINTEXT", "ssl_cafile": None}),
        (
            {"kafka_security": "SASL_SSL", "kafka_user": "ledger", "kafka_password": "p"},
            {
                "security_protocol": "SASL_SSL",
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": "ledger",
                "sasl_plain_password": "p",
            },
        ),
    ],
)
def test_clients_are_told_what_the_settings_say(said: dict[str, Any], told: dict[str, Any]) -> None:
    given = client_settings(Settings(kafka_bootstrap="one:9092, two:9092", **said))
    assert given["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert {name: given[name] for name in told} == told
    assert ("sasl_mechanism" in given) == ("sasl_mechanism" in told)


def test_without_a_broker_no_client_is_made() -> None:
    with pytest.raises(NoBrokerError):
        client_settings(Settings(kafka_bootstrap=None))


def test_a_letter_without_key_and_content_is_a_message_all_the_same(desk: Desk) -> None:
    forbidden = message(0, petition("XF-1", reported_level="本机关主要负责人"))
    desk.take(type(forbidden)(0, None, forbidden.value, forbidden.headers))
    [letter] = desk.letters.waiting()
    said = message_of(letter)
    assert (said["key"], said["value"]) == (b"", None)
    names = [name for name, _ in said["headers"]]
    assert [name for name in names if name.startswith("ce_")] == [
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
    ]
    assert "content-type" not in names
