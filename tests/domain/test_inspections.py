"""巡察: rounds, problems and work suggestions."""

from datetime import date
from typing import Any

import pytest

from domain.codes.tables import code_table
from domain.fields import field_index
from domain.inspections.decisions import (
    CloseWorkSuggestion,
    EndRound,
    RectifyProblem,
    check_problem,
    check_round,
    check_work_suggestion,
    close_work_suggestion,
    end_round,
    feed_back_problem,
    issue_work_suggestion,
    open_round,
    rectify_problem,
)
from domain.inspections.problem import ProblemFedBack, ProblemFile, ProblemRectified
from domain.inspections.round import RoundEnded, RoundFile, RoundOpened
from domain.inspections.work_suggestion import (
    WorkSuggestionClosed,
    WorkSuggestionFile,
    WorkSuggestionIssued,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    ORGAN,
    PROBLEM,
    ROUND,
    STARTED,
    SUGGESTION,
    UNIT,
    a_correction,
    a_problem,
    a_round,
    a_unit,
    a_work_suggestion,
    an_organ,
)

OPENED = (an_organ(), a_unit(), a_round())
#: What is not known yet of a round, a problem and a suggestion at their beginning.
NOTHING_OF_A_ROUND: dict[str, Any] = {"ended_on": None, "heard_on": None, "teams": ()}
NOTHING_OF_A_PROBLEM = dict.fromkeys(
    set(field_index(ProblemFile).names) - set(field_index(ProblemFedBack).names)
)
NOTHING_OF_A_SUGGESTION = dict.fromkeys(
    set(field_index(WorkSuggestionFile).names) - set(field_index(WorkSuggestionIssued).names)
)


@proves(open_round, 1, 2)
def test_a_round_is_opened() -> None:
    office = given(an_organ()).when(a_round()).then(stated(a_round(), RoundOpened))
    assert office.look(Kind.ROUND, ROUND) == stated(a_round(), RoundFile, **NOTHING_OF_A_ROUND)


@pytest.mark.parametrize("type_", sorted(code_table("round_type").terms))
@proves(check_round, 2)
def test_a_round_is_of_one_of_five_types(type_: str) -> None:
    act = a_round(type=type_)
    given(an_organ()).when(act).then(stated(act, RoundOpened))


@proves(open_round, 1)
def test_a_number_of_a_round_is_used_once() -> None:
    given(*OPENED).when(a_round()).refused("already_registered", field="number")


@proves(check_round, 1)
@proves(open_round, 2)
def test_a_round_of_an_unknown_organ_is_refused() -> None:
    given().when(a_round()).refused("missing_reference", field="organ")


@proves(check_round, 2)
def test_a_round_of_an_unknown_type_is_refused() -> None:
    given(an_organ()).when(a_round(type="提级")).refused("unknown_code", field="type")


@proves(end_round, 1)
def test_a_round_is_ended() -> None:
    act = EndRound(number=ROUND, ended_on=STARTED)
    office = given(*OPENED).when(act).then(RoundEnded(number=ROUND, organ=ORGAN, ended_on=STARTED))
    assert office.look(Kind.ROUND, ROUND).ended_on == STARTED


@proves(feed_back_problem, 1, 2)
def test_a_problem_is_fed_back() -> None:
    office = given(*OPENED).when(a_problem()).then(stated(a_problem(), ProblemFedBack))
    problem = office.look(Kind.PROBLEM, PROBLEM)
    assert problem == stated(a_problem(), ProblemFile, **NOTHING_OF_A_PROBLEM)


@proves(feed_back_problem, 1)
def test_a_number_of_a_problem_is_used_once() -> None:
    given(*OPENED, a_problem()).when(a_problem()).refused("already_registered", field="number")


@pytest.mark.parametrize("field", ["round", "unit"])
@proves(check_problem, 1)
@proves(feed_back_problem, 2)
def test_a_problem_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_problem(**{field: "无此号"})
    given(*OPENED).when(act).refused("missing_reference", field=field)


@proves(check_problem, 2)
def test_a_problem_fed_back_before_its_round_began_is_refused() -> None:
    act = a_problem(fed_back_on=date(2021, 1, 31))
    given(*OPENED).when(act).refused("impossible_date", field="fed_back_on")


def test_a_problem_may_be_fed_back_after_its_round_ended() -> None:
    ended = EndRound(number=ROUND, ended_on=date(2021, 3, 31))
    given(*OPENED, ended).when(a_problem()).then(stated(a_problem(), ProblemFedBack))


@proves(rectify_problem, 1)
def test_a_problem_is_rectified() -> None:
    act = RectifyProblem(number=PROBLEM, rectified_on=date(2021, 4, 20))
    office = (
        given(*OPENED, a_problem())
        .when(act)
        .then(
            ProblemRectified(number=PROBLEM, round=ROUND, unit=UNIT, rectified_on=date(2021, 4, 20))
        )
    )
    assert office.look(Kind.PROBLEM, PROBLEM).rectified_on == date(2021, 4, 20)


@proves(issue_work_suggestion, 1, 2)
def test_a_work_suggestion_is_issued() -> None:
    act = a_work_suggestion()
    office = given(*OPENED).when(act).then(stated(act, WorkSuggestionIssued))
    suggestion = office.look(Kind.WORK_SUGGESTION, SUGGESTION)
    assert suggestion == stated(act, WorkSuggestionFile, **NOTHING_OF_A_SUGGESTION)


@proves(issue_work_suggestion, 1)
def test_a_number_of_a_work_suggestion_is_used_once() -> None:
    history = given(*OPENED, a_work_suggestion())
    history.when(a_work_suggestion()).refused("already_registered", field="number")


@pytest.mark.parametrize("field", ["round", "recipient"])
@proves(check_work_suggestion, 1)
@proves(issue_work_suggestion, 2)
def test_a_work_suggestion_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_work_suggestion(**{field: "无此号"})
    given(*OPENED).when(act).refused("missing_reference", field=field)


@proves(check_work_suggestion, 2)
def test_a_work_suggestion_before_its_round_began_is_refused() -> None:
    act = a_work_suggestion(issued_on=date(2021, 1, 31))
    given(*OPENED).when(act).refused("impossible_date", field="issued_on")


@proves(close_work_suggestion, 1)
def test_a_work_suggestion_is_closed() -> None:
    act = CloseWorkSuggestion(number=SUGGESTION, closed_on=date(2021, 4, 25))
    office = (
        given(*OPENED, a_work_suggestion())
        .when(act)
        .then(WorkSuggestionClosed(number=SUGGESTION, round=ROUND, closed_on=date(2021, 4, 25)))
    )
    assert office.look(Kind.WORK_SUGGESTION, SUGGESTION).closed_on == date(2021, 4, 25)


#: What ends a round, a problem, a suggestion: the act on a day, and the field of that day.
ENDS = [
    pytest.param(lambda on: EndRound(number=ROUND, ended_on=on), "ended_on", id="巡察结束"),
    pytest.param(
        lambda on: RectifyProblem(number=PROBLEM, rectified_on=on), "rectified_on", id="整改完成"
    ),
    pytest.param(
        lambda on: CloseWorkSuggestion(number=SUGGESTION, closed_on=on), "closed_on", id="办结"
    ),
]
ALL = (*OPENED, a_problem(), a_work_suggestion())


@pytest.mark.parametrize(("end", "field"), ENDS)
@proves(end_round, 1)
@proves(rectify_problem, 1)
@proves(close_work_suggestion, 1)
def test_nothing_unknown_is_ended(end: Any, field: str) -> None:
    given(an_organ()).when(end(date(2021, 8, 1))).refused("missing_reference", field="number")


@pytest.mark.parametrize(("end", "field"), ENDS)
@proves(end_round, 1)
@proves(rectify_problem, 1)
@proves(close_work_suggestion, 1)
def test_nothing_is_ended_twice(end: Any, field: str) -> None:
    history = given(*ALL, end(date(2021, 8, 1)))
    history.when(end(date(2021, 8, 2))).refused("already_registered", field=field)


@pytest.mark.parametrize(("end", "field"), ENDS)
@proves(end_round, 2)
@proves(rectify_problem, 2)
@proves(close_work_suggestion, 2)
def test_nothing_is_ended_before_it_began(end: Any, field: str) -> None:
    given(*ALL).when(end(date(2021, 1, 31))).refused("impossible_date", field=field)


@pytest.mark.parametrize(
    ("kind", "number", "field", "was", "now"),
    [
        (Kind.ROUND, ROUND, "ended_on", "2021-08-01", "2021-01-31"),
        (Kind.PROBLEM, PROBLEM, "rectified_on", "2021-08-01", "2021-04-19"),
        (Kind.WORK_SUGGESTION, SUGGESTION, "closed_on", "2021-08-01", "2021-04-24"),
    ],
)
@proves(check_round, 3)
@proves(check_problem, 3)
@proves(check_work_suggestion, 3)
def test_no_correction_ends_anything_before_it_began(
    kind: Kind, number: str, field: str, was: str, now: str
) -> None:
    ends = [param.values[0](date(2021, 8, 1)) for param in ENDS]  # type: ignore[operator]  # acts
    act = a_correction(kind, number, field, was=was, now=now)
    given(*ALL, *ends).when(act).refused("impossible_date", field="now")
