"""问题线索: concepts, stored names, acts, terms and the lifecycle."""

from typing import Any

from domain.concept import Act, Concept, Related, annotated, nothing
from domain.leads import (
    decisions,
    disposal,
    lead,
    lead_file,
    lifecycle,
    merging,
    movements,
    routing,
    steps,
    talks,
    verification,
)
from domain.streams import Kind
from domain.term import Mark, Term


def of_lead(record: Any) -> Related:
    """A lead also names the petition or round it came from."""
    source = lead.source_stream(record.source, record.source_number)
    return {**annotated(record), "source_number": source}


CONCEPTS = (
    Concept(
        kind=Kind.LEAD,
        plural="leads",
        state=lead_file.LeadFile,
        record=lead.Lead,
        evolve=lead_file.evolve,
        begins=(lead.LeadRegistered,),
        facts={
            "lead.registered.v1": lead.LeadRegistered,
            "lead.handled.v1": lead.LeadHandled,
            "lead.handling_concluded.v1": lead.HandlingConcluded,
            "lead.corrected.v1": lead.LeadCorrected,
            "lead.assigned.v1": movements.LeadAssigned,
            "lead.handling_proposed.v1": steps.LeadHandlingProposed,
            "lead.handling_returned.v1": steps.LeadHandlingReturned,
            "lead.inquiry_sent.v1": steps.InquirySent,
            "lead.inquiry_replied.v1": steps.InquiryReplied,
            "lead.talk_recorded.v1": steps.TalkRecorded,
            "lead.talk_inquiry_reported.v1": steps.TalkInquiryReported,
            "lead.talk_inquiry_concluded.v1": steps.TalkInquiryConcluded,
            "lead.verification_plan_approved.v1": steps.VerificationPlanApproved,
            "lead.verification_reported.v1": steps.VerificationReported,
            "lead.verification_concluded.v1": steps.VerificationConcluded,
            "lead.closed_at_disposal.v1": steps.LeadClosedAtDisposal,
            "lead.closed_after_talk.v1": steps.LeadClosedAfterTalk,
            "lead.closed_after_verification.v1": steps.LeadClosedAfterVerification,
            "lead.closing_fed_back.v1": steps.ClosingFedBack,
            "lead.reactivated.v1": movements.LeadReactivated,
            "lead.reopened.v1": movements.LeadReopened,
            "lead.transferred.v1": movements.LeadTransferred,
            "lead.transfer_accepted.v1": movements.LeadTransferAccepted,
            "lead.sent_out.v1": movements.LeadSentOut,
            "lead.split.v1": movements.LeadSplit,
            "lead.merged.v1": movements.LeadMerged,
            "lead.absorbed.v1": movements.LeadAbsorbed,
            "lead.concluded_for_person.v1": movements.ConcludedForPerson,
            "lead.withdrawn.v1": movements.LeadWithdrawn,
        },
        check=decisions.check_lead,
        corrected=lead.LeadCorrected,
        related=of_lead,
        settled=lifecycle.settled,
    ),
)


def _act(command: type, decide: Any, related: Any = nothing) -> Act:
    return Act(command, decide, Kind.LEAD, related, key="lead")


ACTS = (
    Act(decisions.RegisterLead, decisions.register_lead, Kind.LEAD, of_lead),
    _act(decisions.HandleLead, decisions.handle_lead),
    _act(decisions.ConcludeHandling, decisions.conclude_handling),
    _act(routing.AssignLead, routing.assign_lead),
    _act(disposal.ProposeLeadHandling, disposal.propose_lead_handling),
    _act(disposal.ReturnLeadHandling, disposal.return_lead_handling),
    _act(disposal.ApproveLeadHandling, disposal.approve_lead_handling),
    _act(talks.SendInquiry, talks.send_inquiry),
    _act(talks.ReceiveInquiryReply, talks.receive_inquiry_reply),
    _act(talks.RecordTalk, talks.record_talk),
    _act(talks.ReportTalkInquiry, talks.report_talk_inquiry),
    _act(talks.CloseLeadAfterTalk, talks.close_lead_after_talk),
    _act(talks.ConcludeTalkInquiry, talks.conclude_talk_inquiry),
    _act(verification.ApproveVerificationPlan, verification.approve_verification_plan),
    _act(verification.ReportVerification, verification.report_verification),
    _act(verification.CloseLeadAfterVerification, verification.close_lead_after_verification),
    _act(verification.ConcludeVerification, verification.conclude_verification),
    _act(verification.FeedBackClosing, verification.feed_back_closing),
    _act(disposal.ReactivateLead, disposal.reactivate_lead),
    _act(disposal.ReopenLead, disposal.reopen_lead),
    _act(routing.TransferLead, routing.transfer_lead, routing.of_transfer),
    _act(routing.AcceptTransferredLead, routing.accept_transferred_lead),
    _act(routing.SendLeadOut, routing.send_lead_out),
    _act(merging.SplitLead, merging.split_lead, merging.of_split),
    _act(merging.MergeLead, merging.merge_lead, merging.of_merger),
    _act(routing.ConcludeForPerson, routing.conclude_for_person),
    _act(routing.WithdrawLead, routing.withdraw_lead),
)

LIFECYCLES = (lifecycle.LIFECYCLE,)

TERMS = (
    Term(
        rule="lead.handling_opinion",
        opens=(
            Mark(fact=lead.LeadRegistered, on="received_on"),
            Mark(fact=movements.LeadTransferAccepted, on="transfer_accepted_on"),
            Mark(fact=movements.LeadReopened, on="reopened_on"),
        ),
        closes=(
            Mark(fact=lead.LeadHandled, on="decided_on"),
            Mark(fact=movements.LeadTransferred, on="transferred_on"),
            Mark(fact=movements.LeadSentOut, on="sent_out_on"),
            Mark(fact=movements.LeadMerged, on="merged_on"),
            Mark(fact=movements.LeadWithdrawn, on="withdrawn_on"),
        ),
    ),
    Term(
        rule="lead.transfer_acceptance",
        opens=(Mark(fact=movements.LeadTransferred, on="transferred_on"),),
        closes=(
            Mark(fact=movements.LeadTransferAccepted, on="transfer_accepted_on"),
            Mark(fact=movements.LeadSentOut, on="sent_out_on"),
        ),
    ),
    Term(
        rule="lead.inquiry_reply",
        opens=(Mark(fact=steps.InquirySent, on="delivered_on", item="person"),),
        closes=(Mark(fact=steps.InquiryReplied, on="replied_on", item="person"),),
    ),
    Term(
        rule="lead.talk_report",
        opens=(
            Mark(fact=steps.TalkRecorded, on="talked_on"),
            Mark(fact=steps.InquiryReplied, on="replied_on"),
        ),
        closes=(Mark(fact=steps.TalkInquiryReported, on="reported_on"),),
    ),
    Term(
        rule="lead.closing_feedback",
        title="反馈或者说明了结情况",
        provision="《监督执纪工作规则》（2018）第30、35条；期限由批准时确定",
        opens=(
            Mark(fact=steps.LeadClosedAfterTalk, on="closed_on", due="feedback_due_on"),
            Mark(fact=steps.LeadClosedAfterVerification, on="closed_on", due="feedback_due_on"),
        ),
        closes=(Mark(fact=steps.ClosingFedBack, on="closing_fed_back_on"),),
    ),
)
