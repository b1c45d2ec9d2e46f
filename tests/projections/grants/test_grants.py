"""授权台账: every grant as it stands, also what was revoked and granted anew."""

from datetime import date

from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.store import reading
from tests.domain.grants.samples import HELD, NUMBER, REVOKED, SUBJECT, a_grant
from tests.domain.samples import ORGAN
from tests.projections.inspections.test_boards import carry_out
from tests.support.offices import Desk

ON = date(2022, 1, 1)
ROW = (NUMBER, SUBJECT, "承办", ORGAN, "2021-03-01", "区纪〔2021〕3号")


def rows(desk: Desk, **wanted: str) -> list[tuple[object, ...]]:
    """The board, filtered by values of its columns."""
    with reading(desk.engine) as connection:
        found = BOARDS["grants"].rows(connection, Wanted(ON, values=wanted))
        return [tuple(row) for row in found]


def test_a_role_stands_as_held_and_as_revoked(desk: Desk) -> None:
    carry_out(desk, *HELD)
    assert rows(desk) == [(*ROW, None)]
    carry_out(desk, *REVOKED[len(HELD) :])
    assert rows(desk, subject=SUBJECT) == [(*ROW, "2021-09-01")]
    assert rows(desk, subject="u-1022") == []


def test_a_role_granted_anew_stands_as_held(desk: Desk) -> None:
    carry_out(desk, *REVOKED, a_grant(organ=None, granted_on=date(2021, 9, 2)))
    assert [row[3:] for row in rows(desk)] == [(None, "2021-09-02", "区纪〔2021〕3号", None)]
    assert desk.runner.rebuild("grants").differing == 0
