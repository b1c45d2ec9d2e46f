"""纪检监察建议: concepts, stored names, acts, terms and lifecycles."""

from typing import Any

from domain.concept import Act, AnyOf, Concept, Related, annotated, nothing
from domain.recommendations import (
    course,
    decisions,
    draft,
    drafting,
    following,
    recommendation,
    rectification,
)
from domain.recommendations.draft import DRAFT
from domain.recommendations.lifecycle import LETTER
from domain.recommendations.rules import COMPLETE
from domain.streams import Kind, stream_name
from domain.term import Data, Mark, Term


def of_recommendation(record: Any) -> Related:
    """A letter also names the case or lead it springs from."""
    number = record.related
    kinds = (Kind.CASE, Kind.LEAD)
    either = AnyOf(tuple(stream_name(k, number) for k in kinds)) if number else None
    return {**annotated(record), "related": either}


def of_issue(act: drafting.IssueRecommendationDraft) -> Related:
    """Issuing a draft names the letter it becomes."""
    return {"letter": stream_name(Kind.RECOMMENDATION, act.letter)}


def of_escalation(act: rectification.EscalateRecommendation) -> Related:
    """Escalating a letter names the lead."""
    return {"accountability_lead": stream_name(Kind.LEAD, act.accountability_lead)}


CONCEPTS = (
    Concept(
        kind=Kind.RECOMMENDATION,
        plural="recommendations",
        state=recommendation.RecommendationFile,
        record=recommendation.Recommendation,
        evolve=recommendation.evolve,
        begins=(recommendation.RecommendationIssued,),
        facts={
            "recommendation.issued.v1": recommendation.RecommendationIssued,
            "recommendation.replied.v1": recommendation.RecommendationReplied,
            "recommendation.evaluated.v1": recommendation.RecommendationEvaluated,
            "recommendation.closed.v1": recommendation.RecommendationClosed,
            "recommendation.corrected.v1": recommendation.RecommendationCorrected,
            "recommendation.suggestion_listed.v1": course.SuggestionListed,
            "recommendation.delivered.v1": course.RecommendationDelivered,
            "recommendation.objected.v1": course.RecommendationObjected,
            "recommendation.objection_decided.v1": course.ObjectionDecided,
            "recommendation.suggestion_lifted.v1": course.SuggestionLifted,
            "recommendation.reply_extended.v1": course.ReplyExtended,
            "recommendation.suggestion_extended.v1": course.SuggestionExtended,
            "recommendation.reply_filed.v1": course.ReplyFiled,
            "recommendation.site_checked.v1": course.SiteChecked,
            "recommendation.suggestion_evaluated.v1": course.SuggestionEvaluated,
            "recommendation.suggestion_returned.v1": course.SuggestionReturned,
            "recommendation.revisited.v1": course.RecommendationRevisited,
            "recommendation.escalated.v1": course.RecommendationEscalated,
        },
        check=decisions.check_recommendation,
        corrected=recommendation.RecommendationCorrected,
        related=of_recommendation,
    ),
    Concept(
        kind=Kind.RECOMMENDATION_DRAFT,
        plural="recommendation_drafts",
        state=draft.RecommendationDraft,
        evolve=draft.evolve,
        begins=(draft.RecommendationDrafted,),
        facts={
            "recommendation_draft.drafted.v1": draft.RecommendationDrafted,
            "recommendation_draft.suggestion_proposed.v1": draft.SuggestionProposed,
            "recommendation_draft.returned.v1": draft.RecommendationDraftReturned,
            "recommendation_draft.revised.v1": draft.RecommendationDraftRevised,
            "recommendation_draft.approved.v1": draft.RecommendationDraftApproved,
            "recommendation_draft.withdrawn.v1": draft.RecommendationDraftWithdrawn,
            "recommendation_draft.issued.v1": draft.RecommendationDraftIssued,
        },
        related=of_recommendation,
    ),
)


def _letter(command: type, decide: Any, related: Any = nothing) -> Act:
    return Act(command, decide, Kind.RECOMMENDATION, related)


def _draft(command: type, decide: Any, related: Any = nothing) -> Act:
    return Act(command, decide, Kind.RECOMMENDATION_DRAFT, related)


ACTS = (
    _letter(decisions.IssueRecommendation, decisions.issue_recommendation, of_recommendation),
    _letter(decisions.ReplyToRecommendation, decisions.reply_to_recommendation),
    _letter(decisions.EvaluateRecommendation, decisions.evaluate_recommendation),
    _letter(decisions.CloseRecommendation, decisions.close_recommendation),
    _draft(drafting.DraftRecommendation, drafting.draft_recommendation, of_recommendation),
    _draft(drafting.ReturnRecommendationDraft, drafting.return_recommendation_draft),
    _draft(drafting.ReviseRecommendationDraft, drafting.revise_recommendation_draft),
    _draft(drafting.ApproveRecommendationDraft, drafting.approve_recommendation_draft),
    _draft(drafting.WithdrawRecommendationDraft, drafting.withdraw_recommendation_draft),
    _draft(drafting.IssueRecommendationDraft, drafting.issue_recommendation_draft, of_issue),
    _letter(following.ListSuggestion, following.list_suggestion),
    _letter(following.DeliverRecommendation, following.deliver_recommendation),
    _letter(following.ObjectToRecommendation, following.object_to_recommendation),
    _letter(following.DecideObjection, following.decide_objection),
    _letter(following.ExtendReply, following.extend_reply),
    _letter(following.ExtendSuggestion, following.extend_suggestion),
    _letter(following.FileReply, following.file_reply),
    _letter(rectification.CheckSite, rectification.check_site),
    _letter(rectification.EvaluateSuggestion, rectification.evaluate_suggestion),
    _letter(rectification.ReturnSuggestion, rectification.return_suggestion),
    _letter(rectification.RevisitRecommendation, rectification.revisit_recommendation),
    _letter(rectification.StrikeOffRecommendation, rectification.strike_off_recommendation),
    _letter(
        rectification.EscalateRecommendation,
        rectification.escalate_recommendation,
        of_escalation,
    ),
)


def _has_deadline(data: Data) -> bool:
    return bool(data["reply_due_on"])


def _is_rectified(data: Data) -> bool:
    return bool(data["result"] == COMPLETE)


TERMS = (
    Term(
        rule="recommendation.reply",
        title="回复纪检监察建议",
        provision="建议书所定回复期限",
        opens=(
            Mark(
                fact=recommendation.RecommendationIssued,
                on="issued_on",
                due="reply_due_on",
                when=_has_deadline,
            ),
        ),
        closes=(Mark(fact=recommendation.RecommendationReplied, on="replied_on"),),
        extends=(Mark(fact=course.ReplyExtended, on="approved_on", due="extended_to"),),
        voids=(
            Mark(fact=recommendation.RecommendationClosed, on="closed_on"),
            Mark(fact=course.ObjectionDecided, on="revoked_on"),
        ),
    ),
    Term(
        rule="recommendation.suggestion",
        title="落实一条建议",
        provision="建议书所定整改期限",
        opens=(
            Mark(fact=course.SuggestionListed, on="listed_on", item="suggestion", due="due_on"),
            Mark(fact=course.SuggestionReturned, on="returned_on", item="suggestion", due="due_on"),
        ),
        closes=(
            Mark(
                fact=course.SuggestionEvaluated,
                on="evaluated_on",
                item="suggestion",
                when=_is_rectified,
            ),
        ),
        extends=(
            Mark(fact=course.SuggestionExtended, on="approved_on", item="suggestion", due="until"),
        ),
        voids=(
            Mark(fact=course.SuggestionLifted, on="lifted_on", item="suggestion"),
            Mark(fact=recommendation.RecommendationClosed, on="closed_on"),
            Mark(fact=course.ObjectionDecided, on="revoked_on"),
        ),
    ),
)

LIFECYCLES = (LETTER, DRAFT)
