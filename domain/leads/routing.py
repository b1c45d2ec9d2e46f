"""线索的流转: assigning, transferring, sending out; outcomes per person."""

from datetime import date
from typing import Annotated

from domain.concept import Related
from domain.fields import Code, Ref, fact, restate
from domain.leads.lead import Lead
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import at_stage
from domain.leads.movements import (
    ConcludedForPerson,
    LeadAssigned,
    LeadSentOut,
    LeadTransferAccepted,
    LeadTransferred,
    LeadWithdrawn,
)
from domain.organs.organ import Organ
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order, require_registered
from domain.streams import Kind, stream_name


@fact
class AssignLead:
    """交办问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    assigned_on: date
    department: str
    handler: str | None


@fact
class TransferLead:
    """移送问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    transferred_on: date
    organ: Annotated[str, Ref(Kind.ORGAN)]


@fact
class AcceptTransferredLead:
    """受理移送的问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    transfer_accepted_on: date


@fact
class SendLeadOut:
    """移送问题线索至本台账以外的机关."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    sent_out_on: date
    sent_out_to: str


@fact
class WithdrawLead:
    """撤销误登的问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    withdrawn_on: date
    basis: str


@fact
class ConcludeForPerson:
    """登记对一名被反映人的处理结果."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    person: Annotated[str, Ref(Kind.PERSON)]
    person_concluded_on: date
    person_outcome: Annotated[str, Code("person_outcome")]
    measure: str | None


def of_transfer(act: TransferLead) -> Related:
    """A transfer names the organ that gets the lead."""
    return {"organ": stream_name(Kind.ORGAN, act.organ)}


def after_receipt(lead: LeadFile, on: date, field: str) -> None:
    """Refuse a day before the lead was received (code ``before_receipt``)."""
    reason = f"日期早于线索收到日期 {lead.received_on}"
    require_order(lead.received_on, on, reason, field=field, code="before_receipt")


def assign_lead(lead: LeadFile | None, act: AssignLead) -> LeadAssigned:
    """Assign a lead to a department and a handler (案件监督管理部门交办).

    1. The lead is registered and not yet concluded (《监察法实施条例》（2021）第172条).
    2. Not before it was received (台账规则).
    """
    known = at_stage(lead, act.lead, "assign_lead")
    after_receipt(known, act.assigned_on, "assigned_on")
    return restate(act, LeadAssigned, organ=known.organ)


def transfer_lead(
    lead: LeadFile | None, act: TransferLead, *, organ: Organ | None
) -> LeadTransferred:
    """Transfer a lead to another organ of this ledger (移送有管辖权的机关).

    It is the same lead, counted once as received: with the organ that has it now. What this organ
    has disposed of stays its own, so such a lead is concluded here and registered there.

    1. The lead waits for its disposal, or for being accepted by the organ it was transferred to
       (《监察法实施条例》（2021）第169、171条).
    2. The other organ is registered, and another one (台账规则).
    3. This organ has not handled it yet (台账规则).
    4. Not before it was received, and after it was last accepted from a transfer (台账规则).
    """
    known = at_stage(lead, act.lead, "transfer_lead")
    require_registered(organ, Kind.ORGAN, act.organ, "organ")
    refuse_if(act.organ == known.organ, "nothing_changed", "线索已在该机构", field="organ")
    handled = bool(known.handlings)
    refuse_if(handled, "already_handled", "已处置的线索不作移送登记", field="lead")
    after_receipt(known, act.transferred_on, "transferred_on")
    accepted = known.transfer_accepted_on
    early = accepted is not None and act.transferred_on <= accepted
    refuse_if(early, "impossible_date", "移送应晚于上次受理", field="transferred_on")
    return LeadTransferred(
        lead=act.lead,
        organ=act.organ,
        transferred_on=act.transferred_on,
        transferred_from=known.organ,
        department=None,
        handler=None,
        source=known.source,
        source_number=known.source_number,
        received_on=known.received_on,
        persons=known.persons,
        category=known.category,
    )


def accept_transferred_lead(
    lead: LeadFile | None, act: AcceptTransferredLead
) -> LeadTransferAccepted:
    """Accept a lead that was transferred (受理移送的线索).

    1. The lead was transferred and not yet accepted
       (《纪检监察机关处理检举控告工作规则》（2020）第16条).
    2. Not before it was transferred (台账规则).
    """
    known = at_stage(lead, act.lead, "accept_transferred_lead")
    reason = "受理早于移送"
    require_order(
        known.transferred_on, act.transfer_accepted_on, reason, field="transfer_accepted_on"
    )
    return restate(act, LeadTransferAccepted, organ=known.organ)


def send_lead_out(lead: LeadFile | None, act: SendLeadOut) -> LeadSentOut:
    """Transfer a lead to an organ outside this ledger (移送本台账以外的机关).

    It stays counted as received where it was, since nobody else on this ledger counts it.

    1. The lead waits for its disposal, or for being accepted by the organ it was transferred to
       (《监察法实施条例》（2021）第169、171条).
    2. Not before it was received (台账规则).
    """
    known = at_stage(lead, act.lead, "send_lead_out")
    after_receipt(known, act.sent_out_on, "sent_out_on")
    return restate(act, LeadSentOut, organ=known.organ)


def withdraw_lead(lead: LeadFile | None, act: WithdrawLead) -> LeadWithdrawn:
    """Withdraw a lead that was registered by mistake (撤销误登的线索): it counts no more.

    As known before, the figures stay; the change shows from when the withdrawal is known.

    1. The lead waits for its disposal (台账规则).
    2. It was never handled, nor was another merged into it or split off it: what was done on a
       lead stays done (台账规则).
    3. The ground is stated (台账规则).
    4. Not before it was received (台账规则).
    """
    known = at_stage(lead, act.lead, "withdraw_lead")
    used = known.handlings or known.absorbed or known.split_into
    refuse_if(used, "already_handled", "线索已有处置、并案或分拆，不能撤销", field="lead")
    refuse_if(not act.basis.strip(), "required", "应写明撤销依据", field="basis")
    after_receipt(known, act.withdrawn_on, "withdrawn_on")
    return restate(act, LeadWithdrawn, organ=known.organ, before=restate(known, Lead))


def conclude_for_person(lead: LeadFile | None, act: ConcludeForPerson) -> ConcludedForPerson:
    """Tell what came of a lead for one of the persons it names (逐人登记处理结果).

    1. The report is made, or the handling concluded (《监督执纪工作规则》第30、35条).
    2. The outcome is one there is (可配置：对被反映人的处理结果表).
    3. The lead names the person, and nothing was told of that person yet since it was handled
       (台账规则).
    4. Not before the lead was handled (台账规则).
    """
    known = at_stage(lead, act.lead, "conclude_for_person")
    require_codes(act, act.person_concluded_on)
    refuse_if(act.person not in known.persons, "not_named", "该线索未反映此人", field="person")
    decided_on = max(each.decided_on for each in known.handlings)
    told = [
        each
        for each in known.outcomes
        if each.person == act.person and each.person_concluded_on >= decided_on
    ]
    refuse_if(told, "already_registered", "此人的处理结果已登记", field="person")
    reason = f"日期早于处置日期 {decided_on}"
    require_order(decided_on, act.person_concluded_on, reason, field="person_concluded_on")
    return restate(act, ConcludedForPerson, organ=known.organ)
