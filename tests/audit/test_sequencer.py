"""The sequencer: one tree whatever the pages, whoever else sequences, whenever it is killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ledger.audit import sequencer
from ledger.audit.merkle import SHA256, TreeHash
from ledger.audit.sequencer import LogState, LogStore, sequence
from ledger.statements import Statements
from tests.audit.logs import Log, add_units, expected_tables, tables
from tests.ledger.office import OfficeClock, open_ledger

ROOT = Path(__file__).parents[2]
COUNT = 400


class Killed(BaseException):
    """The process ends here."""


def die() -> None:
    raise Killed


class KilledAt(LogStore):
    """A store whose process ends just before its nth statement of a writing transaction."""

    def __init__(self, *arguments: Any, statement: int, end: Callable[[], None] = die) -> None:
        self.left, self.end = 10**9, end
        super().__init__(*arguments)
        self.left = statement

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        with super()._changing() as statements:
            yield Counted(self, statements)
            self.count()

    def count(self) -> None:
        """One statement more."""
        self.left -= 1
        if self.left < 0:
            self.end()


class Counted:
    """Statements that are counted."""

    def __init__(self, store: KilledAt, statements: Statements) -> None:
        self._store, self._statements = store, statements

    def __getattr__(self, name: str) -> Any:
        self._store.count()
        return getattr(self._statements, name)


@pytest.fixture
def paged(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda size: monkeypatch.setattr(sequencer, "PAGE", size)


def test_an_empty_ledger_has_an_empty_log(log: Log) -> None:
    assert sequence(log.store) == LogState(0, 0)
    assert log.store.tree().root() == SHA256.empty
    assert log.store.edge().root() == SHA256.empty


@pytest.mark.parametrize(
    ("page", "count"), [(1, 40), (7, 300), (255, 513), (256, 513), (257, 513), (5000, 300)]
)
def test_pages_of_any_size_make_the_same_log(
    log: Log, paged: Callable[[int], None], page: int, count: int
) -> None:
    add_units(log.ledger, count)
    paged(page)
    told: list[int] = []
    assert sequence(log.store, told.append) == LogState(count, count)
    assert tables(log.path) == expected_tables(log.path)
    assert sum(told) == count
    assert max(told) <= page


def test_a_log_grows_with_its_ledger(log: Log) -> None:
    for count in (1, 0, 254, 1, 1, 300):
        if count:
            add_units(log.ledger, count)
        sequence(log.store)
        assert tables(log.path) == expected_tables(log.path)


def test_what_is_in_the_log_has_a_place_and_nothing_else_has(log: Log) -> None:
    add_units(log.ledger, 3)
    assert log.store.index_of(1) is None
    sequence(log.store)
    assert [log.store.index_of(position) for position in range(5)] == [None, 0, 1, 2, None]
    with pytest.raises(KeyError):
        log.store.tile(3, 0)


def test_threads_sequencing_at_once_make_one_log(log: Log, paged: Callable[[int], None]) -> None:
    add_units(log.ledger, COUNT)
    paged(13)
    start = Barrier(3)

    def run(_: int) -> LogState:
        with open_ledger(log.path, OfficeClock()) as ledger:
            store = LogStore(ledger)
            start.wait()
            return sequence(store)

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(run, range(3))) == {LogState(COUNT, COUNT)}
    assert tables(log.path) == expected_tables(log.path)


def test_sequencing_while_events_are_recorded_makes_one_log(
    log: Log, paged: Callable[[int], None]
) -> None:
    paged(17)

    def write() -> None:
        with open_ledger(log.path, OfficeClock()) as ledger:
            for _ in range(20):
                add_units(ledger, 15)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            sequence(log.store)
        writing.result()
    assert sequence(log.store) == LogState(300, 300)
    assert tables(log.path) == expected_tables(log.path)


def test_processes_sequencing_at_once_make_one_log(log: Log) -> None:
    add_units(log.ledger, COUNT)
    command = [sys.executable, "-m", "tests.audit.sequencer_process", str(log.path)]
    running = [subprocess.Popen([*command, page], cwd=ROOT) for page in ("11", "19")]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert tables(log.path) == expected_tables(log.path)


#: A page's transaction: state, entries, tiles, edge, and the commit.
STATEMENTS = 5


@pytest.mark.parametrize("statement", range(2 * STATEMENTS))
def test_killed_before_any_statement_of_a_page_it_goes_on_afterwards(
    log: Log, paged: Callable[[int], None], statement: int
) -> None:
    add_units(log.ledger, 600)
    paged(300)
    with pytest.raises(Killed):
        sequence(KilledAt(log.ledger, statement=statement))
    done = statement // STATEMENTS * 300
    assert log.store.state() == LogState(done, done)
    assert log.store.edge().size == done
    assert sequence(log.store) == LogState(600, 600)
    assert tables(log.path) == expected_tables(log.path)


def test_killed_while_hashing_it_goes_on_afterwards(log: Log) -> None:
    add_units(log.ledger, 300)
    left = 200

    def hashed(data: bytes) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return SHA256.function(data)

    with pytest.raises(Killed):
        sequence(LogStore(log.ledger, TreeHash("sha256", hashed)))
    assert log.store.state() == LogState(0, 0)
    sequence(log.store)
    assert tables(log.path) == expected_tables(log.path)


def _exit() -> None:
    os._exit(9)


def _sequence_and_exit(path: Path, statement: int) -> None:
    sequencer.PAGE = 300
    sequence(KilledAt(open_ledger(path), statement=statement, end=_exit))


@pytest.mark.parametrize("statement", [2, STATEMENTS + 3])
def test_a_process_gone_in_the_middle_of_a_page_leaves_whole_pages(
    log: Log, statement: int
) -> None:
    add_units(log.ledger, 600)
    process = get_context("forkserver").Process(
        target=_sequence_and_exit, args=(log.path, statement)
    )
    process.start()
    process.join()
    assert process.exitcode == 9
    done = statement // STATEMENTS * 300
    assert log.store.state() == LogState(done, done)
    sequence(log.store)
    assert tables(log.path) == expected_tables(log.path)
