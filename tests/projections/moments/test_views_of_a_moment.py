"""A moment is read through views that only its reader sees, and that are gone afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest

from domain.calendar.decisions import PublishCalendar
from domain.organs.decisions import RegisterOrgan
from ledger.application import Ledger
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.cuts import Cut
from projections.deadlines import working_days
from projections.moments import TABLES, reached, reading_at
from projections.store import reading
from tests.support.databases import ON_SERVER, on_a_file
from tests.support.offices import Desk

Copy = Callable[[Desk], Desk]
DAY = date(2020, 6, 30)


def count(desk: Desk, cut: Cut, table: str = "leads") -> int:
    """How many rows a table has at a cut."""
    with reading_at(desk.engine, cut) as connection:
        return int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one())


#: Names of a connection's temporary views.
_VIEWS = (
    "SELECT relname::text FROM pg_class WHERE relnamespace = pg_my_temp_schema()"
    if ON_SERVER
    else "SELECT name FROM temp.sqlite_master"
)


def views(desk: Desk) -> list[Any]:
    """Temporary views of the pooled connection."""
    with reading(desk.engine) as connection:
        return list(connection.exec_driver_sql(_VIEWS).scalars())


def page(desk: Desk, board: str, cut: Cut, on: date = DAY) -> list[tuple[Any, ...]]:
    """The first rows of a board at a cut."""
    with reading_at(desk.engine, cut) as connection:
        return [tuple(row) for row in BOARDS[board].rows(connection, Wanted(on, limit=40))]


def test_the_views_are_gone_after_use_and_after_an_error(wuhua: Desk) -> None:
    with reading_at(wuhua.engine, Cut(as_of=DAY)) as connection:
        assert len(connection.exec_driver_sql(_VIEWS).all()) == len(TABLES)
    assert views(wuhua) == []
    with pytest.raises(ZeroDivisionError), reading_at(wuhua.engine, Cut(as_of=DAY)):
        _ = 1 // 0
    assert views(wuhua) == []
    with pytest.raises(KeyError), reading_at(wuhua.engine, Cut(as_of=DAY), ["leads", "无"]):
        pass
    assert views(wuhua) == []
    assert count(wuhua, Cut()) > count(wuhua, Cut(as_of=DAY)) > 0


def test_only_the_tables_named_are_of_the_moment(wuhua: Desk) -> None:
    early = Cut(at_position=0)
    with reading_at(wuhua.engine, early, ["leads"]) as connection:
        for table, empty in (("leads", True), ("cases", False)):
            found = connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()
            assert (found == 0) is empty


def test_readers_at_different_moments_do_not_see_each_other(wuhua: Desk) -> None:
    leads = [at for at, event in wuhua.events.items() if event["type"] == "lead.registered.v1"]
    cuts = [Cut(), Cut(as_of=DAY), Cut(at_position=leads[99]), Cut(at_position=1)]
    expected = [count(wuhua, cut) for cut in cuts]
    all_open = Barrier(len(cuts))

    def read(cut: Cut) -> int:
        with reading_at(wuhua.engine, cut) as connection:
            all_open.wait(timeout=30)
            statement = "SELECT COUNT(*) FROM leads"
            return int(connection.exec_driver_sql(statement).scalar_one())

    with ThreadPoolExecutor(len(cuts)) as threads:
        assert list(threads.map(read, cuts)) == expected
    assert len(set(expected)) == len(cuts)


@pytest.mark.parametrize("board", BOARDS)
def test_a_page_at_a_position_is_the_same_before_and_after_later_writes(
    board: str, wuhua: Desk, copy_of: Copy
) -> None:
    desk = copy_of(wuhua)
    head = desk.ledger.head()
    before = page(desk, board, Cut(), DAY)
    organ = {"name": "某机构", "type": "纪委监委", "parent": None, "region": "441424"}
    days = {"days_off": (), "days_worked": (), "published_on": date(2019, 11, 21)}
    desk.carry_out(
        (date(2020, 1, 1), RegisterOrgan(code="AAA", **organ)),
        (date(2020, 1, 1), PublishCalendar(number="国办发明电2019-16", year=2020, **days)),
    )
    with reading(desk.engine) as connection:
        assert reached(connection) == head + 2
    assert page(desk, board, Cut(at_position=head), DAY) == before


def test_a_calendar_counts_as_of_a_day_by_its_publication(desk: Desk) -> None:
    days = {"days_off": (), "days_worked": (), "published_on": date(2019, 11, 21)}
    desk.carry_out((date(2024, 1, 1), PublishCalendar(number="国办1", year=2020, **days)))

    def counts(cut: Cut) -> int:
        with reading_at(desk.engine, cut) as connection:
            working_days(connection, DAY)
            return len(connection.exec_driver_sql("SELECT * FROM calendars").all())

    assert counts(Cut(as_of=date(2019, 11, 20))) == 0
    assert counts(Cut(as_of=date(2019, 11, 21))) == 1
    assert (counts(Cut(at_position=0)), counts(Cut(at_position=1))) == (0, 1)


@on_a_file
@pytest.mark.parametrize("cut", [Cut(), Cut(as_of=DAY), Cut(at_position=2000)], ids=str)
@pytest.mark.parametrize("board", ["leads", "petitions", "case_register", "cases", "sanctions"])
def test_a_page_is_read_by_its_key_at_any_moment(cut: Cut, board: str, wuhua: Desk) -> None:
    """No table is read whole, none is sorted, and no view is laid up before it is read."""
    asked: list[tuple[str, Any]] = []

    class Told:
        def exec_driver_sql(self, statement: str, values: Any = ()) -> Any:
            asked.append((statement, values))
            return connection.exec_driver_sql(statement, values)

    with reading_at(wuhua.engine, cut) as connection:
        wanted = Wanted(DAY, after=("A",), limit=5)
        list(BOARDS[board].rows(Told(), wanted))  # type: ignore[arg-type]  # listens to a connection
        statement, values = asked[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    said = [row[-1] for row in plan]
    assert [line for line in said if "SEARCH" in line and "PRIMARY KEY" in line]
    for word in ("SCAN main", "MATERIALIZE", "AUTOMATIC", "TEMP B-TREE"):
        assert not [line for line in said if word in line], said


def test_the_day_of_a_position_is_the_office_s_when_its_event_was_recorded(desk: Desk) -> None:
    organ = {"name": "某机构", "type": "纪委监委", "parent": None, "region": "441424"}
    instants = iter([(2024, 5, 1, 15, 59), (2024, 5, 1, 16, 0)])
    ledger: Ledger = desk.ledger
    for code in ("A", "B"):
        at = datetime(*next(instants), tzinfo=UTC)
        ledger.clock = lambda at=at: at  # type: ignore[misc]  # each act has its instant
        desk.carry_out((date(2024, 1, 1), RegisterOrgan(code=code, **organ)))
    told = [ledger.recorded_on(position) for position in (0, 1, 2, 99)]
    assert told == [None, date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 2)]
