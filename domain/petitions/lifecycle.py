"""信访举报: the stages of a petition, read off what is known of it, and the moves between them."""

from domain.lifecycle import Lifecycle, Move
from domain.petitions.petition_file import PetitionFile
from domain.refusals import Refusal
from domain.streams import Kind

STAGES = {
    "received": "待受理",
    "accepted": "已受理",
    "repeat": "重复件存查",
    "transferred": "已移送",
    "returned": "已退回",
    "lead": "已转线索",
    "concluded": "已办结",
    "withdrawn": "已撤销",
}


def is_repeat(petition: PetitionFile) -> bool:
    """Whether it was received or later found to be a repeat."""
    return bool(petition.repeat) or petition.repeat_of is not None


def stage(petition: PetitionFile) -> str:
    """The stage of a petition."""
    reached = (
        ("withdrawn", petition.withdrawn_on is not None),
        ("concluded", petition.concluded_on is not None),
        ("returned", petition.returned_on is not None),
        ("transferred", petition.transferred_on is not None),
        ("lead", petition.lead is not None),
        ("repeat", is_repeat(petition)),
        ("accepted", petition.accepted_on is not None),
    )
    return next((name for name, holds in reached if holds), "received")


LIFECYCLE = Lifecycle(
    kind=Kind.PETITION,
    title="信访举报",
    stages=STAGES,
    stage=stage,
    opened_by=("receive_petition",),
    moves=(
        Move("mark_petition_repeat", ("received", "accepted"), ("repeat",)),
        Move("accept_petition", ("received",), ("accepted",)),
        Move("notify_petition_acceptance", ("accepted", "lead", "concluded")),
        Move("transfer_petition", ("received", "accepted"), ("transferred",)),
        Move("answer_petition_transfer", ("transferred",)),
        Move("return_petition", ("received",), ("returned",)),
        Move("split_petition", ("received", "accepted")),
        Move("assign_petition", ("received", "accepted", "lead")),
        Move("extend_petition_report", ("received", "accepted", "lead")),
        Move("report_assigned_petition", ("accepted", "lead", "concluded")),
        Move("turn_petition_into_lead", ("received", "accepted"), ("lead",)),
        Move("conclude_petition", ("accepted", "lead"), ("concluded",)),
        Move("notify_petition_result", ("concluded",)),
        Move("withdraw_petition", ("received", "repeat"), ("withdrawn",)),
        Move("feed_back_petition_result", ("concluded",)),
    ),
)


def settled(petition: PetitionFile) -> str | None:
    """Why the record is no longer corrected: its figures are already reversed."""
    return "该信访举报已撤销，不再更正" if petition.withdrawn_on is not None else None


def at_stage(petition: PetitionFile | None, number: str, act: str) -> PetitionFile:
    """The petition, received and at a stage that allows the act."""
    if petition is None:
        raise Refusal("missing_reference", f"信访举报 {number} 不存在", field="number")
    LIFECYCLE.require(act, petition)
    return petition
