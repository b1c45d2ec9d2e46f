"""作出处分决定."""

from datetime import date
from typing import Any

import pytest

from domain.sanctions.course import SanctionDecided
from domain.sanctions.deciding import decide_sanction
from domain.sanctions.sanction import SanctionImposed
from domain.streams import Kind
from tests.domain.cases.samples import (
    a_report,
    a_resending,
    a_return,
    a_sending,
    a_team,
    an_acceptance,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, SANCTION, a_person, a_sanction
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    NUMBER,
    OTHER,
    a_party_decision,
    a_probation,
    a_removal_from_office,
    an_administrative_decision,
)

SEVERE = an_administrative_decision
ANOTHER = a_person(number="RY002", name="李小明")


def refused(act: Any, code: str, field: str, *more: Any) -> Any:
    return given(*IN_REVIEW, *more).when(act).refused(code, field=field)


def test_a_decision_is_a_record_and_its_contents() -> None:
    act = a_party_decision()
    more = {"effective_on": act.decided_on, "probation_until": None}
    office = given(*IN_REVIEW).when(act)
    decided = stated(act, SanctionDecided, **more)
    state = office.then(stated(act, SanctionImposed), decided).look(Kind.SANCTION, NUMBER)
    assert (state.basis, state.kind, state.announced_on) == (act.basis, "严重警告", None)


@proves(decide_sanction, 11)
def test_probation_has_a_term_of_one_year_or_two() -> None:
    act = a_probation(effective_on=date(2021, 6, 5))
    _, decided = given(*IN_REVIEW).when(act).happened
    assert decided[1].probation_until == date(2022, 6, 5)
    refused(a_probation(probation_months=18), "impossible_number", "probation_months")
    refused(a_probation(probation_months=None), "impossible_number", "probation_months")
    refused(a_party_decision(probation_months=12), "impossible_number", "probation_months")
    refused(SEVERE(probation_months=12), "impossible_number", "probation_months")


@proves(decide_sanction, 1)
def test_a_number_is_decided_once() -> None:
    refused(a_party_decision(), "already_registered", "number", a_party_decision())


@proves(decide_sanction, 2)
def test_what_is_named_is_registered_and_in_the_tables() -> None:
    refused(a_party_decision(person="无此人"), "missing_reference", "person")
    refused(a_party_decision(kind="记过"), "unknown_code", "kind")
    refused(SEVERE(standing="村民"), "unknown_code", "standing")
    refused(a_party_decision(earlier=("无此号",)), "missing_reference", "earlier")
    of_another = a_sanction(case=None, person="RY002")
    refused(a_party_decision(earlier=(SANCTION,)), "another_person", "earlier", ANOTHER, of_another)


@proves(decide_sanction, 3)
def test_a_decision_states_its_kind() -> None:
    refused(a_party_decision(kind=None), "required", "kind")


@proves(decide_sanction, 4)
def test_a_sanction_is_decided_after_its_case_went_to_review() -> None:
    refused(a_party_decision(case=None), "required", "case")
    refused(a_party_decision(person="RY002"), "another_person", "person", ANOTHER)
    given(*FILED_CASE).when(a_party_decision()).refused("not_in_review", field="case")
    refused(a_party_decision(decided_on=date(2021, 5, 9)), "not_in_review", "case")


@proves(decide_sanction, 4)
def test_no_sanction_is_decided_while_the_case_is_sent_back() -> None:
    returned = (*FILED_CASE, a_team(), a_report(), a_sending(), an_acceptance(), a_return())
    given(*returned).when(a_party_decision()).refused("not_in_review", field="case")
    act = a_party_decision(decided_on=date(2021, 6, 10))
    again = (a_report(report_on=date(2021, 6, 4)), a_resending())
    assert given(*returned, *again).when(act).refusal is None


@proves(decide_sanction, 5, 6)
@pytest.mark.parametrize("field", ["approver", "facts", "basis", "remedy"])
def test_a_decision_states_what_it_must(field: str) -> None:
    refused(a_party_decision(**{field: None}), "required", field)
    refused(SEVERE(**{field: ""}), "required", field)


@proves(decide_sanction, 7)
def test_a_sanction_takes_effect_when_decided_or_later() -> None:
    refused(a_party_decision(effective_on=date(2021, 5, 31)), "impossible_date", "effective_on")


@proves(decide_sanction, 8)
@pytest.mark.parametrize("heard_on", [None, date(2021, 6, 2)])
def test_the_person_is_heard_before_an_administrative_sanction(heard_on: date | None) -> None:
    refused(SEVERE(heard_on=heard_on), "not_heard", "heard_on")


@proves(decide_sanction, 9)
def test_the_party_sanctions_its_members() -> None:
    citizen = a_person(political_status="群众")
    history = [citizen if command == a_person() else command for command in IN_REVIEW]
    given(*history).when(a_party_decision()).refused("not_a_member", field="category")
    assert given(*history).when(SEVERE()).refusal is None


@proves(decide_sanction, 10)
def test_a_member_without_a_post_is_given_a_serious_warning_instead() -> None:
    refused(a_party_decision(kind="撤销党内职务"), "no_post", "posts_removed")
    act = a_party_decision(kind="撤销党内职务", posts_removed="党支部书记")
    assert given(*IN_REVIEW).when(act).refusal is None


@proves(decide_sanction, 12)
@pytest.mark.parametrize(
    ("standing", "kind", "allowed"),
    [
        ("基层自治组织管理人员", "记大过", True),
        ("基层自治组织管理人员", "降级", False),
        ("其他依法履行公职人员", "警告", True),
        ("其他依法履行公职人员", "开除", False),
        ("已退休", "警告", False),
        ("已离职", "撤职", False),
        ("国有企业管理人员", "开除", True),
        (None, "撤职", True),
    ],
)
def test_who_may_be_given_which(standing: str | None, kind: str, *, allowed: bool) -> None:
    act = SEVERE(standing=standing, kind=kind)
    if allowed:
        assert given(*IN_REVIEW).when(act).refusal is None
    else:
        assert refused(act, "not_for_standing", "kind").provision.startswith(
            "《公职人员政务处分法》"
        )


@proves(decide_sanction, 13)
def test_organ_and_employer_do_not_both_sanction_one_act() -> None:
    refused(
        SEVERE(employer_sanction="区城管局处分决定〔2021〕3号"),
        "double_sanction",
        "employer_sanction",
    )


@proves(decide_sanction, 14)
@pytest.mark.parametrize(
    ("kind", "merged", "months", "allowed"),
    [
        ("记过", 2, 12, True),
        ("记过", 2, 24, True),
        ("记过", 2, 25, False),
        ("记过", 2, 11, False),
        ("记过", 1, 12, False),
        ("记过", None, 12, False),
        ("记过", 2, None, False),
        ("撤职", 3, 48, True),
        ("撤职", 3, 49, False),
        ("开除", 2, 24, False),
    ],
)
def test_a_period_is_set_for_several_equal_sanctions(
    kind: str, merged: int | None, months: int | None, *, allowed: bool
) -> None:
    act = SEVERE(kind=kind, merged=merged, period_months=months)
    refusal = given(*IN_REVIEW).when(act).refusal
    assert (refusal is None) == allowed
    assert refusal is None or refusal.code == "impossible_number"


@proves(decide_sanction, 14)
def test_a_party_decision_sets_no_period() -> None:
    refused(a_party_decision(period_months=12), "impossible_number", "period_months")


@proves(decide_sanction, 15)
@pytest.mark.parametrize("removed_on", [None, date(2021, 6, 2)])
def test_one_elected_is_first_removed(removed_on: date | None) -> None:
    act = a_removal_from_office(elected=True, removed_from_office_on=removed_on)
    refused(act, "not_removed_first", "removed_from_office_on")
    act = a_removal_from_office(elected=True, removed_from_office_on=date(2021, 5, 30))
    assert given(*IN_REVIEW).when(act).refusal is None


@proves(decide_sanction, 16)
def test_a_violation_during_probation_leads_to_expulsion() -> None:
    said = {
        "number": OTHER,
        "decided_on": date(2022, 3, 1),
        "violated_on": date(2021, 12, 1),
        "earlier": (NUMBER,),
    }
    refused(a_party_decision(**said), "expulsion_required", "kind", a_probation())
    expelled = a_party_decision(**said, kind="开除党籍")
    assert given(*IN_REVIEW, a_probation()).when(expelled).refusal is None
    before = a_party_decision(**(said | {"violated_on": date(2021, 5, 1)}))
    assert given(*IN_REVIEW, a_probation()).when(before).refusal is None
