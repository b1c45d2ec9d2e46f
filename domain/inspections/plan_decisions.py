"""巡察计划: approving the units to inspect in a term, and adjusting them."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import Ref, fact, restate
from domain.inspections.plan import (
    InspectionPlan,
    InspectionPlanAmended,
    InspectionPlanApproved,
    InspectionPlanParticulars,
)
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit

Units = Annotated[tuple[str, ...], Ref(Kind.UNIT)]


@fact
class ApproveInspectionPlan(InspectionPlanParticulars):
    """批准巡察计划."""


@fact
class AmendInspectionPlan:
    """调整巡察计划."""

    number: str
    amended_on: date
    added: Units
    removed: Units
    reason: str


def approve_inspection_plan(
    plan: InspectionPlan | None,
    act: ApproveInspectionPlan,
    *,
    organ: Organ | None,
    units: tuple[Unit | None, ...],
) -> InspectionPlanApproved:
    """Approve the plan of a term of inspections (巡察计划).

    1. A number is used once (台账规则).
    2. The organ and the units are registered (台账规则).
    3. It names at least one unit, and each once (台账规则).
    4. Its term does not end before it begins (台账规则).
    """
    require_new(plan, act.number)
    require_known(act, {"organ": organ, "units": units})
    refuse_if(not act.units, "required", "计划应有被巡察单位", field="units")
    twice = len(set(act.units)) < len(act.units)
    refuse_if(twice, "already_registered", "同一单位在计划中只列一次", field="units")
    require_order(act.first_on, act.last_on, "计划结束早于开始", field="last_on")
    return restate(act, InspectionPlanApproved)


def amend_inspection_plan(
    plan: InspectionPlan | None,
    act: AmendInspectionPlan,
    *,
    added: tuple[Unit | None, ...],
    removed: tuple[Unit | None, ...],
) -> InspectionPlanAmended:
    """Adjust the units of a plan (调整计划).

    1. The plan is approved, and not adjusted before that (台账规则).
    2. The units are registered, and something changes (台账规则).
    3. A unit added is not in the plan yet, one removed is (台账规则).
    4. The reason is stated (台账规则).
    """
    if plan is None:
        raise Refusal("missing_reference", f"巡察计划 {act.number} 不存在", field="number")
    since = plan.amended_on or plan.approved_on
    require_order(since, act.amended_on, "调整日期早于批准或上次调整", field="amended_on")
    require_known(act, {"added": added, "removed": removed})
    nothing = not act.added and not act.removed
    refuse_if(nothing, "nothing_changed", "没有增减单位", field="added")
    known = set(plan.units)
    again = known & set(act.added) or len(set(act.added)) < len(act.added)
    refuse_if(again, "already_registered", "增加的单位已在计划中", field="added")
    unknown = set(act.removed) - known
    refuse_if(unknown, "missing_reference", "减少的单位不在计划中", field="removed")
    refuse_if(not act.reason.strip(), "required", "调整理由不能为空", field="reason")
    kept = tuple(unit for unit in plan.units if unit not in set(act.removed))
    more = {"organ": plan.organ, "units": (*kept, *act.added)}
    return restate(act, InspectionPlanAmended, **more)


DECIDED: Decided = (
    (ApproveInspectionPlan, approve_inspection_plan),
    (AmendInspectionPlan, amend_inspection_plan),
)
