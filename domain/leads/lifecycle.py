"""问题线索: the stages of a lead, read off what is known of it, and the moves between them.

The acts that registers tell (handle_lead, conclude_handling) are allowed from every stage, since
rows come in any order; they are not in the table.
"""

from collections.abc import Iterable

from domain.leads.lead import Handling, last_handling
from domain.leads.lead_file import LeadFile
from domain.lifecycle import Lifecycle, Move
from domain.refusals import Refusal
from domain.streams import Kind

#: Outcomes of a handling that close the lead (了结); every other is a conclusion of its own.
AT_DISPOSAL, AFTER_TALK, AFTER_VERIFICATION = "不查而结", "采信了结", "初核后了结"
CLOSINGS = (AT_DISPOSAL, AFTER_TALK, AFTER_VERIFICATION, "予以了结", "了结")

STAGES = {
    "received": "待处置",
    "proposed": "处置意见待批",
    "talk_inquiry": "谈话函询",
    "talk_reported": "谈话函询待审批",
    "verification": "初步核实",
    "verification_reported": "初步核实待审批",
    "held": "暂存待查",
    "closed": "已了结",
    "concluded": "处置办结",
    "transferred": "移送待受理",
    "sent_out": "已移送外机关",
    "merged": "已并案",
    "withdrawn": "已撤销",
}
_UNDER_WAY = {
    "谈话函询": ("talk_inquiry", "talk_reported"),
    "初步核实": ("verification", "verification_reported"),
    "暂存待查": ("held", "held"),
    "予以了结": ("closed", "closed"),
}


def stage_of_handling(lead: LeadFile, last: Handling | None) -> str:
    """The stage that the last handling leaves a lead in."""
    if last is None or (lead.reopened_on is not None and last.decided_on < lead.reopened_on):
        return "received"
    if last.concluded_on is not None or last.outcome is not None:
        closes = last.method == "予以了结" or last.outcome in CLOSINGS
        return "closed" if closes else "concluded"
    under_way, reported = _UNDER_WAY[last.method]
    return reported if lead.reported_handling == last.decided_on else under_way


def stage(lead: LeadFile) -> str:
    """The stage of a lead."""
    if lead.withdrawn_on is not None:
        return "withdrawn"
    if lead.merged_into is not None:
        return "merged"
    if lead.sent_out_on is not None:
        return "sent_out"
    moved, accepted = lead.transferred_on, lead.transfer_accepted_on
    if moved is not None and (accepted is None or accepted < moved):
        return "transferred"
    last = last_handling(lead)
    if lead.proposal is not None and lead.proposal != lead.returned_proposal:
        assert lead.proposed_on is not None, "a proposal has its day"  # noqa: S101 -- one fact
        if last is None or last.decided_on < lead.proposed_on:
            return "proposed"
    return stage_of_handling(lead, last)


_OPEN = (
    "received",
    "proposed",
    "talk_inquiry",
    "talk_reported",
    "verification",
    "verification_reported",
    "held",
)


def _staying(act: str, sources: Iterable[str]) -> Move:
    return Move(act, tuple(sources))


LIFECYCLE = Lifecycle(
    kind=Kind.LEAD,
    title="问题线索",
    stages=STAGES,
    stage=stage,
    opened_by=("register_lead",),
    moves=(
        _staying("assign_lead", _OPEN),
        Move("propose_lead_handling", ("received", "concluded"), ("proposed",)),
        Move("return_lead_handling", ("proposed",), ("received", "concluded")),
        Move(
            "approve_lead_handling",
            ("proposed",),
            ("talk_inquiry", "verification", "held", "closed"),
        ),
        _staying("send_inquiry", ("talk_inquiry",)),
        _staying("receive_inquiry_reply", ("talk_inquiry",)),
        _staying("record_talk", ("talk_inquiry",)),
        Move("report_talk_inquiry", ("talk_inquiry",), ("talk_reported",)),
        Move("close_lead_after_talk", ("talk_reported",), ("closed",)),
        Move(
            "conclude_talk_inquiry",
            ("talk_reported",),
            ("concluded", "talk_inquiry", "verification"),
        ),
        _staying("approve_verification_plan", ("verification",)),
        Move("report_verification", ("verification",), ("verification_reported",)),
        Move("close_lead_after_verification", ("verification_reported",), ("closed",)),
        Move("conclude_verification", ("verification_reported",), ("concluded", "held")),
        _staying("feed_back_closing", ("closed",)),
        Move("reactivate_lead", ("held",), ("talk_inquiry", "verification")),
        Move("reopen_lead", ("closed", "concluded"), ("received",)),
        Move("transfer_lead", ("received", "transferred"), ("transferred",)),
        Move("accept_transferred_lead", ("transferred",), ("received",)),
        Move("send_lead_out", ("received", "transferred"), ("sent_out",)),
        Move("withdraw_lead", ("received",), ("withdrawn",)),
        _staying("split_lead", ("received", "talk_inquiry", "verification", "held")),
        Move("merge_lead", ("received", "held"), ("merged",)),
        _staying("conclude_for_person", ("talk_reported", "verification_reported", "concluded")),
    ),
)


def found(lead: LeadFile | None, number: str) -> LeadFile:
    """The lead, which must be registered (code ``missing_reference``)."""
    if lead is None:
        raise Refusal("missing_reference", f"问题线索 {number} 不存在", field="lead")
    return lead


def at_stage(lead: LeadFile | None, number: str, act: str) -> LeadFile:
    """The lead, registered and at a stage that allows the act."""
    known = found(lead, number)
    LIFECYCLE.require(act, known, field="lead")
    return known


def settled(lead: LeadFile) -> str | None:
    """Why the record is no longer corrected: its figures are already reversed."""
    return "该线索已撤销，不再更正" if lead.withdrawn_on is not None else None


def handled_last(lead: LeadFile) -> Handling:
    """The handling under way: there is one at every stage that follows from it."""
    last = last_handling(lead)
    assert last is not None, "the stage follows from a handling"  # noqa: S101 -- by the stage
    return last
