"""纪检监察建议: issue, reply, evaluation, closing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.codes.tables import code_table
from domain.fields import restate
from domain.recommendations.decisions import (
    CloseRecommendation,
    EvaluateRecommendation,
    ReplyToRecommendation,
    check_recommendation,
    close_recommendation,
    evaluate_recommendation,
    issue_recommendation,
    reply_to_recommendation,
)
from domain.recommendations.recommendation import (
    Recommendation,
    RecommendationClosed,
    RecommendationEvaluated,
    RecommendationIssued,
    RecommendationReplied,
)
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import (
    CASE,
    DECIDED,
    EVERYONE,
    FILED_CASE,
    LEAD,
    LETTER,
    ORGAN,
    a_letter,
)

ISSUED = (*FILED_CASE, a_letter())
STEPS = [
    pytest.param(ReplyToRecommendation, RecommendationReplied, "replied_on", id="回复"),
    pytest.param(CloseRecommendation, RecommendationClosed, "closed_on", id="办结"),
]
Make = Callable[..., Any]


def evaluate(evaluation: str = "整改到位", **changes: Any) -> EvaluateRecommendation:
    said = {"number": LETTER, "evaluated_on": date(2021, 9, 1), "evaluation": evaluation}
    return EvaluateRecommendation(**(said | changes))


def test_a_letter_is_issued() -> None:
    office = given(*FILED_CASE).when(a_letter()).then(stated(a_letter(), RecommendationIssued))
    unknown = {"replied_on": None, "evaluation": None, "closed_on": None}
    record = restate(office.look(Kind.RECOMMENDATION, LETTER), Recommendation)
    assert record == stated(a_letter(), Recommendation, **unknown)


@pytest.mark.parametrize("related", [CASE, LEAD, None])
def test_a_letter_springs_from_a_case_a_lead_or_neither(related: str | None) -> None:
    act = a_letter(related=related)
    given(*FILED_CASE).when(act).then(stated(act, RecommendationIssued))


@pytest.mark.parametrize("category", sorted(code_table("recommendation_category").terms))
def test_a_letter_is_of_one_of_three_categories(category: str) -> None:
    act = a_letter(category=category)
    given(*FILED_CASE).when(act).then(stated(act, RecommendationIssued))


@proves(issue_recommendation, 1)
def test_a_number_of_a_letter_is_used_once() -> None:
    given(*ISSUED).when(a_letter()).refused("already_registered", field="number")


@proves(check_recommendation, 1)
@proves(issue_recommendation, 2)
@pytest.mark.parametrize("field", ["organ", "recipient", "related"])
def test_a_letter_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_letter(**{field: "无此号"})
    given(*FILED_CASE).when(act).refused("missing_reference", field=field)


def test_a_letter_cannot_spring_from_a_person() -> None:
    act = a_letter(related="RY001")
    given(*EVERYONE).when(act).refused("missing_reference", field="related")


@proves(check_recommendation, 2)
def test_an_unknown_category_is_refused() -> None:
    act = a_letter(category="检察建议")
    given(*FILED_CASE).when(act).refused("unknown_code", field="category")


@pytest.mark.parametrize("suggestions", [None, 0, 1])
def test_a_letter_has_any_number_of_suggestions(suggestions: int | None) -> None:
    act = a_letter(suggestions=suggestions)
    given(*FILED_CASE).when(act).then(stated(act, RecommendationIssued))


@proves(check_recommendation, 3)
def test_a_negative_number_of_suggestions_is_refused() -> None:
    act = a_letter(suggestions=-1)
    given(*FILED_CASE).when(act).refused("impossible_number", field="suggestions")


@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_an_issued_letter_takes_its_next_step(command: Make, event: Make, day: str) -> None:
    act = command(number=LETTER, **{day: DECIDED})
    office = given(*ISSUED).when(act).then(event(number=LETTER, organ=ORGAN, **{day: DECIDED}))
    assert getattr(office.look(Kind.RECOMMENDATION, LETTER), day) == DECIDED


@proves(reply_to_recommendation, 1)
@proves(close_recommendation, 1)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_of_an_unknown_letter_is_refused(command: Make, event: Make, day: str) -> None:
    act = command(number=LETTER, **{day: DECIDED})
    given(*FILED_CASE).when(act).refused("missing_reference", field="number")


@proves(reply_to_recommendation, 1)
@proves(close_recommendation, 1)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_is_taken_once(command: Make, event: Make, day: str) -> None:
    first = command(number=LETTER, **{day: DECIDED})
    again = command(number=LETTER, **{day: date(2021, 9, 9)})
    given(*ISSUED, first).when(again).refused("already_registered", field=day)


@proves(reply_to_recommendation, 2)
@proves(close_recommendation, 2)
@proves(check_recommendation, 4)
@pytest.mark.parametrize(("command", "event", "day"), STEPS)
def test_a_step_before_the_issue_is_refused(command: Make, event: Make, day: str) -> None:
    act = command(number=LETTER, **{day: date(2021, 5, 31)})
    given(*ISSUED).when(act).refused("impossible_date", field=day)


def test_a_reply_after_its_limit_is_a_fact() -> None:
    late = ReplyToRecommendation(number=LETTER, replied_on=date(2022, 1, 1))
    office = given(*ISSUED, late).office
    assert office.look(Kind.RECOMMENDATION, LETTER).replied_on == date(2022, 1, 1)


@pytest.mark.parametrize("evaluation", sorted(code_table("rectification").terms))
def test_the_rectification_is_evaluated(evaluation: str) -> None:
    office = (
        given(*ISSUED)
        .when(evaluate(evaluation))
        .then(
            RecommendationEvaluated(
                number=LETTER,
                organ=ORGAN,
                evaluated_on=date(2021, 9, 1),
                evaluation=evaluation,
            )
        )
    )
    assert office.look(Kind.RECOMMENDATION, LETTER).evaluation == evaluation


def test_evaluating_an_unknown_letter_is_refused() -> None:
    given(*FILED_CASE).when(evaluate()).refused("missing_reference", field="number")


@proves(evaluate_recommendation, 1)
def test_the_rectification_is_evaluated_once() -> None:
    history = given(*ISSUED, evaluate("部分到位"))
    history.when(evaluate()).refused("already_registered", field="evaluation")


@proves(evaluate_recommendation, 2)
def test_an_unknown_evaluation_is_refused() -> None:
    given(*ISSUED).when(evaluate("基本到位")).refused("unknown_code", field="evaluation")
