"""``follow`` keeps read models and log at the head, several at once, and lives through outages."""

import os
import signal
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from domain.organs.decisions import RegisterOrgan
from ledger.application import Ledger
from ledger.liveness import Pulse
from tests.domain import samples
from tests.ledger.office import OfficeClock, open_ledger, record
from tests.support.commands import finish, start
from tests.support.databases import held
from tests.support.offices import Desk
from tests.support.servers import until


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger.sqlite3", OfficeClock())
    record(opened, samples.an_organ())
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, ledger: Ledger) -> Iterator[Desk]:
    """What stands in the file beside the events."""
    opened = Desk.at(tmp_path / "ledger.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def followers(tmp_path: Path, ledger: Ledger) -> Iterator[list[BaseProcess]]:
    file = tmp_path / "ledger.sqlite3"
    made = [start(file, tmp_path / str(number), "follow") for number in range(2)]
    yield made
    for each in made:
        if each._popen is not None and each.is_alive():
            each.kill()


def organ(number: int) -> RegisterOrgan:
    return samples.an_organ(code=f"JW-{number}")


def follows(desk: Desk) -> bool:
    head = desk.ledger.head()
    return desk.log.state().position == head and set(desk.runner.positions().values()) == {head}


def test_what_is_recorded_is_followed_until_it_is_told_to_end(
    followers: list[BaseProcess], ledger: Ledger, desk: Desk, tmp_path: Path
) -> None:
    until(lambda: follows(desk))
    for number in range(20):
        record(ledger, organ(number))
    until(lambda: follows(desk))
    assert Pulse(tmp_path / "0/var/alive", "follow").age(desk.clock()) is not None
    followers[0].kill()
    followers[0].join()
    record(ledger, organ(20))
    until(lambda: follows(desk))
    pid = followers[1].pid
    assert pid is not None
    os.kill(pid, signal.SIGTERM)
    answer = finish(followers[1], tmp_path / "1")
    assert answer.code == 0, answer.err


def test_while_the_database_is_held_it_waits_and_then_follows(
    tmp_path: Path, ledger: Ledger, desk: Desk
) -> None:
    file, home = tmp_path / "ledger.sqlite3", tmp_path / "one"
    home.mkdir()
    (home / ".env").write_text("LEDGER_LOCK_TIMEOUT_SECONDS=1\n", encoding="utf-8")
    process = start(file, home, "follow")
    try:
        until(lambda: follows(desk))
        record(ledger, organ(1))
        with held(file):
            until(lambda: '"waits"' in (home / "err").read_text("utf-8"))
        until(lambda: follows(desk))
    finally:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
    assert finish(process, home).code == 0
