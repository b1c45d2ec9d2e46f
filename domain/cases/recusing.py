"""立案: an officer withdraws from a case (回避), on request and by decision."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile, Recusal
from domain.cases.course import RecusalDecided, RecusalRequested
from domain.cases.rules import SUPERVISION_LAW, case_for, require_after
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes
from domain.streams import Kind


@fact
class RequestRecusal:
    """申请回避."""

    number: Annotated[str, Ref(Kind.CASE)]
    officer: str
    requested_on: date
    requester: Annotated[str, Code("recusal_requester")]
    ground: Annotated[str, Code("recusal_ground")]
    reason: PersonalText | None


@fact
class DecideRecusal:
    """决定回避."""

    number: Annotated[str, Ref(Kind.CASE)]
    officer: str
    decided_on: date
    granted: bool
    approver: str | None


def _pending(case: CaseFile, officer: str) -> Recusal | None:
    asked = (each for each in case.recusals if each.officer == officer)
    return next((each for each in asked if each.decided_on is None), None)


def request_recusal(case: CaseFile | None, act: RequestRecusal) -> RecusalRequested:
    """Ask that an officer withdraw from a case.

    1. The case is open (台账规则).
    2. Requester and ground are terms in force on the day (《监察法》（2024修正）第67条).
    3. The officer is on the case (《监察法》（2024修正）第67条).
    4. No request about the officer is undecided (台账规则).
    5. It is not asked before the filing (台账规则).
    """
    filed = case_for("request_recusal", case, act.number)
    require_codes(act, act.requested_on)
    refuse_if(
        act.officer not in {*filed.investigators, *filed.reviewers},
        "not_on_case",
        f"{act.officer} 不是本案办案人员",
        field="officer",
        provision=f"{SUPERVISION_LAW}第67条",
    )
    pending = _pending(filed, act.officer) is not None
    refuse_if(pending, "already_registered", "对该人员的回避申请尚未决定", field="officer")
    require_after(filed.filed_on, act.requested_on, "requested_on")
    return restate(act, RecusalRequested, organ=filed.organ)


def decide_recusal(case: CaseFile | None, act: DecideRecusal) -> RecusalDecided:
    """Decide a request; an officer who withdraws is off the case at once and for good.

    1. The case is open (台账规则).
    2. A request about the officer is undecided (《监察法》（2024修正）第67条).
    3. It is not decided before it was asked (台账规则).
    """
    filed = case_for("decide_recusal", case, act.number)
    pending = _pending(filed, act.officer)
    if pending is None:
        reason = f"没有对 {act.officer} 的待决定回避申请"
        raise Refusal("missing_reference", reason, field="officer")
    require_after(pending.requested_on, act.decided_on, "decided_on", "申请回避")
    off = {act.officer} if act.granted else set()
    return restate(
        act,
        RecusalDecided,
        organ=filed.organ,
        investigators=tuple(each for each in filed.investigators if each not in off),
        reviewers=tuple(each for each in filed.reviewers if each not in off),
    )
