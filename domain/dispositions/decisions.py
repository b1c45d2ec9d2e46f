"""四种形态: making a disposition."""

from domain.cases.case import Case
from domain.dispositions.disposition import (
    Disposition,
    DispositionMade,
    DispositionParticulars,
)
from domain.fields import fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.rules import require_codes, require_known, require_new, require_order


@fact
class MakeDisposition(DispositionParticulars):
    """作出四种形态处置."""


def check_disposition(
    disposition: DispositionParticulars,
    *,
    lead: Lead | None,
    case: Case | None,
    person: Person | None,
    organ: Organ | None,
) -> None:
    """What holds of every disposition, when made and when corrected.

    1. Lead, case, person and organ are registered.
    2. Form and rank are terms in force on the day.
    3. It is not decided before the lead was received, nor before the case was filed.

    A disposition without a lead is a fact but never a figure: the statistical index counts from
    a lead (中纪办发〔2016〕2号). A form that the measure's index entry contradicts is taken as
    stated, since a correction may change the two one after the other.
    """
    related = {"lead": lead, "case": case, "person": person, "organ": organ}
    require_known(disposition, related)
    require_codes(disposition, disposition.decided_on)
    decided_on = disposition.decided_on
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
    """Make a disposition: a number is used once, and ``check_disposition`` holds."""
    require_new(disposition, act.number)
    check_disposition(act, lead=lead, case=case, person=person, organ=organ)
    return restate(act, DispositionMade)
