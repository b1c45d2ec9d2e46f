"""Of several followers of one read model each entry is written by one, and by one only."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from projections.runner import LeftBehindError, Runner
from tests.projections.followers import (
    AsItStood,
    PagesOfChance,
    PagesReadBeforeSleep,
    read_models_in,
    same_rows,
)
from tests.projections.followers import runner as runner_over
from tests.support.offices import Desk


def test_a_follower_that_slept_is_turned_away(tmp_path: Path, wuhua: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        sleeper, other = Runner(wuhua.ledger, engine), Runner(wuhua.ledger, engine)
        positions = sleeper.positions()
        other.catch_up()
        with pytest.raises(LeftBehindError):
            sleeper._follow(positions, 0, lambda _: None, 500)
        assert same_rows(engine, wuhua.engine)


def test_one_that_slept_while_another_worked_half_the_way_is_turned_away(
    tmp_path: Path, wuhua: Desk
) -> None:
    """Its page begins before and ends after what the other has written."""
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        sleeper, other = (
            Runner(wuhua.ledger, engine),
            runner_over(AsItStood(wuhua.ledger, 300), engine),
        )
        positions = sleeper.positions()
        assert other.catch_up() == 300
        with pytest.raises(LeftBehindError):
            sleeper._follow(positions, 0, lambda _: None, 1000)
        assert sleeper.catch_up() == wuhua.ledger.head()
        assert same_rows(engine, wuhua.engine)


def test_asleep_in_the_middle_it_wakes_and_doubles_nothing(tmp_path: Path, wuhua: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        other = Runner(wuhua.ledger, engine)
        pages = PagesReadBeforeSleep(wuhua.ledger, other.catch_up)
        runner_over(pages, engine).catch_up()
        assert pages.slept == 1
        assert set(other.positions().values()) == {wuhua.ledger.head()}
        assert same_rows(engine, wuhua.engine)


def test_several_catching_up_at_the_same_time_double_nothing(tmp_path: Path, wuhua: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        runners = [
            runner_over(PagesOfChance(wuhua.ledger, Random(seed), 400), engine)
            for seed in (1, 2, 3)
        ]
        with ThreadPoolExecutor(len(runners)) as threads:
            done = [threads.submit(each.catch_up) for each in runners]
        for each in done:
            each.result()
        assert set(runners[0].positions().values()) == {wuhua.ledger.head()}
        assert same_rows(engine, wuhua.engine)


def test_a_rebuild_beside_one_that_catches_up_doubles_nothing(tmp_path: Path, wuhua: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        follower = runner_over(PagesOfChance(wuhua.ledger, Random(4), 200), engine)
        rebuilder = Runner(wuhua.ledger, engine)
        with ThreadPoolExecutor(2) as threads:
            caught_up = threads.submit(follower.catch_up)
            for name in ("postings", "cases", "dispositions", "postings"):
                rebuilder.rebuild(name)
            caught_up.result()
        follower.catch_up()
        assert same_rows(engine, wuhua.engine)


def test_lags_say_how_far_each_read_model_is_behind(tmp_path: Path, wuhua: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        runner = Runner(wuhua.ledger, engine)
        head = wuhua.ledger.head()
        assert {(lag.position, lag.behind) for lag in runner.lags()} == {(0, head)}
        runner.catch_up()
        assert {(lag.position, lag.behind) for lag in runner.lags()} == {(head, 0)}
