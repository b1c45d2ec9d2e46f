"""违法办案申诉: a complaint about unlawful measures, its decision, and its review from above."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class ComplaintParticulars:
    """Who complains of what, in which case; ``relation`` is the complainant's to the person."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    case: Annotated[str | None, Ref(Kind.CASE)]
    complainant: PersonalText
    relation: str
    matter: Annotated[str, Code("complaint_matter")]
    summary: PersonalText | None
    accepted_on: date


@fact
class Complaint(ComplaintParticulars):
    """违法办案申诉 as it stands."""

    decided_on: date | None
    outcome: Annotated[str | None, Code("complaint_outcome")]
    remedied_by: str | None
    review_applied_on: date | None
    reviewed_on: date | None
    review_outcome: Annotated[str | None, Code("complaint_outcome")]


@fact
class ComplaintAccepted(ComplaintParticulars):
    """受理违法办案申诉."""

    OCCURRED: ClassVar = "accepted_on"


@fact
class ComplaintDecided:
    """作出申诉处理决定; ``remedied_by`` says how what was found true was put right."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    decided_on: date
    outcome: str
    remedied_by: str | None


@fact
class ComplaintReviewApplied:
    """申请复查."""

    OCCURRED: ClassVar = "review_applied_on"

    number: str
    organ: str
    received_on: date
    review_applied_on: date
    reviewer: str


@fact
class ComplaintReviewed:
    """作出复查处理决定."""

    OCCURRED: ClassVar = "reviewed_on"

    number: str
    organ: str
    reviewed_on: date
    review_outcome: str
    remedied_by: str | None


ComplaintEvent = ComplaintAccepted | ComplaintDecided | ComplaintReviewApplied | ComplaintReviewed


def evolve(complaint: Complaint | None, event: ComplaintEvent) -> Complaint:
    """The complaint after one more event; each fact names its fields as the state does."""
    if isinstance(event, ComplaintAccepted):
        return restate(
            event,
            Complaint,
            decided_on=None,
            outcome=None,
            remedied_by=None,
            review_applied_on=None,
            reviewed_on=None,
            review_outcome=None,
        )
    assert complaint is not None, "a complaint begins with its acceptance"  # noqa: S101 -- fold order
    return amended(complaint, event)


def stage(complaint: Complaint) -> str:
    """How far the complaint has come."""
    if complaint.reviewed_on is not None:
        return "reviewed"
    if complaint.review_applied_on is not None:
        return "under_review"
    return "decided" if complaint.decided_on is not None else "accepted"


LIFECYCLE = Lifecycle(
    kind=Kind.COMPLAINT,
    title="违法办案申诉",
    stages={
        "accepted": "已受理",
        "decided": "已处理",
        "under_review": "复查中",
        "reviewed": "已复查",
    },
    stage=stage,
    opened_by=("accept_complaint",),
    moves=(
        Move("decide_complaint", ("accepted",), ("decided",)),
        Move("apply_for_complaint_review", ("decided",), ("under_review",)),
        Move("decide_complaint_review", ("under_review",), ("reviewed",)),
    ),
)
