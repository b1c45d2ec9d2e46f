"""线索的流转: assigned, held and taken up again, reopened, transferred, split, merged."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact
from domain.leads.lead import Lead
from domain.streams import Kind


@fact
class LeadAssigned:
    """交办承办部门."""

    OCCURRED: ClassVar = "assigned_on"
    TELLS: ClassVar = ("department",)

    lead: str
    organ: str
    assigned_on: date
    department: str
    handler: str | None


@fact
class LeadReactivated:
    """启用暂存线索: the same lead, handled again."""

    OCCURRED: ClassVar = "reactivated_on"

    lead: str
    organ: str
    reactivated_on: date
    method: str
    reason: PersonalText | None
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class LeadReopened:
    """重新启动已办结线索: the same lead, to be disposed of anew."""

    OCCURRED: ClassVar = "reopened_on"

    lead: str
    organ: str
    reopened_on: date
    reason: PersonalText
    approver: str | None
    approver_role: Annotated[str, Code("lead_approver")]


@fact
class LeadTransferred:
    """线索移送本台账的另一机关: ``organ`` is who has it now.

    What the lead said when it was received stands here again, since the figures of receipt move
    with it: the lead is counted once, with the organ that has it.
    """

    OCCURRED: ClassVar = "transferred_on"
    TELLS: ClassVar = ("organ", "department")

    lead: str
    organ: str
    transferred_on: date
    transferred_from: str
    department: str | None
    handler: str | None
    source: str
    source_number: str | None
    received_on: date
    persons: tuple[str, ...]
    category: str | None


@fact
class LeadTransferAccepted:
    """受理移送的线索."""

    OCCURRED: ClassVar = "transfer_accepted_on"

    lead: str
    organ: str
    transfer_accepted_on: date


@fact
class LeadSentOut:
    """线索移送本台账以外的机关; it stays counted where it was received."""

    OCCURRED: ClassVar = "sent_out_on"

    lead: str
    organ: str
    sent_out_on: date
    sent_out_to: str


@fact
class LeadSplit:
    """线索分拆: parts of it go on as leads of their own; ``split_into`` are all of them."""

    OCCURRED: ClassVar = "split_on"

    lead: str
    organ: str
    split_on: date
    split_into: Annotated[tuple[str, ...], Ref(Kind.LEAD)]


@fact
class LeadMerged:
    """线索并入另一件: it is handled with that one from then on."""

    OCCURRED: ClassVar = "merged_on"

    lead: str
    organ: str
    merged_on: date
    merged_into: Annotated[str, Ref(Kind.LEAD)]


@fact
class LeadAbsorbed:
    """并入另一件线索: ``absorbed`` are all that were merged into this one."""

    OCCURRED: ClassVar = "absorbed_on"

    lead: str
    organ: str
    absorbed_on: date
    absorbed: Annotated[tuple[str, ...], Ref(Kind.LEAD)]


@fact
class ConcludedForPerson:
    """对线索中一名被反映人的处理结果."""

    OCCURRED: ClassVar = "person_concluded_on"

    lead: str
    organ: str
    person: Annotated[str, Ref(Kind.PERSON)]
    person_concluded_on: date
    person_outcome: Annotated[str, Code("person_outcome")]
    measure: str | None


@fact
class LeadWithdrawn:
    """撤销误登的线索: what it counted for is reversed; ``before`` is the record that was."""

    OCCURRED: ClassVar = "withdrawn_on"

    lead: str
    organ: str
    withdrawn_on: date
    basis: str
    before: Lead
