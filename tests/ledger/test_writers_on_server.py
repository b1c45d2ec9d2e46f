"""Many write to one server at once: whoever follows sees every event once, in order.

``LEDGER_CHAOS_SECONDS`` says for how long they write (6).
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from domain.refusals import Refusal
from ledger.audit.sequencer import LogStore, sequence
from ledger.settings import Settings
from projections.office import Office
from tests.domain.samples import a_person, a_unit
from tests.ledger.office import when
from tests.support.databases import intruder, made_on_server, url
from tests.support.postgresql import Server
from tests.support.waiting import until

WRITERS = 8
SECONDS = float(os.environ.get("LEDGER_CHAOS_SECONDS", "6"))
_PROCESSES = multiprocessing.get_context("forkserver")


def write(database: str, writer: int, start: Barrier) -> None:
    """Record units, in transactions of one to five; every third is broken off or refused."""
    office = Office(Settings(database_url=url(Path(database)), _env_file=None))
    ledger = office.ledger
    start.wait()
    end = time.monotonic() + SECONDS
    for number in count():
        if time.monotonic() > end:
            break
        try:
            with ledger.transaction() as transaction:
                for part in range(1 + number % 5):
                    unit = a_unit(code=f"DW-{writer}-{number}-{part}")
                    transaction.execute(unit, when(unit), None)
                if number % 3 == 0:
                    person = a_person(number=f"RY-{writer}-{number}", unit="DW-none")
                    transaction.execute(person, when(person), None)
        except Refusal:
            continue
    office.close()


def writing(database: Path, start: Barrier) -> list[BaseProcess]:
    started = [
        _PROCESSES.Process(target=write, args=(str(database), writer, start))
        for writer in range(WRITERS)
    ]
    for process in started:
        process.start()
    return started


@contextmanager
def followed(step: Callable[[], None]) -> Iterator[None]:
    """Something that follows in a thread of its own, until the end and once more."""
    ended = threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            while not ended.is_set():
                step()
            step()
        except BaseException as error:  # noqa: BLE001 -- raised in the test's own thread
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert not failures, failures


@pytest.mark.slow
def test_no_follower_skips_or_doubles_an_event_while_eight_write(
    tmp_path: Path, postgresql: Server
) -> None:
    database = made_on_server(tmp_path / "ledger.sqlite3")
    office = Office(Settings(database_url=url(database), _env_file=None))
    paged: list[int] = []
    notified: list[int] = []

    def pages() -> None:
        for page in office.ledger.follow(paged[-1] if paged else 0, limit=97):
            paged.extend(at for at, _ in page)

    def notifications() -> None:
        last = notified[-1] if notified else 0
        found = office.ledger.recorder.select_notifications(last, 50, inclusive_of_start=False)
        notified.extend(each.id for each in found)

    log = LogStore(office.ledger)
    start = _PROCESSES.Barrier(WRITERS)
    processes = writing(database, start)
    with (
        followed(pages),
        followed(notifications),
        followed(lambda: office.runner.catch_up() and None),
        followed(lambda: sequence(log) and None),
    ):
        for process in processes:
            process.join()
        assert [process.exitcode for process in processes] == [0] * WRITERS
        head = office.ledger.head()
        until(lambda: (notified or [0])[-1] >= head)
    with intruder(database) as db:
        there = [
            at for (at,) in db.execute("SELECT rowid FROM stored_events ORDER BY 1").fetchall()
        ]
        units = db.execute("SELECT COUNT(*) FROM units").fetchone()[0]
        logged = [
            at for (at,) in db.execute("SELECT position FROM log_entries ORDER BY 1").fetchall()
        ]
    assert len(there) > 100 * SECONDS / 6
    assert there == list(range(1, len(there) + 1))
    assert paged == notified == logged == there
    assert units == len(there)
    assert {lag.behind for lag in office.runner.lags()} == {0}
    office.close()
