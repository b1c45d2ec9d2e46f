"""巡察移交: handing a matter to the body that is to deal with it, and that body's answer."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import Ref, fact, restate
from domain.inspections.round import RoundFile
from domain.inspections.transfer import (
    DESTINATIONS,
    LIFECYCLE,
    InspectionMatterTransferred,
    InspectionTransfer,
    InspectionTransferAccepted,
    InspectionTransferAnswered,
    InspectionTransferParticulars,
)
from domain.leads.lead import Lead
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind
from domain.units.unit import Unit

#: The source of a lead that an inspection handed over.
FROM_INSPECTION = "巡察移交"


@fact
class TransferInspectionMatter(InspectionTransferParticulars):
    """移交巡察事项."""


@fact
class AcceptInspectionTransfer:
    """接收巡察移交事项."""

    number: str
    accepted_on: date
    lead: Annotated[str | None, Ref(Kind.LEAD)]


@fact
class AnswerInspectionTransfer:
    """反馈巡察移交事项办理情况."""

    number: Annotated[str, Ref(Kind.INSPECTION_TRANSFER)]
    answered_on: date
    outcome: str


def transfer_inspection_matter(
    transfer: InspectionTransfer | None,
    act: TransferInspectionMatter,
    *,
    round: RoundFile | None,
    unit: Unit | None,
) -> InspectionMatterTransferred:
    """Hand a matter to the body that is to deal with it (移交).

    1. A number is used once (台账规则).
    2. The round and the unit it concerns are registered (台账规则).
    3. Its category and destination are in force on the day (台账规则).
    4. Leads go to discipline organs, matters of appointment to the organization department, others
       to the unit concerned (《中国共产党巡视工作条例》(2015)第28条).
    5. It is not transferred before the round began (台账规则).
    6. The number of persons is not negative (台账规则).
    """
    require_new(transfer, act.number)
    require_known(act, {"round": round, "unit": unit})
    assert round is not None  # noqa: S101 -- required in the line above
    require_codes(act, act.transferred_on)
    expected = DESTINATIONS[act.category]
    reason = f"{act.category}应移交{expected}"
    refuse_if(act.destination != expected, "wrong_destination", reason, field="destination")
    reason = "移交日期早于巡察开始日期"
    require_order(round.started_on, act.transferred_on, reason, field="transferred_on")
    negative = act.persons is not None and act.persons < 0
    refuse_if(negative, "impossible_number", "人数不能为负", field="persons")
    return restate(act, InspectionMatterTransferred, organ=round.organ)


def _at(transfer: InspectionTransfer | None, act: str, number: str) -> InspectionTransfer:
    if transfer is None:
        raise Refusal("missing_reference", f"巡察移交 {number} 不存在", field="number")
    LIFECYCLE.require(act, transfer)
    return transfer


def accept_inspection_transfer(
    transfer: InspectionTransfer | None, act: AcceptInspectionTransfer, *, lead: Lead | None
) -> InspectionTransferAccepted:
    """Accept what was handed over (接收).

    1. It was transferred and not accepted yet (台账规则).
    2. A lead that it became is registered, and came from that round (台账规则).
    3. Only what was handed over as a lead becomes one (台账规则).
    4. It is not accepted before it was transferred (台账规则).
    """
    known = _at(transfer, "accept_inspection_transfer", act.number)
    require_known(act, {"lead": lead})
    if lead is not None:
        other = (lead.source, lead.source_number) != (FROM_INSPECTION, known.round)
        refuse_if(other, "other_round", f"线索不是巡察轮次 {known.round} 移交的", field="lead")
        reason = "该事项不是作为问题线索移交的"
        refuse_if(known.category != "问题线索", "not_a_lead", reason, field="lead")
    reason = "接收日期早于移交日期"
    require_order(known.transferred_on, act.accepted_on, reason, field="accepted_on")
    return restate(act, InspectionTransferAccepted, round=known.round, organ=known.organ)


def answer_inspection_transfer(
    transfer: InspectionTransfer | None, act: AnswerInspectionTransfer
) -> InspectionTransferAnswered:
    """Tell the inspection office what became of the matter (反馈办理情况).

    1. It was accepted and not answered yet (《中国共产党巡视工作条例》(2015)第29条).
    2. It is not answered before it was accepted (台账规则).
    """
    known = _at(transfer, "answer_inspection_transfer", act.number)
    reason = "反馈日期早于接收日期"
    require_order(known.accepted_on, act.answered_on, reason, field="answered_on")
    return restate(act, InspectionTransferAnswered, round=known.round, organ=known.organ)


DECIDED: Decided = (
    (TransferInspectionMatter, transfer_inspection_matter),
    (AcceptInspectionTransfer, accept_inspection_transfer),
    (AnswerInspectionTransfer, answer_inspection_transfer),
)
