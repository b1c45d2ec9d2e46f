"""立案: recusal, withdrawal, waiver, and what the procuratorate sends back."""

from datetime import date
from typing import Any

import pytest

from domain.cases.case_file import stage_of
from domain.cases.course import (
    CaseReturnedForSupplement,
    CaseWithdrawn,
    RecusalDecided,
    RecusalRequested,
    SanctionWaived,
    SupplementCompleted,
)
from domain.cases.decisions import CloseCase
from domain.cases.ending import (
    complete_supplement,
    return_case_for_supplement,
    waive_sanction,
    withdraw_case,
)
from domain.cases.recusing import decide_recusal, request_recusal
from domain.streams import Kind
from tests.domain.cases.samples import (
    IN_REVIEW,
    INVESTIGATED,
    REVIEWED,
    TRANSFERRED,
    a_completion,
    a_recusal,
    a_recusal_request,
    a_supplement,
    a_waiver,
    a_withdrawal,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import CASE, FILED_CASE, ORGAN

CLOSED = CloseCase(number=CASE, closed_on=date(2021, 6, 2))
TWICE = (
    a_supplement(),
    a_completion(),
    a_supplement(supplement_returned_on=date(2021, 9, 1)),
    a_completion(supplement_completed_on=date(2021, 9, 20)),
)


@proves(request_recusal, 1)
@proves(decide_recusal, 1)
@proves(withdraw_case, 1)
@proves(waive_sanction, 1)
@proves(return_case_for_supplement, 1)
@proves(complete_supplement, 1)
@pytest.mark.parametrize(
    "act",
    [
        a_recusal_request(),
        a_recusal(),
        a_withdrawal(),
        a_waiver(),
        a_supplement(),
        a_completion(),
    ],
    ids=lambda act: type(act).__name__,
)
def test_a_closed_case_ends_no_other_way(act: Any) -> None:
    given(*INVESTIGATED, CLOSED).when(act).refused("wrong_stage", field="number")


def test_an_officer_who_withdraws_is_off_the_case() -> None:
    asked = stated(a_recusal_request(), RecusalRequested, organ=ORGAN)
    given(*INVESTIGATED).when(a_recusal_request()).then(asked)
    left = {"investigators": ("JC01",), "reviewers": ()}
    told = stated(a_recusal(), RecusalDecided, organ=ORGAN, **left)
    office = given(*INVESTIGATED, a_recusal_request()).when(a_recusal()).then(told)
    assert office.look(Kind.CASE, CASE).investigators == ("JC01",)


def test_an_officer_who_need_not_withdraw_stays() -> None:
    act = a_recusal(granted=False)
    office = given(*INVESTIGATED, a_recusal_request(), act).office
    case = office.look(Kind.CASE, CASE)
    assert case.investigators == ("JC01", "JC02")
    assert [each.granted for each in case.recusals] == [False]
    again = a_recusal_request(requested_on=date(2021, 4, 20))
    told = stated(again, RecusalRequested, organ=ORGAN)
    given(*INVESTIGATED, a_recusal_request(), act).when(again).then(told)


@proves(request_recusal, 2)
@pytest.mark.parametrize("field", ["requester", "ground"])
def test_a_recusal_is_asked_for_by_the_terms_of_the_law(field: str) -> None:
    act = a_recusal_request(**{field: "表外"})
    given(*INVESTIGATED).when(act).refused("unknown_code", field=field)


@proves(request_recusal, 3)
def test_only_an_officer_on_the_case_withdraws_from_it() -> None:
    act = a_recusal_request(officer="JC09")
    given(*INVESTIGATED).when(act).refused("not_on_case", field="officer")


@proves(request_recusal, 4)
def test_a_recusal_is_decided_before_it_is_asked_for_again() -> None:
    history = given(*INVESTIGATED, a_recusal_request())
    history.when(a_recusal_request()).refused("already_registered", field="officer")


@proves(request_recusal, 5)
def test_a_recusal_is_not_asked_for_before_the_filing() -> None:
    act = a_recusal_request(requested_on=date(2021, 3, 31))
    given(*INVESTIGATED).when(act).refused("impossible_date", field="requested_on")


@proves(decide_recusal, 2)
def test_a_recusal_nobody_asked_for_is_not_decided() -> None:
    given(*INVESTIGATED).when(a_recusal()).refused("missing_reference", field="officer")
    decided = given(*INVESTIGATED, a_recusal_request(), a_recusal())
    decided.when(a_recusal()).refused("missing_reference", field="officer")


@proves(decide_recusal, 3)
def test_a_recusal_is_not_decided_before_it_was_asked_for() -> None:
    act = a_recusal(decided_on=date(2021, 4, 9))
    given(*INVESTIGATED, a_recusal_request()).when(act).refused(
        "impossible_date", field="decided_on"
    )


def test_a_case_is_withdrawn() -> None:
    told = stated(a_withdrawal(), CaseWithdrawn, organ=ORGAN)
    office = given(*FILED_CASE).when(a_withdrawal()).then(told)
    assert stage_of(office.look(Kind.CASE, CASE)) == "withdrawn"


@proves(withdraw_case, 2)
def test_only_the_principal_withdraws_a_case() -> None:
    act = a_withdrawal(approver="相关负责人")
    given(*FILED_CASE).when(act).refused("not_authorised", field="approver")


@proves(withdraw_case, 3)
def test_a_case_is_withdrawn_for_a_reason() -> None:
    given(*FILED_CASE).when(a_withdrawal(reason="")).refused("required", field="reason")


@proves(withdraw_case, 4)
def test_a_case_is_not_withdrawn_before_the_filing_nor_the_unit_told_before() -> None:
    early = a_withdrawal(withdrawn_on=date(2021, 3, 31))
    given(*FILED_CASE).when(early).refused("impossible_date", field="withdrawn_on")
    told = a_withdrawal(unit_notified_on=date(2021, 6, 19))
    given(*FILED_CASE).when(told).refused("impossible_date", field="unit_notified_on")


def test_a_sanction_is_waived_as_an_outcome_of_its_own() -> None:
    told = stated(a_waiver(), SanctionWaived, organ=ORGAN)
    office = given(*REVIEWED).when(a_waiver()).then(told)
    assert office.look(Kind.CASE, CASE).waiver == "免予处分"


@proves(waive_sanction, 1)
def test_a_sanction_is_not_waived_before_the_review_is_over() -> None:
    given(*IN_REVIEW).when(a_waiver()).refused("wrong_stage", field="number")


@proves(waive_sanction, 2)
def test_a_sanction_is_waived_once() -> None:
    given(*REVIEWED, a_waiver()).when(a_waiver()).refused("already_registered", field="waived_on")


@proves(waive_sanction, 3)
def test_a_waiver_is_one_of_two() -> None:
    given(*REVIEWED).when(a_waiver(waiver="从轻处分")).refused("unknown_code", field="waiver")


@proves(waive_sanction, 4)
def test_a_sanction_is_not_waived_before_the_review_was_concluded() -> None:
    act = a_waiver(waived_on=date(2021, 6, 7))
    given(*REVIEWED).when(act).refused("impossible_date", field="waived_on")


def test_the_procuratorate_sends_a_case_back_and_gets_it_again() -> None:
    told = stated(a_supplement(), CaseReturnedForSupplement, organ=ORGAN, supplements=1)
    office = given(*TRANSFERRED).when(a_supplement()).then(told)
    assert stage_of(office.look(Kind.CASE, CASE)) == "supplement"
    done = stated(a_completion(), SupplementCompleted, organ=ORGAN, supplements_completed=1)
    office = given(*TRANSFERRED, a_supplement()).when(a_completion()).then(done)
    assert stage_of(office.look(Kind.CASE, CASE)) == "transferred"


@proves(return_case_for_supplement, 2)
def test_a_case_comes_back_twice_and_no_more() -> None:
    third = a_supplement(supplement_returned_on=date(2021, 10, 1))
    refusal = given(*TRANSFERRED, *TWICE).when(third).refused("no_more_supplements", field="number")
    assert "第54条" in (refusal.provision or "")


@proves(return_case_for_supplement, 3)
def test_a_case_does_not_come_back_before_it_went() -> None:
    field = "supplement_returned_on"
    early = a_supplement(supplement_returned_on=date(2021, 6, 19))
    given(*TRANSFERRED).when(early).refused("impossible_date", field=field)
    second = a_supplement(supplement_returned_on=date(2021, 8, 9))
    given(*TRANSFERRED, *TWICE[:2]).when(second).refused("impossible_date", field=field)


@proves(complete_supplement, 2)
def test_a_supplement_is_not_completed_before_it_came() -> None:
    act = a_completion(supplement_completed_on=date(2021, 7, 19))
    history = given(*TRANSFERRED, a_supplement())
    history.when(act).refused("impossible_date", field="supplement_completed_on")
