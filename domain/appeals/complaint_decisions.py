"""违法办案申诉: accepting a complaint, deciding it, and its review by the next higher organ."""

from datetime import date
from typing import Annotated

from domain.appeals.complaint import (
    LIFECYCLE,
    Complaint,
    ComplaintAccepted,
    ComplaintDecided,
    ComplaintParticulars,
    ComplaintReviewApplied,
    ComplaintReviewed,
)
from domain.cases.case import Case
from domain.fields import Code, Ref, fact, restate
from domain.limits.limits import end_of, limit
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind

LAW = "《监察法》（2024修正）第69条"
UNFOUNDED = "不属实"


@fact
class AcceptComplaint(ComplaintParticulars):
    """受理违法办案申诉."""


@fact
class DecideComplaint:
    """作出申诉处理决定."""

    number: Annotated[str, Ref(Kind.COMPLAINT)]
    decided_on: date
    outcome: Annotated[str, Code("complaint_outcome")]
    remedied_by: str | None


@fact
class ApplyForComplaintReview:
    """申请复查.

    ``received_on`` is when the decision was received.
    """

    number: Annotated[str, Ref(Kind.COMPLAINT)]
    received_on: date
    review_applied_on: date
    reviewer: str


@fact
class DecideComplaintReview:
    """作出复查处理决定."""

    number: Annotated[str, Ref(Kind.COMPLAINT)]
    reviewed_on: date
    review_outcome: Annotated[str, Code("complaint_outcome")]
    remedied_by: str | None


def accept_complaint(
    complaint: Complaint | None,
    act: AcceptComplaint,
    *,
    organ: Organ | None,
    case: Case | None,
) -> ComplaintAccepted:
    """Accept a complaint about unlawful measures.

    1. A number is used once (台账规则).
    2. Organ and case are registered (台账规则).
    3. The matter is one of those named by law (《监察法》（2024修正）第69条).
    4. The complainant and the relation to the person investigated are stated: the person, close
       relatives and those concerned may complain (《监察法》（2024修正）第69条).
    """
    require_new(complaint, act.number)
    require_known(act, {"organ": organ, "case": case})
    require_codes(act, act.accepted_on)
    refuse_if(not act.complainant, "required", "须写明申诉人", field="complainant")
    refuse_if(not act.relation, "required", "须写明与被调查人的关系", field="relation")
    return restate(act, ComplaintAccepted)


def _open(complaint: Complaint | None, number: str, act: str) -> Complaint:
    if complaint is None:
        raise Refusal("missing_reference", f"违法办案申诉 {number} 不存在", field="number")
    LIFECYCLE.require(act, complaint)
    return complaint


def _check_remedy(outcome: str, remedied_by: str | None) -> None:
    untold = outcome != UNFOUNDED and not remedied_by
    reason = "情况属实的，应当及时纠正并写明"
    refuse_if(untold, "required", reason, field="remedied_by", provision=LAW)


def decide_complaint(complaint: Complaint | None, act: DecideComplaint) -> ComplaintDecided:
    """Decide a complaint.

    1. It is accepted and not yet decided (《监察法》（2024修正）第69条).
    2. The outcome is one of the table (台账规则).
    3. It is not decided before it was accepted (台账规则).
    4. What is found true is put right, and how is stated (《监察法》（2024修正）第69条).
    """
    held = _open(complaint, act.number, "decide_complaint")
    require_codes(act, act.decided_on)
    require_order(held.accepted_on, act.decided_on, "决定日期早于受理日期", field="decided_on")
    _check_remedy(act.outcome, act.remedied_by)
    return restate(act, ComplaintDecided, organ=held.organ)


def apply_for_complaint_review(
    complaint: Complaint | None, act: ApplyForComplaintReview
) -> ComplaintReviewApplied:
    """Apply to the next higher organ for a review of the decision.

    1. The complaint is decided and its review not yet applied for (《监察法》（2024修正）第69条).
    2. The organ asked is stated (《监察法》（2024修正）第69条).
    3. The decision was received after it was made, and the application follows (台账规则).
    4. It is made within one month of receipt (《监察法》（2024修正）第69条).
    """
    held = _open(complaint, act.number, "apply_for_complaint_review")
    refuse_if(not act.reviewer, "required", "须写明上一级监察机关", field="reviewer")
    require_order(held.decided_on, act.received_on, "收到日期早于决定日期", field="received_on")
    field = "review_applied_on"
    require_order(act.received_on, act.review_applied_on, "申请日期早于收到日期", field=field)
    rule = limit("complaint.review_application", act.received_on)
    last = end_of(rule, act.received_on)
    late = act.review_applied_on > last
    reason = f"申请复查已逾期（{last}）"
    refuse_if(late, "late_application", reason, field=field, provision=rule.provision)
    return restate(act, ComplaintReviewApplied, organ=held.organ)


def decide_complaint_review(
    complaint: Complaint | None, act: DecideComplaintReview
) -> ComplaintReviewed:
    """Decide the review of a complaint.

    1. The review was applied for and is not yet decided (《监察法》（2024修正）第69条).
    2. The outcome is one of the table (台账规则).
    3. It is not decided before it was applied for (台账规则).
    4. What is found true is put right, and how is stated (《监察法》（2024修正）第69条).
    """
    held = _open(complaint, act.number, "decide_complaint_review")
    require_codes(act, act.reviewed_on)
    reason = "复查决定日期早于申请日期"
    require_order(held.review_applied_on, act.reviewed_on, reason, field="reviewed_on")
    _check_remedy(act.review_outcome, act.remedied_by)
    return restate(act, ComplaintReviewed, organ=held.organ)
