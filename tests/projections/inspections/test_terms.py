"""The terms of inspections and daily supervision: what opens, moves and ends each."""

from datetime import date
from typing import Any

import pytest

from domain.inspections.decisions import RectifyProblem
from domain.terms import TERMS
from ledger.envelope import Circumstances
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.runner import Runner
from projections.store import reading
from projections.terms import Terms
from tests.domain import samples as s
from tests.domain.checks import samples as c
from tests.domain.inspections import samples as i
from tests.projections.inspections.test_boards import carry_out
from tests.support.offices import Desk


def due(desk: Desk, rule: str, on: date, *, done: bool = False) -> list[Deadline]:
    """The deadlines of one rule as of a day."""
    with reading(desk.engine) as connection:
        found = list(deadlines(connection, Asked(on, done=done)))
    return [each for each in found if each.rule == rule]


def last_day(desk: Desk, rule: str, on: date) -> date | None:
    """The last day of the only term of a rule that runs on a day; None where none runs."""
    found = due(desk, rule, on)
    assert len(found) <= 1
    return found[0].due_on if found else None


PLAN, REPORT = "inspection.rectification_plan", "inspection.rectification_report"


def fed_back_in(year: int) -> tuple[Any, ...]:
    """A unit's inspection of a year, fed back on 20 April."""
    return (
        *i.EVERYONE[:3],
        s.a_round(started_on=date(year, 2, 1)),
        i.a_team(authorised_on=date(year, 2, 1)),
        i.an_entry(begun_on=date(year, 2, 5)),
        i.a_departure(ended_on=date(year, 3, 20)),
        i.a_report(reported_on=date(year, 4, 1)),
        i.a_feedback(fed_back_on=date(year, 4, 20)),
    )


def test_a_unit_had_two_months_to_report_under_the_text_of_2015(desk: Desk) -> None:
    carry_out(desk, *fed_back_in(2021))
    assert last_day(desk, REPORT, date(2021, 5, 1)) == date(2021, 6, 20)
    assert due(desk, PLAN, date(2021, 5, 1)) == [], "no term for a plan before 2024-02-08"


def test_a_unit_has_one_month_for_its_plan_and_six_to_report_since_2024(desk: Desk) -> None:
    carry_out(desk, *fed_back_in(2024))
    assert last_day(desk, PLAN, date(2024, 5, 1)) == date(2024, 5, 20)
    assert last_day(desk, REPORT, date(2024, 5, 1)) == date(2024, 10, 20)
    carry_out(desk, i.a_rectification_plan(plan_submitted_on=date(2024, 5, 25)))
    (late,) = due(desk, PLAN, date(2024, 6, 1), done=True)
    assert late.standing is Standing.DONE_LATE
    assert (late.unit, late.organ) == (s.UNIT, s.ORGAN)


def test_a_report_sent_back_or_found_wanting_is_due_again_on_the_day_set(desk: Desk) -> None:
    carry_out(desk, *fed_back_in(2021), i.a_rectification_report())
    assert last_day(desk, REPORT, date(2021, 6, 16)) is None
    carry_out(desk, i.a_returned_report())
    assert last_day(desk, REPORT, date(2021, 6, 21)) == date(2021, 7, 5)
    carry_out(desk, i.a_rectification_report(rectification_reported_on=date(2021, 6, 30)))
    assert last_day(desk, REPORT, date(2021, 7, 1)) is None
    carry_out(desk, i.a_partial_assessment(assessed_on=date(2021, 7, 10)))
    assert last_day(desk, REPORT, date(2021, 7, 11)) == date(2021, 8, 1)
    again = i.a_rectification_report(rectification_reported_on=date(2021, 7, 30))
    carry_out(desk, again, i.an_assessment(assessed_on=date(2021, 8, 2)))
    assert last_day(desk, REPORT, date(2021, 9, 1)) is None


def test_a_matter_handed_over_is_answered_within_three_months(desk: Desk) -> None:
    rule = "inspection.transfer_feedback"
    carry_out(desk, *i.EVERYONE, i.a_transfer())
    (open_,) = due(desk, rule, date(2021, 5, 1))
    assert (open_.due_on, open_.limit) == (date(2021, 7, 15), "3个月")
    carry_out(desk, i.an_acceptance(), i.an_answer())
    assert last_day(desk, rule, date(2021, 7, 1)) is None


def test_a_problem_is_due_as_fed_back_extended_sent_back_and_found_again(desk: Desk) -> None:
    rule = "inspection.problem"
    carry_out(desk, *i.PROBLEM_FED_BACK, s.a_problem(number="WT2", rectify_due_on=None))
    assert last_day(desk, rule, date(2021, 5, 1)) == date(2021, 7, 20)
    carry_out(desk, i.an_extension())
    assert last_day(desk, rule, date(2021, 7, 11)) == date(2021, 8, 20)
    carry_out(desk, i.rectified())
    assert last_day(desk, rule, date(2021, 7, 15)) is None
    carry_out(desk, i.evidenced(), i.verified(verification=i.PARTIAL), i.sent_back())
    assert last_day(desk, rule, date(2021, 7, 23)) == date(2021, 9, 1)
    carry_out(desk, RectifyProblem(number=s.PROBLEM, rectified_on=date(2021, 8, 30)))
    assert last_day(desk, rule, date(2021, 9, 2)) is None
    carry_out(desk, i.a_lookback(), i.found_again())
    (again,) = due(desk, rule, date(2022, 5, 11))
    assert (again.due_on, again.standing) == (date(2022, 5, 10), Standing.OVERDUE)


def test_a_problem_found_by_a_check_is_due_until_it_is_put_right(desk: Desk) -> None:
    rule = "check_problem.rectification"
    no_day = c.a_check_problem(number="JDWT-02", due_on=None)
    carry_out(desk, *c.RECORDED, no_day)
    assert last_day(desk, rule, date(2021, 5, 7)) == date(2021, 6, 6)
    carry_out(desk, c.an_extension())
    assert last_day(desk, rule, date(2021, 6, 2)) == date(2021, 7, 1)
    carry_out(desk, c.put_right())
    assert last_day(desk, rule, date(2021, 6, 11)) is None
    carry_out(desk, c.wanting())
    assert last_day(desk, rule, date(2021, 6, 16)) == date(2021, 7, 20)
    carry_out(
        desk, c.put_right(rectified_on=date(2021, 7, 1)), c.verified(verified_on=date(2021, 7, 2))
    )
    assert last_day(desk, rule, date(2021, 7, 3)) is None


@pytest.mark.parametrize("planned", [date(2021, 12, 31), None])
def test_a_campaign_is_due_on_the_day_planned(desk: Desk, planned: date | None) -> None:
    rule = "campaign.conclusion"
    carry_out(desk, *c.EVERYONE, c.a_campaign(planned_until=planned))
    assert last_day(desk, rule, date(2021, 5, 1)) == planned
    carry_out(desk, *(c.a_phase(each) for each in c.PHASES[1:]), c.a_conclusion())
    assert last_day(desk, rule, date(2021, 12, 21)) is None


def test_a_ledger_followed_before_a_term_was_added_is_followed_anew(desk: Desk) -> None:
    """What a term of today makes of facts recorded before it was one."""
    few = [term for term in TERMS if term.rule != "check_problem.rectification"]
    before = Runner(desk.ledger, desk.engine, [Terms(few)])
    for command in c.RECORDED:
        made = f"early {desk.ledger.head()}"
        desk.ledger.execute(command, Circumstances("tester", made, made, None))
    before.catch_up()
    Runner(desk.ledger, desk.engine).catch_up()
    assert last_day(desk, "check_problem.rectification", date(2021, 5, 7)) == date(2021, 6, 6)
