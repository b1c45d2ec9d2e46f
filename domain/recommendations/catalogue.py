"""纪检监察建议: concepts, stored names and acts."""

from typing import Any

from domain.concept import Act, AnyOf, Concept, Related, annotated, nothing
from domain.recommendations import decisions, recommendation
from domain.streams import Kind, stream_name


def of_recommendation(record: Any) -> Related:
    """A letter also names the case or lead it springs from."""
    number = record.related
    kinds = (Kind.CASE, Kind.LEAD)
    either = AnyOf(tuple(stream_name(k, number) for k in kinds)) if number else None
    return {**annotated(record), "related": either}


CONCEPTS = (
    Concept(
        kind=Kind.RECOMMENDATION,
        plural="recommendations",
        state=recommendation.Recommendation,
        evolve=recommendation.evolve,
        begins=(recommendation.RecommendationIssued,),
        facts={
            "recommendation.issued.v1": recommendation.RecommendationIssued,
            "recommendation.replied.v1": recommendation.RecommendationReplied,
            "recommendation.evaluated.v1": recommendation.RecommendationEvaluated,
            "recommendation.closed.v1": recommendation.RecommendationClosed,
            "recommendation.corrected.v1": recommendation.RecommendationCorrected,
        },
        check=decisions.check_recommendation,
        corrected=recommendation.RecommendationCorrected,
        related=of_recommendation,
    ),
)

ACTS = (
    Act(
        decisions.IssueRecommendation,
        decisions.issue_recommendation,
        Kind.RECOMMENDATION,
        of_recommendation,
    ),
    Act(
        decisions.ReplyToRecommendation,
        decisions.reply_to_recommendation,
        Kind.RECOMMENDATION,
        nothing,
    ),
    Act(
        decisions.EvaluateRecommendation,
        decisions.evaluate_recommendation,
        Kind.RECOMMENDATION,
        nothing,
    ),
    Act(
        decisions.CloseRecommendation, decisions.close_recommendation, Kind.RECOMMENDATION, nothing
    ),
)
