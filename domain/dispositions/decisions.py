"""四种形态: making, concluding, replacing and withdrawing a disposition."""

from datetime import date
from typing import Annotated, Any

from domain.cases.case import Case
from domain.dispositions.disposition import (
    LIFECYCLE,
    Disposition,
    DispositionConcluded,
    DispositionFile,
    DispositionMade,
    DispositionParticulars,
    DispositionReplaced,
    DispositionWithdrawn,
)
from domain.dispositions.measure_form import MeasureForm
from domain.dispositions.measures import Measure, deciding_measure, measure_of
from domain.fields import Code, Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind, stream_name

INDEX = "《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》（中纪办发〔2016〕2号）"
COMMISSION = "纪检监察机关"
Concluded = tuple[tuple[str, DispositionMade], tuple[str, DispositionConcluded]]


@fact
class MakeDisposition(DispositionParticulars):
    """作出四种形态处置."""


@fact
class Handled:
    """What a handling came to for one person: every measure; the form follows from them."""

    number: str
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    case: Annotated[str | None, Ref(Kind.CASE)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    measures: tuple[str, ...]
    applied_by: Annotated[str, Code("applying_body")]
    approver: str | None
    decided_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class ConcludeDisposition(Handled):
    """作出四种形态处置（按措施归形态）."""


@fact
class ReplaceDisposition(Handled):
    """以新的处置替代原处置."""

    replaces: Annotated[str, Ref(Kind.DISPOSITION)]
    basis: str


@fact
class WithdrawDisposition:
    """撤销四种形态处置."""

    number: Annotated[str, Ref(Kind.DISPOSITION)]
    withdrawn_on: date
    basis: str


def check_disposition(
    disposition: DispositionParticulars,
    *,
    lead: Lead | None,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
) -> None:
    """What holds of every disposition, when made and when corrected.

    1. Lead, case, person and organ are registered (台账规则).
    2. Form and rank are terms in force on the day (《中国共产党纪律处分条例》（2023）第5条).
    3. It is not decided before the lead was received, nor before the case was filed
       (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》：从线索起算).

    A disposition without a lead is a fact but never a figure: the statistical index counts from
    a lead (中纪办发〔2016〕2号). A form that the measure's index entry contradicts is taken as
    stated, since a correction may change the two one after the other.
    """
    related = {"lead": lead, "case": case, "person": person, "organ": organ}
    require_known(disposition, related)
    require_codes(disposition, disposition.decided_on)
    _check_order(lead, case, disposition.decided_on)


def _check_order(lead: Lead | None, case: Case | None, decided_on: date) -> None:
    if lead is not None:
        reason = f"决定日期早于线索收到日期 {lead.received_on}"
        require_order(
            lead.received_on, decided_on, reason, field="decided_on", code="before_receipt"
        )
    if case is not None:
        reason = f"决定日期早于立案日期 {case.filed_on}"
        require_order(case.filed_on, decided_on, reason, field="decided_on", code="before_filing")


def make_disposition(
    disposition: Disposition | None,
    act: MakeDisposition,
    *,
    lead: Lead | None,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
) -> DispositionMade:
    """Make a disposition as the register states it.

    1. A number is used once (台账规则).
    2. ``check_disposition`` holds (台账规则).
    """
    require_new(disposition, act.number)
    check_disposition(act, lead=lead, case=case, person=person, organ=organ)
    return restate(act, DispositionMade)


def conclude_disposition(
    disposition: DispositionFile | None,
    act: ConcludeDisposition,
    *,
    lead: Lead | None,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
    measures: tuple[MeasureForm | None, ...],
) -> Concluded:
    """Conclude one person's handling on a lead, with every measure given; the form is derived.

    1. A number is used once (台账规则).
    2. Lead, case, person and organ are registered (台账规则).
    3. Rank and applying body are terms in force on the day (台账规则).
    4. The applying body is the commission: another body's measures are recorded as its own and
       never counted (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》).
    5. It springs from a lead or a case: a talk without one does not count
       (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》：从线索起算).
    6. The person is one whom the lead names, or the case's (台账规则).
    7. It is not decided before the lead was received, nor before the case was filed (台账规则).
    8. At least one measure is given, and the index or the office gives each a form on that day
       (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》：56项指标；可配置：设定措施形态).

    Returns the record that is counted, in the form of the measure that decides, and its course.
    """
    require_new(disposition, act.number)
    related = {"lead": lead, "case": case, "person": person, "organ": organ}
    return _concluded(act, related, measures)


def replace_disposition(
    disposition: DispositionFile | None,
    act: ReplaceDisposition,
    *,
    lead: Lead | None,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
    replaces: DispositionFile | None,
    measures: tuple[MeasureForm | None, ...],
) -> tuple[tuple[str, DispositionReplaced], *Concluded]:
    """Put a new result in the place of the one that the same handling had come to before.

    1. A number is used once (台账规则).
    2. The disposition replaced is registered, and stands (台账规则).
    3. It is of the same person, on the same lead or case: what another lead comes to counts beside
       it (《纪检监察机关监督执纪“四种形态”统计指标体系（试行）》：不重不漏).
    4. The new one is not decided before the one it replaces (台账规则).
    5. Of the new one all holds that ``conclude_disposition`` asks (台账规则).

    The figure of the period reported then stays as known then; the change shows from now on.
    """
    require_new(disposition, act.number)
    if replaces is None:
        raise Refusal("missing_reference", f"四种形态 {act.replaces} 不存在", field="replaces")
    LIFECYCLE.require("replace_disposition", replaces, field="replaces")
    refuse_if(
        not _same_handling(replaces, act),
        "another_handling",
        "被替代的处置不是同一人在同一线索上的处置",
        field="replaces",
        provision=INDEX,
    )
    reason = f"决定日期早于被替代处置的决定日期 {replaces.decided_on}"
    require_order(replaces.decided_on, act.decided_on, reason, field="decided_on")
    related = {"lead": lead, "case": case, "person": person, "organ": organ}
    concluded = _concluded(act, related, measures)
    replaced = DispositionReplaced(
        number=act.replaces,
        organ=replaces.organ,
        replaced_on=act.decided_on,
        replaced_by=act.number,
        basis=act.basis,
        before=restate(replaces, Disposition),
    )
    return ((stream_name(Kind.DISPOSITION, act.replaces), replaced), *concluded)


def _same_handling(old: DispositionFile, new: Handled) -> bool:
    on = (old.lead and old.lead == new.lead) or (old.case and old.case == new.case)
    return old.person == new.person and bool(on)


def withdraw_disposition(
    disposition: DispositionFile | None, act: WithdrawDisposition
) -> DispositionWithdrawn:
    """Withdraw a disposition that should not have been made.

    1. It is registered, and stands (台账规则).
    2. It is not withdrawn before it was decided (台账规则).
    """
    if disposition is None:
        raise Refusal("missing_reference", f"四种形态 {act.number} 不存在", field="number")
    LIFECYCLE.require("withdraw_disposition", disposition)
    reason = "撤销日期早于决定日期"
    require_order(disposition.decided_on, act.withdrawn_on, reason, field="withdrawn_on")
    before = restate(disposition, Disposition)
    return restate(act, DispositionWithdrawn, organ=disposition.organ, before=before)


# -- what concluding and replacing share ---------------------------------------------------


def _concluded(
    act: Handled, related: dict[str, Any], local: tuple[MeasureForm | None, ...]
) -> Concluded:
    require_known(act, related)
    require_codes(act, act.decided_on)
    other = act.applied_by != COMMISSION
    reason = "其他机关实施的处置请登记为“其他机关处置”，不计入四种形态"
    refuse_if(other, "other_body", reason, field="applied_by", provision=INDEX)
    lead, case = related["lead"], related["case"]
    without = lead is None and case is None
    reason = "没有问题线索的谈话等不计入四种形态"
    refuse_if(without, "without_lead", reason, field="lead", provision=INDEX)
    named = lead is not None and act.person in lead.persons
    of_case = case is not None and case.person == act.person
    refuse_if(not named and not of_case, "not_named", "线索未反映该人", field="person")
    _check_order(lead, case, act.decided_on)
    deciding = deciding_measure(_known_measures(act, local), act.decided_on)
    made = restate(act, DispositionMade, form=deciding.form, measure=deciding.name)
    stream = stream_name(Kind.DISPOSITION, act.number)
    return (stream, made), (stream, restate(act, DispositionConcluded))


def _known_measures(act: Handled, local: tuple[MeasureForm | None, ...]) -> list[Measure]:
    refuse_if(not act.measures, "required", "至少一项措施", field="measures")
    found: list[Measure] = []
    for name, set_here in zip(act.measures, local, strict=True):
        measure = measure_of(name, act.decided_on, set_here)
        if measure is None:
            reason = f"措施“{name}”未归入任何形态，请先设定措施形态"
            raise Refusal("unknown_code", reason, field="measures", provision=INDEX)
        found.append(measure)
    return found
