"""立案: the review of a case, apart from its investigation."""

from datetime import date
from typing import Any

import pytest

from domain.cases.case_file import stage_of
from domain.cases.course import (
    CaseAcceptedForReview,
    CaseResentToReview,
    CaseReturnedToInvestigation,
    ReviewConcluded,
    ReviewersAssigned,
    ReviewExtended,
)
from domain.cases.reviewing import (
    accept_case_for_review,
    assign_reviewers,
    conclude_review,
    extend_review,
    resend_case_to_review,
    return_case_to_investigation,
)
from domain.streams import Kind
from tests.domain.cases.samples import (
    IN_REVIEW,
    INVESTIGATED,
    RETURNED,
    SENT,
    a_longer_review,
    a_recusal,
    a_recusal_request,
    a_report,
    a_resending,
    a_return,
    a_review_report,
    a_sending,
    an_acceptance,
    other_reviewers,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import CASE, FILED_CASE, ORGAN

BEFORE = date(2021, 5, 9)
RETURNED_AGAIN = (
    *RETURNED,
    a_report(report_on=date(2021, 6, 4)),
    a_resending(),
)
STEPS: list[Any] = [
    an_acceptance(),
    other_reviewers(),
    a_longer_review(),
    a_return(),
    a_resending(),
    a_review_report(),
]


@proves(accept_case_for_review, 1)
@proves(assign_reviewers, 1)
@proves(extend_review, 1)
@proves(return_case_to_investigation, 1)
@proves(resend_case_to_review, 1)
@proves(conclude_review, 1)
@pytest.mark.parametrize("act", STEPS, ids=lambda act: type(act).__name__)
def test_a_case_not_sent_is_not_reviewed(act: Any) -> None:
    given(*INVESTIGATED, a_report()).when(act).refused("wrong_stage", field="number")


def test_a_case_is_accepted_for_review() -> None:
    told = stated(an_acceptance(), CaseAcceptedForReview, organ=ORGAN, acceptances=1)
    office = given(*SENT).when(an_acceptance()).then(told)
    assert stage_of(office.look(Kind.CASE, CASE)) == "review"


@proves(accept_case_for_review, 2)
def test_a_case_without_a_report_is_not_accepted() -> None:
    history = given(*INVESTIGATED, a_sending())
    history.when(an_acceptance()).refused("missing_report", field="number")


@proves(accept_case_for_review, 3)
def test_one_officer_does_not_review_alone() -> None:
    act = an_acceptance(reviewers=("SL01",))
    given(*SENT).when(act).refused("too_few_officers", field="reviewers")


@proves(accept_case_for_review, 4)
@proves(assign_reviewers, 3)
def test_whoever_investigated_does_not_review() -> None:
    """JC02 has left the investigation, and still may not review."""
    from tests.domain.cases.samples import a_team

    left = a_team(investigators=("JC01", "JC03"), assigned_on=date(2021, 5, 1))
    history = given(*INVESTIGATED, left, a_report(), a_sending())
    refusal = history.when(an_acceptance(reviewers=("SL01", "JC02")))
    said = refusal.refused("duties_not_separate", field="reviewers")
    assert "第54条" in (said.provision or "")
    mixed = other_reviewers(reviewers=("SL03", "JC01"))
    given(*IN_REVIEW).when(mixed).refused("duties_not_separate", field="reviewers")


@proves(accept_case_for_review, 5)
@proves(assign_reviewers, 4)
def test_an_officer_who_withdrew_does_not_review() -> None:
    withdrew = (
        a_recusal_request(officer="SL02", requested_on=date(2021, 5, 12)),
        a_recusal(officer="SL02", decided_on=date(2021, 5, 13)),
    )
    mixed = other_reviewers(reviewers=("SL02", "SL03"))
    given(*IN_REVIEW, *withdrew).when(mixed).refused("recused", field="reviewers")
    again = an_acceptance(accepted_on=date(2021, 6, 6), reviewers=("SL02", "SL03"))
    course = (*IN_REVIEW, *withdrew, a_return(), a_report(report_on=date(2021, 6, 4)))
    given(*course, a_resending()).when(again).refused("recused", field="reviewers")


@proves(accept_case_for_review, 6)
def test_a_case_is_not_accepted_before_it_was_sent() -> None:
    act = an_acceptance(accepted_on=BEFORE)
    given(*SENT).when(act).refused("impossible_date", field="accepted_on")
    early = an_acceptance(accepted_on=date(2021, 6, 4))
    given(*RETURNED_AGAIN).when(early).refused("impossible_date", field="accepted_on")


def test_other_officers_take_over_a_review() -> None:
    told = stated(other_reviewers(), ReviewersAssigned, organ=ORGAN)
    given(*IN_REVIEW).when(other_reviewers()).then(told)


@proves(assign_reviewers, 2)
def test_a_review_keeps_two_officers() -> None:
    act = other_reviewers(reviewers=("SL03",))
    given(*IN_REVIEW).when(act).refused("too_few_officers", field="reviewers")


@proves(assign_reviewers, 5)
def test_reviewers_are_not_changed_before_the_acceptance() -> None:
    act = other_reviewers(assigned_on=date(2021, 5, 10))
    given(*IN_REVIEW).when(act).refused("impossible_date", field="assigned_on")


def test_a_review_is_extended_more_than_once() -> None:
    later = a_longer_review(review_until=date(2021, 8, 1), decided_on=date(2021, 6, 28))
    told = stated(later, ReviewExtended, organ=ORGAN)
    given(*IN_REVIEW, a_longer_review()).when(later).then(told)


@proves(extend_review, 2)
def test_a_head_of_department_does_not_extend_a_review() -> None:
    act = a_longer_review(approver="部门主要负责人")
    given(*IN_REVIEW).when(act).refused("not_authorised", field="approver")


@proves(extend_review, 3)
def test_an_extension_of_a_review_ends_after_the_month() -> None:
    act = a_longer_review(review_until=date(2021, 6, 11))
    given(*IN_REVIEW).when(act).refused("impossible_date", field="review_until")
    shorter = a_longer_review(review_until=date(2021, 6, 30))
    history = given(*IN_REVIEW, a_longer_review())
    history.when(shorter).refused("impossible_date", field="review_until")


@proves(extend_review, 4)
def test_an_extension_of_a_review_is_not_decided_before_the_acceptance() -> None:
    act = a_longer_review(decided_on=date(2021, 5, 10))
    given(*IN_REVIEW).when(act).refused("impossible_date", field="decided_on")


def test_a_case_is_sent_back_and_sent_again() -> None:
    told = stated(a_return(), CaseReturnedToInvestigation, organ=ORGAN, returns=1)
    given(*IN_REVIEW).when(a_return()).then(told)
    answered = given(*RETURNED, a_report(report_on=date(2021, 6, 4)))
    told_again = stated(a_resending(), CaseResentToReview, organ=ORGAN, resends=1)
    office = answered.when(a_resending()).then(told_again)
    case = office.look(Kind.CASE, CASE)
    assert (stage_of(case), case.sent_to_review_on) == ("sent", date(2021, 5, 10))


def test_a_case_sent_back_unaccepted_is_accepted_the_next_time() -> None:
    back = a_return(returned_on=date(2021, 5, 12))
    again = an_acceptance(accepted_on=date(2021, 6, 6))
    history = given(*SENT, back, a_report(report_on=date(2021, 6, 4)), a_resending())
    office = history.when(again).then(
        stated(again, CaseAcceptedForReview, organ=ORGAN, acceptances=2)
    )
    assert stage_of(office.look(Kind.CASE, CASE)) == "review"


@proves(return_case_to_investigation, 2)
def test_a_case_goes_back_in_a_manner_there_is() -> None:
    given(*IN_REVIEW).when(a_return(manner="退回")).refused("unknown_code", field="manner")


@proves(return_case_to_investigation, 3)
def test_the_principal_decides_that_a_case_is_investigated_anew() -> None:
    anew = a_return(manner="重新审查调查")
    given(*IN_REVIEW).when(anew).refused("not_authorised", field="approver")
    act = a_return(manner="重新审查调查", approver="主要负责人")
    told = stated(act, CaseReturnedToInvestigation, organ=ORGAN, returns=1)
    given(*IN_REVIEW).when(act).then(told)


@proves(return_case_to_investigation, 4)
def test_a_case_goes_back_for_a_reason() -> None:
    given(*IN_REVIEW).when(a_return(reason=" ")).refused("required", field="reason")


@proves(return_case_to_investigation, 5)
def test_a_case_does_not_go_back_before_it_came() -> None:
    given(*SENT).when(a_return(returned_on=BEFORE)).refused("impossible_date", field="returned_on")
    day = date(2021, 5, 10)
    history = given(*IN_REVIEW)
    history.when(a_return(returned_on=day)).refused("impossible_date", field="returned_on")


@proves(resend_case_to_review, 2)
def test_a_case_is_not_sent_again_without_a_new_report() -> None:
    given(*RETURNED).when(a_resending()).refused("missing_report", field="number")


@proves(resend_case_to_review, 3)
def test_a_case_is_not_sent_again_before_it_came_back() -> None:
    history = given(*RETURNED, a_report(report_on=date(2021, 6, 4)))
    early = a_resending(resent_on=date(2021, 5, 24))
    history.when(early).refused("impossible_date", field="resent_on")


@proves(conclude_review, 2)
def test_a_review_without_two_officers_is_not_concluded() -> None:
    told = stated(a_review_report(), ReviewConcluded, organ=ORGAN)
    given(*IN_REVIEW).when(a_review_report()).then(told)
    withdrew = (
        a_recusal_request(officer="SL02", requested_on=date(2021, 5, 12)),
        a_recusal(officer="SL02", decided_on=date(2021, 5, 13)),
    )
    alone = given(*IN_REVIEW, *withdrew)
    alone.when(a_review_report()).refused("too_few_officers", field="number")


@proves(conclude_review, 3)
def test_a_review_is_not_concluded_before_the_acceptance() -> None:
    act = a_review_report(review_concluded_on=date(2021, 5, 10))
    given(*IN_REVIEW).when(act).refused("impossible_date", field="review_concluded_on")


def test_a_case_that_registers_tell_of_is_not_reviewed_without_its_officers() -> None:
    history = given(*FILED_CASE, a_sending())
    history.when(an_acceptance()).refused("missing_report", field="number")
