"""Facts on Apache Kafka: each once, in order, whoever publishes and wherever it stopped."""

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from kafka.errors import KafkaError, KafkaTimeoutError

from consumers.bounded import within
from consumers.inbound.alarm import AlarmError
from consumers.outbound.messages import POSITIONS
from consumers.outbound.places import OvertakenError, Place
from consumers.outbound.positions import last_position
from ledger.application import Ledger
from tests.domain import samples
from tests.ledger.office import OfficeClock, open_ledger, record
from tests.outbound.office import Desk, assert_told_once_in_order, renamed
from tests.support.broker.apache import Broker, admin, broker
from tests.support.broker.clients import producer

_SOURCES = count(1)


@pytest.fixture
def desk(tmp_path: Path, apache_kafka: Broker) -> Iterator[Desk]:
    """Three facts, not published yet."""
    ledger = open_ledger(tmp_path / "ledger.sqlite3", OfficeClock())
    record(ledger, samples.an_organ(), samples.a_unit(), samples.a_person())
    yield Desk(ledger, apache_kafka.bootstrap, f"//office-{next(_SOURCES)}.example/log")
    ledger.close()


def place(desk: Desk) -> Place:
    known = desk.places.known()
    assert known is not None
    return known.place


def test_every_kind_of_fact_is_published_once_in_order(told: Ledger, apache_kafka: Broker) -> None:
    desk = Desk(told, apache_kafka.bootstrap, "//story.example/log")
    assert desk.publish() == len(desk.facts) == place(desk).position
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_the_next_publisher_goes_on_where_the_last_one_stopped(desk: Desk) -> None:
    assert desk.publish() == 3
    assert desk.publish() == 0
    record(desk.ledger, *renamed(samples.UNIT, 2))
    assert desk.publish() == 4
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_a_page_is_one_transaction_with_its_position(desk: Desk) -> None:
    with desk.publisher() as publisher:
        assert publisher.publish(limit=2) == 2
        held = last_position(desk.connection, desk.source)
        assert held is not None
        assert held.place == publisher.place == place(desk) == (0, 2)
        assert [each.position for each in desk.read()] == [1, 2]


def test_what_kafka_holds_counts_where_the_database_was_not_told(desk: Desk) -> None:
    """As after a kill between the commit and the database."""
    desk.publish()
    desk.places.move(Place(0, 3), Place(0, 1), "")
    assert desk.publish() == 0
    assert place(desk) == (0, 3)
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_what_kafka_lost_is_noticed_and_told_again_once_somebody_says_so(desk: Desk) -> None:
    """As after a power cut of brokers that had not written all of it."""
    with desk.publisher() as publisher:
        publisher.publish(limit=1)
    desk.places.move(Place(0, 1), Place(0, 3), "")
    with pytest.raises(AlarmError, match="messages_lost") as alarm:
        desk.publish()
    assert alarm.value.told == {"kafka": 1, "ledger": 3}
    assert place(desk) == (0, 3)
    desk.places.go_back(1, "office-7", "消息服务器断电")
    assert desk.publish() == 2
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_a_round_that_was_only_begun_has_lost_nothing(desk: Desk) -> None:
    desk.places.go_back(2, "office-7", "以前的事实另行移交")
    for _ in range(2):
        with desk.publisher():
            continue
    assert desk.publish() == 1
    assert [each.position for each in desk.read()] == [3]
    desk.places.move(Place(1, 3), Place(1, 4), "")
    with pytest.raises(AlarmError, match="messages_lost"):
        desk.publish()


def test_a_publisher_that_another_followed_is_refused_and_nothing_of_it_is_seen(desk: Desk) -> None:
    with desk.publisher() as frozen:
        assert frozen.publish(limit=1) == 1
        assert desk.publish() == 2
        with pytest.raises(KafkaError):
            frozen.publish()
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)
    assert place(desk) == (0, 3)


def test_a_publisher_that_committed_and_froze_before_the_database_is_refused(desk: Desk) -> None:
    with desk.publisher() as frozen:
        frozen.publish(limit=1)
        stood = frozen.place
        desk.publish()
        with pytest.raises(OvertakenError):
            frozen.seen()
    assert stood == (0, 1)
    assert place(desk) == (0, 3)


def test_made_to_go_back_it_publishes_again_under_the_same_ids(desk: Desk) -> None:
    desk.publish()
    desk.places.go_back(1, "office-7", "订阅方重建")
    assert desk.publish() == 2
    read = desk.read()
    assert sorted(each.position for each in read) == [1, 2, 2, 3, 3]
    once = {each.event.id: each for each in read}
    assert_told_once_in_order(desk.facts, list(once.values()), desk.source)
    assert desk.publish() == 0, "the round that it began is the one that counts"


def test_a_publisher_that_runs_meanwhile_ends_and_the_next_one_goes_back(desk: Desk) -> None:
    with desk.publisher() as running:
        running.publish(limit=2)
        desk.places.go_back(0, "office-7", "订阅方重建")
        with pytest.raises(OvertakenError):
            running.publish()
    assert desk.publish() == 3
    assert sorted(each.position for each in desk.read()) == [1, 1, 2, 2, 3, 3]


def test_a_ledger_restored_from_before_what_was_published_publishes_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    desk.publish()
    clock = OfficeClock()
    clock.move(hours=1)
    restored = open_ledger(tmp_path / "restored.sqlite3", clock)
    other = Desk(restored, desk.bootstrap, desk.source)
    record(restored, samples.an_organ())
    with pytest.raises(AlarmError, match="ledger_replaced"):
        other.publish()
    record(restored, samples.a_unit(), samples.a_person(), *renamed(samples.UNIT, 1))
    with pytest.raises(AlarmError, match="ledger_replaced"):
        other.publish()
    assert len(desk.read()) == 3
    other.places.go_back(1, "office-7", "由备份恢复")
    assert other.publish() == 4
    restored.close()


def test_topics_made_anew_are_noticed(tmp_path: Path, desk: Desk) -> None:
    with broker(tmp_path) as kafka:
        own = Desk(desk.ledger, kafka.bootstrap, desk.source)
        own.publish()
        with admin(kafka.bootstrap) as client:
            client.delete_topics([POSITIONS])
        with pytest.raises(AlarmError, match="topic_replaced"):
            own.publish()
        own.places.go_back(3, "office-7", "主题重建，不再重发")
        assert own.publish() == 0
        record(own.ledger, *renamed(samples.UNIT, 1))
        assert own.publish() == 2


def test_a_position_is_found_behind_all_that_was_aborted_or_is_of_others(desk: Desk) -> None:
    desk.publish()
    with producer(desk.bootstrap, transactional_id=f"{desk.source}/aborting") as sender:
        sender.init_transactions()
        for number in range(150):
            sender.begin_transaction()
            of = desk.source.encode() if number % 2 else b"//other.example/log"
            sender.send(POSITIONS, key=of, value=b"{}").get(timeout=60)
            sender.abort_transaction() if number % 2 else sender.commit_transaction()
    held = last_position(desk.connection, desk.source)
    assert held is not None
    assert held.place == (0, 3)


def test_a_call_that_never_answers_is_given_up() -> None:
    with pytest.raises(KafkaTimeoutError):
        within(0.05, threading.Event().wait)


def test_a_call_that_fails_fails_here() -> None:
    def refused() -> None:
        raise KafkaError("fenced")

    with pytest.raises(KafkaError, match="fenced"):
        within(60, refused)


def test_a_broker_that_hangs_ends_the_publisher_and_nothing_is_lost(
    desk: Desk, apache_kafka: Broker
) -> None:
    with desk.publisher(seconds=1.0) as publisher:
        publisher.publish(limit=1)
        apache_kafka.freeze()
        try:
            with pytest.raises(KafkaError):
                publisher.publish()
        finally:
            apache_kafka.thaw()
    assert desk.publish() == 2
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)
