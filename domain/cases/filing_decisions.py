"""立案呈批: requesting that a case be filed, approving and refusing it."""

from datetime import date
from typing import Annotated, Any

from domain.cases.case import CaseFiled
from domain.cases.case_file import CaseFile
from domain.cases.decisions import check_case
from domain.cases.filing import (
    FILING_LIFECYCLE,
    CaseFiling,
    CaseFilingApproved,
    CaseFilingParticulars,
    CaseFilingRefused,
    CaseFilingRequested,
)
from domain.cases.rules import PRINCIPAL, SUPERVISION_LAW, require_after, require_approval
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind, stream_name


@fact
class RequestCaseFiling(CaseFilingParticulars):
    """呈请立案."""


@fact
class ApproveCaseFiling:
    """批准立案."""

    number: Annotated[str, Ref(Kind.CASE_FILING)]
    case: str
    approved_on: date
    approver: Annotated[str, Code("approval")]


@fact
class RefuseCaseFiling:
    """不予批准立案."""

    number: Annotated[str, Ref(Kind.CASE_FILING)]
    refused_on: date
    approver: Annotated[str, Code("approval")]
    reason: PersonalText | None


def request_case_filing(
    filing: CaseFiling | None,
    act: RequestCaseFiling,
    *,
    lead: Lead | None,
    person: Person | None,
    organ: Organ | None,
) -> CaseFilingRequested:
    """Request that a case be filed.

    1. A number is used once (台账规则).
    2. Lead, person and organ are registered (台账规则).
    3. The rank is one in force on the day (台账规则).
    4. It is not requested before the lead was received (《监察法》（2024修正）第42条).
    """
    require_new(filing, act.number)
    require_known(act, {"lead": lead, "person": person, "organ": organ})
    require_codes(act, act.requested_on)
    received_on = lead.received_on if lead is not None else None
    reason = "呈请日期早于线索收到日期"
    require_order(received_on, act.requested_on, reason, field="requested_on")
    return restate(act, CaseFilingRequested)


def _filing_for(act: str, filing: CaseFiling | None, number: str) -> CaseFiling:
    if filing is None:
        raise Refusal("missing_reference", f"立案呈批 {number} 不存在", field="number")
    FILING_LIFECYCLE.require(act, filing)
    return filing


def approve_case_filing(
    filing: CaseFiling | None,
    act: ApproveCaseFiling,
    *,
    case: CaseFile | None,
    lead: Lead | None,
    person: Person | None,
    organ: Organ | None,
) -> tuple[tuple[str, Any], ...]:
    """Approve a filing: the case is filed that day, under its number.

    1. The request is undecided (《监察法》（2024修正）第42条).
    2. The principal approves (《监察法》（2024修正）第42条).
    3. The case's number is used once (台账规则).
    4. It is not approved before it was requested (台账规则).
    5. The case is one that could be filed: ``check_case`` holds (台账规则).

    Returns two events of one act: the approval, and the filing of the case.
    """
    asked = _filing_for("approve_case_filing", filing, act.number)
    require_approval(act.approver, (PRINCIPAL,), f"{SUPERVISION_LAW}第42条")
    require_new(case, act.case, "case")
    require_after(asked.requested_on, act.approved_on, "approved_on", "呈请")
    filed = CaseFiled(
        number=act.case,
        lead=asked.lead,
        person=asked.person,
        organ=asked.organ,
        filed_on=act.approved_on,
        rank=asked.rank,
    )
    check_case(filed, lead=lead, person=person, organ=organ)
    return (
        (
            stream_name(Kind.CASE_FILING, act.number),
            restate(act, CaseFilingApproved, organ=asked.organ),
        ),
        (stream_name(Kind.CASE, act.case), filed),
    )


def refuse_case_filing(filing: CaseFiling | None, act: RefuseCaseFiling) -> CaseFilingRefused:
    """Refuse to file a case.

    1. The request is undecided (《监察法》（2024修正）第42条).
    2. The principal decides (《监察法》（2024修正）第42条).
    3. It is not decided before it was requested (台账规则).
    """
    asked = _filing_for("refuse_case_filing", filing, act.number)
    require_approval(act.approver, (PRINCIPAL,), f"{SUPERVISION_LAW}第42条")
    require_after(asked.requested_on, act.refused_on, "refused_on", "呈请")
    return restate(act, CaseFilingRefused, organ=asked.organ)
