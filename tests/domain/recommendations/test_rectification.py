"""纪检监察建议: checks, evaluation, return, revisit, striking off, escalation."""

from datetime import date
from typing import Any

import pytest

from domain.recommendations.course import (
    RecommendationEscalated,
    RecommendationRevisited,
    SiteChecked,
    SuggestionEvaluated,
    SuggestionReturned,
)
from domain.recommendations.decisions import EvaluateRecommendation
from domain.recommendations.lifecycle import LETTER as LIFECYCLE
from domain.recommendations.recommendation import RecommendationClosed, RecommendationFile
from domain.recommendations.rectification import (
    check_site,
    escalate_recommendation,
    evaluate_suggestion,
    return_suggestion,
    revisit_recommendation,
    strike_off_recommendation,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.proof import proves
from tests.domain.recommendations.samples import (
    DELIVERED,
    HALF_DONE,
    ISSUED,
    RECTIFIED,
    REPLIED,
    RETURNED,
    decided,
    escalated,
    evaluated,
    listed,
    objected,
    replied,
    reply_extended,
    revisited,
    sent_back,
    site_checked,
    struck_off,
)
from tests.domain.samples import FILED_CASE, LETTER, ORGAN, a_lead, a_letter

EARLY = date(2021, 5, 31)
ACCOUNTABILITY = a_lead(number="XS-WZ-1", received_on=date(2021, 9, 15))
CLOSED = (*RECTIFIED, struck_off())


def letter_of(office: Office) -> RecommendationFile:
    letter = office.look(Kind.RECOMMENDATION, LETTER)
    assert isinstance(letter, RecommendationFile)
    return letter


def test_what_was_put_right_is_checked_on_site() -> None:
    happened = stated(site_checked(), SiteChecked, organ=ORGAN)
    office = given(*REPLIED).when(site_checked()).then(happened)
    assert LIFECYCLE.stage(letter_of(office)) == "replied"


@proves(check_site, 3)
@proves(revisit_recommendation, 3)
@pytest.mark.parametrize(
    ("act", "field"),
    [(site_checked(checked_by=""), "checked_by"), (revisited(revisited_by=" "), "revisited_by")],
)
def test_who_went_there_is_stated(act: Any, field: str) -> None:
    given(*RECTIFIED).when(act).refused("required", field=field)


def test_a_suggestion_is_evaluated_and_the_letter_once_all_are() -> None:
    first = stated(
        evaluated(1), SuggestionEvaluated, organ=ORGAN, evaluated=1, rectified=1, evaluation=None
    )
    office = given(*REPLIED).when(evaluated(1)).then(first)
    assert LIFECYCLE.stage(letter_of(office)) == "replied"
    act = evaluated(2)
    last = stated(
        act, SuggestionEvaluated, organ=ORGAN, evaluated=2, rectified=2, evaluation="整改到位"
    )
    office = given(*REPLIED, evaluated(1)).when(act).then(last)
    assert LIFECYCLE.stage(letter_of(office)) == "rectified"


@proves(evaluate_suggestion, 5)
@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("整改到位", "整改到位", "整改到位"),
        ("整改到位", "部分到位", "部分到位"),
        ("未到位", "整改到位", "未到位"),
        ("部分到位", "未到位", "未到位"),
    ],
)
def test_a_letter_has_the_heaviest_of_its_suggestions_results(
    one: str, other: str, whole: str
) -> None:
    office = given(*REPLIED, evaluated(1, one), evaluated(2, other)).office
    assert letter_of(office).evaluation == whole


@proves(evaluate_suggestion, 3)
def test_a_suggestion_is_evaluated_once_if_it_stands() -> None:
    history = given(*REPLIED, evaluated(1))
    history.when(evaluated(1)).refused("already_registered", field="suggestion")
    history.when(evaluated(3)).refused("missing_reference", field="suggestion")
    lifted = given(*DELIVERED, objected(2), decided(upheld=True), replied())
    lifted.when(evaluated(2)).refused("suggestion_lifted", field="suggestion")


@proves(evaluate_suggestion, 4)
def test_an_unknown_result_is_refused() -> None:
    given(*REPLIED).when(evaluated(1, "基本到位")).refused("unknown_code", field="result")


@proves(check_site, 1)
@proves(evaluate_suggestion, 1)
@proves(return_suggestion, 1)
@proves(revisit_recommendation, 1)
@proves(strike_off_recommendation, 1)
@pytest.mark.parametrize(
    ("before", "act"),
    [
        (ISSUED, site_checked()),
        (CLOSED, site_checked()),
        (DELIVERED, evaluated(1)),
        (RECTIFIED, evaluated(1)),
        (REPLIED, sent_back()),
        (RECTIFIED, sent_back()),
        (HALF_DONE, revisited()),
        (HALF_DONE, struck_off()),
        (REPLIED, struck_off()),
        (CLOSED, struck_off()),
    ],
)
def test_an_act_on_a_letter_at_another_stage_is_refused(before: Any, act: Any) -> None:
    given(*before).when(act).refused("wrong_stage", field="number")


@proves(check_site, 2)
@proves(evaluate_suggestion, 2)
@proves(return_suggestion, 2)
@proves(revisit_recommendation, 2)
@proves(strike_off_recommendation, 2)
@proves(escalate_recommendation, 2)
@pytest.mark.parametrize(
    ("before", "act", "field"),
    [
        (REPLIED, site_checked(checked_on=EARLY), "checked_on"),
        (REPLIED, evaluated(1, evaluated_on=date(2021, 6, 27)), "evaluated_on"),
        (HALF_DONE, sent_back(returned_on=EARLY), "returned_on"),
        (RECTIFIED, revisited(revisited_on=EARLY), "revisited_on"),
        (CLOSED, revisited(revisited_on=date(2021, 9, 9)), "revisited_on"),
        (RECTIFIED, struck_off(closed_on=EARLY), "closed_on"),
        (RECTIFIED, struck_off(closed_on=date(2021, 6, 27)), "closed_on"),
        (DELIVERED, escalated("逾期不回复", escalated_on=EARLY), "escalated_on"),
    ],
)
def test_an_act_too_early_is_refused(before: Any, act: Any, field: str) -> None:
    given(*before).when(act).refused("impossible_date", field=field)


def test_a_suggestion_is_returned_with_a_new_deadline() -> None:
    act = sent_back()
    happened = stated(act, SuggestionReturned, organ=ORGAN, returns=1, evaluated=1)
    office = given(*HALF_DONE).when(act).then(happened)
    letter = letter_of(office)
    assert LIFECYCLE.stage(letter) == "returned"
    assert [(each.due_on, each.result) for each in letter.items][1] == (date(2021, 9, 1), None)


def test_two_suggestions_returned_together_are_one_return() -> None:
    office = given(*REPLIED, evaluated(1, "未到位"), evaluated(2, "部分到位")).office
    for suggestion in (1, 2):
        office.carry_out(sent_back(suggestion))
    letter = letter_of(office)
    assert (letter.returns, letter.evaluated) == (1, 0)
    office.carry_out(replied(filed_on=date(2021, 8, 20)))
    assert LIFECYCLE.stage(letter_of(office)) == "replied"


@proves(return_suggestion, 3)
def test_only_what_was_not_put_right_is_returned() -> None:
    given(*HALF_DONE).when(sent_back(1)).refused("not_short", field="suggestion")
    given(*RETURNED).when(sent_back(2)).refused("not_short", field="suggestion")


@proves(return_suggestion, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"demand": ""}, "required", "demand"),
        ({"due_on": date(2021, 7, 11)}, "impossible_date", "due_on"),
    ],
)
def test_a_return_says_what_is_still_demanded(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*HALF_DONE).when(sent_back(**changes)).refused(code, field=field)


def test_a_returned_suggestion_is_evaluated_again_and_the_letter_struck_off() -> None:
    again = (replied(filed_on=date(2021, 8, 20)), evaluated(2, evaluated_on=date(2021, 9, 2)))
    closed = RecommendationClosed(number=LETTER, organ=ORGAN, closed_on=date(2021, 9, 10))
    office = given(*RETURNED, *again).when(struck_off()).then(closed)
    letter = letter_of(office)
    assert (LIFECYCLE.stage(letter), letter.rectified) == ("closed", 2)


def test_a_letter_whose_register_says_rectified_is_struck_off() -> None:
    told = EvaluateRecommendation(
        number=LETTER, evaluated_on=date(2021, 7, 10), evaluation="整改到位"
    )
    office = given(*FILED_CASE, a_letter(), told, struck_off()).office
    assert LIFECYCLE.stage(letter_of(office)) == "closed"


@pytest.mark.parametrize("before", [RECTIFIED, CLOSED])
def test_a_unit_is_revisited(before: Any) -> None:
    given(*before).when(revisited()).then(stated(revisited(), RecommendationRevisited, organ=ORGAN))


@proves(strike_off_recommendation, 3)
def test_a_letter_found_relapsed_is_not_struck_off() -> None:
    relapsed = revisited(revisited_on=date(2021, 9, 1), relapsed=True)
    given(*RECTIFIED, relapsed).when(struck_off()).refused("relapsed", field="number")


LATE = date(2021, 9, 20)
REFUSED = replied(adopted=False, account="不予采纳")
GROUNDS = [
    ("拒不采纳", (*DELIVERED, REFUSED)),
    ("拒不采纳", (*DELIVERED, objected(), decided(upheld=False))),
    ("逾期不回复", DELIVERED),
    ("整改不到位", HALF_DONE),
    ("整改不到位", RETURNED),
    ("整改后反弹", (*CLOSED, revisited(revisited_on=date(2021, 9, 15), relapsed=True))),
]


@proves(escalate_recommendation, 4)
@pytest.mark.parametrize(("ground", "before"), GROUNDS)
def test_a_letter_not_carried_out_is_escalated_into_accountability(
    ground: str, before: Any
) -> None:
    act = escalated(ground)
    happened = stated(act, RecommendationEscalated, organ=ORGAN)
    office = given(*before, ACCOUNTABILITY).when(act).then(happened)
    assert letter_of(office).accountability_lead == "XS-WZ-1"


@proves(escalate_recommendation, 4)
@pytest.mark.parametrize(
    ("ground", "before"),
    [
        ("拒不采纳", REPLIED),
        ("拒不采纳", (*DELIVERED, objected(), decided(upheld=False), replied())),
        ("逾期不回复", REPLIED),
        ("逾期不回复", (*DELIVERED, reply_extended(extended_to=LATE))),
        ("逾期不回复", (*FILED_CASE, a_letter(reply_due_on=None))),
        ("整改不到位", RECTIFIED),
        ("整改后反弹", CLOSED),
    ],
)
def test_a_ground_that_the_course_does_not_show_is_refused(ground: str, before: Any) -> None:
    history = given(*before, ACCOUNTABILITY)
    history.when(escalated(ground)).refused("no_ground", field="ground")


@proves(escalate_recommendation, 4)
def test_an_unknown_ground_is_refused() -> None:
    history = given(*DELIVERED, ACCOUNTABILITY)
    history.when(escalated("态度不好")).refused("unknown_code", field="ground")


@proves(escalate_recommendation, 1)
def test_a_letter_is_escalated_once_and_not_when_revoked() -> None:
    act = escalated("逾期不回复")
    history = given(*DELIVERED, ACCOUNTABILITY, act)
    history.when(act).refused("already_registered", field="number")
    revoked = given(*DELIVERED, objected(), decided(upheld=True), ACCOUNTABILITY)
    revoked.when(act).refused("wrong_stage", field="number")


@proves(escalate_recommendation, 3)
def test_accountability_rests_on_a_lead_registered_since() -> None:
    act = escalated("逾期不回复")
    given(*DELIVERED).when(act).refused("missing_reference", field="accountability_lead")
    older = a_lead(number="XS-WZ-1", received_on=date(2021, 5, 1))
    given(*DELIVERED, older).when(act).refused("impossible_date", field="accountability_lead")


def test_suggestions_listed_late_are_still_to_be_evaluated() -> None:
    office = given(*FILED_CASE, a_letter(), replied(), listed(listed_on=date(2021, 6, 29))).office
    office.carry_out(evaluated(1))
    assert LIFECYCLE.stage(letter_of(office)) == "rectified"
