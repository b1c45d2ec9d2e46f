"""监察措施: approving a measure and carrying it out."""

from datetime import date, timedelta
from typing import Annotated, Any

from domain.cases.case_file import CaseFile, has_reviewed
from domain.cases.case_file import stage_of as stage_of_case
from domain.cases.rules import require_none_recused, require_separate
from domain.fields import Ref, fact, restate
from domain.leads.lead import Lead
from domain.limits.limits import HOURS, end_of, limit
from domain.measures.instants import day_of, hours_later, instant
from domain.measures.kinds import MeasureKind, measure_kinds
from domain.measures.measure import (
    Measure,
    MeasureApproved,
    MeasureCarriedOut,
    MeasureParticulars,
)
from domain.measures.rules import (
    SUPERVISION_LAW,
    in_hours,
    measure_for,
    require_after,
    require_authority,
    require_instant,
    require_matter,
    require_provincial,
    with_note,
)
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_new, require_registered
from domain.streams import Kind

#: The stages of a case in which measures are taken.
OPEN_STAGES = {"investigation", "sent", "review", "returned", "reviewed", "supplement"}
AT_LEAST = 2


@fact
class ApproveMeasure(MeasureParticulars):
    """批准采取措施."""


@fact
class CarryOutMeasure:
    """执行措施."""

    number: Annotated[str, Ref(Kind.MEASURE)]
    carried_out_on: date
    carried_out_at: str | None
    officers: tuple[str, ...]


def _known_kind(act: ApproveMeasure) -> MeasureKind:
    kind = measure_kinds().get(act.kind)
    if kind is None:
        raise Refusal("unknown_code", f"“{act.kind}”不是监察措施", field="kind")
    span = f"自 {kind.since} 起" + (f"至 {kind.until} 止" if kind.until else "")
    refuse_if(
        not kind.in_force(act.approved_on),
        "not_in_force",
        f"“{kind.name}”{span}施行，{act.approved_on} 不适用",
        field="kind",
        provision=kind.provision,
    )
    return kind


def _require_matter(
    kind: MeasureKind, act: ApproveMeasure, case: CaseFile | None, lead: Lead | None
) -> None:
    """Rules 4 and 5 of ``approve_measure``: an open case, or a lead being verified."""
    if case is None and lead is None:
        raise Refusal("required", "须写明案件编号或线索编号", field="case")
    closed = case is not None and stage_of_case(case) not in OPEN_STAGES
    refuse_if(closed, "wrong_stage", "案件已办结，不能采取措施", field="case")
    refuse_if(
        case is None and not kind.verification,
        "needs_case",
        f"“{kind.name}”须在立案后采取",
        field="case",
        provision=kind.provision_on(act.approved_on),
    )


def approve_measure(
    measure: Measure | None,
    act: ApproveMeasure,
    *,
    case: CaseFile | None,
    lead: Lead | None,
    person: Person | None,
    organ: Organ | None,
    approving_organ: Organ | None,
) -> MeasureApproved:
    """Approve a measure.

    1. A number is used once (台账规则).
    2. Case, lead, person and organ are registered (台账规则).
    3. It is a measure that the law knows on the day (《监察法》（2024修正）第四章).
    4. It is in a case that is open, or on a lead (《监察法》（2024修正）第18条).
    5. Before a case is filed only the measures of verification are taken
       (可配置：《监督执纪工作规则》（2018）第34、40条).
    6. A measure against a person names the person (《监察法》（2024修正）第21、23至25、32、64条).
    7. It is approved by one who may, for an organ of that level
       (《监察法》（2024修正）第33、46、47条；其余可配置).
    8. It is not approved before the case was filed or the lead received (台账规则).
    """
    require_new(measure, act.number)
    require_matter(case, Kind.CASE, act.case, "case")
    require_matter(lead, Kind.LEAD, act.lead, "lead")
    require_matter(person, Kind.PERSON, act.person, "person")
    require_registered(organ, Kind.ORGAN, act.organ, "organ")
    kind = _known_kind(act)
    require_codes(act, act.approved_on)
    _require_matter(kind, act, case, lead)
    provision = kind.provision_on(act.approved_on)
    nobody = kind.person and act.person is None
    refuse_if(nobody, "required", "须写明被采取措施的人员", field="person", provision=provision)
    require_authority(organ, kind.approval, act.approver, act.approving_organ, provision)
    require_provincial(approving_organ, act.approver, provision)
    began = case.filed_on if case is not None else lead.received_on if lead is not None else None
    require_after(began, act.approved_on, "approved_on", "立案或者线索收到")
    return restate(act, MeasureApproved, until=_until_from_approval(kind, act.approved_on))


def _until_from_approval(kind: MeasureKind, approved_on: date) -> date | None:
    if kind.limit is None or not kind.from_approval:
        return None
    return end_of(limit(kind.limit, approved_on), approved_on)


def _ends(kind: MeasureKind, act: CarryOutMeasure) -> tuple[date | None, str | None]:
    """Last day and last minute of a measure limited from when it is carried out."""
    if kind.limit is None:
        return None, None
    term = limit(kind.limit, act.carried_out_on)
    if term.unit != HOURS:
        return end_of(term, act.carried_out_on), None
    at = hours_later(act.carried_out_at or "", term.value, "carried_out_at")
    return day_of(at, "carried_out_at"), at


def _require_interval(
    measure: Measure, kind: MeasureKind, case: CaseFile | None, act: CarryOutMeasure
) -> None:
    """Rule 5 of ``carry_out_measure``: the same measure does not directly follow itself."""
    if kind.interval is None or case is None or act.carried_out_at is None:
        return
    apart = limit(kind.interval, act.carried_out_on)
    before = [
        each
        for each in case.measures
        if (each.measure_kind, each.measured) == (measure.kind, measure.person)
    ]
    for each in before:
        earliest = None
        if each.ended_at is not None:
            ended = instant(each.ended_at, "carried_out_at")
            earliest = ended + timedelta(hours=apart.value)
        chained = earliest is None or instant(act.carried_out_at, "carried_out_at") < earliest
        refuse_if(
            chained,
            "chained",
            f"与前一次{kind.name}（{each.measure}）间隔不足{apart.text}",
            field="carried_out_at",
            provision=apart.provision,
        )


def carry_out_measure(
    measure: Measure | None, act: CarryOutMeasure, *, case: CaseFile | None
) -> tuple[tuple[str, Any], ...]:
    """Carry out a measure; the term the law limits it to runs from now.

    1. It is approved and not yet carried out (《监察法》（2024修正）第44条).
    2. At least two officers carry it out (《监察法》（2024修正）第44条).
    3. Where the law counts hours, the instant is told, on that day
       (《监察法》（2024修正）第25、46、50条).
    4. It is not carried out before it was approved (台账规则).
    5. A compelled appearance does not directly follow another of the same person
       (《监察法》（2024修正）第46条；间隔可配置).
    6. No officer who is off the case, or who reviews it, carries it out
       (《监察法》（2024修正）第67条；《监督执纪工作规则》（2018）第54条).

    Returns the measure's event and, in a case, the note of it in the case.
    """
    approved, kind = measure_for("carry_out_measure", measure, act.number)
    several = len(set(act.officers)) == len(act.officers) >= AT_LEAST
    refuse_if(
        not several,
        "too_few_officers",
        "措施须由二人以上进行",
        field="officers",
        provision=f"{SUPERVISION_LAW}第44条",
    )
    hours = in_hours(kind, act.carried_out_on) or kind.notice or kind.delivery
    require_instant(act.carried_out_on, act.carried_out_at, "carried_out_at", needed=hours)
    require_after(approved.approved_on, act.carried_out_on, "carried_out_on", "批准")
    _require_interval(approved, kind, case, act)
    if case is not None:
        require_none_recused(case, act.officers, "officers")
        require_separate(act.officers, has_reviewed(case), "officers", "已参与本案审理")
    until, until_at = _ends(kind, act)
    soon = _a_day_after(act) if kind.notice or kind.delivery else None
    event = restate(
        act,
        MeasureCarriedOut,
        kind=approved.kind,
        case=approved.case,
        person=approved.person,
        organ=approved.organ,
        until=approved.until if kind.from_approval else until,
        until_at=until_at,
        notice_until=soon if kind.notice else None,
        delivery_until=soon if kind.delivery else None,
    )
    at = act.carried_out_at
    return with_note(approved, event, act.carried_out_on, at=at, ended=False)


def _a_day_after(act: CarryOutMeasure) -> date:
    field = "carried_out_at"
    hours = limit("measure.notice", act.carried_out_on).value
    return day_of(hours_later(act.carried_out_at or "", hours, field), field)
