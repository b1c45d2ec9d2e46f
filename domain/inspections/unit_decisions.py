"""被巡察单位整改: the plan, progress and report of a unit, returning and assessing them."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import Code, PersonalText, fact, restate
from domain.inspections.problem import COMPLETE
from domain.inspections.unit_inspection import (
    RectificationAssessed,
    RectificationPlanSubmitted,
    RectificationProgressReported,
    RectificationReportReturned,
    RectificationReportSubmitted,
    UnitInspection,
)
from domain.inspections.visit_decisions import (
    Number,
    owner,
    require_not_negative,
    require_stage,
)
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order


@fact
class SubmitRectificationPlan:
    """报送巡察整改方案."""

    number: Number
    plan_submitted_on: date
    measures: int | None


@fact
class ReportRectificationProgress:
    """报告巡察整改进展."""

    number: Number
    progress_on: date
    done: int
    total: int


@fact
class SubmitRectificationReport:
    """报送巡察整改情况报告."""

    number: Number
    rectification_reported_on: date
    made_public: bool


@fact
class ReturnRectificationReport:
    """退回巡察整改情况报告."""

    number: Number
    returned_on: date
    rectification_due_on: date
    reason: PersonalText | None


@fact
class AssessRectification:
    """评估巡察整改情况."""

    number: Number
    assessed_on: date
    assessment: Annotated[str, Code("rectification")]
    assessor: str | None
    rectification_due_on: date | None


def submit_rectification_plan(
    inspection: UnitInspection | None, act: SubmitRectificationPlan
) -> RectificationPlanSubmitted:
    """Submit the unit's plan of rectification (整改方案).

    1. The feedback was given and no plan submitted yet (《中国共产党巡视工作条例》(2024)).
    2. It is not submitted before the feedback; a late one is taken, and shows as late (台账规则).
    3. The number of measures is not negative (台账规则).
    """
    known = require_stage(inspection, "submit_rectification_plan", act.number)
    reason = "报送日期早于反馈日期"
    require_order(known.fed_back_on, act.plan_submitted_on, reason, field="plan_submitted_on")
    require_not_negative(act.measures, "measures")
    return restate(act, RectificationPlanSubmitted, **owner(known))


def report_rectification_progress(
    inspection: UnitInspection | None, act: ReportRectificationProgress
) -> RectificationProgressReported:
    """Report how far the rectification has come (整改进展).

    1. The unit has a plan and its rectification is not settled (台账规则).
    2. The numbers are not negative, and no more is done than there is (台账规则).
    3. It is not before the plan, nor before the progress reported last (台账规则).
    """
    known = require_stage(inspection, "report_rectification_progress", act.number)
    require_not_negative(act.done, "done")
    refuse_if(act.done > act.total, "impossible_number", "已整改数大于总数", field="done")
    last = known.progress[-1].progress_on if known.progress else known.plan_submitted_on
    require_order(last, act.progress_on, "进展日期早于方案或上次进展", field="progress_on")
    return restate(act, RectificationProgressReported, **owner(known))


def submit_rectification_report(
    inspection: UnitInspection | None, act: SubmitRectificationReport
) -> RectificationReportSubmitted:
    """Submit the unit's report on its rectification (整改情况报告).

    1. The feedback was given and no report awaits assessment
       (《中国共产党巡视工作条例》(2015)第27条).
    2. It is not before the feedback, nor before the report was asked for again (台账规则).
    """
    known = require_stage(inspection, "submit_rectification_report", act.number)
    since = max(filter(None, (known.fed_back_on, known.plan_submitted_on, known.assessed_on)))
    field = "rectification_reported_on"
    require_order(since, act.rectification_reported_on, "报告日期早于反馈或评估", field=field)
    return restate(act, RectificationReportSubmitted, **owner(known))


def return_rectification_report(
    inspection: UnitInspection | None, act: ReturnRectificationReport
) -> RectificationReportReturned:
    """Return the unit's report, to be made again by a day (退回重报).

    1. A report awaits assessment (台账规则).
    2. It is not returned before it was submitted (台账规则).
    3. The new report is not due before the return (台账规则).
    """
    known = require_stage(inspection, "return_rectification_report", act.number)
    reason = "退回日期早于报告日期"
    require_order(known.rectification_reported_on, act.returned_on, reason, field="returned_on")
    reason = "重报期限早于退回日期"
    require_order(act.returned_on, act.rectification_due_on, reason, field="rectification_due_on")
    return restate(act, RectificationReportReturned, rectification_reported_on=None, **owner(known))


def assess_rectification(
    inspection: UnitInspection | None, act: AssessRectification
) -> RectificationAssessed:
    """Assess the unit's rectification as a whole (评估).

    1. A report awaits assessment (台账规则).
    2. The result is one of the three in force on the day (可配置：整改评估).
    3. It is not assessed before the report (台账规则).
    4. What is not complete has a day for the next report, what is complete none (台账规则).
    """
    known = require_stage(inspection, "assess_rectification", act.number)
    require_codes(act, act.assessed_on)
    reason = "评估日期早于报告日期"
    require_order(known.rectification_reported_on, act.assessed_on, reason, field="assessed_on")
    complete = act.assessment == COMPLETE
    missing = complete is (act.rectification_due_on is not None)
    reason = "整改到位的不再设期限" if complete else "未整改到位的应设下次报告期限"
    refuse_if(missing, "required", reason, field="rectification_due_on")
    reason = "下次报告期限早于评估日期"
    require_order(act.assessed_on, act.rectification_due_on, reason, field="rectification_due_on")
    reported_on = known.rectification_reported_on if complete else None
    return restate(
        act, RectificationAssessed, rectification_reported_on=reported_on, **owner(known)
    )


DECIDED: Decided = (
    (SubmitRectificationPlan, submit_rectification_plan),
    (ReportRectificationProgress, report_rectification_progress),
    (SubmitRectificationReport, submit_rectification_report),
    (ReturnRectificationReport, return_rectification_report),
    (AssessRectification, assess_rectification),
)
