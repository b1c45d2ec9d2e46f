"""被巡察单位: entering a unit, ending the stay, reporting and feeding back."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import PersonalText, Ref, fact, restate
from domain.inspections.round import RoundFile, team_of
from domain.inspections.unit_inspection import (
    LIFECYCLE,
    InspectionFeedbackGiven,
    InspectionReportSubmitted,
    UnitInspection,
    UnitInspectionBegun,
    UnitInspectionEnded,
    number_of,
)
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit

Number = Annotated[str, Ref(Kind.INSPECTION)]


@fact
class BeginUnitInspection:
    """进驻被巡察单位."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    unit: Annotated[str, Ref(Kind.UNIT)]
    begun_on: date


@fact
class EndUnitInspection:
    """结束进驻被巡察单位."""

    number: Number
    ended_on: date


@fact
class SubmitInspectionReport:
    """提交巡察报告."""

    number: Number
    reported_on: date
    summary: PersonalText | None


@fact
class GiveInspectionFeedback:
    """反馈巡察意见."""

    number: Number
    fed_back_on: date
    problems: int | None


def require_stage(inspection: UnitInspection | None, act: str, number: str) -> UnitInspection:
    """The inspection, where its stage allows the act."""
    if inspection is None:
        raise Refusal("missing_reference", f"被巡察单位 {number} 不存在", field="number")
    LIFECYCLE.require(act, inspection)
    return inspection


def owner(inspection: UnitInspection) -> dict[str, str]:
    """What every fact of an inspection carries beside its number."""
    return {"round": inspection.round, "unit": inspection.unit, "organ": inspection.organ}


def require_not_negative(number: int | None, field: str) -> None:
    """A number of things is not below nothing."""
    refuse_if(number is not None and number < 0, "impossible_number", "数量不能为负", field=field)


def begin_unit_inspection(
    inspection: UnitInspection | None,
    act: BeginUnitInspection,
    *,
    round: RoundFile | None,
    unit: Unit | None,
) -> UnitInspectionBegun:
    """Enter a unit to inspect it (进驻).

    1. A unit is inspected once a round: the number is round/unit, and used once (台账规则).
    2. The round and the unit are registered (台账规则).
    3. A team of the round is authorised for the unit (可配置：一次一授权).
    4. It begins within the round (台账规则).
    """
    require_new(inspection, act.number)
    expected = number_of(act.round, act.unit)
    reason = f"编号应为“轮次/单位”：{expected}"
    refuse_if(act.number != expected, "impossible_number", reason, field="number")
    require_known(act, {"round": round, "unit": unit})
    assert round is not None  # noqa: S101 -- required in the line above
    team = team_of(round, act.unit)
    if team is None:
        raise Refusal("not_authorised", f"单位 {act.unit} 未授权巡察组", field="unit")
    since = max(round.started_on, team.authorised_on)
    require_order(since, act.begun_on, "进驻日期早于巡察开始或授权", field="begun_on")
    require_order(act.begun_on, round.ended_on, "进驻日期晚于巡察结束", field="begun_on")
    return restate(act, UnitInspectionBegun, organ=round.organ, team=team.team)


def end_unit_inspection(
    inspection: UnitInspection | None, act: EndUnitInspection
) -> UnitInspectionEnded:
    """End the stay in a unit (结束进驻).

    1. The unit is being inspected (台账规则).
    2. It does not end before it began (台账规则).
    """
    known = require_stage(inspection, "end_unit_inspection", act.number)
    require_order(known.begun_on, act.ended_on, "结束日期早于进驻日期", field="ended_on")
    return restate(act, UnitInspectionEnded, **owner(known))


def submit_inspection_report(
    inspection: UnitInspection | None, act: SubmitInspectionReport
) -> InspectionReportSubmitted:
    """Submit the team's report on a unit (巡察报告).

    1. The stay has ended and no report was submitted yet (台账规则).
    2. It is not submitted before the stay ended (台账规则).
    """
    known = require_stage(inspection, "submit_inspection_report", act.number)
    require_order(known.ended_on, act.reported_on, "报告日期早于结束日期", field="reported_on")
    return restate(act, InspectionReportSubmitted, **owner(known))


def give_inspection_feedback(
    inspection: UnitInspection | None, act: GiveInspectionFeedback
) -> InspectionFeedbackGiven:
    """Feed back to the unit what the inspection found (反馈).

    1. The report was submitted and nothing fed back yet (台账规则).
    2. It is not fed back before the report (台账规则).
    3. The number of problems is not negative (台账规则).
    """
    known = require_stage(inspection, "give_inspection_feedback", act.number)
    require_order(known.reported_on, act.fed_back_on, "反馈日期早于报告日期", field="fed_back_on")
    require_not_negative(act.problems, "problems")
    return restate(act, InspectionFeedbackGiven, **owner(known))


DECIDED: Decided = (
    (BeginUnitInspection, begin_unit_inspection),
    (EndUnitInspection, end_unit_inspection),
    (SubmitInspectionReport, submit_inspection_report),
    (GiveInspectionFeedback, give_inspection_feedback),
)
