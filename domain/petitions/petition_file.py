"""信访举报 with its course: accepted, transferred, turned into a lead, concluded, answered."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.petitions.petition import Petition, PetitionCorrected, PetitionReceived
from domain.streams import Kind


@fact
class PetitionMarkedRepeat:
    """认定重复件: kept for reference with the first one."""

    OCCURRED: ClassVar = "marked_repeat_on"

    number: str
    organ: str
    marked_repeat_on: date
    repeat_of: Annotated[str, Ref(Kind.PETITION)]


@fact
class PetitionAccepted:
    """受理检举控告, and which department undertakes it."""

    OCCURRED: ClassVar = "accepted_on"

    number: str
    organ: str
    accepted_on: date
    department: str | None


@fact
class PetitionAcceptanceNotified:
    """告知实名检举控告人受理情况."""

    OCCURRED: ClassVar = "acceptance_notified_on"

    number: str
    organ: str
    acceptance_notified_on: date


@fact
class PetitionTransferred:
    """移送有管辖权的机关; it stays counted where it was received."""

    OCCURRED: ClassVar = "transferred_on"

    number: str
    organ: str
    transferred_on: date
    transferred_to: str


@fact
class PetitionTransferAnswered:
    """受移送机关的回执: accepted there, or routed on."""

    OCCURRED: ClassVar = "transfer_answered_on"

    number: str
    organ: str
    transfer_answered_on: date
    transfer_answer: Annotated[str, Code("transfer_answer")]


@fact
class PetitionReturned:
    """退回: no supervision organ may handle it."""

    OCCURRED: ClassVar = "returned_on"

    number: str
    organ: str
    returned_on: date
    reason: PersonalText


@fact
class PetitionSplit:
    """混合件分流: this organ handles its own part, the rest goes to another."""

    OCCURRED: ClassVar = "split_on"

    number: str
    organ: str
    split_on: date
    split_to: str
    part: PersonalText


@fact
class PetitionAssigned:
    """上级交办: the result is to be reported to the organ above."""

    OCCURRED: ClassVar = "assigned_on"

    number: str
    organ: str
    assigned_on: date
    assigned_by: str
    report_due_on: date
    extensions: int


@fact
class PetitionReportExtended:
    """上级交办件延长; ``report_due_on`` is the new last day, ``extensions`` how many there were."""

    OCCURRED: ClassVar = "extended_on"

    number: str
    organ: str
    extended_on: date
    report_due_on: date
    extensions: int
    reported_up_on: date | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class AssignedPetitionReported:
    """上级交办件办结报告."""

    OCCURRED: ClassVar = "assignment_reported_on"

    number: str
    organ: str
    assignment_reported_on: date


@fact
class PetitionTurnedIntoLead:
    """转为问题线索."""

    OCCURRED: ClassVar = "turned_on"

    number: str
    organ: str
    turned_on: date
    lead: Annotated[str, Ref(Kind.LEAD)]


@fact
class PetitionConcluded:
    """信访举报办结; ``reporter_named`` says whether the result is to be told to the reporter."""

    OCCURRED: ClassVar = "concluded_on"

    number: str
    organ: str
    concluded_on: date
    outcome: PersonalText
    reporter_named: bool
    quarter_ends_on: date


@fact
class PetitionResultNotified:
    """向实名检举控告人反馈处理结果."""

    OCCURRED: ClassVar = "result_notified_on"

    number: str
    organ: str
    result_notified_on: date


@fact
class PetitionResultFedBack:
    """承办部门向信访举报部门反馈办结情况."""

    OCCURRED: ClassVar = "result_fed_back_on"

    number: str
    organ: str
    result_fed_back_on: date


@fact
class PetitionWithdrawn:
    """撤销误登的信访举报: what it counted for is reversed; ``before`` is the record that was."""

    OCCURRED: ClassVar = "withdrawn_on"

    number: str
    organ: str
    withdrawn_on: date
    basis: str
    before: Petition


@fact
class PetitionFile(Petition):
    """信访举报 as it stands, its course included."""

    marked_repeat_on: date | None
    repeat_of: str | None
    accepted_on: date | None
    department: str | None
    acceptance_notified_on: date | None
    transferred_on: date | None
    transferred_to: str | None
    transfer_answered_on: date | None
    transfer_answer: str | None
    returned_on: date | None
    split_on: date | None
    split_to: str | None
    assigned_on: date | None
    assigned_by: str | None
    report_due_on: date | None
    extensions: int | None
    assignment_reported_on: date | None
    turned_on: date | None
    lead: str | None
    concluded_on: date | None
    outcome: PersonalText | None
    reporter_named: bool | None
    result_notified_on: date | None
    result_fed_back_on: date | None
    withdrawn_on: date | None


PetitionEvent = (
    PetitionReceived
    | PetitionCorrected
    | PetitionMarkedRepeat
    | PetitionAccepted
    | PetitionAcceptanceNotified
    | PetitionTransferred
    | PetitionTransferAnswered
    | PetitionReturned
    | PetitionSplit
    | PetitionAssigned
    | PetitionReportExtended
    | AssignedPetitionReported
    | PetitionTurnedIntoLead
    | PetitionConcluded
    | PetitionResultNotified
    | PetitionResultFedBack
    | PetitionWithdrawn
)


def begun(event: PetitionReceived) -> PetitionFile:
    """A petition of which nothing is known but its receipt."""
    return restate(
        event,
        PetitionFile,
        marked_repeat_on=None,
        repeat_of=None,
        accepted_on=None,
        department=None,
        acceptance_notified_on=None,
        transferred_on=None,
        transferred_to=None,
        transfer_answered_on=None,
        transfer_answer=None,
        returned_on=None,
        split_on=None,
        split_to=None,
        assigned_on=None,
        assigned_by=None,
        report_due_on=None,
        extensions=None,
        assignment_reported_on=None,
        turned_on=None,
        lead=None,
        concluded_on=None,
        outcome=None,
        reporter_named=None,
        result_notified_on=None,
        result_fed_back_on=None,
        withdrawn_on=None,
    )


def evolve(petition: PetitionFile | None, event: PetitionEvent) -> PetitionFile:
    """The petition after one more event; what a fact says of the state's fields holds then."""
    if isinstance(event, PetitionReceived):
        return begun(event)
    assert petition is not None, "a petition begins with its receipt"  # noqa: S101 -- fold order
    return amended(petition, event.after if isinstance(event, PetitionCorrected) else event)
