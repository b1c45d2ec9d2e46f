"""立案: what happens in a case between the dates that registers tell."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, fact


@fact
class CaseFilingAnnounced:
    """宣布立案决定: to the person, and to the organisations concerned."""

    OCCURRED: ClassVar = "announced_on"

    number: str
    organ: str
    announced_on: date
    serious: bool


@fact
class FamilyOfCaseNotified:
    """通知被调查人家属."""

    OCCURRED: ClassVar = "family_notified_on"

    number: str
    organ: str
    family_notified_on: date


@fact
class CasePublished:
    """向社会公开发布."""

    OCCURRED: ClassVar = "published_on"

    number: str
    organ: str
    published_on: date


@fact
class InvestigationPlanDecided:
    """专题会议确定调查方案; ``plan`` is the plan's document number."""

    OCCURRED: ClassVar = "plan_decided_on"

    number: str
    organ: str
    plan_decided_on: date
    plan: str | None
    measures_planned: tuple[str, ...]


@fact
class InvestigatorsAssigned:
    """确定审查调查人员: all who investigate from that day."""

    OCCURRED: ClassVar = "assigned_on"

    number: str
    organ: str
    assigned_on: date
    investigators: tuple[str, ...]


@fact
class InvestigationExtended:
    """延长审查调查期限; ``investigation_until`` is the last day."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    decided_on: date
    investigation_until: date
    approver: str
    reason: PersonalText | None


@fact
class InvestigationConcluded:
    """审查调查终结; ``letter_drafted`` tells whether the file holds a draft recommendation."""

    OCCURRED: ClassVar = "report_on"

    number: str
    organ: str
    report_on: date
    report: str | None
    letter_drafted: bool | None


@fact
class CaseAcceptedForReview:
    """受理审理; ``acceptances`` counts them."""

    OCCURRED: ClassVar = "accepted_on"

    number: str
    organ: str
    accepted_on: date
    acceptances: int
    reviewers: tuple[str, ...]


@fact
class ReviewersAssigned:
    """调整审理人员: all who review from that day."""

    OCCURRED: ClassVar = "assigned_on"

    number: str
    organ: str
    assigned_on: date
    reviewers: tuple[str, ...]


@fact
class ReviewExtended:
    """延长审理期限; ``review_until`` is the last day."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    decided_on: date
    review_until: date
    approver: str
    reason: PersonalText | None


@fact
class CaseReturnedToInvestigation:
    """审理退回; ``returns`` counts them."""

    OCCURRED: ClassVar = "returned_on"

    number: str
    organ: str
    returned_on: date
    returns: int
    manner: Annotated[str, Code("case_return")]
    approver: str
    reason: PersonalText


@fact
class CaseResentToReview:
    """再次移送审理; ``resends`` counts them."""

    OCCURRED: ClassVar = "resent_on"

    number: str
    organ: str
    resent_on: date
    resends: int


@fact
class ReviewConcluded:
    """审结; ``review_report`` is the report's document number."""

    OCCURRED: ClassVar = "review_concluded_on"

    number: str
    organ: str
    review_concluded_on: date
    review_report: str | None
    opinion: PersonalText | None


@fact
class RecusalRequested:
    """申请回避."""

    OCCURRED: ClassVar = "requested_on"

    number: str
    organ: str
    officer: str
    requested_on: date
    requester: Annotated[str, Code("recusal_requester")]
    ground: Annotated[str, Code("recusal_ground")]
    reason: PersonalText | None


@fact
class RecusalDecided:
    """决定回避; ``investigators`` and ``reviewers`` are those who stay on the case."""

    OCCURRED: ClassVar = "decided_on"

    number: str
    organ: str
    officer: str
    decided_on: date
    granted: bool
    approver: str | None
    investigators: tuple[str, ...]
    reviewers: tuple[str, ...]


@fact
class CaseWithdrawn:
    """撤销案件."""

    OCCURRED: ClassVar = "withdrawn_on"

    number: str
    organ: str
    withdrawn_on: date
    approver: str
    reason: PersonalText
    unit_notified_on: date | None


@fact
class SanctionWaived:
    """免予、不予处分."""

    OCCURRED: ClassVar = "waived_on"

    number: str
    organ: str
    waived_on: date
    waiver: Annotated[str, Code("waiver")]
    reason: PersonalText | None


@fact
class CaseReturnedForSupplement:
    """检察机关退回补充调查; ``supplements`` counts them."""

    OCCURRED: ClassVar = "supplement_returned_on"

    number: str
    organ: str
    supplement_returned_on: date
    supplements: int
    reason: PersonalText | None


@fact
class SupplementCompleted:
    """补充调查完毕; ``supplements_completed`` counts them."""

    OCCURRED: ClassVar = "supplement_completed_on"

    number: str
    organ: str
    supplement_completed_on: date
    supplements_completed: int


@fact
class CaseMeasureNoted:
    """记录使用措施情况: a measure of the case began or ended; instants where hours count."""

    OCCURRED: ClassVar = "noted_on"

    number: str
    organ: str
    noted_on: date
    measure: str
    measure_kind: str
    measured: str | None
    began_at: str | None
    ended_at: str | None
    ended: bool


CourseEvent = (
    CaseFilingAnnounced
    | FamilyOfCaseNotified
    | CasePublished
    | InvestigationPlanDecided
    | InvestigatorsAssigned
    | InvestigationExtended
    | InvestigationConcluded
    | CaseAcceptedForReview
    | ReviewersAssigned
    | ReviewExtended
    | CaseReturnedToInvestigation
    | CaseResentToReview
    | ReviewConcluded
    | RecusalRequested
    | RecusalDecided
    | CaseWithdrawn
    | SanctionWaived
    | CaseReturnedForSupplement
    | SupplementCompleted
    | CaseMeasureNoted
)
