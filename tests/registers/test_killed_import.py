"""Killed half-way and run again, an import is one clean run: same facts, same figures."""

from pathlib import Path
from random import Random, SystemRandom
from time import monotonic, sleep

import pytest

from tests.support.commands import finish, start
from tests.support.expected import WUHUA
from tests.support.offices import Desk, copied, opened
from tests.support.registers import EXAMPLES

LEDGERS, KILLS = 4, 5


def one_clean_run(folder: Path) -> float:
    """How long an import takes that nobody kills, in seconds."""
    before = monotonic()
    process = start(folder / "clean.sqlite3", folder, "import", str(EXAMPLES / "wuhua2020"))
    assert finish(process, folder).code == 0
    return monotonic() - before


def killed_after(seconds: float, database: Path, folder: Path) -> None:
    """Start the import and kill it (SIGKILL) after that time."""
    process = start(database, folder, "import", str(EXAMPLES / "wuhua2020"))
    sleep(seconds)
    process.kill()
    process.join()
    process.close()


@pytest.mark.slow
def test_killed_at_twenty_random_moments_and_run_again_it_is_one_clean_run(
    tmp_path: Path, wuhua: Desk
) -> None:
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # noqa: T201 -- shown where the test fails
    chance = Random(seed)
    takes = one_clean_run(tmp_path)
    interrupted = 0
    for number in range(LEDGERS):
        database, folder = tmp_path / f"{number}.sqlite3", tmp_path / str(number)
        for _ in range(KILLS):
            killed_after(chance.uniform(0, takes), database, folder)
            interrupted += is_part_of_the_way(database, wuhua)
        process = start(database, folder, "import", str(EXAMPLES / "wuhua2020"))
        assert finish(process, folder).code == 0
        with opened(database) as desk:
            assert desk.facts_told() == wuhua.facts_told()
            assert set(desk.runner.positions().values()) == {wuhua.ledger.head()}
            assert desk.runner.rebuild("postings").differing == 0
            assert desk.figures(WUHUA[1].period, WUHUA[1].cut) == WUHUA[1].figures
    assert interrupted, "every import was killed before it began or after it ended"


def is_part_of_the_way(database: Path, whole: Desk) -> bool:
    """Whether a killed import has left some of the rows, or read models that lag behind."""
    if not database.exists():
        return False
    with opened(copied(database, database.with_suffix(".copy"))) as desk:
        head = desk.ledger.head()
        behind = any(lag.behind for lag in desk.runner.lags())
        return 0 < head < whole.ledger.head() or behind


def test_two_imports_at_the_same_time_lose_nothing_and_double_nothing(
    tmp_path: Path, wuhua: Desk
) -> None:
    database = tmp_path / "ledger.sqlite3"
    source = str(EXAMPLES / "wuhua2020")
    folders = [tmp_path / "one", tmp_path / "other"]
    processes = [start(database, folder, "import", source) for folder in folders]
    answers = [finish(*pair) for pair in zip(processes, folders, strict=True)]
    assert [answer.code for answer in answers] == [0, 0], answers
    with opened(database) as desk:
        assert desk.ledger.head() == wuhua.ledger.head()
        assert desk.facts_told() == wuhua.facts_told()
        assert not any(desk.runner.rebuild(name).differing for name in desk.runner.positions())
        for query in WUHUA:
            assert desk.figures(query.period, query.cut) == query.figures
