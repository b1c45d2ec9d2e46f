"""Transactions of the read models: begun and ended here, never left open on a connection."""

import pytest
from sqlalchemy.exc import IntegrityError

from projections.store import reading, writing
from tests.support.offices import Desk


def test_a_commit_that_fails_leaves_no_transaction_behind(desk: Desk) -> None:
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE other (one REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    with pytest.raises(IntegrityError), writing(desk.engine) as connection:
        connection.exec_driver_sql("INSERT INTO other VALUES (1)")
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("INSERT INTO one VALUES (2)")
    with reading(desk.engine) as connection:
        counted = "SELECT (SELECT COUNT(*) FROM one), (SELECT COUNT(*) FROM other)"
        assert tuple(connection.exec_driver_sql(counted).one()) == (1, 0)
