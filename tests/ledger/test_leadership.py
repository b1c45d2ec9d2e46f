"""One leader of a name at a time, on either database; the next as soon as it is gone."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.leadership import FileLeadership, Leadership, open_leadership
from ledger.settings import Settings
from tests.support import databases

_PROCESSES = multiprocessing.get_context("forkserver")

Open = Callable[[str], Leadership]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return databases.url(tmp_path / "ledger.sqlite3")


@pytest.fixture
def opened(url: str) -> Iterator[Open]:
    made: list[Leadership] = []

    def opened_one(name: str) -> Leadership:
        made.append(open_leadership(Settings(database_url=url), name))
        return made[-1]

    yield opened_one
    for each in made:
        each.release()


def lead(url: str, told: str) -> None:
    """Lead until killed, once it leads."""
    leadership = open_leadership(Settings(database_url=url), "consume")
    assert leadership.take()
    Path(told).touch()
    signal.pause()


def test_one_leads_and_the_others_do_not(opened: Open) -> None:
    first, second, other = opened("consume"), opened("consume"), opened("publish")
    assert first.take()
    assert first.take()
    assert not second.take()
    assert (first.held(), second.held()) == (True, False)
    assert other.take()
    first.release()
    assert not first.held()
    assert second.take()
    assert not first.take()


def test_whose_process_is_killed_leads_no_more(url: str, opened: Open, tmp_path: Path) -> None:
    told, waiting = tmp_path / "leads", opened("consume")
    process = _PROCESSES.Process(target=lead, args=(url, str(told)))
    process.start()
    while not told.exists():
        assert process.is_alive()
    assert not waiting.take()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    while not waiting.take():
        pass
    assert waiting.held()
    process.join()


def test_who_removes_the_lock_file_takes_the_lead_away(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3.consume.lock"
    frozen, next_one = FileLeadership(file), FileLeadership(file)
    assert frozen.take()
    file.unlink()
    assert next_one.take()
    assert not frozen.held()
    assert not frozen.take()
    assert next_one.held()
    next_one.release()
