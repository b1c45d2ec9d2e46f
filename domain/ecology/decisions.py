"""政治生态分析研判: opening, recording indicators, grading, feeding back, replying, closing."""

from datetime import date
from typing import Annotated

from domain.codes.tables import code_table
from domain.concept import Decided
from domain.ecology.assessment import (
    LIFECYCLE,
    EcologyAssessment,
    EcologyAssessmentClosed,
    EcologyAssessmentOpened,
    EcologyFedBack,
    EcologyGraded,
    EcologyIndicatorRecorded,
    EcologyReplied,
    number_of,
)
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit

Number = Annotated[str, Ref(Kind.ECOLOGY_ASSESSMENT)]


@fact
class OpenEcologyAssessment:
    """启动政治生态分析研判."""

    number: str
    unit: Annotated[str, Ref(Kind.UNIT)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    year: int
    opened_on: date
    data_until: date


@fact
class RecordEcologyIndicator:
    """登记政治生态研判指标."""

    number: Number
    indicator: Annotated[str, Code("ecology_indicator")]
    recorded_on: date
    value: int | None
    finding: PersonalText


@fact
class GradeEcology:
    """作出政治生态评价."""

    number: Number
    graded_on: date
    grade: Annotated[str, Code("ecology_grade")]
    conclusion: PersonalText
    approver: str


@fact
class FeedBackEcology:
    """反馈政治生态研判意见."""

    number: Number
    fed_back_on: date
    demands: PersonalText | None
    reply_due_on: date | None


@fact
class ReplyToEcology:
    """回复政治生态研判意见."""

    number: Number
    replied_on: date
    reply: PersonalText


@fact
class CloseEcologyAssessment:
    """办结政治生态分析研判."""

    number: Number
    closed_on: date


def _at(assessment: EcologyAssessment | None, act: str, number: str) -> EcologyAssessment:
    if assessment is None:
        raise Refusal("missing_reference", f"政治生态研判 {number} 不存在", field="number")
    LIFECYCLE.require(act, assessment)
    return assessment


def _of(assessment: EcologyAssessment) -> dict[str, str | int]:
    return {"unit": assessment.unit, "organ": assessment.organ, "year": assessment.year}


def open_ecology_assessment(
    assessment: EcologyAssessment | None,
    act: OpenEcologyAssessment,
    *,
    unit: Unit | None,
    organ: Organ | None,
) -> EcologyAssessmentOpened:
    """Open the assessment of a unit's political ecology in a year (启动研判).

    1. A unit is assessed once a year: the number is unit/year, and used once (台账规则).
    2. The unit and the organ are registered (台账规则).
    3. The year has begun by the day of opening (台账规则).
    4. What it takes into account ends by the day of opening (台账规则).
    """
    require_new(assessment, act.number)
    expected = number_of(act.unit, act.year)
    reason = f"编号应为“单位/年度”：{expected}"
    refuse_if(act.number != expected, "impossible_number", reason, field="number")
    require_known(act, {"unit": unit, "organ": organ})
    early = act.opened_on.year < act.year
    refuse_if(early, "impossible_date", "该年度尚未开始", field="opened_on")
    reason = "数据截止日期晚于启动日期"
    require_order(act.data_until, act.opened_on, reason, field="data_until")
    return restate(act, EcologyAssessmentOpened)


def record_ecology_indicator(
    assessment: EcologyAssessment | None, act: RecordEcologyIndicator
) -> EcologyIndicatorRecorded:
    """Record what was found under one indicator (研判指标).

    1. The assessment is open (台账规则).
    2. The indicator is one in force on the day (可配置：政治生态研判指标).
    3. What was found is stated (台账规则).
    4. It is not recorded before the assessment was opened (台账规则).
    """
    known = _at(assessment, "record_ecology_indicator", act.number)
    require_codes(act, act.recorded_on)
    refuse_if(not act.finding.strip(), "required", "研判情况不能为空", field="finding")
    require_order(known.opened_on, act.recorded_on, "登记日期早于启动日期", field="recorded_on")
    return restate(act, EcologyIndicatorRecorded, **_of(known))


def grade_ecology(
    assessment: EcologyAssessment | None,
    act: GradeEcology,
    *,
    previous: EcologyAssessment | None,
) -> EcologyGraded:
    """Grade a unit's political ecology, beside its grade of the year before (评价).

    1. The assessment is open (台账规则).
    2. The grade is one in force on the day (可配置：政治生态评价等次).
    3. Every indicator in force on the day is recorded (可配置：政治生态研判指标).
    4. The conclusion is stated (台账规则).
    5. It is not graded before the assessment was opened or an indicator recorded (台账规则).
    """
    known = _at(assessment, "grade_ecology", act.number)
    require_codes(act, act.graded_on)
    recorded = {each.indicator for each in known.indicators}
    terms = code_table("ecology_indicator").terms.values()
    missing = [t.value for t in terms if t.in_force(act.graded_on) and t.value not in recorded]
    reason = f"指标未登记：{'、'.join(missing)}"
    refuse_if(missing, "missing_indicators", reason, field="number")
    refuse_if(not act.conclusion.strip(), "required", "评价意见不能为空", field="conclusion")
    last = max(known.opened_on, *(each.recorded_on for each in known.indicators))
    require_order(last, act.graded_on, "评价日期早于启动或登记指标日期", field="graded_on")
    before = previous.grade if previous is not None else None
    more = {"previous_grade": before, "compared": comparison(before, act.grade)}
    return restate(act, EcologyGraded, **more, **_of(known))


def comparison(before: str | None, now: str) -> str | None:
    """Whether a grade rose (上升), fell (下降) or stayed (持平); None without one before."""
    order = tuple(code_table("ecology_grade").terms)
    if before is None:
        return None
    step = order.index(before) - order.index(now)
    return "持平" if step == 0 else "上升" if step > 0 else "下降"


def feed_back_ecology(assessment: EcologyAssessment | None, act: FeedBackEcology) -> EcologyFedBack:
    """Feed the assessment back to the unit (反馈研判意见).

    1. It is graded and not fed back yet (台账规则).
    2. It is not fed back before it was graded (台账规则).
    3. A reply is not due before the feedback (台账规则).
    """
    known = _at(assessment, "feed_back_ecology", act.number)
    require_order(known.graded_on, act.fed_back_on, "反馈日期早于评价日期", field="fed_back_on")
    reason = "回复期限早于反馈日期"
    require_order(act.fed_back_on, act.reply_due_on, reason, field="reply_due_on")
    return restate(act, EcologyFedBack, **_of(known))


def reply_to_ecology(assessment: EcologyAssessment | None, act: ReplyToEcology) -> EcologyReplied:
    """Enter the unit's reply (回复).

    1. It is fed back and not replied to yet (台账规则).
    2. The reply is not empty (台账规则).
    3. It is not replied to before the feedback (台账规则).
    """
    known = _at(assessment, "reply_to_ecology", act.number)
    refuse_if(not act.reply.strip(), "required", "回复内容不能为空", field="reply")
    require_order(known.fed_back_on, act.replied_on, "回复日期早于反馈日期", field="replied_on")
    return restate(act, EcologyReplied, **_of(known))


def close_ecology_assessment(
    assessment: EcologyAssessment | None, act: CloseEcologyAssessment
) -> EcologyAssessmentClosed:
    """Close the assessment (办结).

    1. It is fed back and not closed yet (台账规则).
    2. A reply that was asked for has come (台账规则).
    3. It is not closed before the feedback or the reply (台账规则).
    """
    known = _at(assessment, "close_ecology_assessment", act.number)
    awaited = known.reply_due_on is not None and known.replied_on is None
    refuse_if(awaited, "awaiting_reply", "单位尚未回复", field="closed_on")
    since = known.replied_on or known.fed_back_on
    require_order(since, act.closed_on, "办结日期早于反馈或回复日期", field="closed_on")
    return restate(act, EcologyAssessmentClosed, **_of(known))


DECIDED: Decided = (
    (OpenEcologyAssessment, open_ecology_assessment),
    (RecordEcologyIndicator, record_ecology_indicator),
    (FeedBackEcology, feed_back_ecology),
    (ReplyToEcology, reply_to_ecology),
    (CloseEcologyAssessment, close_ecology_assessment),
)
