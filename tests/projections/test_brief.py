"""Reads of a thread that must not wait: they end soon or are given up."""

from pathlib import Path

import pytest
from sqlalchemy import exc

from projections.brief import BriefReads, TakesLongerError
from projections.store import fetched, writing
from tests.support.databases import made_on_server, on_a_file
from tests.support.offices import Desk
from tests.support.postgresql import Server

#: Counts for minutes.
LONG = (
    "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) "
    "SELECT COUNT(*) FROM counted"
)


@on_a_file
def test_what_ends_soon_is_read(desk: Desk) -> None:
    desk.runner.catch_up()
    brief = BriefReads(desk.engine)
    with brief.reading() as connection:
        assert fetched(connection, "SELECT COUNT(*) FROM leads", ()) == [(0,)]
    brief.close()


@on_a_file
def test_what_takes_longer_is_given_up_and_the_next_read_is_as_ever(desk: Desk) -> None:
    brief = BriefReads(desk.engine, seconds=0.01)
    with pytest.raises(TakesLongerError), brief.reading() as connection:
        fetched(connection, LONG, ())
    with brief.reading() as connection:
        assert fetched(connection, "SELECT 1", ()) == [(1,)]
    brief.close()


@on_a_file
def test_what_takes_longer_is_given_up_whoever_asks_the_driver(desk: Desk) -> None:
    brief = BriefReads(desk.engine, seconds=0.01)
    with pytest.raises(TakesLongerError), brief.reading() as connection:
        connection.exec_driver_sql(LONG)
    brief.close()


@on_a_file
def test_two_statements_see_one_view(desk: Desk) -> None:
    desk.runner.catch_up()
    brief = BriefReads(desk.engine, seconds=60)
    count = "SELECT COUNT(*) FROM followers WHERE name = 'seen'"
    insert = "INSERT INTO followers VALUES ('seen', 0, '', 1)"
    with brief.reading() as connection:
        before = fetched(connection, count, ())
        with writing(desk.engine) as other:
            other.exec_driver_sql(insert)
        assert fetched(connection, count, ()) == before
    with brief.reading() as connection:
        assert fetched(connection, count, ()) != before
    brief.close()


@on_a_file
def test_what_is_wrong_is_no_reason_to_ask_again(desk: Desk) -> None:
    brief = BriefReads(desk.engine)
    with pytest.raises(exc.OperationalError), brief.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM nothing")
    brief.close()


def test_a_server_s_answer_is_never_soon(tmp_path: Path, postgresql: Server) -> None:
    desk = Desk.at(made_on_server(tmp_path / "ledger.sqlite3"))
    with pytest.raises(TakesLongerError), BriefReads(desk.engine).reading():
        pass
    desk.close()
