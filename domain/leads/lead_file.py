"""问题线索 with its course: the record, and all that happened since it was registered."""

from dataclasses import replace
from datetime import date

from domain.fields import amended, fact, restate
from domain.leads.lead import (
    HandlingConcluded,
    Lead,
    LeadCorrected,
    LeadHandled,
    LeadRegistered,
    concluded,
    handled,
)
from domain.leads.movements import (
    ConcludedForPerson,
    LeadAbsorbed,
    LeadAssigned,
    LeadMerged,
    LeadReactivated,
    LeadReopened,
    LeadSentOut,
    LeadSplit,
    LeadTransferAccepted,
    LeadTransferred,
    LeadWithdrawn,
)
from domain.leads.steps import (
    ClosingFedBack,
    InquiryReplied,
    InquirySent,
    LeadClosedAfterTalk,
    LeadClosedAfterVerification,
    LeadClosedAtDisposal,
    LeadHandlingProposed,
    LeadHandlingReturned,
    TalkInquiryConcluded,
    TalkInquiryReported,
    TalkRecorded,
    VerificationConcluded,
    VerificationPlanApproved,
    VerificationReported,
)


@fact
class Inquiry:
    """函询: to whom, when delivered, when replied to."""

    person: str
    delivered_on: date
    replied_on: date | None


@fact
class Talk:
    """谈话: with whom and when."""

    person: str
    talked_on: date


@fact
class PersonOutcome:
    """What came of the lead for one of the persons it names."""

    person: str
    person_concluded_on: date
    person_outcome: str
    measure: str | None


@fact
class LeadFile(Lead):
    """问题线索 as it stands, its course included; dates are of the last such act."""

    assigned_on: date | None
    handler: str | None
    proposal: int | None
    proposed_on: date | None
    proposed_method: str | None
    closing_ground: str | None
    returned_proposal: int | None
    reported_handling: date | None
    plan_approved_on: date | None
    team: tuple[str, ...]
    closed_on: date | None
    closing_fed_back_on: date | None
    reactivated_on: date | None
    reopened_on: date | None
    transferred_on: date | None
    transferred_from: str | None
    transfer_accepted_on: date | None
    sent_out_on: date | None
    sent_out_to: str | None
    split_into: tuple[str, ...]
    merged_on: date | None
    merged_into: str | None
    absorbed: tuple[str, ...]
    withdrawn_on: date | None
    inquiries: tuple[Inquiry, ...]
    talks: tuple[Talk, ...]
    outcomes: tuple[PersonOutcome, ...]


LeadEvent = (
    LeadRegistered
    | LeadHandled
    | HandlingConcluded
    | LeadCorrected
    | LeadAssigned
    | LeadHandlingProposed
    | LeadHandlingReturned
    | InquirySent
    | InquiryReplied
    | TalkRecorded
    | TalkInquiryReported
    | TalkInquiryConcluded
    | VerificationPlanApproved
    | VerificationReported
    | VerificationConcluded
    | LeadClosedAtDisposal
    | LeadClosedAfterTalk
    | LeadClosedAfterVerification
    | ClosingFedBack
    | LeadReactivated
    | LeadReopened
    | LeadTransferred
    | LeadTransferAccepted
    | LeadSentOut
    | LeadSplit
    | LeadMerged
    | LeadAbsorbed
    | ConcludedForPerson
    | LeadWithdrawn
)


def begun(event: LeadRegistered) -> LeadFile:
    """A lead of which nothing is known but its registration."""
    return restate(
        event,
        LeadFile,
        handlings=(),
        assigned_on=None,
        handler=None,
        proposal=None,
        proposed_on=None,
        proposed_method=None,
        closing_ground=None,
        returned_proposal=None,
        reported_handling=None,
        plan_approved_on=None,
        team=(),
        closed_on=None,
        closing_fed_back_on=None,
        reactivated_on=None,
        reopened_on=None,
        transferred_on=None,
        transferred_from=None,
        transfer_accepted_on=None,
        sent_out_on=None,
        sent_out_to=None,
        split_into=(),
        merged_on=None,
        merged_into=None,
        absorbed=(),
        withdrawn_on=None,
        inquiries=(),
        talks=(),
        outcomes=(),
    )


def _replied(lead: LeadFile, event: InquiryReplied) -> LeadFile:
    inquiries = tuple(
        replace(each, replied_on=event.replied_on)
        if each.person == event.person and each.replied_on is None
        else each
        for each in lead.inquiries
    )
    return replace(lead, inquiries=inquiries)


def _listed(lead: LeadFile, event: InquirySent | TalkRecorded | ConcludedForPerson) -> LeadFile:
    match event:
        case InquirySent():
            sent = restate(event, Inquiry, replied_on=None)
            return replace(lead, inquiries=(*lead.inquiries, sent))
        case TalkRecorded():
            return replace(lead, talks=(*lead.talks, restate(event, Talk)))
    return replace(lead, outcomes=(*lead.outcomes, restate(event, PersonOutcome)))


def evolve(lead: LeadFile | None, event: LeadEvent) -> LeadFile:
    """The lead after one more event; what a course fact says of the state's fields holds then."""
    if isinstance(event, LeadRegistered):
        return begun(event)
    assert lead is not None, "a lead begins with its registration"  # noqa: S101 -- fold order
    match event:
        case LeadHandled():
            return handled(lead, event)
        case HandlingConcluded():
            return concluded(lead, event)
        case InquiryReplied():
            return _replied(lead, event)
        case InquirySent() | TalkRecorded() | ConcludedForPerson():
            return _listed(lead, event)
    return amended(lead, event.after if isinstance(event, LeadCorrected) else event)
