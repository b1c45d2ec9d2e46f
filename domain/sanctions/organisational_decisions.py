"""组织处理: imposing an organisational measure, and ending it."""

from datetime import date
from typing import Annotated

from domain.cases.case import Case
from domain.fields import Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.sanctions.organisational import (
    LIFECYCLE,
    SUSPENDED_FOR,
    SUSPENSION,
    OrganisationalMeasure,
    OrganisationalMeasureEnded,
    OrganisationalMeasureImposed,
    OrganisationalMeasureParticulars,
    restrictions,
)
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind


@fact
class ImposeOrganisationalMeasure(OrganisationalMeasureParticulars):
    """给予组织处理."""


@fact
class EndOrganisationalMeasure:
    """解除组织处理."""

    number: Annotated[str, Ref(Kind.ORGANISATIONAL_MEASURE)]
    ended_on: date
    reason: str


def impose_organisational_measure(
    measure: OrganisationalMeasure | None,
    act: ImposeOrganisationalMeasure,
    *,
    person: Person | None,
    organ: Organ | None,
    lead: Lead | None,
    case: Case | None,
    sanction: SanctionFile | None,
) -> OrganisationalMeasureImposed:
    """Record an organisational measure; it may go beside a sanction.

    1. A number is used once (台账规则).
    2. Person, organ, lead, case and sanction are registered (台账规则).
    3. The measure is one of the table (《公职人员政务处分法》第17条).
    4. A sanction it goes beside is the same person's (《公职人员政务处分法》第17条).
    5. Who decided it is stated (台账规则).
    6. A suspension, and only it, has a last day, within the longest time
       (可配置：停职检查一般不超过六个月).
    """
    require_new(measure, act.number)
    related = {"person": person, "organ": organ, "lead": lead, "case": case, "sanction": sanction}
    require_known(act, related)
    require_codes(act, act.decided_on)
    another = sanction is not None and sanction.person != act.person
    refuse_if(another, "another_person", "所列处分不是该人的处分", field="sanction")
    refuse_if(not act.decided_by, "required", "须写明作出决定的机关", field="decided_by")
    _check_suspension(act)
    return restate(act, OrganisationalMeasureImposed)


def _check_suspension(act: ImposeOrganisationalMeasure) -> None:
    ends_on = act.ends_on
    if act.measure != SUSPENSION:
        refuse_if(ends_on, "impossible_date", "只有停职检查设期限", field="ends_on")
        return
    if ends_on is None:
        raise Refusal("required", "停职检查须写明期限", field="ends_on")
    require_order(act.decided_on, ends_on, "期限早于决定日期", field="ends_on")
    last = next(each.until for each in restrictions(act) if each.title == SUSPENDED_FOR)
    refuse_if(ends_on > last, "beyond_limit", f"停职检查最长至 {last}", field="ends_on")


def end_organisational_measure(
    measure: OrganisationalMeasure | None, act: EndOrganisationalMeasure
) -> OrganisationalMeasureEnded:
    """End an organisational measure.

    1. It is recorded and not yet ended (台账规则).
    2. It is not ended before it was decided (台账规则).
    3. The reason is stated (台账规则).
    """
    if measure is None:
        raise Refusal("missing_reference", f"组织处理 {act.number} 不存在", field="number")
    LIFECYCLE.require("end_organisational_measure", measure)
    require_order(measure.decided_on, act.ended_on, "解除日期早于决定日期", field="ended_on")
    refuse_if(not act.reason, "required", "须写明理由", field="reason")
    return restate(act, OrganisationalMeasureEnded, organ=measure.organ)
