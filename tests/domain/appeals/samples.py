"""Commands about appeals and complaints."""

from datetime import date
from typing import Any

from domain.appeals.complaint_decisions import (
    AcceptComplaint,
    ApplyForComplaintReview,
    DecideComplaint,
    DecideComplaintReview,
)
from domain.appeals.decisions import AcceptAppeal, AssignAppeal, DecideAppeal, WithdrawAppeal
from tests.domain import samples as s
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    NUMBER,
    OTHER,
    a_party_decision,
    an_administrative_decision,
)

APPEAL, FIRST, SECOND, COMPLAINT = "SS2021-1", "SS2021-2", "SS2021-3", "WF2021-1"
HIGHER = "JW00"
SANCTIONED = (
    *IN_REVIEW,
    s.an_organ(code=HIGHER, name="市纪委监委", region="350500"),
    a_party_decision(),
    an_administrative_decision(),
)


def an_appeal(**changes: Any) -> AcceptAppeal:
    """申诉 against the party sanction."""
    said = {
        "number": APPEAL,
        "kind": "党纪申诉",
        "sanction": NUMBER,
        "person": s.PERSON,
        "organ": s.ORGAN,
        "earlier": None,
        "received_on": date(2021, 6, 5),
        "applied_on": date(2021, 9, 1),
        "accepted_on": date(2021, 9, 6),
        "late_reason": None,
    }
    return AcceptAppeal(**(said | changes))


def a_reexamination(**changes: Any) -> AcceptAppeal:
    """复审 of the administrative sanction."""
    said = {
        "number": FIRST,
        "kind": "复审",
        "sanction": OTHER,
        "applied_on": date(2021, 7, 5),
        "accepted_on": date(2021, 7, 7),
    }
    return an_appeal(**(said | changes))


def a_review(**changes: Any) -> AcceptAppeal:
    """复核 of the same, by the higher organ."""
    said = {
        "number": SECOND,
        "kind": "复核",
        "sanction": OTHER,
        "organ": HIGHER,
        "earlier": FIRST,
        "received_on": date(2021, 8, 5),
        "applied_on": date(2021, 9, 5),
        "accepted_on": date(2021, 9, 7),
    }
    return an_appeal(**(said | changes))


def an_assignment(**changes: Any) -> AssignAppeal:
    said = {
        "number": APPEAL,
        "assigned_on": date(2021, 9, 10),
        "handlers": ("GH021", "GH022"),
        "original_handlers": ("GH001", "GH002"),
    }
    return AssignAppeal(**(said | changes))


def a_ruling(**changes: Any) -> DecideAppeal:
    said = {
        "number": APPEAL,
        "decided_on": date(2021, 11, 1),
        "outcome": "维持",
        "kind": None,
        "decided_by": "区纪委常委会",
        "grounds": "事实清楚，处理恰当",
    }
    return DecideAppeal(**(said | changes))


def a_change_ruled(**changes: Any) -> DecideAppeal:
    return a_ruling(**({"outcome": "变更", "kind": "警告", "grounds": "情节认定有误"} | changes))


def a_withdrawal(**changes: Any) -> WithdrawAppeal:
    return WithdrawAppeal(**({"number": APPEAL, "withdrawn_on": date(2021, 10, 1)} | changes))


#: 复审 accepted, assigned and decided.
REEXAMINED = (
    a_reexamination(),
    an_assignment(number=FIRST, assigned_on=date(2021, 7, 8)),
    a_ruling(number=FIRST, decided_on=date(2021, 8, 1)),
)


def a_complaint(**changes: Any) -> AcceptComplaint:
    said = {
        "number": COMPLAINT,
        "organ": s.ORGAN,
        "case": s.CASE,
        "complainant": "王大明",
        "relation": "近亲属",
        "matter": "应当解除查封扣押冻结而不解除",
        "summary": "冻结账户与案件无关，要求解除",
        "accepted_on": date(2021, 6, 10),
    }
    return AcceptComplaint(**(said | changes))


def an_answer(**changes: Any) -> DecideComplaint:
    said = {
        "number": COMPLAINT,
        "decided_on": date(2021, 7, 1),
        "outcome": "不属实",
        "remedied_by": None,
    }
    return DecideComplaint(**(said | changes))


def a_review_asked(**changes: Any) -> ApplyForComplaintReview:
    said = {
        "number": COMPLAINT,
        "received_on": date(2021, 7, 3),
        "review_applied_on": date(2021, 8, 3),
        "reviewer": "市纪委监委",
    }
    return ApplyForComplaintReview(**(said | changes))


def a_review_answered(**changes: Any) -> DecideComplaintReview:
    said = {
        "number": COMPLAINT,
        "reviewed_on": date(2021, 9, 1),
        "review_outcome": "属实",
        "remedied_by": "解除冻结",
    }
    return DecideComplaintReview(**(said | changes))
