"""纪检监察建议: a letter to a unit with one or more suggestions, and what becomes of them."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, field_index, restate
from domain.recommendations.course import (
    Objection,
    ObjectionDecided,
    RecommendationDelivered,
    RecommendationEscalated,
    RecommendationObjected,
    RecommendationRevisited,
    ReplyExtended,
    ReplyFiled,
    SiteChecked,
    Suggestion,
    SuggestionEvaluated,
    SuggestionExtended,
    SuggestionLifted,
    SuggestionListed,
    SuggestionReturned,
)
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


@fact
class RecommendationFile(Recommendation):
    """建议书 with its course: each suggestion, and counts of what happened, None while nothing did.

    ``adopted`` is what the last reply says; ``returns`` and ``returns_answered`` count returns for
    further rectification; ``accountability_lead`` is the lead it was escalated into.
    """

    delivered_on: date | None
    received_by: PersonalText | None
    objections: int | None
    objections_decided: int | None
    revoked_on: date | None
    extended_to: date | None
    adopted: bool | None
    listed: int | None
    lifted: int | None
    evaluated: int | None
    rectified: int | None
    returns: int | None
    returns_answered: int | None
    revisited_on: date | None
    relapsed: bool | None
    escalated_on: date | None
    accountability_lead: Annotated[str | None, Ref(Kind.LEAD)]
    items: tuple[Suggestion, ...]
    disputes: tuple[Objection, ...]


RecommendationEvent = (
    RecommendationIssued
    | RecommendationReplied
    | RecommendationEvaluated
    | RecommendationClosed
    | RecommendationCorrected
    | SuggestionListed
    | RecommendationDelivered
    | RecommendationObjected
    | ObjectionDecided
    | SuggestionLifted
    | ReplyExtended
    | SuggestionExtended
    | ReplyFiled
    | SiteChecked
    | SuggestionEvaluated
    | SuggestionReturned
    | RecommendationRevisited
    | RecommendationEscalated
)

_LATER = set(field_index(RecommendationFile).names) - set(
    field_index(RecommendationParticulars).names
)
_NOTHING_YET: dict[str, Any] = dict.fromkeys(_LATER) | {"items": (), "disputes": ()}


def evolve(letter: RecommendationFile | None, event: RecommendationEvent) -> RecommendationFile:
    """The letter after one more event."""
    if isinstance(event, RecommendationIssued):
        return restate(event, RecommendationFile, **_NOTHING_YET)
    assert letter is not None, "a letter begins with its issue"  # noqa: S101 -- fold order
    if isinstance(event, RecommendationCorrected):
        return amended(letter, event.after)
    return _with_records(amended(letter, event), event)


def _with_records(letter: RecommendationFile, event: RecommendationEvent) -> RecommendationFile:
    """The letter with what the event says of its suggestions and objections."""
    match event:
        case SuggestionListed():
            item = restate(event, Suggestion, extended_to=None, result=None, lifted_on=None)
            letter = replace(letter, items=(*letter.items, item))
        case RecommendationObjected():
            raised = restate(event, Objection, upheld=None)
            letter = replace(letter, disputes=(*letter.disputes, raised))
        case ObjectionDecided():
            *before, last = letter.disputes
            decided = replace(last, upheld=event.upheld)
            letter = replace(letter, disputes=(*before, decided))
        case SuggestionLifted():
            letter = _with_item(letter, event.suggestion, lifted_on=event.lifted_on)
        case SuggestionExtended():
            letter = _with_item(letter, event.suggestion, extended_to=event.until)
        case SuggestionEvaluated():
            letter = _with_item(letter, event.suggestion, result=event.result)
        case SuggestionReturned():
            again = {"due_on": event.due_on, "extended_to": None, "result": None}
            letter = _with_item(letter, event.suggestion, **again)
    return letter


def _with_item(letter: RecommendationFile, suggestion: int, **changes: Any) -> RecommendationFile:
    items = tuple(
        replace(item, **changes) if item.suggestion == suggestion else item for item in letter.items
    )
    return replace(letter, items=items)


def item_of(letter: RecommendationFile, suggestion: int) -> Suggestion | None:
    """One suggestion of a letter."""
    return next((item for item in letter.items if item.suggestion == suggestion), None)
