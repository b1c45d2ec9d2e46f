"""四种形态: what other bodies did, and the form that an office gives a measure."""

from datetime import date
from typing import Annotated

from domain.codes.tables import code_table
from domain.dispositions.decisions import COMMISSION
from domain.dispositions.measure_form import MeasureForm, MeasureFormParticulars, MeasureFormSet
from domain.dispositions.measures import index_name
from domain.dispositions.other_disposition import (
    OtherDisposition,
    OtherDispositionParticulars,
    OtherDispositionRecorded,
    OtherDispositionStruck,
)
from domain.fields import Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind


@fact
class RecordOtherDisposition(OtherDispositionParticulars):
    """登记其他机关处置."""


@fact
class StrikeOtherDisposition:
    """注销其他机关处置."""

    number: Annotated[str, Ref(Kind.OTHER_DISPOSITION)]
    struck_on: date
    basis: str


@fact
class SetMeasureForm(MeasureFormParticulars):
    """设定措施形态."""


def record_other_disposition(
    other: OtherDisposition | None,
    act: RecordOtherDisposition,
    *,
    organ: Organ | None,
    person: Person | None,
    lead: Lead | None,
) -> OtherDispositionRecorded:
    """Record what another body gave a person; it is kept with that body and never counted.

    1. A number is used once (台账规则).
    2. Organ, person and lead are registered (台账规则).
    3. The body is one of the table, and not the commission
       (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》：统计纪检监察机关的运用).
    4. At least one measure is given (台账规则).
    """
    require_new(other, act.number)
    require_known(act, {"organ": organ, "person": person, "lead": lead})
    require_codes(act, act.decided_on)
    own = act.applied_by == COMMISSION
    refuse_if(own, "own_disposition", "纪检监察机关的处置应登记为四种形态", field="applied_by")
    refuse_if(not act.measures, "required", "至少一项措施", field="measures")
    return restate(act, OtherDispositionRecorded)


def strike_other_disposition(
    other: OtherDisposition | None, act: StrikeOtherDisposition
) -> OtherDispositionStruck:
    """Strike out what another body was said to have done.

    1. It is recorded and not yet struck out (台账规则).
    2. It is not struck out before it was decided (台账规则).
    """
    if other is None:
        raise Refusal("missing_reference", f"其他机关处置 {act.number} 不存在", field="number")
    struck = other.struck_on is not None
    refuse_if(struck, "already_registered", "该处置已注销", field="struck_on")
    require_order(other.decided_on, act.struck_on, "注销日期早于决定日期", field="struck_on")
    return restate(act, OtherDispositionStruck, organ=other.organ)


def set_measure_form(state: MeasureForm | None, act: SetMeasureForm) -> MeasureFormSet:
    """Set the form of a measure that the index does not name, or now counts elsewhere.

    1. The form is one of the four (《中国共产党纪律处分条例》（2023）第5条).
    2. The measure is called by its name in the index, not by another (台账规则).
    3. One form of a measure begins on a day (台账规则).
    4. A provision is named (可配置：形态归属须有依据).
    """
    require_codes(act, act.since)
    name = index_name(act.measure)
    reason = f"该措施在指标体系中称“{name}”"
    known = name in code_table("measure").terms
    refuse_if(known and name != act.measure, "unknown_code", reason, field="measure")
    twice = state is not None and any(each.since == act.since for each in state.versions)
    refuse_if(twice, "already_registered", "该日已设定形态", field="since")
    refuse_if(not act.provision.strip(), "required", "须写明依据", field="provision")
    return restate(act, MeasureFormSet)
