"""巡察问题整改: each act on a problem, what it brings about and when it is refused."""

from datetime import date
from typing import Any

import pytest

from domain.inspections.decisions import rectify_problem
from domain.inspections.problem import (
    LIFECYCLE,
    OPEN_AGAIN,
    ProblemClassified,
    ProblemRectificationExtended,
    ProblemRectified,
    ProblemRecurred,
    ProblemReturned,
    ProblemVerified,
    RectificationEvidenced,
)
from domain.inspections.problem_decisions import (
    classify_problem,
    extend_problem_rectification,
    find_problem_again,
    return_problem,
    submit_rectification_evidence,
    verify_problem,
)
from domain.streams import Kind
from tests.domain.harness import Office, given, stated
from tests.domain.inspections.samples import (
    LOOKBACK,
    OTHER,
    PARTIAL,
    PROBLEM_FED_BACK,
    SIGNED_OFF,
    a_classification,
    a_lookback,
    an_extension,
    evidenced,
    found_again,
    rectified,
    sent_back,
    verified,
)
from tests.domain.proof import proves
from tests.domain.samples import PROBLEM, ROUND, UNIT, a_correction, a_problem, an_organ

OF = {"round": ROUND, "unit": UNIT}
RECTIFIED = (*PROBLEM_FED_BACK, rectified())
WANTING = (*RECTIFIED, evidenced(), verified(verification=PARTIAL))
BOUNCED = (*SIGNED_OFF, a_lookback())


def stage(office: Office) -> str:
    return LIFECYCLE.stage(office.look(Kind.PROBLEM, PROBLEM))


@proves(classify_problem, 1, 2)
def test_a_problem_is_classified_whenever_the_office_comes_to_it() -> None:
    act = a_classification()
    office = given(*SIGNED_OFF).when(act).then(stated(act, ProblemClassified, **OF))
    assert office.look(Kind.PROBLEM, PROBLEM).focus == act.focus
    assert stage(office) == "signed_off"


@proves(classify_problem, 1)
def test_a_problem_is_not_classified_before_it_is_fed_back() -> None:
    early = a_classification(classified_on=date(2021, 4, 19))
    given(*PROBLEM_FED_BACK).when(early).refused("impossible_date", field="classified_on")


@proves(classify_problem, 2)
def test_a_focus_that_is_none_is_refused() -> None:
    act = a_classification(focus="聚焦其他")
    given(*PROBLEM_FED_BACK).when(act).refused("unknown_code", field="focus")


@proves(extend_problem_rectification, 1, 3)
def test_the_time_to_rectify_is_extended_more_than_once() -> None:
    again = an_extension(approved_on=date(2021, 8, 10), extended_due_on=date(2021, 9, 20))
    happened = stated(again, ProblemRectificationExtended, **OF)
    office = given(*PROBLEM_FED_BACK, an_extension()).when(again).then(happened)
    problem = office.look(Kind.PROBLEM, PROBLEM)
    assert (problem.rectify_due_on, problem.extended_due_on) == (
        date(2021, 7, 20),
        date(2021, 9, 20),
    )


@proves(extend_problem_rectification, 1)
def test_what_is_rectified_is_not_extended() -> None:
    given(*RECTIFIED).when(an_extension()).refused("wrong_stage", field="number")


@proves(extend_problem_rectification, 2)
def test_an_extension_is_not_approved_before_the_feedback() -> None:
    act = an_extension(approved_on=date(2021, 4, 19))
    given(*PROBLEM_FED_BACK).when(act).refused("impossible_date", field="approved_on")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"extended_due_on": date(2021, 7, 20)}, id="the day that held"),
        pytest.param({"approved_on": date(2021, 8, 21)}, id="before the approval"),
    ],
)
@proves(extend_problem_rectification, 3)
def test_an_extension_to_no_later_day_is_refused(changes: dict[str, Any]) -> None:
    act = an_extension(**changes)
    given(*PROBLEM_FED_BACK).when(act).refused("impossible_date", field="extended_due_on")


@proves(submit_rectification_evidence, 1, 2, 3)
def test_what_is_rectified_is_evidenced_and_the_evidence_completed() -> None:
    more = evidenced(evidenced_on=date(2021, 7, 18), evidence="制度文件")
    happened = stated(more, RectificationEvidenced, **OF)
    office = given(*RECTIFIED, evidenced()).when(more).then(happened)
    assert stage(office) == "evidenced"


@proves(submit_rectification_evidence, 1)
def test_what_is_not_rectified_has_no_evidence() -> None:
    given(*PROBLEM_FED_BACK).when(evidenced()).refused("wrong_stage", field="number")


@pytest.mark.parametrize("field", ["measures", "evidence"])
@proves(submit_rectification_evidence, 2)
def test_empty_evidence_is_refused(field: str) -> None:
    given(*RECTIFIED).when(evidenced(**{field: " "})).refused("required", field=field)


@proves(submit_rectification_evidence, 3)
def test_evidence_from_before_the_rectification_is_refused() -> None:
    act = evidenced(evidenced_on=date(2021, 7, 14))
    given(*RECTIFIED).when(act).refused("impossible_date", field="evidenced_on")


@proves(verify_problem, 1, 2, 3)
def test_what_is_verified_as_complete_is_signed_off() -> None:
    act = verified()
    office = given(*RECTIFIED, evidenced()).when(act).then(stated(act, ProblemVerified, **OF))
    assert stage(office) == "signed_off"


@proves(verify_problem, 1)
def test_nothing_is_signed_off_without_evidence() -> None:
    given(*RECTIFIED).when(verified()).refused("wrong_stage", field="number")


@proves(verify_problem, 2)
def test_a_verification_with_another_result_is_refused() -> None:
    act = verified(verification="基本到位")
    given(*RECTIFIED, evidenced()).when(act).refused("unknown_code", field="verification")


@proves(verify_problem, 3)
def test_a_verification_before_the_evidence_is_refused() -> None:
    act = verified(verified_on=date(2021, 7, 15))
    given(*RECTIFIED, evidenced()).when(act).refused("impossible_date", field="verified_on")


@proves(return_problem, 1, 3)
def test_what_is_found_wanting_is_sent_back_and_rectified_again() -> None:
    back = sent_back()
    office = given(*WANTING).when(back).then(stated(back, ProblemReturned, **OF, **OPEN_AGAIN))
    problem = office.look(Kind.PROBLEM, PROBLEM)
    assert stage(office) == "reopened"
    assert (problem.rectified_on, problem.verification) == (None, None)
    again = rectified(rectified_on=date(2021, 8, 1))
    happened = ProblemRectified(number=PROBLEM, rectified_on=date(2021, 8, 1), **OF)
    office = given(*WANTING, back).when(again).then(happened)
    assert stage(office) == "rectified"


@proves(return_problem, 1)
def test_what_is_signed_off_is_not_sent_back() -> None:
    given(*SIGNED_OFF).when(sent_back()).refused("wrong_stage", field="number")


@proves(return_problem, 2)
def test_nothing_is_sent_back_before_it_was_verified() -> None:
    act = sent_back(reopened_on=date(2021, 7, 19))
    given(*WANTING).when(act).refused("impossible_date", field="reopened_on")


@proves(return_problem, 3)
def test_what_is_sent_back_is_due_later() -> None:
    act = sent_back(extended_due_on=date(2021, 7, 21))
    given(*WANTING).when(act).refused("impossible_date", field="extended_due_on")


@proves(rectify_problem, 2)
def test_what_was_sent_back_is_not_rectified_before_that() -> None:
    act = rectified(rectified_on=date(2021, 7, 21))
    given(*WANTING, sent_back()).when(act).refused("impossible_date", field="rectified_on")


@proves(find_problem_again, 1, 2, 3, 4, 5)
def test_a_problem_found_again_is_open_again_and_linked_to_where_it_was_found() -> None:
    new = a_problem(number="WT02-001", round=LOOKBACK, fed_back_on=date(2022, 4, 1))
    act = found_again(again="WT02-001")
    happened = stated(act, ProblemRecurred, **OF, **OPEN_AGAIN, recurrences=1)
    office = given(*BOUNCED, new).when(act).then(happened)
    problem = office.look(Kind.PROBLEM, PROBLEM)
    assert (stage(office), problem.recurrences) == ("reopened", 1)
    assert problem.fed_back_on == date(2021, 4, 20), "the old problem keeps its own feedback"


def test_every_bounce_is_counted() -> None:
    again = (found_again(), rectified(rectified_on=date(2022, 4, 1)))
    third = a_lookback(number="XC03", started_on=date(2023, 1, 1))
    act = found_again(lookback="XC03", reopened_on=date(2023, 2, 1), extended_due_on=None)
    happened = stated(act, ProblemRecurred, **OF, **OPEN_AGAIN, recurrences=2)
    given(*BOUNCED, *again, third).when(act).then(happened)


@proves(find_problem_again, 1)
def test_a_problem_that_was_never_rectified_does_not_bounce() -> None:
    history = given(*PROBLEM_FED_BACK, a_lookback())
    history.when(found_again()).refused("wrong_stage", field="number")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"lookback": "无此号"}, "missing_reference", "lookback"),
        ({"lookback": ROUND}, "same_round", "lookback"),
        ({"again": "无此号"}, "missing_reference", "again"),
        ({"reopened_on": date(2022, 2, 28)}, "impossible_date", "reopened_on"),
        ({"extended_due_on": date(2022, 3, 9)}, "impossible_date", "extended_due_on"),
    ],
)
@proves(find_problem_again, 2, 3, 5)
def test_a_bounce_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    given(*BOUNCED).when(found_again(**changes)).refused(code, field=field)


@proves(find_problem_again, 3)
def test_a_problem_is_not_found_again_before_it_was_signed_off() -> None:
    late = (*RECTIFIED, evidenced(), verified(verified_on=date(2022, 3, 11)), a_lookback())
    given(*late).when(found_again()).refused("impossible_date", field="reopened_on")


@pytest.mark.parametrize("changes", [{"unit": OTHER, "round": LOOKBACK}, {"round": ROUND}])
@proves(find_problem_again, 4)
def test_a_bounce_is_linked_to_a_problem_of_that_round_and_unit(changes: dict[str, Any]) -> None:
    new = a_problem(number="WT02-001", fed_back_on=date(2022, 4, 1), **changes)
    act = found_again(again="WT02-001")
    given(*BOUNCED, new).when(act).refused("other_unit", field="again")


@pytest.mark.parametrize(
    "act",
    [a_classification(), an_extension(), evidenced(), verified(), sent_back(), found_again()],
    ids=lambda act: type(act).__name__,
)
@proves(classify_problem, 1)
def test_nothing_is_done_about_a_problem_that_is_not_there(act: Any) -> None:
    given(an_organ(), a_lookback()).when(act).refused("missing_reference", field="number")


def test_a_correction_keeps_the_course_of_the_problem() -> None:
    act = a_correction(Kind.PROBLEM, PROBLEM, "category", was="财务管理", now="作风")
    office = given(*SIGNED_OFF, a_classification()).when(act).office
    problem = office.look(Kind.PROBLEM, PROBLEM)
    assert (problem.category, problem.focus) == ("作风", a_classification().focus)
    assert stage(office) == "signed_off"
