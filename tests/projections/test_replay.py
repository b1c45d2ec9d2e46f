"""However often and in whatever portions the ledger is replayed, the read models are the same."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from projections.current import CurrentState
from projections.journal import Journal
from projections.runner import Runner, read_models
from projections.tables import CURRENT
from tests.projections.followers import NAMES, PagesOfChance, read_models_in, rows, same_rows
from tests.projections.followers import runner as runner_over
from tests.support.offices import Desk

Copy = Callable[[Desk], Desk]


#: Of Fengze those in which a row is told by several events.
SOME = ["handlings", "postings", "problems", "recommendations"]


@pytest.mark.parametrize(("example", "names"), [("fengze", SOME), ("wuhua", NAMES)])
def test_a_rebuild_differs_in_no_row(
    example: str, names: list[str], copy_of: Copy, fengze: Desk, wuhua: Desk
) -> None:
    before = {"fengze": fengze, "wuhua": wuhua}[example]
    desk = copy_of(before)
    for name in names:
        rebuilt = desk.runner.rebuild(name)
        assert (rebuilt.differing, rebuilt.rows) == (0, len(rows(before.engine, name))), name
    assert same_rows(desk.engine, before.engine)
    assert desk.figures() == before.figures()


def test_a_rebuild_says_how_many_rows_differed_and_puts_them_right(
    copy_of: Copy, wuhua: Desk
) -> None:
    desk = copy_of(wuhua)
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE cases SET rank = '县处级' WHERE number = 'AJ201900001'")
        connection.exec_driver_sql("DELETE FROM postings WHERE account = 'cases.filed'")
    assert desk.runner.rebuild("cases").differing == 2
    assert desk.runner.rebuild("postings").differing == 330
    assert same_rows(desk.engine, wuhua.engine)


@pytest.mark.parametrize(("seed", "most"), [(1, 40), (2, 400), (3, 4000)])
def test_built_page_by_page_they_equal_those_built_at_once(
    seed: int, most: int, tmp_path: Path, wuhua: Desk
) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        pages = PagesOfChance(wuhua.ledger, Random(seed), most)
        assert runner_over(pages, engine).catch_up() == wuhua.ledger.head()
        assert same_rows(engine, wuhua.engine)


def test_fengze_page_by_page_equals_fengze_at_once(tmp_path: Path, fengze: Desk) -> None:
    with read_models_in(tmp_path / "models.sqlite3") as engine:
        runner_over(PagesOfChance(fengze.ledger, Random(2021), 300), engine).catch_up()
        assert same_rows(engine, fengze.engine)


def test_caught_up_already_there_is_nothing_to_do(copy_of: Copy, wuhua: Desk) -> None:
    desk = copy_of(wuhua)
    told: list[int] = []
    assert desk.runner.catch_up(told.append) == desk.ledger.head()
    assert told == []
    assert same_rows(desk.engine, wuhua.engine)


class OtherJournal(Journal):
    """The journal with its logic changed."""

    LOGIC = "another"


class OtherCases(CurrentState):
    """The table of cases with its logic changed."""

    LOGIC = "another"


def test_a_read_model_whose_logic_changed_is_built_again(copy_of: Copy, wuhua: Desk) -> None:
    desk = copy_of(wuhua)
    head = desk.ledger.head()
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE cases SET rank = '县处级'")
        connection.exec_driver_sql("UPDATE postings SET quantity = 7")
    models = read_models() | {"postings": OtherJournal(), "cases": OtherCases(CURRENT["cases"])}
    changed = Runner(desk.ledger, desk.engine, list(models.values()))
    at = changed.positions()
    assert (at.pop("postings"), at.pop("cases")) == (0, 0)
    assert set(at.values()) == {head}
    assert changed.catch_up() == head
    assert set(changed.positions().values()) == {head}
    assert same_rows(desk.engine, wuhua.engine)
    again = Runner(desk.ledger, desk.engine, list(models.values()))
    assert set(again.positions().values()) == {head}


def test_a_rebuild_follows_what_is_recorded_meanwhile(copy_of: Copy, wuhua: Desk) -> None:
    """The live table may lag or the ledger may grow while the twin is built."""
    desk = copy_of(wuhua)
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE followers SET position = 0 WHERE name = 'petitions'")
        connection.exec_driver_sql("DELETE FROM petitions")
    rebuilt = desk.runner.rebuild("petitions")
    assert (rebuilt.rows, rebuilt.differing) == (878, 0)
    assert set(desk.runner.positions().values()) == {desk.ledger.head()}
    assert desk.runner.catch_up() == desk.ledger.head()
    assert same_rows(desk.engine, wuhua.engine)
