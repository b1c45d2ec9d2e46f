"""Appeals, complaints and suspensions: when they are due, and what they do to the figures."""

from datetime import date
from typing import Any

from projections.cuts import Cut, Period
from projections.deadlines import Asked, deadlines
from projections.store import reading
from tests.domain.appeals import samples as a
from tests.domain.sanctions import samples as x
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

Y2021 = Period(date(2021, 1, 1), date(2021, 12, 31))


def due(desk: Desk, rule: str, on: date) -> list[tuple[Any, ...]]:
    with reading(desk.engine) as connection:
        found = list(deadlines(connection, Asked(on, done=True)))
    return [(each.due_on, each.standing.value) for each in found if each.rule == rule]


def test_a_party_appeal_is_decided_in_three_months(desk: Desk) -> None:
    tell(desk, *a.SANCTIONED, a.an_appeal(), a.an_assignment())
    assert due(desk, "appeal.party", date(2021, 12, 6)) == [(date(2021, 12, 6), "due")]
    assert due(desk, "appeal.party", date(2021, 12, 7)) == [(date(2021, 12, 6), "overdue")]
    assert due(desk, "appeal.reexamination", date(2021, 12, 7)) == []
    tell(desk, a.a_ruling())
    assert due(desk, "appeal.party", date(2021, 12, 7)) == [(date(2021, 12, 6), "done")]


def test_reexamination_takes_one_month_and_review_two(desk: Desk) -> None:
    tell(desk, *a.SANCTIONED, *a.REEXAMINED, a.a_review())
    assert due(desk, "appeal.reexamination", date(2021, 9, 8)) == [(date(2021, 8, 7), "done")]
    assert due(desk, "appeal.review", date(2021, 9, 8)) == [(date(2021, 11, 7), "due")]
    tell(desk, a.a_withdrawal(number=a.SECOND))
    assert due(desk, "appeal.review", date(2021, 11, 8)) == [(date(2021, 11, 7), "done")]


def test_a_complaint_is_decided_in_one_month_and_reviewed_in_two(desk: Desk) -> None:
    tell(desk, *a.SANCTIONED, a.a_complaint())
    assert due(desk, "complaint.decision", date(2021, 7, 11)) == [(date(2021, 7, 10), "overdue")]
    tell(desk, a.an_answer(), a.a_review_asked())
    assert due(desk, "complaint.decision", date(2021, 8, 3)) == [(date(2021, 7, 10), "done")]
    assert due(desk, "complaint.review", date(2021, 8, 3)) == [(date(2021, 10, 3), "due")]
    tell(desk, a.a_review_answered())
    assert due(desk, "complaint.review", date(2021, 9, 2)) == [(date(2021, 10, 3), "done")]


def test_a_suspension_ends_on_its_day(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_suspension(), x.an_ordered_resignation(sanction=None))
    rule = "organisational.suspension"
    assert due(desk, rule, date(2021, 7, 1)) == [(date(2021, 10, 10), "due")]
    tell(desk, x.an_end_of_measure())
    assert due(desk, rule, date(2021, 8, 1)) == [(date(2021, 10, 10), "done")]


def test_a_sanction_revoked_on_appeal_counts_no_more_from_then_on(desk: Desk) -> None:
    tell(desk, *a.SANCTIONED, *a.REEXAMINED, a.a_review())
    tell(desk, a.an_assignment(number=a.SECOND), a.a_ruling(number=a.SECOND, outcome="撤销"))

    def administrative(on: date) -> int:
        return desk.figures(Y2021, Cut(as_of=on))["sanctions.administrative.persons"]

    assert administrative(date(2021, 10, 31)) == 1
    assert administrative(date(2021, 11, 1)) == 0
