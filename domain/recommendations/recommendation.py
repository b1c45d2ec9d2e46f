"""纪检监察建议: a letter to a unit with one or more suggestions, its reply and evaluation."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class RecommendationParticulars:
    """What the register says of a letter when it is issued; ``suggestions`` in 条."""

    number: str
    category: Annotated[str, Code("recommendation_category")]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    recipient: Annotated[str, Ref(Kind.UNIT)]
    related: str | None
    issued_on: date
    suggestions: int | None
    reply_due_on: date | None
    summary: PersonalText | None


@fact
class Recommendation(RecommendationParticulars):
    """建议书 as it stands."""

    replied_on: date | None
    evaluation: Annotated[str | None, Code("rectification")]
    closed_on: date | None


@fact
class RecommendationIssued(RecommendationParticulars):
    """发出建议书."""

    OCCURRED: ClassVar = "issued_on"


@fact
class RecommendationReplied:
    """被建议单位回复."""

    OCCURRED: ClassVar = "replied_on"

    number: str
    organ: str
    replied_on: date


@fact
class RecommendationEvaluated:
    """整改评估; the register gives no day of its own, so it is that of closing or reply."""

    OCCURRED: ClassVar = "evaluated_on"
    TELLS: ClassVar = ("evaluation",)

    number: str
    organ: str
    evaluated_on: date
    evaluation: str


@fact
class RecommendationClosed:
    """建议办结（销账）."""

    OCCURRED: ClassVar = "closed_on"

    number: str
    organ: str
    closed_on: date


@fact
class RecommendationCorrected:
    """建议书更正."""

    correction: str
    field: str
    basis: str | None
    before: Recommendation
    after: Recommendation


RecommendationEvent = (
    RecommendationIssued
    | RecommendationReplied
    | RecommendationEvaluated
    | RecommendationClosed
    | RecommendationCorrected
)


def evolve(letter: Recommendation | None, event: RecommendationEvent) -> Recommendation:
    """The letter after one more event."""
    match event:
        case RecommendationIssued():
            return restate(event, Recommendation, replied_on=None, evaluation=None, closed_on=None)
        case RecommendationCorrected():
            return event.after
    assert letter is not None, "a letter begins with its issue"  # noqa: S101 -- fold order
    match event:
        case RecommendationReplied():
            return replace(letter, replied_on=event.replied_on)
        case RecommendationEvaluated():
            return replace(letter, evaluation=event.evaluation)
        case RecommendationClosed():
            return replace(letter, closed_on=event.closed_on)
