"""Commands of one case's course, each on a day that follows the one before."""

from datetime import date
from typing import Any

from domain.cases.decisions import CloseCase, SendCaseToReview, TransferCaseToProcuratorate
from domain.cases.ending import (
    CompleteSupplement,
    ReturnCaseForSupplement,
    WaiveSanction,
    WithdrawCase,
)
from domain.cases.filing_decisions import ApproveCaseFiling, RefuseCaseFiling, RequestCaseFiling
from domain.cases.investigating import (
    AnnounceCaseFiling,
    AssignInvestigators,
    ConcludeInvestigation,
    DecideInvestigationPlan,
    ExtendInvestigation,
    NotifyFamilyOfCase,
    PublishCase,
)
from domain.cases.recusing import DecideRecusal, RequestRecusal
from domain.cases.reviewing import (
    AcceptCaseForReview,
    AssignReviewers,
    ConcludeReview,
    ExtendReview,
    ResendCaseToReview,
    ReturnCaseToInvestigation,
)
from tests.domain.samples import (
    CASE,
    EVERYONE,
    FILED_CASE,
    LEAD,
    ORGAN,
    PERSON,
    a_lead,
    an_organ,
)

FILING = "CP2021-001"
CITY = "JW00"
INVESTIGATORS, REVIEWERS = ("JC01", "JC02"), ("SL01", "SL02")


def a_filing_request(**changes: Any) -> RequestCaseFiling:
    said = {
        "number": FILING,
        "lead": LEAD,
        "person": PERSON,
        "organ": ORGAN,
        "requested_on": date(2021, 3, 28),
        "rank": "乡科级",
        "department": "第一审查调查室",
        "grounds": "王小明涉嫌违规发放补贴",
    }
    return RequestCaseFiling(**(said | changes))


def an_approval(**changes: Any) -> ApproveCaseFiling:
    said = {
        "number": FILING,
        "case": CASE,
        "approved_on": date(2021, 4, 1),
        "approver": "主要负责人",
    }
    return ApproveCaseFiling(**(said | changes))


def a_refusal(**changes: Any) -> RefuseCaseFiling:
    said = {
        "number": FILING,
        "refused_on": date(2021, 4, 1),
        "approver": "主要负责人",
        "reason": "证据不足",
    }
    return RefuseCaseFiling(**(said | changes))


def an_announcement(**changes: Any) -> AnnounceCaseFiling:
    said = {"number": CASE, "announced_on": date(2021, 4, 2), "serious": True}
    return AnnounceCaseFiling(**(said | changes))


def a_family_notice(**changes: Any) -> NotifyFamilyOfCase:
    return NotifyFamilyOfCase(
        **({"number": CASE, "family_notified_on": date(2021, 4, 2)} | changes)
    )


def a_publication(**changes: Any) -> PublishCase:
    return PublishCase(**({"number": CASE, "published_on": date(2021, 4, 3)} | changes))


def a_plan(**changes: Any) -> DecideInvestigationPlan:
    said = {
        "number": CASE,
        "plan_decided_on": date(2021, 4, 2),
        "plan": "调查方案〔2021〕1号",
        "measures_planned": ("讯问", "查询"),
    }
    return DecideInvestigationPlan(**(said | changes))


def a_team(**changes: Any) -> AssignInvestigators:
    said = {"number": CASE, "assigned_on": date(2021, 4, 2), "investigators": INVESTIGATORS}
    return AssignInvestigators(**(said | changes))


def an_extension(**changes: Any) -> ExtendInvestigation:
    said = {
        "number": CASE,
        "decided_on": date(2021, 6, 25),
        "investigation_until": date(2021, 9, 28),
        "approver": CITY,
        "reason": "案情复杂",
    }
    return ExtendInvestigation(**(said | changes))


def a_report(**changes: Any) -> ConcludeInvestigation:
    said = {
        "number": CASE,
        "report_on": date(2021, 5, 8),
        "report": "审查调查报告〔2021〕1号",
        "letter_drafted": True,
    }
    return ConcludeInvestigation(**(said | changes))


def a_sending(**changes: Any) -> SendCaseToReview:
    return SendCaseToReview(**({"number": CASE, "sent_to_review_on": date(2021, 5, 10)} | changes))


def an_acceptance(**changes: Any) -> AcceptCaseForReview:
    said = {"number": CASE, "accepted_on": date(2021, 5, 11), "reviewers": REVIEWERS}
    return AcceptCaseForReview(**(said | changes))


def other_reviewers(**changes: Any) -> AssignReviewers:
    said = {"number": CASE, "assigned_on": date(2021, 5, 20), "reviewers": ("SL03", "SL04")}
    return AssignReviewers(**(said | changes))


def a_longer_review(**changes: Any) -> ExtendReview:
    said = {
        "number": CASE,
        "decided_on": date(2021, 6, 1),
        "review_until": date(2021, 7, 1),
        "approver": "相关负责人",
        "reason": "案情复杂",
    }
    return ExtendReview(**(said | changes))


def a_return(**changes: Any) -> ReturnCaseToInvestigation:
    said = {
        "number": CASE,
        "returned_on": date(2021, 5, 25),
        "manner": "补充审查调查",
        "approver": "相关负责人",
        "reason": "第二笔补贴的证据不足",
    }
    return ReturnCaseToInvestigation(**(said | changes))


def a_resending(**changes: Any) -> ResendCaseToReview:
    return ResendCaseToReview(**({"number": CASE, "resent_on": date(2021, 6, 5)} | changes))


def a_review_report(**changes: Any) -> ConcludeReview:
    said = {
        "number": CASE,
        "review_concluded_on": date(2021, 6, 8),
        "review_report": "审理报告〔2021〕1号",
        "opinion": "建议给予党内警告处分",
    }
    return ConcludeReview(**(said | changes))


def a_recusal_request(**changes: Any) -> RequestRecusal:
    said = {
        "number": CASE,
        "officer": "JC02",
        "requested_on": date(2021, 4, 10),
        "requester": "监察对象",
        "ground": "近亲属",
        "reason": "系王小明的表兄",
    }
    return RequestRecusal(**(said | changes))


def a_recusal(**changes: Any) -> DecideRecusal:
    said = {
        "number": CASE,
        "officer": "JC02",
        "decided_on": date(2021, 4, 12),
        "granted": True,
        "approver": "主要负责人",
    }
    return DecideRecusal(**(said | changes))


def a_withdrawal(**changes: Any) -> WithdrawCase:
    said = {
        "number": CASE,
        "withdrawn_on": date(2021, 6, 20),
        "approver": "主要负责人",
        "reason": "没有证据证明存在违法犯罪行为",
        "unit_notified_on": date(2021, 6, 21),
    }
    return WithdrawCase(**(said | changes))


def a_waiver(**changes: Any) -> WaiveSanction:
    said = {
        "number": CASE,
        "waived_on": date(2021, 6, 15),
        "waiver": "免予处分",
        "reason": "情节轻微",
    }
    return WaiveSanction(**(said | changes))


def a_transfer(**changes: Any) -> TransferCaseToProcuratorate:
    said = {"number": CASE, "transferred_on": date(2021, 6, 20)}
    return TransferCaseToProcuratorate(**(said | changes))


def a_closing(**changes: Any) -> CloseCase:
    return CloseCase(**({"number": CASE, "closed_on": date(2021, 6, 18)} | changes))


def a_supplement(**changes: Any) -> ReturnCaseForSupplement:
    said = {"number": CASE, "supplement_returned_on": date(2021, 7, 20), "reason": "补充物证"}
    return ReturnCaseForSupplement(**(said | changes))


def a_completion(**changes: Any) -> CompleteSupplement:
    said = {"number": CASE, "supplement_completed_on": date(2021, 8, 10)}
    return CompleteSupplement(**(said | changes))


#: The district organ under its city's; everyone; the lead.
UNDER_CITY = (
    an_organ(code=CITY, region="350500"),
    an_organ(parent=CITY),
    *EVERYONE[1:],
    a_lead(),
)
REQUESTED = (*EVERYONE, a_lead(), a_filing_request())
INVESTIGATED = (*FILED_CASE, a_team())
SENT = (*INVESTIGATED, a_report(), a_sending())
IN_REVIEW = (*SENT, an_acceptance())
RETURNED = (*IN_REVIEW, a_return())
REVIEWED = (*IN_REVIEW, a_review_report())
TRANSFERRED = (*REVIEWED, a_transfer())
