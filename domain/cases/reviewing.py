"""立案: reviewing a case apart from its investigation, and sending it back."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile, has_investigated
from domain.cases.course import (
    CaseAcceptedForReview,
    CaseResentToReview,
    CaseReturnedToInvestigation,
    ReviewConcluded,
    ReviewersAssigned,
    ReviewExtended,
)
from domain.cases.rules import (
    LEADER,
    PRINCIPAL,
    WORK_RULES,
    case_for,
    require_after,
    require_approval,
    require_none_recused,
    require_separate,
    require_team,
)
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.limits.limits import end_of, limit
from domain.refusals import refuse_if
from domain.rules import require_codes
from domain.streams import Kind

ARTICLE = f"{WORK_RULES}第55条"
#: Who approves that a case goes back, by how it does.
APPROVES_RETURN = {"重新审查调查": (PRINCIPAL,), "补充审查调查": (LEADER, PRINCIPAL)}


@fact
class AcceptCaseForReview:
    """受理审理."""

    number: Annotated[str, Ref(Kind.CASE)]
    accepted_on: date
    reviewers: tuple[str, ...]


@fact
class AssignReviewers:
    """调整审理人员."""

    number: Annotated[str, Ref(Kind.CASE)]
    assigned_on: date
    reviewers: tuple[str, ...]


@fact
class ExtendReview:
    """延长审理期限."""

    number: Annotated[str, Ref(Kind.CASE)]
    decided_on: date
    review_until: date
    approver: Annotated[str, Code("approval")]
    reason: PersonalText | None


@fact
class ReturnCaseToInvestigation:
    """审理退回审查调查."""

    number: Annotated[str, Ref(Kind.CASE)]
    returned_on: date
    manner: Annotated[str, Code("case_return")]
    approver: Annotated[str, Code("approval")]
    reason: PersonalText


@fact
class ResendCaseToReview:
    """再次移送审理."""

    number: Annotated[str, Ref(Kind.CASE)]
    resent_on: date


@fact
class ConcludeReview:
    """审结."""

    number: Annotated[str, Ref(Kind.CASE)]
    review_concluded_on: date
    review_report: str | None
    opinion: PersonalText | None


def _require_reviewers(case: CaseFile, reviewers: tuple[str, ...]) -> None:
    require_team(case, reviewers, "reviewers", ARTICLE)
    require_separate(reviewers, has_investigated(case), "reviewers", "已参与本案审查调查")
    require_none_recused(case, reviewers, "reviewers")


def accept_case_for_review(
    case: CaseFile | None, act: AcceptCaseForReview
) -> CaseAcceptedForReview:
    """Accept a case for review.

    1. The case is sent to review and not yet accepted (《监督执纪工作规则》（2018）第55条).
    2. The report of its investigation is on file (《监督执纪工作规则》（2018）第55条).
    3. At least two officers review it (《监督执纪工作规则》（2018）第55条).
    4. None of them has investigated the case (《监督执纪工作规则》（2018）第54条).
    5. None of them is recused (《监察法》（2024修正）第67条).
    6. It is not accepted before it was sent (台账规则).
    """
    sent = case_for("accept_case_for_review", case, act.number)
    refuse_if(
        sent.report_on is None,
        "missing_report",
        "未登记审查调查报告，不符合受理条件",
        field="number",
        provision=ARTICLE,
    )
    _require_reviewers(sent, act.reviewers)
    require_after(sent.resent_on or sent.sent_to_review_on, act.accepted_on, "accepted_on", "移送")
    acceptances = (sent.resends or 0) + 1
    return restate(act, CaseAcceptedForReview, organ=sent.organ, acceptances=acceptances)


def assign_reviewers(case: CaseFile | None, act: AssignReviewers) -> ReviewersAssigned:
    """Assign the officers who review from now on.

    1. The case is under review (台账规则).
    2. At least two officers review it (《监督执纪工作规则》（2018）第55条).
    3. None of them has investigated the case (《监督执纪工作规则》（2018）第54条).
    4. None of them is recused (《监察法》（2024修正）第67条).
    5. They are not assigned before the case was accepted (台账规则).
    """
    accepted = case_for("assign_reviewers", case, act.number)
    _require_reviewers(accepted, act.reviewers)
    require_after(accepted.accepted_on, act.assigned_on, "assigned_on", "受理")
    return restate(act, ReviewersAssigned, organ=accepted.organ)


def extend_review(case: CaseFile | None, act: ExtendReview) -> ReviewExtended:
    """Extend the time of a review where a case is grave or complex.

    1. The case is under review (台账规则).
    2. A responsible leader or the principal approves (可配置：《监督执纪工作规则》（2018）第55条).
    3. The last day is after the term as it stands (《监督执纪工作规则》（2018）第55条).
    4. It is not decided before the case was accepted (台账规则).
    """
    accepted = case_for("extend_review", case, act.number)
    require_approval(act.approver, (LEADER, PRINCIPAL), ARTICLE)
    began = accepted.accepted_on or accepted.filed_on
    due = max(end_of(limit("case.review", began), began), accepted.review_until or began)
    refuse_if(
        act.review_until <= due,
        "impossible_date",
        f"延长后的期限须在 {due} 之后",
        field="review_until",
        provision=ARTICLE,
    )
    require_after(began, act.decided_on, "decided_on", "受理")
    return restate(act, ReviewExtended, organ=accepted.organ)


def return_case_to_investigation(
    case: CaseFile | None, act: ReturnCaseToInvestigation
) -> CaseReturnedToInvestigation:
    """Send a case back to investigation.

    1. The case is sent to review or under review (《监督执纪工作规则》（2018）第55条).
    2. The manner is one in force on the day (《监督执纪工作规则》（2018）第55条).
    3. The principal approves that it is investigated anew, a responsible leader that it is
       investigated further (《监督执纪工作规则》（2018）第55条).
    4. A reason is given (《监督执纪工作规则》（2018）第55条).
    5. It is not sent back before it was sent or accepted (台账规则).
    """
    sent = case_for("return_case_to_investigation", case, act.number)
    require_codes(act, act.returned_on)
    require_approval(act.approver, APPROVES_RETURN[act.manner], ARTICLE)
    refuse_if(not act.reason.strip(), "required", "须说明退回理由", field="reason")
    came = sent.resent_on or sent.sent_to_review_on
    require_after(came, act.returned_on, "returned_on", "移送")
    require_after(sent.accepted_on, act.returned_on, "returned_on", "受理")
    returns = (sent.resends or 0) + 1
    return restate(act, CaseReturnedToInvestigation, organ=sent.organ, returns=returns)


def resend_case_to_review(case: CaseFile | None, act: ResendCaseToReview) -> CaseResentToReview:
    """Send a case to review again after it was sent back; the first sending stays what it was.

    1. The case was sent back (《监督执纪工作规则》（2018）第55条).
    2. A report was made since (《监督执纪工作规则》（2018）第55条).
    3. It is not sent again before it came back (台账规则).
    """
    returned = case_for("resend_case_to_review", case, act.number)
    reported, back = returned.report_on, returned.returned_on
    answered = reported is not None and back is not None and reported >= back
    refuse_if(
        not answered,
        "missing_report",
        "退回后未登记新的审查调查报告",
        field="number",
        provision=ARTICLE,
    )
    require_after(back, act.resent_on, "resent_on", "审理退回")
    resends = (returned.resends or 0) + 1
    return restate(act, CaseResentToReview, organ=returned.organ, resends=resends)


def conclude_review(case: CaseFile | None, act: ConcludeReview) -> ReviewConcluded:
    """Conclude a review by its report (审理报告).

    1. The case is under review (《监察法》（2024修正）第51条).
    2. At least two officers are on the review (《监督执纪工作规则》（2018）第55条).
    3. It is not concluded before it was accepted (台账规则).
    """
    accepted = case_for("conclude_review", case, act.number)
    require_team(accepted, accepted.reviewers, "number", ARTICLE)
    field = "review_concluded_on"
    require_after(accepted.accepted_on, act.review_concluded_on, field, "受理")
    return restate(act, ReviewConcluded, organ=accepted.organ)
