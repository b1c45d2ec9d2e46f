"""巡察移交: a matter that an inspection hands to another body, and what that body did with it."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

#: To whom each kind of matter goes (《中国共产党巡视工作条例》2015年第28条).
DESTINATIONS = {"问题线索": "纪检监察机关", "选人用人": "组织部门", "其他": "有关单位"}


@fact
class InspectionTransferParticulars:
    """What is handed over; ``persons`` is how many people the matter names (人)."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    unit: Annotated[str | None, Ref(Kind.UNIT)]
    category: Annotated[str, Code("inspection_transfer")]
    destination: Annotated[str, Code("inspection_destination")]
    receiver: str
    transferred_on: date
    persons: int | None
    summary: PersonalText | None


@fact
class InspectionTransfer(InspectionTransferParticulars):
    """巡察移交 as it stands; ``lead`` is the lead that it became, if it did."""

    organ: str
    accepted_on: date | None
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    answered_on: date | None
    outcome: str | None


@fact
class InspectionMatterTransferred(InspectionTransferParticulars):
    """移交巡察事项."""

    OCCURRED: ClassVar = "transferred_on"

    organ: str


@fact
class InspectionTransferAccepted:
    """接收巡察移交事项."""

    OCCURRED: ClassVar = "accepted_on"

    number: str
    round: str
    organ: str
    accepted_on: date
    lead: Annotated[str | None, Ref(Kind.LEAD)]


@fact
class InspectionTransferAnswered:
    """反馈巡察移交事项办理情况."""

    OCCURRED: ClassVar = "answered_on"

    number: str
    round: str
    organ: str
    answered_on: date
    outcome: str


TransferEvent = (
    InspectionMatterTransferred | InspectionTransferAccepted | InspectionTransferAnswered
)
_UNTOLD = dict.fromkeys(("accepted_on", "lead", "answered_on", "outcome"))


def evolve(transfer: InspectionTransfer | None, event: TransferEvent) -> InspectionTransfer:
    """The matter handed over after one more event."""
    if isinstance(event, InspectionMatterTransferred):
        return restate(event, InspectionTransfer, **_UNTOLD)
    assert transfer is not None, "it begins with the transfer"  # noqa: S101 -- fold order
    return amended(transfer, event)


def _stage(transfer: InspectionTransfer) -> str:
    if transfer.answered_on is not None:
        return "answered"
    return "transferred" if transfer.accepted_on is None else "accepted"


LIFECYCLE = Lifecycle(
    kind=Kind.INSPECTION_TRANSFER,
    title="巡察移交",
    stages={"transferred": "已移交", "accepted": "办理中", "answered": "已反馈"},
    stage=_stage,
    opened_by=("transfer_inspection_matter",),
    moves=(
        Move("accept_inspection_transfer", ("transferred",), ("accepted",)),
        Move("answer_inspection_transfer", ("accepted",), ("answered",)),
    ),
)
