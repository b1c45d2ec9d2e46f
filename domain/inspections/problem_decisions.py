"""巡察问题整改: classifying, extending, evidencing, verifying, returning, finding again."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.inspections.problem import (
    LIFECYCLE,
    OPEN_AGAIN,
    ProblemClassified,
    ProblemFile,
    ProblemRectificationExtended,
    ProblemRecurred,
    ProblemReturned,
    ProblemVerified,
    RectificationEvidenced,
)
from domain.inspections.round import RoundFile
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_order
from domain.streams import Kind


@fact
class ClassifyProblem:
    """归类巡察问题."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    classified_on: date
    focus: Annotated[str, Code("inspection_focus")]


@fact
class ExtendProblemRectification:
    """延长巡察问题整改期限."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    approved_on: date
    approver: str
    extended_due_on: date


@fact
class SubmitRectificationEvidence:
    """提交巡察问题整改佐证."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    evidenced_on: date
    measures: PersonalText
    evidence: PersonalText


@fact
class VerifyProblem:
    """验收巡察问题整改."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    verified_on: date
    verification: Annotated[str, Code("rectification")]
    verifier: str | None


@fact
class ReturnProblem:
    """退回巡察问题重新整改."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    reopened_on: date
    extended_due_on: date
    reason: PersonalText | None


@fact
class FindProblemAgain:
    """登记巡察问题反弹."""

    number: Annotated[str, Ref(Kind.PROBLEM)]
    reopened_on: date
    lookback: Annotated[str, Ref(Kind.ROUND)]
    again: Annotated[str | None, Ref(Kind.PROBLEM)]
    extended_due_on: date | None
    circumstances: PersonalText | None


def _known(problem: ProblemFile | None, number: str) -> ProblemFile:
    if problem is None:
        raise Refusal("missing_reference", f"巡察问题 {number} 不存在", field="number")
    return problem


def _of(problem: ProblemFile) -> dict[str, str]:
    return {"round": problem.round, "unit": problem.unit}


def classify_problem(problem: ProblemFile | None, act: ClassifyProblem) -> ProblemClassified:
    """Put a problem under a focus of inspection (归类).

    1. The problem is fed back, and not classified before that day (台账规则).
    2. The focus is one in force on the day of classification (可配置：巡察监督重点“四个聚焦”).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("classify_problem", known)
    reason = "归类日期早于反馈日期"
    require_order(known.fed_back_on, act.classified_on, reason, field="classified_on")
    require_codes(act, act.classified_on)
    return restate(act, ProblemClassified, **_of(known))


def extend_problem_rectification(
    problem: ProblemFile | None, act: ExtendProblemRectification
) -> ProblemRectificationExtended:
    """Extend the time to rectify a problem (延长整改期限).

    1. The problem is fed back and still being rectified (台账规则).
    2. It is not approved before the problem was fed back or opened again (台账规则).
    3. The new last day is after the one that held, and not before the approval (台账规则).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("extend_problem_rectification", known)
    since = known.reopened_on or known.fed_back_on
    require_order(since, act.approved_on, "批准日期早于反馈或退回日期", field="approved_on")
    held = known.extended_due_on or known.rectify_due_on
    earlier = held is not None and act.extended_due_on <= held
    refuse_if(earlier, "impossible_date", "新的期限不晚于原期限", field="extended_due_on")
    reason = "新的期限早于批准日期"
    require_order(act.approved_on, act.extended_due_on, reason, field="extended_due_on")
    return restate(act, ProblemRectificationExtended, **_of(known))


def submit_rectification_evidence(
    problem: ProblemFile | None, act: SubmitRectificationEvidence
) -> RectificationEvidenced:
    """Submit what shows that a problem is rectified (整改佐证).

    1. The problem is rectified and not yet verified (台账规则).
    2. The measures taken and their evidence are stated (台账规则).
    3. It is not submitted before the problem was rectified (台账规则).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("submit_rectification_evidence", known)
    refuse_if(not act.measures.strip(), "required", "整改措施不能为空", field="measures")
    refuse_if(not act.evidence.strip(), "required", "佐证材料不能为空", field="evidence")
    reason = "提交日期早于整改完成日期"
    require_order(known.rectified_on, act.evidenced_on, reason, field="evidenced_on")
    return restate(act, RectificationEvidenced, **_of(known))


def verify_problem(problem: ProblemFile | None, act: VerifyProblem) -> ProblemVerified:
    """Verify that a problem is rectified (验收); what is complete is signed off (销号).

    1. Its rectification is evidenced and not yet verified (台账规则：无佐证不销号).
    2. The result is one of the three in force on the day (可配置：整改评估).
    3. It is not verified before its evidence was submitted (台账规则).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("verify_problem", known)
    require_codes(act, act.verified_on)
    reason = "验收日期早于提交佐证日期"
    require_order(known.evidenced_on, act.verified_on, reason, field="verified_on")
    return restate(act, ProblemVerified, **_of(known))


def return_problem(problem: ProblemFile | None, act: ReturnProblem) -> ProblemReturned:
    """Send a problem back to be rectified again (退回重新整改).

    1. Its verification found it wanting (台账规则).
    2. It is not returned before it was verified (台账规则).
    3. The new deadline is not before the day of return (台账规则).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("return_problem", known)
    reason = "退回日期早于验收日期"
    require_order(known.verified_on, act.reopened_on, reason, field="reopened_on")
    reason = "整改期限早于退回日期"
    require_order(act.reopened_on, act.extended_due_on, reason, field="extended_due_on")
    return restate(act, ProblemReturned, **_of(known), **OPEN_AGAIN)


def find_problem_again(
    problem: ProblemFile | None,
    act: FindProblemAgain,
    *,
    lookback: RoundFile | None,
    again: ProblemFile | None,
) -> ProblemRecurred:
    """Enter that a later round found a rectified problem again (反弹), which opens it again.

    1. The problem was rectified (台账规则).
    2. The round that found it is registered and another than the problem's own (台账规则).
    3. It is not found before that round began nor before the problem was rectified (台账规则).
    4. The problem it was fed back as is one of that round and of the same unit (台账规则).
    5. A new deadline is not before the day it was found (台账规则).
    """
    known = _known(problem, act.number)
    LIFECYCLE.require("find_problem_again", known)
    require_known(act, {"lookback": lookback, "again": again})
    own = act.lookback == known.round
    refuse_if(own, "same_round", "反弹问题应由其后的巡察轮次发现", field="lookback")
    started_on = lookback.started_on if lookback is not None else None
    require_order(started_on, act.reopened_on, "发现日期早于该轮巡察开始日期", field="reopened_on")
    last = max(filter(None, (known.rectified_on, known.verified_on)), default=None)
    require_order(last, act.reopened_on, "发现日期早于整改完成或验收日期", field="reopened_on")
    if again is not None:
        other = (again.round, again.unit) != (act.lookback, known.unit)
        refuse_if(other, "other_unit", "再次反馈的问题不属于该轮次、该单位", field="again")
    reason = "整改期限早于发现日期"
    require_order(act.reopened_on, act.extended_due_on, reason, field="extended_due_on")
    recurrences = (known.recurrences or 0) + 1
    more = {**_of(known), **OPEN_AGAIN}
    return restate(act, ProblemRecurred, recurrences=recurrences, **more)


DECIDED: Decided = (
    (ClassifyProblem, classify_problem),
    (ExtendProblemRectification, extend_problem_rectification),
    (SubmitRectificationEvidence, submit_rectification_evidence),
    (VerifyProblem, verify_problem),
    (ReturnProblem, return_problem),
    (FindProblemAgain, find_problem_again),
)
