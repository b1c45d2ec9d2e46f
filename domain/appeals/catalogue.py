"""申诉、复审、复核和违法办案申诉: concepts, stored names and acts."""

from collections.abc import Callable
from typing import Any

from domain.appeals import appeal, complaint, complaint_decisions, decisions
from domain.concept import Act, Concept, Related, Via, nothing
from domain.streams import Kind, stream_name
from domain.term import Data, Mark, Term


def _way_to_sanction(act: Any) -> Via:
    return Via(stream_name(Kind.APPEAL, act.number), "sanction", Kind.SANCTION)


def _sanction_appealed(act: Any) -> Related:
    """The sanction that the appeal is against, by way of the appeal."""
    return {"sanction": _way_to_sanction(act)}


def _case_behind(act: Any) -> Related:
    """The case that the sanction appealed against was given for."""
    return {"case": Via(_way_to_sanction(act), "case", Kind.CASE)}


CONCEPTS = (
    Concept(
        kind=Kind.APPEAL,
        plural="appeals",
        state=appeal.Appeal,
        evolve=appeal.evolve,
        begins=(appeal.AppealAccepted,),
        facts={
            "appeal.accepted.v1": appeal.AppealAccepted,
            "appeal.assigned.v1": appeal.AppealAssigned,
            "appeal.decided.v1": appeal.AppealDecided,
            "appeal.withdrawn.v1": appeal.AppealWithdrawn,
        },
    ),
    Concept(
        kind=Kind.COMPLAINT,
        plural="complaints",
        state=complaint.Complaint,
        evolve=complaint.evolve,
        begins=(complaint.ComplaintAccepted,),
        facts={
            "complaint.accepted.v1": complaint.ComplaintAccepted,
            "complaint.decided.v1": complaint.ComplaintDecided,
            "complaint.review_applied.v1": complaint.ComplaintReviewApplied,
            "complaint.reviewed.v1": complaint.ComplaintReviewed,
        },
    ),
)

ACTS = (
    Act(decisions.AcceptAppeal, decisions.accept_appeal, Kind.APPEAL),
    Act(decisions.AssignAppeal, decisions.assign_appeal, Kind.APPEAL, _case_behind),
    Act(decisions.DecideAppeal, decisions.decide_appeal, Kind.APPEAL, _sanction_appealed),
    Act(decisions.WithdrawAppeal, decisions.withdraw_appeal, Kind.APPEAL, _sanction_appealed),
    Act(
        complaint_decisions.AcceptComplaint,
        complaint_decisions.accept_complaint,
        Kind.COMPLAINT,
    ),
    Act(
        complaint_decisions.DecideComplaint,
        complaint_decisions.decide_complaint,
        Kind.COMPLAINT,
        nothing,
    ),
    Act(
        complaint_decisions.ApplyForComplaintReview,
        complaint_decisions.apply_for_complaint_review,
        Kind.COMPLAINT,
        nothing,
    ),
    Act(
        complaint_decisions.DecideComplaintReview,
        complaint_decisions.decide_complaint_review,
        Kind.COMPLAINT,
        nothing,
    ),
)

LIFECYCLES = (appeal.LIFECYCLE, complaint.LIFECYCLE)


def _of_kind(kind: str) -> Callable[[Data], bool]:
    return lambda data: bool(data["kind"] == kind)


def _appeal_term(rule: str, kind: str) -> Term:
    """The time in which an appeal of a kind is to be decided, from its acceptance."""
    return Term(
        rule=rule,
        opens=(Mark(fact=appeal.AppealAccepted, on="accepted_on", when=_of_kind(kind)),),
        closes=(
            Mark(fact=appeal.AppealDecided, on="decided_on"),
            Mark(fact=appeal.AppealWithdrawn, on="withdrawn_on"),
        ),
    )


TERMS = (
    _appeal_term("appeal.party", appeal.PARTY_APPEAL),
    _appeal_term("appeal.reexamination", appeal.REEXAMINATION),
    _appeal_term("appeal.review", appeal.REVIEW),
    Term(
        rule="complaint.decision",
        opens=(Mark(fact=complaint.ComplaintAccepted, on="accepted_on"),),
        closes=(Mark(fact=complaint.ComplaintDecided, on="decided_on"),),
    ),
    Term(
        rule="complaint.review",
        opens=(Mark(fact=complaint.ComplaintReviewApplied, on="review_applied_on"),),
        closes=(Mark(fact=complaint.ComplaintReviewed, on="reviewed_on"),),
    ),
)
