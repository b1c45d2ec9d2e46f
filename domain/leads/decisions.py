"""问题线索: registering a lead, handling it, concluding the handling."""

from datetime import date
from typing import Annotated

from domain.fields import Code, Ref, fact, restate
from domain.inspections.round import Round
from domain.leads.lead import (
    SOURCE_STREAMS,
    HandlingConcluded,
    Lead,
    LeadHandled,
    LeadParticulars,
    LeadRegistered,
    handling_of,
)
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.petitions.petition import Petition
from domain.refusals import Refusal, refuse_if
from domain.rules import (
    require_codes,
    require_known,
    require_new,
    require_order,
    require_registered,
)
from domain.streams import Kind

RULES = "《中国共产党纪律检查机关监督执纪工作规则》第21条"


@fact
class RegisterLead(LeadParticulars):
    """登记问题线索."""


@fact
class HandleLead:
    """处置问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    decided_on: date
    method: Annotated[str, Code("handling_method")]
    approver: str | None


@fact
class ConcludeHandling:
    """办结线索处置."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    decided_on: date
    concluded_on: date | None
    outcome: str | None


def check_lead(
    lead: LeadParticulars,
    *,
    organ: Organ | None,
    persons: tuple[Person | None, ...],
    source_number: Petition | Round | None,
) -> None:
    """What holds of every lead, when registered and when corrected.

    1. The source is one in force on the day of receipt (《监察法实施条例》（2021）第168-172条).
    2. The organ and every person named are registered (台账规则).
    3. A lead from a petition or an inspection round names one that is registered, where it names
       one at all (台账规则).
    4. It is not received before that petition, or before that round began (台账规则).
    5. A handling's method is one in force on its day (《监督执纪工作规则》第21条).
    6. No handling is decided before the lead is received, nor concluded before it is decided
       (台账规则).
    """
    require_codes(lead, lead.received_on)
    require_known(lead, {"organ": organ, "persons": persons})
    kind = SOURCE_STREAMS.get(lead.source)
    if kind is not None and lead.source_number is not None:
        require_registered(source_number, kind, lead.source_number, "source_number")
    match source_number:
        case Petition(received_on=earliest) | Round(started_on=earliest):
            reason = "线索收到日期早于其来源的日期"
            require_order(earliest, lead.received_on, reason, field="received_on")
    for handling in lead.handlings if isinstance(lead, Lead) else ():
        require_codes(handling, handling.decided_on)
        check_handling(lead, handling.decided_on, handling.concluded_on)


def check_handling(lead: LeadParticulars, decided_on: date, concluded_on: date | None) -> None:
    """A handling's dates follow the lead's receipt (rule 6 of ``check_lead``)."""
    reason = f"处置日期早于线索收到日期 {lead.received_on}"
    require_order(lead.received_on, decided_on, reason, field="decided_on", code="before_receipt")
    require_order(decided_on, concluded_on, "办结日期早于处置日期", field="concluded_on")


def register_lead(
    lead: Lead | None,
    act: RegisterLead,
    *,
    organ: Organ | None,
    persons: tuple[Person | None, ...],
    source_number: Petition | Round | None,
) -> LeadRegistered:
    """Register a lead (登记问题线索); a lead that is split or transferred stays registered once.

    1. A number is registered once (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    2. What ``check_lead`` says holds of it (台账规则).
    """
    require_new(lead, act.number)
    check_lead(act, organ=organ, persons=persons, source_number=source_number)
    return restate(act, LeadRegistered)


def handle_lead(lead: Lead | None, act: HandleLead) -> LeadHandled:
    """Decide how a lead is handled (处置问题线索), as a register tells it.

    1. The lead is registered (台账规则).
    2. The method is one of the four in force on the day (《监督执纪工作规则》第21条).
    3. One handling of a lead a day (台账规则：处置以线索编号和处置日期为准).
    4. It is not decided before the lead was received (《监督执纪工作规则》第21条).
    """
    if lead is None:
        raise Refusal("missing_reference", f"问题线索 {act.lead} 不存在", field="lead")
    require_codes(act, act.decided_on)
    refuse_if(
        handling_of(lead, act.decided_on) is not None,
        "already_registered",
        f"线索 {act.lead} 在 {act.decided_on} 的处置已登记",
        field="decided_on",
        provision=RULES,
    )
    event = restate(act, LeadHandled, organ=lead.organ)
    check_handling(lead, act.decided_on, None)
    return event


def conclude_handling(lead: Lead | None, act: ConcludeHandling) -> HandlingConcluded:
    """Conclude a handling (办结线索处置), as a register tells it.

    1. The handling is registered (台账规则).
    2. It is not concluded already (台账规则).
    3. It is not concluded before it was decided (台账规则).
    """
    handling = handling_of(lead, act.decided_on) if lead is not None else None
    if lead is None or handling is None:
        raise Refusal("missing_reference", f"线索 {act.lead} 的处置不存在", field="decided_on")
    concluded = handling.concluded_on is not None or handling.outcome is not None
    refuse_if(concluded, "already_registered", "该处置已办结", field="concluded_on")
    check_handling(lead, act.decided_on, act.concluded_on)
    return restate(act, HandlingConcluded, organ=lead.organ, method=handling.method)
