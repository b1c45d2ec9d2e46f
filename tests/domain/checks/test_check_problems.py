"""监督发现问题: from the list of a check to the sign-off."""

from datetime import date
from typing import Any

import pytest

from domain.checks.problem import (
    LIFECYCLE,
    CheckProblem,
    CheckProblemExtended,
    CheckProblemIncluded,
    CheckProblemRecorded,
    CheckProblemRectified,
    CheckProblemReferred,
    CheckProblemSignedOff,
    CheckProblemUrged,
    CheckProblemVerified,
)
from domain.checks.problem_decisions import (
    include_in_campaign,
    record_check_problem,
    refer_check_problem,
    sign_off_check_problem,
)
from domain.checks.rectification import (
    extend_check_problem,
    rectify_check_problem,
    urge_check_problem,
    verify_check_problem,
)
from domain.streams import Kind
from tests.domain.checks.samples import (
    CAMPAIGN,
    CHECKED,
    EVERYONE,
    OTHER,
    PROBLEM,
    RECORDED,
    RUNNING,
    SIGNED_OFF,
    a_campaign,
    a_check_problem,
    a_referral,
    a_sign_off,
    an_extension,
    an_inclusion,
    an_urging,
    put_right,
    verified,
    wanting,
)
from tests.domain.harness import Office, given, stated
from tests.domain.proof import proves
from tests.domain.samples import ORGAN, UNIT, a_lead, a_person

OF = {"organ": ORGAN, "unit": UNIT}
PUT_RIGHT = (*RECORDED, put_right())


def found(office: Office) -> CheckProblem:
    problem = office.look(Kind.CHECK_PROBLEM, PROBLEM)
    assert isinstance(problem, CheckProblem)
    return problem


def stage(office: Office) -> str:
    return LIFECYCLE.stage(found(office))


@proves(record_check_problem, 1, 2, 3, 4, 6)
def test_a_problem_is_entered_in_the_list_of_its_check() -> None:
    act = a_check_problem()
    office = given(*CHECKED).when(act).then(stated(act, CheckProblemRecorded))
    assert (stage(office), found(office).campaign) == ("rectifying", None)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"check": "无"}, "missing_reference", "check"),
        ({"campaign": "无"}, "missing_reference", "campaign"),
        ({"organ": "无"}, "missing_reference", "organ"),
        ({"unit": "无"}, "missing_reference", "unit"),
        ({"check": None}, "required", "check"),
        ({"found_on": date(2021, 5, 5)}, "impossible_date", "found_on"),
        (
            {"check": None, "campaign": CAMPAIGN, "found_on": date(2021, 3, 31)},
            "impossible_date",
            "found_on",
        ),
        ({"due_on": date(2021, 5, 5)}, "impossible_date", "due_on"),
    ],
)
@proves(record_check_problem, 2, 3, 4, 6)
def test_a_problem_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, field: str
) -> None:
    given(*RUNNING).when(a_check_problem(**changes)).refused(code, field=field)


@proves(record_check_problem, 1)
def test_a_number_of_a_problem_is_used_once() -> None:
    given(*RECORDED).when(a_check_problem()).refused("already_registered", field="number")


@proves(record_check_problem, 5)
@proves(include_in_campaign, 3)
def test_a_campaign_takes_in_problems_of_units_in_its_scope_only() -> None:
    narrow = a_campaign(units=(OTHER,))
    act = a_check_problem(campaign=CAMPAIGN)
    given(*CHECKED, narrow).when(act).refused("other_unit", field="campaign")
    given(*RECORDED, narrow).when(an_inclusion()).refused("other_unit", field="campaign")


@proves(include_in_campaign, 1, 2, 3, 4)
def test_a_problem_of_a_check_is_taken_into_a_campaign() -> None:
    history = given(*RECORDED, a_campaign())
    asked = history.when(an_inclusion())
    (own, included), (campaign, taken) = asked.happened
    assert (own, campaign) == (f"check_problem:{PROBLEM}", f"campaign:{CAMPAIGN}")
    assert included == stated(an_inclusion(), CheckProblemIncluded, **OF)
    assert (taken.problem, taken.taken_on) == (PROBLEM, date(2021, 5, 10))
    assert found(asked.office).campaign == CAMPAIGN


@proves(include_in_campaign, 1, 2, 3, 4)
def test_an_inclusion_that_cannot_be_is_refused() -> None:
    running = a_campaign()
    signed = given(*SIGNED_OFF, running)
    signed.when(an_inclusion()).refused("wrong_stage", field="number")
    once = given(*RECORDED, running, an_inclusion())
    once.when(an_inclusion()).refused("already_registered", field="campaign")
    given(*RECORDED).when(an_inclusion()).refused("missing_reference", field="campaign")
    early = an_inclusion(included_on=date(2021, 5, 5))
    given(*RECORDED, running).when(early).refused("impossible_date", field="included_on")


@proves(urge_check_problem, 1, 2)
def test_a_problem_is_urged_until_it_is_put_right() -> None:
    again = an_urging(urged_on=date(2021, 5, 25))
    happened = stated(again, CheckProblemUrged, **OF, urgings=2)
    office = given(*RECORDED, an_urging()).when(again).then(happened)
    assert (found(office).urgings, found(office).urged_on) == (2, date(2021, 5, 25))
    given(*PUT_RIGHT).when(an_urging()).refused("wrong_stage", field="number")


@pytest.mark.parametrize("urged_on", [date(2021, 5, 5), date(2021, 5, 19)])
@proves(urge_check_problem, 2)
def test_a_problem_is_not_urged_before_it_was_found_or_urged_last(urged_on: date) -> None:
    before = (*RECORDED,) if urged_on < date(2021, 5, 6) else (*RECORDED, an_urging())
    act = an_urging(urged_on=urged_on)
    given(*before).when(act).refused("impossible_date", field="urged_on")


@proves(extend_check_problem, 1, 2, 3)
def test_the_time_to_put_a_problem_right_is_extended() -> None:
    act = an_extension()
    office = given(*RECORDED).when(act).then(stated(act, CheckProblemExtended, **OF))
    assert found(office).extended_due_on == date(2021, 7, 1)
    given(*PUT_RIGHT).when(act).refused("wrong_stage", field="number")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"approved_on": date(2021, 5, 5)}, "approved_on"),
        ({"extended_due_on": date(2021, 6, 6)}, "extended_due_on"),
        ({"approved_on": date(2021, 7, 2)}, "extended_due_on"),
    ],
)
@proves(extend_check_problem, 2, 3)
def test_an_extension_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    given(*RECORDED).when(an_extension(**changes)).refused("impossible_date", field=field)


@proves(rectify_check_problem, 1, 2, 3)
@proves(verify_check_problem, 1, 2, 3, 4)
@proves(sign_off_check_problem, 1, 2)
def test_a_problem_is_put_right_verified_and_signed_off() -> None:
    act = put_right()
    office = given(*RECORDED).when(act).then(stated(act, CheckProblemRectified, **OF))
    assert stage(office) == "rectified"
    stays = {"rectified_on": date(2021, 6, 10)}
    happened = stated(verified(), CheckProblemVerified, **OF, **stays)
    office = given(*PUT_RIGHT).when(verified()).then(happened)
    assert stage(office) == "verified"
    done = stated(a_sign_off(), CheckProblemSignedOff, **OF)
    office = given(*PUT_RIGHT, verified()).when(a_sign_off()).then(done)
    assert stage(office) == "signed_off"


@proves(verify_check_problem, 1, 4)
def test_a_problem_found_wanting_is_put_right_again() -> None:
    gone = {"rectified_on": None}
    happened = stated(wanting(), CheckProblemVerified, **OF, **gone)
    office = given(*PUT_RIGHT).when(wanting()).then(happened)
    assert (stage(office), found(office).extended_due_on) == ("rectifying", date(2021, 7, 20))
    again = put_right(rectified_on=date(2021, 7, 10))
    office = given(*PUT_RIGHT, wanting(), again).office
    assert stage(office) == "rectified"
    early = put_right(rectified_on=date(2021, 6, 14))
    given(*PUT_RIGHT, wanting()).when(early).refused("impossible_date", field="rectified_on")


@pytest.mark.parametrize(
    ("before", "act", "code", "field"),
    [
        (SIGNED_OFF, put_right(), "wrong_stage", "number"),
        (RECORDED, put_right(measures=" "), "required", "measures"),
        (RECORDED, put_right(evidence=""), "required", "evidence"),
        (RECORDED, put_right(rectified_on=date(2021, 5, 5)), "impossible_date", "rectified_on"),
        (RECORDED, verified(), "wrong_stage", "number"),
        (PUT_RIGHT, verified(verification="好"), "unknown_code", "verification"),
        (PUT_RIGHT, verified(verified_on=date(2021, 6, 9)), "impossible_date", "verified_on"),
        (PUT_RIGHT, verified(extended_due_on=date(2021, 7, 1)), "required", "extended_due_on"),
        (PUT_RIGHT, wanting(extended_due_on=None), "required", "extended_due_on"),
        (
            PUT_RIGHT,
            wanting(extended_due_on=date(2021, 6, 14)),
            "impossible_date",
            "extended_due_on",
        ),
        (PUT_RIGHT, a_sign_off(), "wrong_stage", "number"),
        (
            (*PUT_RIGHT, verified()),
            a_sign_off(signed_off_on=date(2021, 6, 14)),
            "impossible_date",
            "signed_off_on",
        ),
    ],
)
@proves(rectify_check_problem, 1, 2, 3)
@proves(verify_check_problem, 1, 2, 3, 4)
@proves(sign_off_check_problem, 1, 2)
def test_what_cannot_be_is_refused(before: Any, act: Any, code: str, field: str) -> None:
    given(*before).when(act).refused(code, field=field)


FOUND_LEAD = (*RECORDED, a_person(), a_lead())


@proves(refer_check_problem, 1, 2, 3)
def test_a_problem_gives_rise_to_a_lead() -> None:
    act = a_referral()
    office = given(*FOUND_LEAD).when(act).then(stated(act, CheckProblemReferred, **OF))
    assert found(office).lead == act.lead
    given(*FOUND_LEAD, act).when(act).refused("already_registered", field="lead")


@proves(refer_check_problem, 2, 3)
def test_a_referral_that_cannot_be_is_refused() -> None:
    given(*RECORDED).when(a_referral()).refused("missing_reference", field="lead")
    audit = (*RECORDED, a_person(), a_lead(source="审计移送"))
    given(*audit).when(a_referral()).refused("other_source", field="lead")
    early = a_referral(referred_on=date(2021, 5, 5))
    given(*FOUND_LEAD).when(early).refused("impossible_date", field="referred_on")


@pytest.mark.parametrize(
    "act",
    [an_urging(), an_extension(), put_right(), verified(), a_sign_off(), a_referral()],
    ids=lambda act: type(act).__name__,
)
@proves(urge_check_problem, 1)
@proves(refer_check_problem, 1)
def test_nothing_is_done_about_a_problem_that_is_not_there(act: Any) -> None:
    given(*EVERYONE).when(act).refused("missing_reference", field="number")
