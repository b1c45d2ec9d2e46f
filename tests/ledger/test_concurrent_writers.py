"""Several writers at once lose nothing and give no position twice."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from domain.refusals import Refusal
from ledger.application import Ledger
from tests.domain.samples import CASE, FILED_CASE, a_unit, correct_case
from tests.ledger.office import OfficeClock, open_ledger, record, when

ROOT = Path(__file__).parents[2]
COUNT = 40


def assert_dense(ledger: Ledger, total: int) -> None:
    entries = [each for page in ledger.follow() for each in page]
    assert [at for at, _ in entries] == list(range(1, total + 1))
    assert len({entry["event_id"] for _, entry in entries}) == total
    instants = [entry["recorded_at"] for _, entry in entries]
    assert instants == sorted(instants)


def test_two_processes_writing_at_once_lose_nothing(path: Path) -> None:
    open_ledger(path).close()
    command = [sys.executable, "-m", "tests.ledger.writer_process", str(path)]
    writers = [subprocess.Popen([*command, name, str(COUNT)], cwd=ROOT) for name in ("A", "B")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    with open_ledger(path) as ledger:
        assert_dense(ledger, 2 * COUNT)
        codes = {entry["data"]["code"] for page in ledger.follow() for _, entry in page}
    assert codes == {f"{name}{number}" for name in "AB" for number in range(COUNT)}


def test_threads_of_one_ledger_writing_at_once_lose_nothing(ledger: Ledger) -> None:
    start = Barrier(4)

    def write(name: str) -> None:
        start.wait()
        record(ledger, *(a_unit(code=f"{name}{number}") for number in range(COUNT)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "ABCD"))
    assert_dense(ledger, 4 * COUNT)


def test_two_ledgers_on_one_file_writing_at_once_lose_nothing(
    path: Path, clock: OfficeClock
) -> None:
    start = Barrier(2)

    def write(name: str) -> None:
        with open_ledger(path, clock) as ledger:
            start.wait()
            record(ledger, *(a_unit(code=f"{name}{number}") for number in range(COUNT)))

    open_ledger(path).close()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, "AB"))
    with open_ledger(path) as ledger:
        assert_dense(ledger, 2 * COUNT)


def test_of_two_officers_correcting_one_value_at_once_one_is_refused(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    start = Barrier(4)

    def correct(number: int) -> str:
        start.wait()
        act = correct_case("rank", "乡科级", "县处级", number=f"GZ{number}")
        try:
            ledger.execute(act, when(number))
        except Refusal as refusal:
            return refusal.code
        return "recorded"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(correct, range(4)))
    assert outcomes == ["recorded", *["stale_correction"] * 3]
    assert len(ledger.history(f"case:{CASE}")) == 2


def test_readers_see_whole_transactions_while_others_write(ledger: Ledger) -> None:
    record(ledger, *FILED_CASE)
    values = ["乡科级", "县处级"]

    def write() -> None:
        for number in range(20):
            was, now = values[number % 2], values[(number + 1) % 2]
            record(ledger, correct_case("rank", was, now, number=f"GZ{number}"))

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            pairs = len([at for page in ledger.follow(5) for at, _ in page])
            assert pairs % 2 == 0
        writing.result()
    assert_dense(ledger, 5 + 40)
