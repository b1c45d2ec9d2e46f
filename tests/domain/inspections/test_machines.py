"""The lifecycles of inspections tried at random: the tables of moves say what the decisions do."""

from datetime import date
from typing import Any

import pytest

from domain.inspections import problem, round, transfer, unit_inspection, work_suggestion
from domain.inspections.decisions import CloseWorkSuggestion, EndRound
from domain.lifecycle import Lifecycle
from tests.domain.inspections import samples as i
from tests.domain.samples import PROBLEM, ROUND, SUGGESTION, a_problem, a_work_suggestion
from tests.domain.walks import Acts, every_move_is_made

LATER = date(2023, 12, 31)


def an_assessment(day: date, result: str) -> Any:
    due = None if result == "整改到位" else LATER
    return i.an_assessment(assessed_on=day, assessment=result, rectification_due_on=due)


ROUNDS: Acts = {
    "team": lambda day, _: i.a_team(authorised_on=day),
    "end": lambda day, _: EndRound(number=ROUND, ended_on=day),
    "hear": lambda day, _: i.a_hearing(heard_on=day),
}
PROBLEMS: Acts = {
    "classify": lambda day, _: i.a_classification(classified_on=day),
    "extend": lambda day, _: i.an_extension(approved_on=day, extended_due_on=LATER),
    "rectify": lambda day, _: i.rectified(rectified_on=day),
    "evidence": lambda day, _: i.evidenced(evidenced_on=day),
    "verify": lambda day, result: i.verified(verified_on=day, verification=result),
    "return": lambda day, _: i.sent_back(reopened_on=day, extended_due_on=day),
    "again": lambda day, _: i.found_again(reopened_on=day, extended_due_on=None),
}
SUGGESTIONS: Acts = {
    "reply": lambda day, _: i.a_reply(replied_on=day),
    "evaluate": lambda day, result: i.an_evaluation(evaluated_on=day, evaluation=result),
    "close": lambda day, _: CloseWorkSuggestion(number=SUGGESTION, closed_on=day),
}
INSPECTIONS: Acts = {
    "end": lambda day, _: i.a_departure(ended_on=day),
    "report": lambda day, _: i.a_report(reported_on=day),
    "feedback": lambda day, _: i.a_feedback(fed_back_on=day),
    "plan": lambda day, _: i.a_rectification_plan(plan_submitted_on=day),
    "progress": lambda day, _: i.a_progress(progress_on=day),
    "rectified": lambda day, _: i.a_rectification_report(rectification_reported_on=day),
    "return": lambda day, _: i.a_returned_report(returned_on=day, rectification_due_on=LATER),
    "assess": an_assessment,
}
TRANSFERS: Acts = {
    "accept": lambda day, _: i.an_acceptance(accepted_on=day),
    "answer": lambda day, _: i.an_answer(answered_on=day),
}


@pytest.mark.parametrize(
    ("lifecycle", "number", "before", "acts"),
    [
        (round.LIFECYCLE, ROUND, i.EVERYONE, ROUNDS),
        (problem.LIFECYCLE, PROBLEM, (*i.EVERYONE, i.a_lookback(), a_problem()), PROBLEMS),
        (work_suggestion.LIFECYCLE, SUGGESTION, (*i.EVERYONE, a_work_suggestion()), SUGGESTIONS),
        (unit_inspection.LIFECYCLE, i.INSPECTION, i.ENTERED, INSPECTIONS),
        (transfer.LIFECYCLE, i.TRANSFER, (*i.EVERYONE, i.a_transfer()), TRANSFERS),
    ],
    ids=lambda each: each.kind.value if isinstance(each, Lifecycle) else "",
)
def test_every_move_of_the_table_is_made_and_no_other(
    lifecycle: Lifecycle, number: str, before: tuple[Any, ...], acts: Acts
) -> None:
    every_move_is_made(lifecycle, number, before, acts, ends=frozenset({"close"}))
