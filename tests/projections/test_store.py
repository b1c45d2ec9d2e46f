"""Transactions of the read models: begun and ended here, never left open on a connection."""

from sqlite3 import OperationalError, ProgrammingError

import psycopg
import pytest
from psycopg.errors import UndefinedTable

from projections.store import driver, fetched, reading, writing
from tests.support.offices import Desk


def test_a_read_that_is_broken_off_leaves_no_transaction_behind(desk: Desk) -> None:
    with pytest.raises((OperationalError, UndefinedTable)), reading(desk.engine) as connection:
        fetched(connection, "SELECT * FROM nothing", ())
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    with reading(desk.engine) as connection:
        assert fetched(connection, "SELECT COUNT(*) FROM one", ()) == [(0,)]


def test_what_is_read_when_the_office_closes_is_read_to_its_end_and_then_let_go(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        used = driver(connection)
        desk.close()
        assert fetched(connection, "SELECT 1", ()) == [(1,)]
    with pytest.raises((ProgrammingError, psycopg.OperationalError)):
        used.execute("SELECT 1")
