"""Brokers under TLS that know who comes, by a password or a certificate: both ways, and refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger
from tests.domain import samples
from tests.ledger.office import OfficeClock, open_ledger, record
from tests.outbound.office import Desk, assert_told_once_in_order, renamed
from tests.support.broker.secured import Secured, authority, secured
from tests.support.intake import Taken, Workers, petitions, send, told_of, topics
from tests.support.publishing import Publishers, published
from tests.support.servers import until


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    with secured(tmp_path_factory.mktemp("secured")) as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", OfficeClock())
    record(opened, samples.an_organ(code="JW-001"), samples.a_unit(), samples.a_person())
    yield opened
    opened.close()


@pytest.fixture
def workers(guarded: Secured, ledger: Ledger, tmp_path: Path) -> Iterator[Workers]:
    with topics(guarded.broker):
        made = Workers(tmp_path / "ledger.sqlite3", tmp_path / "workers", "")
        yield made
        made.close()


@pytest.mark.parametrize("known_by", ["by_password", "by_certificate"])
def test_messages_come_in_and_dead_letters_go_out(
    guarded: Secured, ledger: Ledger, workers: Workers, known_by: str
) -> None:
    bootstrap, taken = guarded.broker.bootstrap, Taken(ledger)
    send(bootstrap, petitions(0, 30, wrong=[7]))
    workers.start(**getattr(guarded, known_by))
    taken.until_at(30)
    assert [each["key"] for each in told_of(bootstrap, 1)] == [b"XF-000007"]
    answer = workers.end()
    assert answer.code == 0, answer.err
    assert len(taken.numbers) == 29


#: Who is refused, and what the log says of it.
REFUSED = {
    "a wrong password": ("by_password", "Authentication failed during authentication"),
    "an authority that is another": ("by_password", "unable to get local issuer certificate"),
    "no certificate": ("by_certificate", "alert bad certificate"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_who_is_refused_waits_and_the_log_says_why(
    guarded: Secured, workers: Workers, tmp_path: Path, why: str
) -> None:
    known_by, said = REFUSED[why]
    changes = {
        "a wrong password": {"kafka_password": "another"},
        "an authority that is another": {"kafka_ca_file": authority(tmp_path, "other").file},
        "no certificate": {"kafka_certificate_file": None, "kafka_key_file": None},
    }
    told = getattr(guarded, known_by) | changes[why]
    workers.start(**{name: value for name, value in told.items() if value is not None})
    workers.heard(said)
    workers.heard('"event":"waits"')
    until(lambda: "consume 等待" in workers.run("status").err)


@pytest.fixture
def publishers(guarded: Secured, ledger: Ledger, tmp_path: Path) -> Iterator[Publishers]:
    settings = guarded.by_password | {"kafka_name": "guarded"}
    made = Publishers(tmp_path / "ledger.sqlite3", tmp_path / "publishers", "", settings)
    yield made
    made.close()


def test_facts_are_published(guarded: Secured, ledger: Ledger, publishers: Publishers) -> None:
    desk = Desk(ledger, guarded.broker.bootstrap, "/guarded")
    publishers.start()
    until(lambda: published(ledger) == ledger.head())
    record(ledger, *renamed(samples.UNIT, 2))
    until(lambda: published(ledger) == ledger.head())
    answer = publishers.end()
    assert answer.code == 0, answer.err
    assert_told_once_in_order(desk.facts, desk.read(), desk.source)
