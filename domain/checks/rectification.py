"""监督发现问题整改: urging, extending, reporting and verifying that a problem is put right."""

from datetime import date
from typing import Annotated

from domain.checks.problem import (
    COMPLETE,
    CheckProblem,
    CheckProblemExtended,
    CheckProblemRectified,
    CheckProblemUrged,
    CheckProblemVerified,
)
from domain.checks.problem_decisions import Number, owner, require_stage
from domain.concept import Decided
from domain.fields import Code, PersonalText, fact, restate
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order


@fact
class UrgeCheckProblem:
    """督促整改监督发现问题."""

    number: Number
    urged_on: date
    demands: PersonalText | None


@fact
class ExtendCheckProblem:
    """延长监督发现问题整改期限."""

    number: Number
    approved_on: date
    approver: str
    extended_due_on: date


@fact
class RectifyCheckProblem:
    """报告监督发现问题整改完成."""

    number: Number
    rectified_on: date
    measures: PersonalText
    evidence: PersonalText


@fact
class VerifyCheckProblem:
    """验收监督发现问题整改."""

    number: Number
    verified_on: date
    verification: Annotated[str, Code("rectification")]
    verifier: str | None
    extended_due_on: date | None


def urge_check_problem(problem: CheckProblem | None, act: UrgeCheckProblem) -> CheckProblemUrged:
    """Urge the unit to put a problem right (督促推查).

    1. The problem is still being rectified (台账规则).
    2. It is not urged before it was found or urged last (台账规则).
    """
    known = require_stage(problem, "urge_check_problem", act.number)
    since = known.urged_on or known.found_on
    require_order(since, act.urged_on, "督促日期早于发现或上次督促日期", field="urged_on")
    return restate(act, CheckProblemUrged, urgings=(known.urgings or 0) + 1, **owner(known))


def extend_check_problem(
    problem: CheckProblem | None, act: ExtendCheckProblem
) -> CheckProblemExtended:
    """Extend the time to put a problem right (延长整改期限).

    1. The problem is still being rectified (台账规则).
    2. It is not approved before the problem was found (台账规则).
    3. The new last day is after the one that held, and not before the approval (台账规则).
    """
    known = require_stage(problem, "extend_check_problem", act.number)
    require_order(known.found_on, act.approved_on, "批准日期早于发现日期", field="approved_on")
    held = known.extended_due_on or known.due_on
    earlier = held is not None and act.extended_due_on <= held
    refuse_if(earlier, "impossible_date", "新的期限不晚于原期限", field="extended_due_on")
    reason = "新的期限早于批准日期"
    require_order(act.approved_on, act.extended_due_on, reason, field="extended_due_on")
    return restate(act, CheckProblemExtended, **owner(known))


def rectify_check_problem(
    problem: CheckProblem | None, act: RectifyCheckProblem
) -> CheckProblemRectified:
    """Report that a problem is put right, with what shows it (整改完成).

    1. The problem is still being rectified (台账规则).
    2. The measures and their evidence are stated (台账规则：无佐证不销号).
    3. It is not put right before it was found or last found wanting (台账规则).
    """
    known = require_stage(problem, "rectify_check_problem", act.number)
    refuse_if(not act.measures.strip(), "required", "整改措施不能为空", field="measures")
    refuse_if(not act.evidence.strip(), "required", "佐证材料不能为空", field="evidence")
    since = known.verified_on or known.found_on
    require_order(since, act.rectified_on, "整改日期早于发现或验收日期", field="rectified_on")
    return restate(act, CheckProblemRectified, **owner(known))


def verify_check_problem(
    problem: CheckProblem | None, act: VerifyCheckProblem
) -> CheckProblemVerified:
    """Verify that a problem is put right (验收); what is not complete goes on.

    1. It is reported as put right and not yet verified (台账规则).
    2. The result is one of the three in force on the day (可配置：整改评估).
    3. It is not verified before it was put right (台账规则).
    4. What is not complete has a new deadline, what is complete none (台账规则).
    """
    known = require_stage(problem, "verify_check_problem", act.number)
    require_codes(act, act.verified_on)
    require_order(known.rectified_on, act.verified_on, "验收日期早于整改日期", field="verified_on")
    complete = act.verification == COMPLETE
    missing = complete is (act.extended_due_on is not None)
    reason = "整改到位的不再设期限" if complete else "未整改到位的应设新的期限"
    refuse_if(missing, "required", reason, field="extended_due_on")
    reason = "新的期限早于验收日期"
    require_order(act.verified_on, act.extended_due_on, reason, field="extended_due_on")
    due = known.extended_due_on if complete else act.extended_due_on
    return CheckProblemVerified(
        number=act.number,
        verified_on=act.verified_on,
        verification=act.verification,
        verifier=act.verifier,
        rectified_on=known.rectified_on if complete else None,
        extended_due_on=due,
        **owner(known),
    )


DECIDED: Decided = (
    (UrgeCheckProblem, urge_check_problem),
    (ExtendCheckProblem, extend_check_problem),
    (RectifyCheckProblem, rectify_check_problem),
    (VerifyCheckProblem, verify_check_problem),
)
