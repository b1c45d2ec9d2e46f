"""监察措施: finding property irrelevant, lifting a measure, changing it into another."""

from datetime import date
from typing import Annotated, Any

from domain.fields import PersonalText, Ref, fact, restate
from domain.measures.measure import (
    Measure,
    MeasureChanged,
    MeasureLifted,
    PropertyFoundIrrelevant,
)
from domain.measures.rules import (
    in_hours,
    measure_for,
    require_after,
    require_instant,
    require_later_instant,
    with_note,
)
from domain.measures.stages import stage_of
from domain.refusals import Refusal, refuse_if
from domain.streams import Kind


@fact
class FindPropertyIrrelevant:
    """查明财物与案件无关."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    irrelevant_on: date


@fact
class LiftMeasure:
    """解除措施."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    lifted_on: date
    lifted_at: str | None
    reason: PersonalText | None


@fact
class ChangeMeasure:
    """变更措施."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    changed_on: date
    changed_at: str | None
    successor: Annotated[str, Ref(Kind.MEASURE)]


def find_property_irrelevant(
    measure: Measure | None, act: FindPropertyIrrelevant
) -> PropertyFoundIrrelevant:
    """Find that what is frozen, sealed up or seized has nothing to do with the case.

    1. The measure is in force (《监察法》（2024修正）第26、28条).
    2. It is one on property (《监察法》（2024修正）第26、28条).
    3. It is found once (台账规则).
    4. It is not found before the measure was carried out (台账规则).
    """
    held, kind = measure_for("find_property_irrelevant", measure, act.number)
    refuse_if(
        not kind.property,
        "not_property",
        f"“{kind.name}”不是针对财物的措施",
        field="number",
        provision="《监察法》（2024修正）第26、28条",
    )
    found = held.irrelevant_on is not None
    refuse_if(found, "already_registered", "已登记与案件无关", field="irrelevant_on")
    require_after(held.carried_out_on, act.irrelevant_on, "irrelevant_on", "执行")
    return restate(act, PropertyFoundIrrelevant, organ=held.organ)


def lift_measure(measure: Measure | None, act: LiftMeasure) -> tuple[tuple[str, Any], ...]:
    """Lift a measure; late, it is still lifted.

    1. It is in force (《监察法》（2024修正）第26、28、31、33、46、48条).
    2. Where the law counts its hours, the instant is told, on that day
       (《监察法》（2024修正）第46条).
    3. It is not lifted before it was carried out (台账规则).

    Returns the measure's event and, in a case, the note of it in the case.
    """
    held, kind = measure_for("lift_measure", measure, act.number)
    hours = in_hours(kind, held.carried_out_on or act.lifted_on)
    require_instant(act.lifted_on, act.lifted_at, "lifted_at", needed=hours)
    require_after(held.carried_out_on, act.lifted_on, "lifted_on", "执行")
    require_later_instant(held.carried_out_at, act.lifted_at, "lifted_at")
    event = restate(act, MeasureLifted, kind=held.kind, organ=held.organ)
    return with_note(held, event, act.lifted_on, at=act.lifted_at, ended=True)


def change_measure(
    measure: Measure | None, act: ChangeMeasure, *, successor: Measure | None
) -> tuple[tuple[str, Any], ...]:
    """Change a measure into another, which is approved by an act of its own.

    1. It is in force (《监察法》（2024修正）第46、48条).
    2. The measure that takes its place is registered (台账规则).
    3. The law allows that one to take its place (《监察法》（2024修正）第23、46、48、64条).
    4. It is approved and not yet ended (《监察法》（2024修正）第46、47条).
    5. It is of the same person (台账规则).
    6. Where the law counts hours, the instant is told, on that day (《监察法》（2024修正）第46条).
    7. It is not changed before it was carried out, nor before the other was approved (台账规则).

    Returns the measure's event and, in a case, the note of it in the case.
    """
    held, kind = measure_for("change_measure", measure, act.number)
    if successor is None:
        raise Refusal("missing_reference", f"措施 {act.successor} 不存在", field="successor")
    refuse_if(
        successor.kind not in kind.changes_to,
        "not_changeable",
        f"“{kind.name}”不能变更为“{successor.kind}”",
        field="successor",
        provision=kind.provision_on(act.changed_on),
    )
    ended = stage_of(successor) not in {"approved", "in_force"}
    refuse_if(ended, "wrong_stage", "变更后的措施已解除或者变更", field="successor")
    other = successor.person != held.person
    refuse_if(other, "other_person", "变更后的措施不是对同一人员", field="successor")
    hours = in_hours(kind, held.carried_out_on or act.changed_on)
    require_instant(act.changed_on, act.changed_at, "changed_at", needed=hours)
    require_after(held.carried_out_on, act.changed_on, "changed_on", "执行")
    require_after(successor.approved_on, act.changed_on, "changed_on", "批准")
    require_later_instant(held.carried_out_at, act.changed_at, "changed_at")
    event = restate(act, MeasureChanged, kind=held.kind, organ=held.organ)
    return with_note(held, event, act.changed_on, at=act.changed_at, ended=True)
