"""立案: the deadlines of a case and the register of cases with their stages."""

from datetime import date
from typing import Any

import pytest

from domain.cases.case_file import LIFECYCLE, stage_of
from domain.streams import Kind, derived_id
from ledger.envelope import Circumstances
from projections.boards.board import Wanted
from projections.boards.catalogue import BOARDS
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain.cases import samples as s
from tests.domain.harness import Office
from tests.domain.samples import CASE, FILED_CASE
from tests.projections.test_states import cells
from tests.support.offices import Desk

REGISTERED = date(2021, 12, 1)
ON = date(2022, 1, 1)


def carry_out(desk: Desk, *commands: Any) -> None:
    """Record commands and bring the read models up."""
    for command in commands:
        made = derived_id(f"{desk.ledger.head()}")
        desk.ledger.execute(command, Circumstances("tester", made, made, REGISTERED))
    desk.runner.catch_up()


def terms(desk: Desk, rule: str) -> list[Deadline]:
    """The terms of the case under one rule, ended ones too."""
    asked = Asked(ON, done=True, stream=f"case:{CASE}")
    with reading(desk.engine) as connection:
        return [each for each in deadlines(connection, asked) if each.rule == rule]


def test_an_investigation_is_due_ninety_days_after_the_filing(desk: Desk) -> None:
    carry_out(desk, *FILED_CASE)
    (term,) = terms(desk, "case.investigation")
    assert (term.due_on, term.standing) == (date(2021, 6, 30), Standing.OVERDUE)
    assert term.limit == "90日"


def test_an_extension_moves_the_day_an_investigation_is_due(desk: Desk) -> None:
    carry_out(desk, *FILED_CASE, s.an_extension())
    (term,) = terms(desk, "case.investigation")
    assert term.due_on == date(2021, 9, 28)


@pytest.mark.parametrize(
    "ending", [s.a_sending(), s.a_transfer(), s.a_withdrawal()], ids=lambda act: type(act).__name__
)
def test_an_investigation_ends_however_the_case_does(desk: Desk, ending: Any) -> None:
    carry_out(desk, *FILED_CASE, ending)
    (term,) = terms(desk, "case.investigation")
    assert term.standing is Standing.DONE


def test_a_review_is_due_a_month_after_its_acceptance(desk: Desk) -> None:
    carry_out(desk, *s.IN_REVIEW)
    (term,) = terms(desk, "case.review")
    assert (term.due_on, term.standing) == (date(2021, 6, 11), Standing.OVERDUE)
    carry_out(desk, s.a_longer_review())
    assert [each.due_on for each in terms(desk, "case.review")] == [date(2021, 7, 1)]


def test_a_case_accepted_again_has_a_month_again(desk: Desk) -> None:
    carry_out(desk, *s.RETURNED)
    (term,) = terms(desk, "case.review")
    assert term.standing is Standing.DONE
    again = s.an_acceptance(accepted_on=date(2021, 6, 6))
    carry_out(desk, s.a_report(report_on=date(2021, 6, 4)), s.a_resending(), again)
    (term,) = terms(desk, "case.review")
    assert (term.opened_on, term.due_on) == (date(2021, 6, 6), date(2021, 7, 6))


def test_each_supplement_is_due_in_a_month(desk: Desk) -> None:
    second = s.a_supplement(supplement_returned_on=date(2021, 9, 1))
    carry_out(desk, *s.TRANSFERRED, s.a_supplement(), s.a_completion(), second)
    first, other = terms(desk, "case.supplement")
    assert (first.item, first.due_on, first.standing) == ("1", date(2021, 8, 20), Standing.DONE)
    assert (other.item, other.due_on, other.standing) == ("2", date(2021, 10, 1), Standing.OVERDUE)


HISTORIES = {
    "investigation": s.INVESTIGATED,
    "sent": s.SENT,
    "review": s.IN_REVIEW,
    "returned": s.RETURNED,
    "reviewed": s.REVIEWED,
    "transferred": s.TRANSFERRED,
    "supplement": (*s.TRANSFERRED, s.a_supplement()),
    "withdrawn": (*FILED_CASE, s.a_withdrawal()),
    "closed": (*s.REVIEWED, s.a_closing()),
}


@pytest.mark.parametrize("stage", LIFECYCLE.stages)
def test_the_register_shows_the_stage_that_the_state_has(desk: Desk, stage: str) -> None:
    office = Office()
    for command in HISTORIES[stage]:
        office.carry_out(command)
    assert stage_of(office.look(Kind.CASE, CASE)) == stage
    carry_out(desk, *HISTORIES[stage])
    board = BOARDS["case_register"]
    title = LIFECYCLE.stages[stage]
    with reading(desk.engine) as connection:
        everything = list(board.rows(connection, Wanted(ON)))
        chosen = list(board.rows(connection, Wanted(ON, values={"stage": title})))
        others = list(board.rows(connection, Wanted(ON, values={"stage": "无此阶段"})))
    assert [row[2] for row in everything] == [title]
    assert (chosen, others) == (everything, [])


def test_a_case_is_counted_once_however_it_was_filed(desk: Desk) -> None:
    carry_out(desk, *s.REQUESTED, s.an_approval(), s.a_team(), s.a_report(), s.a_sending())
    figures = desk.figures()
    assert figures["cases.filed"] == 1


def test_the_current_state_of_a_case_is_the_folded_state(desk: Desk) -> None:
    course = (*s.IN_REVIEW, s.a_longer_review(), s.a_return(), s.a_recusal_request(officer="JC01"))
    carry_out(desk, *course)
    office = Office()
    for command in course:
        office.carry_out(command)
    case = office.look(Kind.CASE, CASE)
    names = ["investigators", "reviewers", "review_until", "returns", "acceptances", "report"]
    chosen = ", ".join(f'"{name}"' for name in names)
    with reading(desk.engine) as connection:
        found = connection.exec_driver_sql(f"SELECT {chosen} FROM cases").one()
    assert tuple(found) == cells(case, names)
