"""立案: concepts, stored names, acts and terms."""

from typing import Any

from domain.cases import (
    case,
    course,
    decisions,
    ending,
    filing,
    filing_decisions,
    investigating,
    recusing,
    reviewing,
)
from domain.cases.case_file import LIFECYCLE, CaseFile, evolve
from domain.concept import Act, Concept, Related, Via, nothing
from domain.streams import Kind, stream_name
from domain.term import Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.CASE,
        plural="cases",
        state=CaseFile,
        record=case.Case,
        evolve=evolve,
        begins=(case.CaseFiled,),
        facts={
            "case.filed.v1": case.CaseFiled,
            "case.sent_to_review.v1": case.CaseSentToReview,
            "case.closed.v1": case.CaseClosed,
            "case.transferred_to_procuratorate.v1": case.CaseTransferredToProcuratorate,
            "case.corrected.v1": case.CaseCorrected,
            "case.filing_announced.v1": course.CaseFilingAnnounced,
            "case.family_notified.v1": course.FamilyOfCaseNotified,
            "case.published.v1": course.CasePublished,
            "case.investigation_plan_decided.v1": course.InvestigationPlanDecided,
            "case.investigators_assigned.v1": course.InvestigatorsAssigned,
            "case.investigation_extended.v1": course.InvestigationExtended,
            "case.investigation_concluded.v1": course.InvestigationConcluded,
            "case.accepted_for_review.v1": course.CaseAcceptedForReview,
            "case.reviewers_assigned.v1": course.ReviewersAssigned,
            "case.review_extended.v1": course.ReviewExtended,
            "case.returned_to_investigation.v1": course.CaseReturnedToInvestigation,
            "case.resent_to_review.v1": course.CaseResentToReview,
            "case.review_concluded.v1": course.ReviewConcluded,
            "case.recusal_requested.v1": course.RecusalRequested,
            "case.recusal_decided.v1": course.RecusalDecided,
            "case.withdrawn.v1": course.CaseWithdrawn,
            "case.sanction_waived.v1": course.SanctionWaived,
            "case.returned_for_supplement.v1": course.CaseReturnedForSupplement,
            "case.supplement_completed.v1": course.SupplementCompleted,
            "case.measure_noted.v1": course.CaseMeasureNoted,
        },
        check=decisions.check_case,
        corrected=case.CaseCorrected,
    ),
    Concept(
        kind=Kind.CASE_FILING,
        plural="case_filings",
        state=filing.CaseFiling,
        evolve=filing.evolve_filing,
        begins=(filing.CaseFilingRequested,),
        facts={
            "case_filing.requested.v1": filing.CaseFilingRequested,
            "case_filing.approved.v1": filing.CaseFilingApproved,
            "case_filing.refused.v1": filing.CaseFilingRefused,
        },
    ),
)


def of_approval(act: filing_decisions.ApproveCaseFiling) -> Related:
    """An approval names the case to be; the request names lead, person and organ."""
    asked = stream_name(Kind.CASE_FILING, act.number)
    return {
        "case": stream_name(Kind.CASE, act.case),
        "lead": Via(asked, "lead", Kind.LEAD),
        "person": Via(asked, "person", Kind.PERSON),
        "organ": Via(asked, "organ", Kind.ORGAN),
    }


def with_organ(act: Any) -> Related:
    """The organ whose case it is."""
    return {"organ": Via(stream_name(Kind.CASE, act.number), "organ", Kind.ORGAN)}


#: Acts that need no stream but the case's own.
_COURSE = (
    (investigating.AnnounceCaseFiling, investigating.announce_case_filing),
    (investigating.NotifyFamilyOfCase, investigating.notify_family_of_case),
    (investigating.PublishCase, investigating.publish_case),
    (investigating.DecideInvestigationPlan, investigating.decide_investigation_plan),
    (investigating.AssignInvestigators, investigating.assign_investigators),
    (investigating.ConcludeInvestigation, investigating.conclude_investigation),
    (reviewing.AcceptCaseForReview, reviewing.accept_case_for_review),
    (reviewing.AssignReviewers, reviewing.assign_reviewers),
    (reviewing.ExtendReview, reviewing.extend_review),
    (reviewing.ReturnCaseToInvestigation, reviewing.return_case_to_investigation),
    (reviewing.ResendCaseToReview, reviewing.resend_case_to_review),
    (reviewing.ConcludeReview, reviewing.conclude_review),
    (recusing.RequestRecusal, recusing.request_recusal),
    (recusing.DecideRecusal, recusing.decide_recusal),
    (ending.WithdrawCase, ending.withdraw_case),
    (ending.WaiveSanction, ending.waive_sanction),
    (ending.ReturnCaseForSupplement, ending.return_case_for_supplement),
    (ending.CompleteSupplement, ending.complete_supplement),
)

ACTS = (
    Act(decisions.FileCase, decisions.file_case, Kind.CASE),
    Act(decisions.SendCaseToReview, decisions.send_case_to_review, Kind.CASE, nothing),
    Act(decisions.CloseCase, decisions.close_case, Kind.CASE, nothing),
    Act(
        decisions.TransferCaseToProcuratorate,
        decisions.transfer_case_to_procuratorate,
        Kind.CASE,
        nothing,
    ),
    *(Act(command, decide, Kind.CASE, nothing) for command, decide in _COURSE),
    Act(
        investigating.ExtendInvestigation,
        investigating.extend_investigation,
        Kind.CASE,
        with_organ,
    ),
    Act(
        filing_decisions.RequestCaseFiling,
        filing_decisions.request_case_filing,
        Kind.CASE_FILING,
    ),
    Act(
        filing_decisions.ApproveCaseFiling,
        filing_decisions.approve_case_filing,
        Kind.CASE_FILING,
        of_approval,
    ),
    Act(
        filing_decisions.RefuseCaseFiling,
        filing_decisions.refuse_case_filing,
        Kind.CASE_FILING,
        nothing,
    ),
)

LIFECYCLES = (LIFECYCLE, filing.FILING_LIFECYCLE)

#: What ends every term of a case that still runs.
_ENDINGS = (
    Mark(fact=case.CaseClosed, on="closed_on"),
    Mark(fact=course.CaseWithdrawn, on="withdrawn_on"),
    Mark(fact=case.CaseTransferredToProcuratorate, on="transferred_on"),
)

TERMS = (
    Term(
        rule="case.investigation",
        opens=(Mark(fact=case.CaseFiled, on="filed_on"),),
        extends=(
            Mark(fact=course.InvestigationExtended, on="decided_on", due="investigation_until"),
        ),
        closes=(
            Mark(fact=course.InvestigationConcluded, on="report_on"),
            Mark(fact=case.CaseSentToReview, on="sent_to_review_on"),
            *_ENDINGS,
        ),
    ),
    Term(
        rule="case.review",
        opens=(Mark(fact=course.CaseAcceptedForReview, on="accepted_on"),),
        extends=(Mark(fact=course.ReviewExtended, on="decided_on", due="review_until"),),
        closes=(
            Mark(fact=course.ReviewConcluded, on="review_concluded_on"),
            Mark(fact=course.CaseReturnedToInvestigation, on="returned_on"),
            *_ENDINGS,
        ),
    ),
    Term(
        rule="case.supplement",
        opens=(
            Mark(
                fact=course.CaseReturnedForSupplement,
                on="supplement_returned_on",
                item="supplements",
            ),
        ),
        closes=(
            Mark(
                fact=course.SupplementCompleted,
                on="supplement_completed_on",
                item="supplements_completed",
            ),
        ),
    ),
)
