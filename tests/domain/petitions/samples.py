"""Commands on the course of a petition, received from a named reporter on 2024-03-01."""

from datetime import date
from typing import Any

from domain.petitions.decisions import (
    AcceptPetition,
    AnswerPetitionTransfer,
    MarkPetitionRepeat,
    NotifyPetitionAcceptance,
    ReturnPetition,
    SplitPetition,
    TransferPetition,
)
from domain.petitions.handed_up import HandUpReport
from domain.petitions.handling import (
    AssignPetition,
    ConcludePetition,
    ExtendPetitionReport,
    FeedBackPetitionResult,
    NotifyPetitionResult,
    ReportAssignedPetition,
    TurnPetitionIntoLead,
    WithdrawPetition,
)
from tests.domain import samples as s

PETITION, REPEAT, LEAD, HANDED_UP = "XS-P-01", "XS-P-02", "XS-P-L1", "XS-P-U1"
RECEIVED, ACCEPTED, CONCLUDED = date(2024, 3, 1), date(2024, 3, 5), date(2024, 5, 20)
PRINCIPAL, SUPERIOR = "主要负责人", "上级机关"


def a_petition(**changes: Any) -> Any:
    said = {"number": PETITION, "received_on": RECEIVED, "signature": "实名"}
    return s.a_petition(**(said | changes))


def a_repeat(**changes: Any) -> Any:
    return a_petition(**({"number": REPEAT, "received_on": date(2024, 3, 20)} | changes))


def a_lead(**changes: Any) -> Any:
    said = {
        "number": LEAD,
        "source": "信访举报",
        "source_number": PETITION,
        "received_on": date(2024, 3, 8),
    }
    return s.a_lead(**(said | changes))


def mark_repeat(**changes: Any) -> MarkPetitionRepeat:
    said = {"number": REPEAT, "marked_repeat_on": date(2024, 3, 21), "repeat_of": PETITION}
    return MarkPetitionRepeat(**(said | changes))


def accept(**changes: Any) -> AcceptPetition:
    said = {"number": PETITION, "accepted_on": ACCEPTED, "department": "信访室"}
    return AcceptPetition(**(said | changes))


def notify_acceptance(**changes: Any) -> NotifyPetitionAcceptance:
    said = {"number": PETITION, "acceptance_notified_on": date(2024, 3, 12)}
    return NotifyPetitionAcceptance(**(said | changes))


def transfer(**changes: Any) -> TransferPetition:
    said = {"number": PETITION, "transferred_on": date(2024, 3, 6), "transferred_to": "市纪委监委"}
    return TransferPetition(**(said | changes))


def answer(**changes: Any) -> AnswerPetitionTransfer:
    said = {
        "number": PETITION,
        "transfer_answered_on": date(2024, 3, 11),
        "transfer_answer": "登记受理",
    }
    return AnswerPetitionTransfer(**(said | changes))


def send_back(**changes: Any) -> ReturnPetition:
    said = {"number": PETITION, "returned_on": date(2024, 3, 6), "reason": "属李大明民事纠纷"}
    return ReturnPetition(**(said | changes))


def split(**changes: Any) -> SplitPetition:
    said = {
        "number": PETITION,
        "split_on": date(2024, 3, 4),
        "split_to": "区公安分局",
        "part": "反映李大明涉嫌诈骗的部分",
    }
    return SplitPetition(**(said | changes))


def assign(**changes: Any) -> AssignPetition:
    said = {"number": PETITION, "assigned_on": date(2024, 3, 2), "assigned_by": "市纪委监委"}
    return AssignPetition(**(said | changes))


def extend(**changes: Any) -> ExtendPetitionReport:
    said = {
        "number": PETITION,
        "extended_on": date(2024, 5, 30),
        "reported_up_on": date(2024, 5, 30),
        "approver": "书记",
        "approver_role": PRINCIPAL,
    }
    return ExtendPetitionReport(**(said | changes))


def report_up(**changes: Any) -> ReportAssignedPetition:
    said = {"number": PETITION, "assignment_reported_on": date(2024, 8, 1)}
    return ReportAssignedPetition(**(said | changes))


def turn(**changes: Any) -> TurnPetitionIntoLead:
    said = {"number": PETITION, "turned_on": date(2024, 3, 8), "lead": LEAD}
    return TurnPetitionIntoLead(**(said | changes))


def conclude(**changes: Any) -> ConcludePetition:
    said = {"number": PETITION, "concluded_on": CONCLUDED, "outcome": "王小明的问题已谈话提醒"}
    return ConcludePetition(**(said | changes))


def notify_result(**changes: Any) -> NotifyPetitionResult:
    said = {"number": PETITION, "result_notified_on": date(2024, 6, 3)}
    return NotifyPetitionResult(**(said | changes))


def feed_back(**changes: Any) -> FeedBackPetitionResult:
    said = {"number": PETITION, "result_fed_back_on": date(2024, 6, 28)}
    return FeedBackPetitionResult(**(said | changes))


def withdraw(**changes: Any) -> WithdrawPetition:
    said = {"number": PETITION, "withdrawn_on": date(2024, 3, 3), "basis": "重复录入"}
    return WithdrawPetition(**(said | changes))


def hand_up(**changes: Any) -> HandUpReport:
    said = {
        "number": HANDED_UP,
        "organ": s.ORGAN,
        "received_on": RECEIVED,
        "handed_up_on": date(2024, 3, 4),
        "receiving_organ": "市纪委监委",
    }
    return HandUpReport(**(said | changes))


#: Histories that end at a stage.
RECEIVED_PETITION = (*s.EVERYONE, a_petition())
ACCEPTED_PETITION = (*RECEIVED_PETITION, accept())
TURNED = (*ACCEPTED_PETITION, a_lead(), turn())
CONCLUDED_PETITION = (*ACCEPTED_PETITION, conclude())
