"""问题线索: proposing how a lead is handled, returning the proposal, approving it; reopening."""

from datetime import date
from typing import Annotated, Any

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.leads.approvals import require_approver
from domain.leads.decisions import ConcludeHandling, HandleLead, conclude_handling, handle_lead
from domain.leads.lead import HandlingConcluded, last_handling
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import AT_DISPOSAL, at_stage, handled_last
from domain.leads.movements import LeadReactivated, LeadReopened
from domain.leads.steps import LeadClosedAtDisposal, LeadHandlingProposed, LeadHandlingReturned
from domain.refusals import refuse_if
from domain.rules import require_codes, require_order
from domain.streams import Kind, stream_name

CLOSED = "予以了结"
#: Methods by which a lead that was held is taken up again.
TAKEN_UP = ("谈话函询", "初步核实")

Happened = tuple[tuple[str, Any], ...]


@fact
class ProposeLeadHandling:
    """提出线索处置意见."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    proposed_on: date
    proposed_method: Annotated[str, Code("handling_method")]
    closing_ground: Annotated[str | None, Code("closing_ground")]
    proposer: str | None
    opinion: PersonalText | None


@fact
class ReturnLeadHandling:
    """退回线索处置意见."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    returned_on: date
    reason: PersonalText | None


@fact
class ApproveLeadHandling:
    """批准线索处置意见."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    decided_on: date
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ReactivateLead:
    """启用暂存待查线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    reactivated_on: date
    method: Annotated[str, Code("handling_method")]
    reason: PersonalText | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class ReopenLead:
    """重新启动已办结线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    reopened_on: date
    reason: PersonalText
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


def propose_lead_handling(lead: LeadFile | None, act: ProposeLeadHandling) -> LeadHandlingProposed:
    """Propose how a lead is handled (提出处置意见).

    1. The lead is registered and waits for its disposal, or its last handling is concluded with
       nothing closed (《监督执纪工作规则》第21条).
    2. The method is one of the four in force on the day; 拟立案 is none of them since 2017
       (《监督执纪工作规则》第21条).
    3. Closing is proposed on one of the grounds for it, and only closing has a ground
       (可配置：直接了结理由表).
    4. Not before the lead was received, and after its last handling (台账规则).
    """
    known = at_stage(lead, act.lead, "propose_lead_handling")
    require_codes(act, act.proposed_on)
    closes = act.proposed_method == CLOSED
    refuse_if(
        closes and act.closing_ground is None, "required", "应写明了结理由", field="closing_ground"
    )
    spare = not closes and act.closing_ground is not None
    refuse_if(spare, "not_applicable", "只有予以了结才写了结理由", field="closing_ground")
    _after(known.received_on, act.proposed_on, "线索收到日期", "proposed_on", "before_receipt")
    last = last_handling(known)
    early = last is not None and act.proposed_on <= last.decided_on
    refuse_if(early, "impossible_date", "提出日期应晚于上次处置日期", field="proposed_on")
    number = (known.proposal or 0) + 1
    return restate(act, LeadHandlingProposed, organ=known.organ, proposal=number)


def _after(earlier: date | None, later: date, what: str, field: str, code: str) -> None:
    require_order(earlier, later, f"日期早于{what} {earlier}", field=field, code=code)


def return_lead_handling(lead: LeadFile | None, act: ReturnLeadHandling) -> LeadHandlingReturned:
    """Return a proposal (退回处置意见).

    1. A proposal waits for approval (《监督执纪工作规则》第21条).
    2. Not before it was made (台账规则).
    """
    known = at_stage(lead, act.lead, "return_lead_handling")
    assert known.proposal is not None  # noqa: S101 -- by the stage
    _after(known.proposed_on, act.returned_on, "提出日期", "returned_on", "impossible_date")
    return restate(act, LeadHandlingReturned, organ=known.organ, returned_proposal=known.proposal)


def approve_lead_handling(lead: LeadFile | None, act: ApproveLeadHandling) -> Happened:
    """Approve a proposal (批准处置意见): the lead is handled as proposed.

    1. A proposal waits for approval (《监督执纪工作规则》第21条).
    2. Whoever approves may do so (可配置：domain/leads/approvals.toml，《监督执纪工作规则》第21条).
    3. Not before it was proposed, and what holds of every handling holds of it (台账规则).
    4. Closing concludes the handling at once, without a check (《监督执纪工作规则》第21条).
    """
    known = at_stage(lead, act.lead, "approve_lead_handling")
    require_codes(act, act.decided_on)
    require_approver("approve_lead_handling", act.approver_role, act.decided_on)
    _after(known.proposed_on, act.decided_on, "提出日期", "decided_on", "impossible_date")
    assert known.proposed_method is not None  # noqa: S101 -- by the stage
    handled = handle_lead(known, restate(act, HandleLead, method=known.proposed_method))
    events: list[Any] = [handled]
    if known.proposed_method == CLOSED:
        events += [
            LeadClosedAtDisposal(
                lead=act.lead,
                organ=known.organ,
                closed_on=act.decided_on,
                ground=known.closing_ground or "",
            ),
            restate(
                handled,
                HandlingConcluded,
                concluded_on=act.decided_on,
                outcome=AT_DISPOSAL,
            ),
        ]
    return of_lead(act.lead, *events)


def of_lead(number: str, *events: Any) -> Happened:
    """Several facts of one lead, told by one act."""
    return tuple((stream_name(Kind.LEAD, number), event) for event in events)


def reactivate_lead(lead: LeadFile | None, act: ReactivateLead) -> Happened:
    """Take up a held lead (启用暂存待查线索): the same lead, never a second one.

    1. The lead is held (《监督执纪工作规则》第21条).
    2. It is taken up for a talk, an inquiry or a verification (《监督执纪工作规则》第21条).
    3. Whoever approves may do so (可配置：domain/leads/approvals.toml，《监督执纪工作规则》第21条).
    4. Not before it was held, and one handling of a lead a day (台账规则).
    5. The holding is thereby concluded (台账规则).
    """
    known = at_stage(lead, act.lead, "reactivate_lead")
    refuse_if(
        act.method not in TAKEN_UP, "unknown_code", "启用后只能谈话函询或初步核实", field="method"
    )
    require_approver("reactivate_lead", act.approver_role, act.reactivated_on)
    held = handled_last(known)
    _after(held.decided_on, act.reactivated_on, "暂存日期", "reactivated_on", "impossible_date")
    handled = handle_lead(known, restate(act, HandleLead, decided_on=act.reactivated_on))
    concluded = ConcludeHandling(
        lead=act.lead,
        decided_on=held.decided_on,
        concluded_on=act.reactivated_on,
        outcome="启用",
    )
    return of_lead(
        act.lead,
        conclude_handling(known, concluded),
        restate(act, LeadReactivated, organ=known.organ),
        handled,
    )


def reopen_lead(lead: LeadFile | None, act: ReopenLead) -> LeadReopened:
    """Reopen a lead (重新启动已办结线索): it waits for its disposal again and is no new lead.

    1. The lead is closed, or its handling concluded (《监督执纪工作规则》第21条).
    2. Whoever approves may do so (可配置：domain/leads/approvals.toml).
    3. After its last handling, and not before that was concluded (台账规则).
    """
    known = at_stage(lead, act.lead, "reopen_lead")
    require_approver("reopen_lead", act.approver_role, act.reopened_on)
    last = handled_last(known)
    early = act.reopened_on <= last.decided_on
    refuse_if(early, "impossible_date", "重新启动应晚于上次处置日期", field="reopened_on")
    _after(last.concluded_on, act.reopened_on, "办结日期", "reopened_on", "impossible_date")
    return restate(act, LeadReopened, organ=known.organ)
