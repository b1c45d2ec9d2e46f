"""Workers on Apache Kafka, as processes: what they take in, what stops them, how they end."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import TopicPartition

from consumers.inbound.lags import lags
from tests.inbound.conftest import Desk, message, petition
from tests.support.broker.apache import Broker, admin
from tests.support.broker.clients import producer
from tests.support.commands import command
from tests.support.databases import ON_SERVER, held, on_a_file
from tests.support.intake import (
    DEAD,
    TOPIC,
    Taken,
    Workers,
    petitions,
    remove,
    send,
    told_of,
    topics,
)
from tests.support.servers import running
from tests.support.waiting import until


@pytest.fixture
def kafka(apache_kafka: Broker) -> Iterator[Broker]:
    with topics(apache_kafka):
        yield apache_kafka


@pytest.fixture
def workers(unbegun: Desk, kafka: Broker, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(unbegun.file, tmp_path / "workers", kafka.bootstrap)
    yield made
    made.close()


@pytest.fixture
def taken(unbegun: Desk) -> Taken:
    return Taken(unbegun.ledger)


def silent(workers: Workers, name: str) -> bool:
    """Whether one has shown no sign of life for longer than a round without messages takes."""
    return time.time() - (workers.folder / name / "var/alive/consume").stat().st_mtime > 2


def command_alive(workers: Workers, name: str = "one", within: int = 60) -> int | None:
    return workers.run("alive", "--within", str(within), name=name).code


def numbers(first: int, behind: int) -> list[str]:
    return [f"XF-{at:06}" for at in range(first, behind)]


def test_what_was_sent_is_taken_in_and_the_worker_ends_when_told(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 50))
    workers.start()
    taken.until_at(50)
    send(kafka.bootstrap, petitions(50, 60))
    taken.until_at(60)
    answer = workers.end()
    assert answer.code == 0, answer.err
    assert taken.numbers == numbers(0, 60)


def test_the_log_says_of_which_broker_it_speaks(workers: Workers, kafka: Broker) -> None:
    workers.start()
    workers.heard(kafka.bootstrap)


def test_poison_is_in_the_dead_letters_and_once_beside_its_topic(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    wrong = [3, 11, 40]
    sent = petitions(0, 50, wrong)
    forbidden = message(50, petition("XF-9", reported_level="本机关主要负责人"))
    send(kafka.bootstrap, [*sent, forbidden])
    workers.start(consume_batch=10)
    taken.until_at(51)
    told = told_of(kafka.bootstrap, 4)
    assert workers.end().code == 0
    assert taken.numbers == [each for each in numbers(0, 50) if int(each[3:]) not in wrong]
    keys = [f"XF-{at:06}" for at in wrong]
    assert taken.dead == [*keys, "XF-9"]
    assert [each["key"].decode() for each in told] == [*keys, "XF-9"]
    first = told[0]
    assert first["value"] == sent[3].value
    assert (first["ce_id"], first["dead_letter_error"]) == ("m-3", "wrong_value")
    said = ("topic", "partition", "offset", "key", "field", "attempts")
    assert [first[f"dead_letter_{name}"] for name in said] == [
        TOPIC,
        "0",
        "3",
        keys[0],
        "organ",
        "1",
    ]
    assert told[-1]["dead_letter_error"] == "not_entered"
    assert (told[-1]["value"], told[-1]["ce_id"]) == (None, "m-50")


def test_dead_letters_without_a_topic_to_go_to_hold_nothing_up(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    remove(kafka, DEAD)
    send(kafka.bootstrap, petitions(0, 30, [3]))
    workers.start(consume_batch=10)
    taken.until_at(30)
    workers.heard("dead letters not published")
    send(kafka.bootstrap, petitions(30, 40))
    taken.until_at(40)
    kafka.topic(DEAD)
    assert [each["key"] for each in told_of(kafka.bootstrap, 1)] == [b"XF-000003"]
    assert workers.end().code == 0


def test_when_the_leader_is_killed_another_leads(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    workers.start("one")
    workers.heard("leading", "one")
    workers.start("two")
    send(kafka.bootstrap, petitions(0, 20))
    taken.until_at(20)
    assert "leading" not in workers.log("two")
    workers.kill("one")
    workers.heard("leading", "two")
    send(kafka.bootstrap, petitions(20, 40))
    taken.until_at(40)
    assert taken.numbers == numbers(0, 40)


@on_a_file
def test_a_leader_frozen_with_a_batch_in_hand_is_refused_when_it_wakes(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 10))
    workers.start("one")
    until(lambda: [each.behind for each in lags(taken.ledger)] == [0])
    with held(workers.database):
        send(kafka.bootstrap, petitions(10, 30))
        until(lambda: silent(workers, "one"))
        workers.signal(signal.SIGSTOP, "one")
    Path(f"{workers.database}.consume.lock").unlink()  # what an operator may do
    workers.start("two")
    taken.until_at(30)
    workers.signal(signal.SIGCONT, "one")
    workers.heard("out of step", "one")
    assert taken.numbers == numbers(0, 30)


@pytest.mark.skipif(not ON_SERVER, reason="is about a PostgreSQL server")
def test_a_leader_that_is_frozen_loses_the_lead_and_is_refused_when_it_wakes(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 10))
    workers.start("one")
    taken.until_at(10)
    workers.start("two")
    workers.signal(signal.SIGSTOP, "one")
    workers.heard("leading", "two")
    send(kafka.bootstrap, petitions(10, 30))
    taken.until_at(30)
    workers.signal(signal.SIGCONT, "one")
    workers.kill("two")
    send(kafka.bootstrap, petitions(30, 40))
    taken.until_at(40)
    assert taken.numbers == numbers(0, 40)


def test_while_the_database_is_away_the_worker_waits_and_puts_nothing_aside(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    workers.start(lock_timeout_seconds=1)
    workers.heard("leading")
    with held(workers.database):
        send(kafka.bootstrap, petitions(0, 30))
        workers.heard('"seconds":1.0')
        assert command_alive(workers) == 0
    taken.until_at(30)
    workers.heard("works again")
    assert (taken.numbers, taken.dead) == (numbers(0, 30), [])
    assert workers.end().code == 0


def test_told_to_end_while_it_waits_it_ends(workers: Workers, kafka: Broker) -> None:
    workers.start(lock_timeout_seconds=1)
    workers.heard("leading")
    with held(workers.database):
        send(kafka.bootstrap, petitions(0, 30))
        workers.heard('"seconds":1.0')
        workers.signal(signal.SIGTERM)
    assert workers.ended().code == 0


def test_a_batch_that_mostly_fails_stops_the_worker_and_nothing_of_it_is_kept(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 30, range(30)))
    workers.start()
    answer = workers.ended()
    assert answer.code == 3
    assert "一批消息过半不能接收" in answer.err
    assert (taken.places(), taken.dead, taken.numbers) == ([0], [], [])
    assert "consume 告警" in command(workers.database, "status").err
    workers.start("small", consume_batch=10)  # what a person may do who has looked
    taken.until_at(30)
    assert len(taken.dead) == 30


def test_what_was_cleared_before_it_was_taken_in_is_an_alarm_and_resumed_by_a_person(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 10))
    workers.start()
    taken.until_at(10)
    assert workers.end().code == 0
    send(kafka.bootstrap, petitions(10, 30))
    with admin(kafka.bootstrap) as client:
        client.delete_records({TopicPartition(TOPIC, 0): 15})
    workers.start()
    answer = workers.ended()
    assert answer.code == 3
    assert "retention_gap" in answer.err
    assert taken.places() == [10]
    resumed = workers.run("resume", TOPIC, "--why", "已请发送方补发", "--dry-run")
    assert (resumed.code, taken.places()) == (0, [10])
    assert "10 → 15" in workers.run("resume", TOPIC, "--why", "已请发送方补发").err
    workers.start()
    taken.until_at(30)
    assert taken.numbers == [*numbers(0, 10), *numbers(15, 30)]


def test_a_topic_made_anew_while_it_is_read_is_an_alarm_and_resumed_by_a_person(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 10))
    workers.start()
    taken.until_at(10)
    remove(kafka, TOPIC)
    kafka.topic(TOPIC)
    send(kafka.bootstrap, petitions(0, 30))
    answer = workers.ended()
    assert answer.code == 3
    assert "topic_replaced" in answer.err
    assert taken.numbers == numbers(0, 10)
    assert "10 → 0" in workers.run("resume", TOPIC, "--why", "对方重建了主题").err
    workers.start()
    taken.until_at(30)
    assert taken.numbers == numbers(0, 30)


def test_status_and_metrics_tell_lag_without_asking_kafka(
    workers: Workers, kafka: Broker, taken: Taken, unbegun: Desk
) -> None:
    send(kafka.bootstrap, petitions(0, 40, [7]))
    workers.start(consume_batch=20)
    until(lambda: [each.behind for each in lags(unbegun.ledger)] == [0, 0])
    assert workers.end().code == 0
    said = command(workers.database, "status").err
    assert "待处理消息 1 件" in said
    assert f"{TOPIC}/0" in said
    folder = workers.folder / "server"
    with running(folder, workers.database) as server, server.client() as client:
        told = client.get("/metrics").text
    assert f'ledger_consumer_position{{consumer="{TOPIC}/0"}} 40.0' in told
    assert f'ledger_consumer_lag{{consumer="{TOPIC}/0"}} 0.0' in told
    assert f'ledger_consumer_lag{{consumer="{DEAD}"}} 0.0' in told
    assert 'ledger_consumer_alarm{consumer="consume"} 0.0' in told
    assert 'ledger_dead_letters{state="dead"} 1.0' in told


def test_marks_of_transactions_at_the_end_of_a_topic_are_passed(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    with producer(kafka.bootstrap, transactional_id="petitions") as sender:
        sender.init_transactions()
        sender.begin_transaction()
        [each] = petitions(0, 1)
        sender.send(TOPIC, key=b"XF-000000", value=each.value, headers=list(each.headers))
        sender.commit_transaction()
    workers.start()
    taken.until_at(2)
    assert taken.numbers == numbers(0, 1)


def test_who_is_frozen_shows_no_sign_of_life(workers: Workers, kafka: Broker) -> None:
    workers.start()
    workers.heard("leading")
    assert command_alive(workers) == 0
    workers.signal(signal.SIGSTOP)
    until(lambda: command_alive(workers, within=1) == 1)


def test_without_a_broker_set_it_does_not_start(unbegun: Desk) -> None:
    answer = command(unbegun.file, "consume")
    assert answer.code == 2
    assert "LEDGER_KAFKA_BOOTSTRAP" in answer.err


def test_two_under_one_name_of_a_group_are_in_each_others_way_and_double_nothing(
    workers: Workers, kafka: Broker, taken: Taken
) -> None:
    send(kafka.bootstrap, petitions(0, 10))
    workers.start("one", "--group", "same", "--member", "m", consume_session_seconds=2)
    taken.until_at(10)
    workers.start("two", "--group", "same", "--member", "m", consume_session_seconds=2)
    workers.heard("Setting newly assigned partitions", "two")
    send(kafka.bootstrap, petitions(10, 40))
    taken.until_at(40)
    workers.kill("one")
    send(kafka.bootstrap, petitions(40, 50))
    taken.until_at(50)
    assert workers.end("two").code == 0
    assert taken.numbers == numbers(0, 50)
