"""线索处置的过程: proposing a handling, talk and inquiry, verification, and the three closings."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact
from domain.streams import Kind


@fact
class LeadHandlingProposed:
    """提出处置意见; ``proposal`` counts the proposals made on the lead."""

    OCCURRED: ClassVar = "proposed_on"

    lead: str
    organ: str
    proposal: int
    proposed_on: date
    proposed_method: str
    proposer: str | None
    opinion: PersonalText | None
    closing_ground: str | None


@fact
class LeadHandlingReturned:
    """退回处置意见: the proposal is to be made anew."""

    OCCURRED: ClassVar = "returned_on"

    lead: str
    organ: str
    returned_proposal: int
    returned_on: date
    reason: PersonalText | None


@fact
class InquirySent:
    """函询通知送达; the reply is due from the day of delivery."""

    OCCURRED: ClassVar = "delivered_on"

    lead: str
    organ: str
    person: Annotated[str, Ref(Kind.PERSON)]
    delivered_on: date


@fact
class InquiryReplied:
    """收到函询回复, countersigned by the head of the person's party organisation."""

    OCCURRED: ClassVar = "replied_on"

    lead: str
    organ: str
    person: Annotated[str, Ref(Kind.PERSON)]
    replied_on: date
    countersigned_by: str


@fact
class TalkRecorded:
    """谈话, with the record signed."""

    OCCURRED: ClassVar = "talked_on"

    lead: str
    organ: str
    person: Annotated[str, Ref(Kind.PERSON)]
    talked_on: date
    talker: str | None


@fact
class TalkInquiryReported:
    """谈话函询情况报告; ``reported_handling`` is the day of the handling it reports on."""

    OCCURRED: ClassVar = "reported_on"

    lead: str
    organ: str
    reported_handling: date
    reported_on: date
    finding: PersonalText | None


@fact
class TalkInquiryConcluded:
    """谈话函询结果: what was decided on the report."""

    OCCURRED: ClassVar = "concluded_on"

    lead: str
    organ: str
    decided_on: date
    concluded_on: date
    result: Annotated[str, Code("talk_result")]
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class VerificationPlanApproved:
    """初步核实方案批准, and the team that verifies."""

    OCCURRED: ClassVar = "plan_approved_on"

    lead: str
    organ: str
    plan_approved_on: date
    team: tuple[str, ...]
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class VerificationReported:
    """初步核实情况报告; ``reported_handling`` is the day of the handling it reports on."""

    OCCURRED: ClassVar = "reported_on"

    lead: str
    organ: str
    reported_handling: date
    reported_on: date
    finding: PersonalText | None


@fact
class VerificationConcluded:
    """初步核实结果: what was decided on the report; ``recipient`` is the party organisation."""

    OCCURRED: ClassVar = "concluded_on"

    lead: str
    organ: str
    decided_on: date
    concluded_on: date
    result: Annotated[str, Code("verification_result")]
    recipient: str | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class LeadClosedAtDisposal:
    """不查而结: closed when disposed of, without a check."""

    OCCURRED: ClassVar = "closed_on"

    lead: str
    organ: str
    closed_on: date
    ground: Annotated[str, Code("closing_ground")]


@fact
class LeadClosedAfterTalk:
    """采信了结: what the person said is believed; a letter to the person is due."""

    OCCURRED: ClassVar = "closed_on"

    lead: str
    organ: str
    closed_on: date
    feedback_due_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class LeadClosedAfterVerification:
    """初核后了结: nothing was found; it is explained to the person's unit."""

    OCCURRED: ClassVar = "closed_on"

    lead: str
    organ: str
    closed_on: date
    feedback_due_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ClosingFedBack:
    """了结反馈: by letter to the person, or by explanation to the person's party organisation."""

    OCCURRED: ClassVar = "closing_fed_back_on"

    lead: str
    organ: str
    closing_fed_back_on: date
    addressee: Annotated[str, Code("closing_addressee")]
