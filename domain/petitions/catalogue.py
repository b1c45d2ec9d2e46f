"""信访举报: concepts, stored names, acts, terms and the lifecycle."""

from typing import Any

from domain.concept import Act, Concept, nothing
from domain.leads.lead import LeadRegistered, source_stream
from domain.petitions import decisions, handed_up, handling, lifecycle, petition, petition_file
from domain.streams import Kind
from domain.term import Data, Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.PETITION,
        plural="petitions",
        state=petition_file.PetitionFile,
        record=petition.Petition,
        evolve=petition_file.evolve,
        begins=(petition.PetitionReceived,),
        facts={
            "petition.received.v1": petition.PetitionReceived,
            "petition.corrected.v1": petition.PetitionCorrected,
            "petition.marked_repeat.v1": petition_file.PetitionMarkedRepeat,
            "petition.accepted.v1": petition_file.PetitionAccepted,
            "petition.acceptance_notified.v1": petition_file.PetitionAcceptanceNotified,
            "petition.transferred.v1": petition_file.PetitionTransferred,
            "petition.transfer_answered.v1": petition_file.PetitionTransferAnswered,
            "petition.returned.v1": petition_file.PetitionReturned,
            "petition.split.v1": petition_file.PetitionSplit,
            "petition.assigned.v1": petition_file.PetitionAssigned,
            "petition.report_extended.v1": petition_file.PetitionReportExtended,
            "petition.assigned_reported.v1": petition_file.AssignedPetitionReported,
            "petition.turned_into_lead.v1": petition_file.PetitionTurnedIntoLead,
            "petition.concluded.v1": petition_file.PetitionConcluded,
            "petition.result_notified.v1": petition_file.PetitionResultNotified,
            "petition.result_fed_back.v1": petition_file.PetitionResultFedBack,
            "petition.withdrawn.v1": petition_file.PetitionWithdrawn,
        },
        check=decisions.check_petition,
        corrected=petition.PetitionCorrected,
        settled=lifecycle.settled,
    ),
    Concept(
        kind=Kind.HANDED_UP_REPORT,
        plural="handed_up_reports",
        state=handed_up.HandedUpReport,
        evolve=handed_up.evolve,
        begins=(handed_up.ReportHandedUp,),
        facts={"handed_up_report.handed_up.v1": handed_up.ReportHandedUp},
    ),
)


def _act(command: type, decide: Any, related: Any = nothing) -> Act:
    return Act(command, decide, Kind.PETITION, related)


ACTS = (
    Act(decisions.ReceivePetition, decisions.receive_petition, Kind.PETITION),
    _act(decisions.MarkPetitionRepeat, decisions.mark_petition_repeat, decisions.of_repeat),
    _act(decisions.AcceptPetition, decisions.accept_petition),
    _act(decisions.NotifyPetitionAcceptance, decisions.notify_petition_acceptance),
    _act(decisions.TransferPetition, decisions.transfer_petition),
    _act(decisions.AnswerPetitionTransfer, decisions.answer_petition_transfer),
    _act(decisions.ReturnPetition, decisions.return_petition),
    _act(decisions.SplitPetition, decisions.split_petition),
    _act(handling.AssignPetition, handling.assign_petition),
    _act(handling.ExtendPetitionReport, handling.extend_petition_report),
    _act(handling.ReportAssignedPetition, handling.report_assigned_petition),
    _act(handling.TurnPetitionIntoLead, handling.turn_petition_into_lead, handling.of_lead),
    _act(handling.ConcludePetition, handling.conclude_petition),
    _act(handling.NotifyPetitionResult, handling.notify_petition_result),
    _act(handling.FeedBackPetitionResult, handling.feed_back_petition_result),
    _act(handling.WithdrawPetition, handling.withdraw_petition),
    Act(handed_up.HandUpReport, handed_up.hand_up_report, Kind.HANDED_UP_REPORT),
)

LIFECYCLES = (lifecycle.LIFECYCLE,)


def _fresh_accusation(data: Data) -> bool:
    return data["category"] == decisions.ACCUSATION and not data["repeat"]


def _named_accusation(data: Data) -> bool:
    return _fresh_accusation(data) and data["signature"] == decisions.NAMED


def _source_petition(data: Data) -> str | None:
    """The petition that a lead came from."""
    stream = source_stream(data["source"], data["source_number"])
    return stream if stream is not None and stream.startswith(f"{Kind.PETITION}:") else None


def _to_be_told(data: Data) -> bool:
    return bool(data["reporter_named"])


#: What ends the wait for an acceptance of a petition that is not this organ's to handle afresh.
_GONE = (
    Mark(fact=petition_file.PetitionMarkedRepeat, on="marked_repeat_on"),
    Mark(fact=petition_file.PetitionTransferred, on="transferred_on"),
    Mark(fact=petition_file.PetitionReturned, on="returned_on"),
    Mark(fact=petition_file.PetitionWithdrawn, on="withdrawn_on"),
)

TERMS = (
    Term(
        rule="petition.transfer",
        title="受理或者移送有管辖权的机关",
        opens=(
            Mark(fact=petition.PetitionReceived, on="received_on", when=_fresh_accusation),
            Mark(fact=handed_up.ReportHandedUp, on="received_on"),
        ),
        closes=(
            *_GONE,
            Mark(fact=petition_file.PetitionAccepted, on="accepted_on"),
            Mark(fact=petition_file.PetitionTurnedIntoLead, on="turned_on"),
            Mark(fact=LeadRegistered, on="received_on", stream=_source_petition),
            Mark(fact=handed_up.ReportHandedUp, on="handed_up_on"),
        ),
    ),
    Term(
        rule="petition.transfer_acceptance",
        opens=(Mark(fact=petition_file.PetitionTransferred, on="transferred_on"),),
        closes=(Mark(fact=petition_file.PetitionTransferAnswered, on="transfer_answered_on"),),
    ),
    Term(
        rule="petition.acceptance_notice",
        opens=(Mark(fact=petition.PetitionReceived, on="received_on", when=_named_accusation),),
        closes=(
            *_GONE,
            Mark(fact=petition_file.PetitionAcceptanceNotified, on="acceptance_notified_on"),
        ),
    ),
    Term(
        rule="petition.result_notice",
        opens=(Mark(fact=petition_file.PetitionConcluded, on="concluded_on", when=_to_be_told),),
        closes=(Mark(fact=petition_file.PetitionResultNotified, on="result_notified_on"),),
    ),
    Term(
        rule="petition.quarterly_feedback",
        title="每季度向信访举报部门反馈办结情况",
        provision="《纪检监察机关处理检举控告工作规则》（2020）第18条",
        opens=(
            Mark(fact=petition_file.PetitionConcluded, on="concluded_on", due="quarter_ends_on"),
        ),
        closes=(Mark(fact=petition_file.PetitionResultFedBack, on="result_fed_back_on"),),
    ),
    Term(
        rule="petition.assigned_report",
        opens=(Mark(fact=petition_file.PetitionAssigned, on="assigned_on"),),
        extends=(
            Mark(fact=petition_file.PetitionReportExtended, on="extended_on", due="report_due_on"),
        ),
        closes=(Mark(fact=petition_file.AssignedPetitionReported, on="assignment_reported_on"),),
    ),
)
