"""The publisher as a process, on Apache Kafka: what it publishes, who leads, how it ends."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger
from tests.ledger.office import OfficeClock, open_ledger, record
from tests.outbound.office import Desk, assert_told_once_in_order, furnished, renamed
from tests.support.broker.apache import Broker
from tests.support.commands import command
from tests.support.publishing import Publishers, published
from tests.support.servers import running, until


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", OfficeClock())
    furnished(opened, units=3, corrections=4)
    yield opened
    opened.close()


@pytest.fixture
def publishers(ledger: Ledger, apache_kafka: Broker, tmp_path: Path) -> Iterator[Publishers]:
    database = tmp_path / "ledger.sqlite3"
    name = tmp_path.name
    made = Publishers(
        database, tmp_path / "publishers", apache_kafka.bootstrap, {"kafka_name": name}
    )
    yield made
    made.close()


@pytest.fixture
def desk(ledger: Ledger, publishers: Publishers) -> Desk:
    return Desk(ledger, publishers.bootstrap, f"/{publishers.settings['kafka_name']}")


def until_all_is_published(ledger: Ledger) -> None:
    until(lambda: published(ledger) == ledger.head())


def test_what_is_recorded_is_published_until_the_publisher_is_told_to_end(
    publishers: Publishers, desk: Desk
) -> None:
    publishers.start()
    until_all_is_published(desk.ledger)
    record(desk.ledger, *renamed("DW000", 2, first=4))
    until_all_is_published(desk.ledger)
    assert publishers.run("alive", "publish").code == 0
    answer = publishers.end()
    assert answer.code == 0, answer.err
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_only_one_publishes_and_when_it_is_killed_the_other_goes_on(
    publishers: Publishers, desk: Desk
) -> None:
    publishers.start("one")
    publishers.heard("publishes", "one")
    publishers.start("two")
    until_all_is_published(desk.ledger)
    assert "leading" not in publishers.log("two")
    publishers.kill("one")
    record(desk.ledger, *renamed("DW001", 2, first=4))
    until_all_is_published(desk.ledger)
    assert publishers.end("two").code == 0
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_a_frozen_publisher_that_wakes_after_another_took_over_publishes_nothing_more(
    publishers: Publishers, desk: Desk
) -> None:
    publishers.start("one")
    until_all_is_published(desk.ledger)
    publishers.signal(signal.SIGSTOP, "one")
    publishers.take_lead_away()
    publishers.start("two")
    publishers.heard("publishes", "two")
    record(desk.ledger, *renamed("DW001", 2, first=4))
    until_all_is_published(desk.ledger)
    publishers.signal(signal.SIGCONT, "one")
    record(desk.ledger, *renamed("DW002", 2, first=4))
    until_all_is_published(desk.ledger)
    for name in ("one", "two"):
        publishers.end(name)
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)


def test_one_that_runs_is_made_to_go_back_and_the_next_one_does(
    publishers: Publishers, desk: Desk
) -> None:
    publishers.start()
    until_all_is_published(desk.ledger)
    head = desk.ledger.head()
    said = publishers.run("publish", "rewind", "--to", str(head - 2), "--why", "订阅方重建")
    assert said.code == 0, said.err
    record(desk.ledger, *renamed("DW000", 1, first=4))
    answer = publishers.ended()
    assert answer.code == 1, answer.err
    publishers.start()
    until(lambda: published(desk.ledger) == desk.ledger.head())
    assert publishers.end().code == 0
    read = desk.read()
    again = [each.position for each in read if head - 1 <= each.position <= head]
    assert sorted(again) == [head - 1, head - 1, head, head]
    once = list({each.event.id: each for each in read}.values())
    assert_told_once_in_order(desk.facts, once, desk.source)
    told = publishers.run("publish", "status").out.decode()
    assert "订阅方重建" in told


def test_another_ledger_under_the_same_name_stops_it_with_an_alarm(
    publishers: Publishers, desk: Desk, tmp_path: Path
) -> None:
    desk.publish()
    clock = OfficeClock()
    clock.move(hours=1)
    other = open_ledger(tmp_path / "other.sqlite3", clock)
    furnished(other, units=9, corrections=1)
    other.close()
    publishers.database = tmp_path / "other.sqlite3"
    publishers.start()
    answer = publishers.ended()
    assert "publish 告警：已发布的事实不是本台账的" in publishers.run("status").err
    assert answer.code == 3, answer.err
    assert "台账由备份恢复" in answer.err
    assert len(desk.read()) == len(desk.facts)


def test_how_far_it_has_come_is_told_by_status_and_metrics(
    publishers: Publishers, desk: Desk
) -> None:
    desk.publish()
    record(desk.ledger, *renamed("DW000", 1, first=4))
    assert "对外发布" in command(publishers.database, "status").err
    at = desk.ledger.head() - 2
    with (
        running(publishers.folder / "server", publishers.database) as server,
        server.client() as client,
    ):
        metrics = client.get("/metrics").text
    assert f'ledger_consumer_position{{consumer="publish"}} {at}.0' in metrics
    assert 'ledger_consumer_lag{consumer="publish"} 2.0' in metrics
