"""Letters in every stage, as commands of an ordinary office."""

from datetime import date
from typing import Any

from domain.recommendations.drafting import (
    ApproveRecommendationDraft,
    DraftRecommendation,
    IssueRecommendationDraft,
    ReturnRecommendationDraft,
    ReviseRecommendationDraft,
    Wanted,
    WithdrawRecommendationDraft,
)
from domain.recommendations.following import (
    DecideObjection,
    DeliverRecommendation,
    ExtendReply,
    ExtendSuggestion,
    FileReply,
    ListSuggestion,
    ObjectToRecommendation,
)
from domain.recommendations.rectification import (
    CheckSite,
    EscalateRecommendation,
    EvaluateSuggestion,
    ReturnSuggestion,
    RevisitRecommendation,
    StrikeOffRecommendation,
)
from tests.domain.samples import CASE, FILED_CASE, LETTER, ORGAN, UNIT

DRAFT = "JYG2021-001"
ASKED = (
    Wanted(requirement="修订津补贴审批制度", due_on=date(2021, 8, 1)),
    Wanted(requirement="清退违规发放的补贴", due_on=date(2021, 7, 20)),
)


def a_draft(**changes: Any) -> DraftRecommendation:
    said = {
        "number": DRAFT,
        "category": "监察建议",
        "organ": ORGAN,
        "recipient": UNIT,
        "addressee_kind": "监察对象所在单位",
        "addressee": "区城管局",
        "related": CASE,
        "department": "第一纪检监察室",
        "drafted_on": date(2021, 5, 20),
        "reply_due_on": date(2021, 7, 1),
        "findings": "王小明案暴露的津补贴管理漏洞",
        "suggestions": ASKED,
    }
    return DraftRecommendation(**(said | changes))


def returned(**changes: Any) -> ReturnRecommendationDraft:
    said = {"number": DRAFT, "returned_on": date(2021, 5, 22), "reason": "原因分析不够"}
    return ReturnRecommendationDraft(**(said | changes))


def revised(**changes: Any) -> ReviseRecommendationDraft:
    said = {
        "number": DRAFT,
        "revised_on": date(2021, 5, 24),
        "reply_due_on": date(2021, 7, 5),
        "findings": "审批制度缺失，王小明得以违规发放补贴",
        "suggestions": ASKED[:1],
    }
    return ReviseRecommendationDraft(**(said | changes))


def approved(**changes: Any) -> ApproveRecommendationDraft:
    said = {"number": DRAFT, "approved_on": date(2021, 5, 28), "approved_by": "书记"}
    return ApproveRecommendationDraft(**(said | changes))


def withdrawn(**changes: Any) -> WithdrawRecommendationDraft:
    said = {"number": DRAFT, "withdrawn_on": date(2021, 5, 29), "reason": "并入另一建议书"}
    return WithdrawRecommendationDraft(**(said | changes))


def issued(**changes: Any) -> IssueRecommendationDraft:
    said = {"number": DRAFT, "letter": LETTER, "issued_on": date(2021, 6, 1)}
    return IssueRecommendationDraft(**(said | changes))


def listed(**changes: Any) -> ListSuggestion:
    said = {
        "number": LETTER,
        "listed_on": date(2021, 6, 2),
        "requirement": "开展警示教育",
        "due_on": date(2021, 8, 1),
    }
    return ListSuggestion(**(said | changes))


def delivered(**changes: Any) -> DeliverRecommendation:
    said = {"number": LETTER, "delivered_on": date(2021, 6, 3), "received_by": "陈某"}
    return DeliverRecommendation(**(said | changes))


def objected(*disputed: int, **changes: Any) -> ObjectToRecommendation:
    said = {
        "number": LETTER,
        "objected_on": date(2021, 6, 8),
        "disputed": disputed,
        "reasons": "补贴系上级文件规定",
    }
    return ObjectToRecommendation(**(said | changes))


def decided(*, upheld: bool, **changes: Any) -> DecideObjection:
    said = {
        "number": LETTER,
        "decided_on": date(2021, 6, 15),
        "upheld": upheld,
        "decided_by": "委务会",
        "grounds": "经核查文件原件",
    }
    return DecideObjection(**(said | changes))


def reply_extended(**changes: Any) -> ExtendReply:
    said = {
        "number": LETTER,
        "approved_on": date(2021, 6, 25),
        "approved_by": "分管副书记",
        "extended_to": date(2021, 7, 15),
        "reason": "正在清退",
    }
    return ExtendReply(**(said | changes))


def suggestion_extended(suggestion: int = 2, **changes: Any) -> ExtendSuggestion:
    said = {
        "number": LETTER,
        "suggestion": suggestion,
        "approved_on": date(2021, 6, 25),
        "approved_by": "分管副书记",
        "until": date(2021, 8, 20),
        "reason": "涉及已退休人员",
    }
    return ExtendSuggestion(**(said | changes))


def replied(**changes: Any) -> FileReply:
    said = {
        "number": LETTER,
        "filed_on": date(2021, 6, 28),
        "adopted": True,
        "account": "制度已修订，补贴正在清退",
        "attachments": ("整改方案", "清退凭证"),
    }
    return FileReply(**(said | changes))


def site_checked(**changes: Any) -> CheckSite:
    said = {
        "number": LETTER,
        "checked_on": date(2021, 7, 2),
        "checked_by": "第一纪检监察室",
        "finding": "制度已印发，清退尚余两人",
    }
    return CheckSite(**(said | changes))


def evaluated(suggestion: int, result: str = "整改到位", **changes: Any) -> EvaluateSuggestion:
    said = {
        "number": LETTER,
        "suggestion": suggestion,
        "evaluated_on": date(2021, 7, 10),
        "result": result,
        "remarks": None,
    }
    return EvaluateSuggestion(**(said | changes))


def sent_back(suggestion: int = 2, **changes: Any) -> ReturnSuggestion:
    said = {
        "number": LETTER,
        "suggestion": suggestion,
        "returned_on": date(2021, 7, 12),
        "demand": "全额清退",
        "due_on": date(2021, 9, 1),
    }
    return ReturnSuggestion(**(said | changes))


def revisited(**changes: Any) -> RevisitRecommendation:
    said = {
        "number": LETTER,
        "revisited_on": date(2021, 12, 1),
        "revisited_by": "第一纪检监察室",
        "finding": "制度执行良好",
        "relapsed": False,
    }
    return RevisitRecommendation(**(said | changes))


def struck_off(**changes: Any) -> StrikeOffRecommendation:
    return StrikeOffRecommendation(**({"number": LETTER, "closed_on": date(2021, 9, 10)} | changes))


def escalated(ground: str, **changes: Any) -> EscalateRecommendation:
    said = {
        "number": LETTER,
        "escalated_on": date(2021, 9, 20),
        "ground": ground,
        "accountability_lead": "XS-WZ-1",
    }
    return EscalateRecommendation(**(said | changes))


#: A letter with two suggestions, as issued, delivered, replied to, evaluated.
APPROVED = (*FILED_CASE, a_draft(), approved())
ISSUED = (*APPROVED, issued())
DELIVERED = (*ISSUED, delivered())
REPLIED = (*DELIVERED, replied())
RECTIFIED = (*REPLIED, evaluated(1), evaluated(2))
HALF_DONE = (*REPLIED, evaluated(1), evaluated(2, "部分到位"))
RETURNED = (*HALF_DONE, sent_back())
