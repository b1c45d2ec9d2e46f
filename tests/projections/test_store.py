"""Transactions of the read models: begun and ended here, never left open on a connection."""

from sqlite3 import OperationalError

import pytest
from psycopg.errors import UndefinedTable

from projections.store import fetched, reading, writing
from tests.support.offices import Desk


def test_a_read_that_is_broken_off_leaves_no_transaction_behind(desk: Desk) -> None:
    with pytest.raises((OperationalError, UndefinedTable)), reading(desk.engine) as connection:
        fetched(connection, "SELECT * FROM nothing", ())
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY)")
    with reading(desk.engine) as connection:
        assert fetched(connection, "SELECT COUNT(*) FROM one", ()) == [(0,)]
