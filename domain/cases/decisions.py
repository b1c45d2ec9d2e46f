"""立案: filing a case, sending it to review, closing it, transferring it to the procuratorate."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from domain.cases.case import (
    Case,
    CaseClosed,
    CaseFiled,
    CaseParticulars,
    CaseSentToReview,
    CaseTransferredToProcuratorate,
)
from domain.cases.case_file import CaseFile
from domain.fields import Ref, fact, restate
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind


@fact
class FileCase(CaseParticulars):
    """立案."""


@fact
class SendCaseToReview:
    """移送审理."""

    number: Annotated[str, Ref(Kind.CASE)]
    sent_to_review_on: date


@fact
class CloseCase:
    """结案."""

    number: Annotated[str, Ref(Kind.CASE)]
    closed_on: date


@fact
class TransferCaseToProcuratorate:
    """移送检察机关."""

    number: Annotated[str, Ref(Kind.CASE)]
    transferred_on: date


def check_case(
    case: CaseParticulars, *, lead: Lead | None, person: Person | None, organ: Organ | None
) -> None:
    """What holds of every case, when filed and when corrected.

    1. Lead, person and organ are registered (台账规则).
    2. The rank is one in force on the day of filing (台账规则).
    3. It is not filed before its lead was received (《监察法》（2024修正）第42条).
    4. It is not sent to review, closed or transferred before it was filed (台账规则).
    """
    require_known(case, {"lead": lead, "person": person, "organ": organ})
    require_codes(case, case.filed_on)
    received_on = lead.received_on if lead is not None else None
    require_order(received_on, case.filed_on, "立案日期早于线索收到日期", field="filed_on")
    if isinstance(case, Case):
        check_progress(case)


def check_progress(case: Case) -> None:
    """The later dates of a case follow its filing (rule 4 of ``check_case``)."""
    for field, title in (
        ("sent_to_review_on", "移送审理日期"),
        ("closed_on", "结案日期"),
        ("transferred_on", "移送检察机关日期"),
    ):
        reason = f"{title}早于立案日期 {case.filed_on}"
        require_order(case.filed_on, getattr(case, field), reason, field=field)


def file_case(
    case: CaseFile | None,
    act: FileCase,
    *,
    lead: Lead | None,
    person: Person | None,
    organ: Organ | None,
) -> CaseFiled:
    """File a case, as a register tells it.

    1. A number is filed once (台账规则).
    2. It is what every case must be: ``check_case`` holds (《监察法》（2024修正）第42条).
    """
    require_new(case, act.number)
    check_case(act, lead=lead, person=person, organ=organ)
    return restate(act, CaseFiled)


def _open_case(case: CaseFile | None, number: str, field: str) -> CaseFile:
    if case is None:
        raise Refusal("missing_reference", f"案件 {number} 不存在", field="number")
    refuse_if(getattr(case, field) is not None, "already_registered", "该事实已登记", field=field)
    return case


def send_case_to_review(case: CaseFile | None, act: SendCaseToReview) -> CaseSentToReview:
    """Send a case to review.

    1. The case is filed and not yet sent (《监察法》（2024修正）第51条).
    2. Not before it was filed (台账规则).
    """
    filed = _open_case(case, act.number, "sent_to_review_on")
    check_progress(replace(filed, sent_to_review_on=act.sent_to_review_on))
    return restate(act, CaseSentToReview, organ=filed.organ)


def close_case(case: CaseFile | None, act: CloseCase) -> CaseClosed:
    """Close a case.

    1. The case is filed and not yet closed (台账规则).
    2. Not before it was filed (台账规则).
    """
    filed = _open_case(case, act.number, "closed_on")
    check_progress(replace(filed, closed_on=act.closed_on))
    return restate(act, CaseClosed, organ=filed.organ)


def transfer_case_to_procuratorate(
    case: CaseFile | None, act: TransferCaseToProcuratorate
) -> CaseTransferredToProcuratorate:
    """Transfer a case to the procuratorate.

    1. The case is filed and not yet transferred (《监察法》（2024修正）第52条).
    2. Not before it was filed (台账规则).
    """
    filed = _open_case(case, act.number, "transferred_on")
    check_progress(replace(filed, transferred_on=act.transferred_on))
    return restate(act, CaseTransferredToProcuratorate, organ=filed.organ)
