"""Commands on the course of a lead, in the order of an ordinary office; tests change them.

A lead received on 2024-03-01; proposed on 03-10 and approved on 03-15.
"""

from datetime import date
from typing import Any

from domain.leads.disposal import (
    ApproveLeadHandling,
    ProposeLeadHandling,
    ReactivateLead,
    ReopenLead,
    ReturnLeadHandling,
)
from domain.leads.merging import LeadPart, MergeLead, SplitLead
from domain.leads.routing import (
    AcceptTransferredLead,
    AssignLead,
    ConcludeForPerson,
    SendLeadOut,
    TransferLead,
    WithdrawLead,
)
from domain.leads.talks import (
    CloseLeadAfterTalk,
    ConcludeTalkInquiry,
    ReceiveInquiryReply,
    RecordTalk,
    ReportTalkInquiry,
    SendInquiry,
)
from domain.leads.verification import (
    ApproveVerificationPlan,
    CloseLeadAfterVerification,
    ConcludeVerification,
    FeedBackClosing,
    ReportVerification,
)
from tests.domain import samples as s

LEAD, SECOND, OTHER_ORGAN = "XS-L-01", "XS-L-02", "JW02"
PRINCIPAL, DEPUTY = "主要负责人", "分管负责人"
RECEIVED, PROPOSED, DECIDED = date(2024, 3, 1), date(2024, 3, 10), date(2024, 3, 15)
TALKED, REPORTED, CONCLUDED = date(2024, 3, 25), date(2024, 4, 10), date(2024, 4, 15)


def a_lead(**changes: Any) -> Any:
    return s.a_lead(**({"number": LEAD, "received_on": RECEIVED, "department": None} | changes))


#: The organs, a unit, a person, and a lead that waits for its disposal.
RECEIVED_LEAD = (*s.EVERYONE, s.an_organ(code=OTHER_ORGAN, name="市纪委监委"), a_lead())


def assign(**changes: Any) -> AssignLead:
    said = {
        "lead": LEAD,
        "assigned_on": date(2024, 3, 2),
        "department": "第二纪检监察室",
        "handler": "经办甲",
    }
    return AssignLead(**(said | changes))


def propose(**changes: Any) -> ProposeLeadHandling:
    said = {
        "lead": LEAD,
        "proposed_on": PROPOSED,
        "proposed_method": "谈话函询",
        "closing_ground": None,
        "proposer": "第二纪检监察室",
        "opinion": "反映王小明的问题较笼统，拟谈话函询",
    }
    return ProposeLeadHandling(**(said | changes))


def send_back(**changes: Any) -> ReturnLeadHandling:
    said = {"lead": LEAD, "returned_on": date(2024, 3, 12), "reason": "补充王小明任职情况"}
    return ReturnLeadHandling(**(said | changes))


def approve(**changes: Any) -> ApproveLeadHandling:
    said = {
        "lead": LEAD,
        "decided_on": DECIDED,
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ApproveLeadHandling(**(said | changes))


def inquire(**changes: Any) -> SendInquiry:
    said = {"lead": LEAD, "person": s.PERSON, "delivered_on": date(2024, 3, 18)}
    return SendInquiry(**(said | changes))


def reply(**changes: Any) -> ReceiveInquiryReply:
    said = {
        "lead": LEAD,
        "person": s.PERSON,
        "replied_on": date(2024, 3, 28),
        "countersigned_by": "区城管局党组书记",
    }
    return ReceiveInquiryReply(**(said | changes))


def talk(**changes: Any) -> RecordTalk:
    said = {"lead": LEAD, "person": s.PERSON, "talked_on": TALKED, "talker": "分管副书记"}
    return RecordTalk(**(said | changes))


def report_talk(**changes: Any) -> ReportTalkInquiry:
    said = {"lead": LEAD, "reported_on": REPORTED, "finding": "王小明如实作了说明"}
    return ReportTalkInquiry(**(said | changes))


def believe(**changes: Any) -> CloseLeadAfterTalk:
    said = {
        "lead": LEAD,
        "closed_on": CONCLUDED,
        "feedback_due_on": date(2024, 4, 30),
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return CloseLeadAfterTalk(**(said | changes))


def conclude_talk(**changes: Any) -> ConcludeTalkInquiry:
    said = {
        "lead": LEAD,
        "concluded_on": CONCLUDED,
        "result": "谈话提醒",
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ConcludeTalkInquiry(**(said | changes))


def plan(**changes: Any) -> ApproveVerificationPlan:
    said = {
        "lead": LEAD,
        "plan_approved_on": date(2024, 3, 20),
        "team": ("核查甲", "核查乙"),
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ApproveVerificationPlan(**(said | changes))


def report_verification(**changes: Any) -> ReportVerification:
    said = {"lead": LEAD, "reported_on": REPORTED, "finding": "反映王小明的问题部分属实"}
    return ReportVerification(**(said | changes))


def close_verified(**changes: Any) -> CloseLeadAfterVerification:
    said = {
        "lead": LEAD,
        "closed_on": CONCLUDED,
        "feedback_due_on": None,
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return CloseLeadAfterVerification(**(said | changes))


def conclude_verified(**changes: Any) -> ConcludeVerification:
    said = {
        "lead": LEAD,
        "concluded_on": CONCLUDED,
        "result": "拟立案审查调查",
        "recipient": None,
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ConcludeVerification(**(said | changes))


def feed_back(**changes: Any) -> FeedBackClosing:
    said = {"lead": LEAD, "closing_fed_back_on": date(2024, 4, 20), "addressee": "本人"}
    return FeedBackClosing(**(said | changes))


def take_up(**changes: Any) -> ReactivateLead:
    said = {
        "lead": LEAD,
        "reactivated_on": date(2024, 6, 1),
        "method": "初步核实",
        "reason": "发现王小明的新情况",
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ReactivateLead(**(said | changes))


def reopen(**changes: Any) -> ReopenLead:
    said = {
        "lead": LEAD,
        "reopened_on": date(2024, 7, 1),
        "reason": "收到反映王小明的新材料",
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ReopenLead(**(said | changes))


def transfer(**changes: Any) -> TransferLead:
    said = {"lead": LEAD, "transferred_on": date(2024, 3, 5), "organ": OTHER_ORGAN}
    return TransferLead(**(said | changes))


def accept(**changes: Any) -> AcceptTransferredLead:
    said = {"lead": LEAD, "transfer_accepted_on": date(2024, 3, 8)}
    return AcceptTransferredLead(**(said | changes))


def send_out(**changes: Any) -> SendLeadOut:
    said = {"lead": LEAD, "sent_out_on": date(2024, 3, 6), "sent_out_to": "省纪委监委"}
    return SendLeadOut(**(said | changes))


def withdraw(**changes: Any) -> WithdrawLead:
    said = {"lead": LEAD, "withdrawn_on": date(2024, 3, 3), "basis": "与另一件重复登记"}
    return WithdrawLead(**(said | changes))


def a_part(**changes: Any) -> LeadPart:
    said = {
        "number": SECOND,
        "persons": (s.PERSON,),
        "category": "违反廉洁纪律",
        "summary": "王小明收受礼金",
    }
    return LeadPart(**(said | changes))


def split(*parts: LeadPart, **changes: Any) -> SplitLead:
    said = {"lead": LEAD, "split_on": date(2024, 3, 4), "parts": parts or (a_part(),)}
    return SplitLead(**(said | changes))


def merge(**changes: Any) -> MergeLead:
    said = {"lead": SECOND, "merged_on": date(2024, 3, 20), "merged_into": LEAD}
    return MergeLead(**(said | changes))


def for_person(**changes: Any) -> ConcludeForPerson:
    said = {
        "lead": LEAD,
        "person": s.PERSON,
        "person_concluded_on": CONCLUDED,
        "person_outcome": "第一种形态处理",
        "measure": "提醒谈话",
    }
    return ConcludeForPerson(**(said | changes))


#: Histories that end at a stage.
PROPOSED_LEAD = (*RECEIVED_LEAD, propose())
TALKING = (*PROPOSED_LEAD, approve())
TALK_REPORTED = (*TALKING, talk(), report_talk())
VERIFYING = (*RECEIVED_LEAD, propose(proposed_method="初步核实"), approve())
VERIFIED = (*VERIFYING, plan(), report_verification())
HELD = (*RECEIVED_LEAD, propose(proposed_method="暂存待查"), approve())
UNCHECKED = propose(proposed_method="予以了结", closing_ground="内容空泛无可查性")
CLOSED = (*RECEIVED_LEAD, UNCHECKED, approve())
CONCLUDED_LEAD = (*TALK_REPORTED, conclude_talk())
