"""工作建议: a suggestion that an inspection round sends to a department or street."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class WorkSuggestionParticulars:
    """What the register says of a work suggestion when it is issued."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    recipient: Annotated[str, Ref(Kind.UNIT)]
    issued_on: date
    content: PersonalText | None


@fact
class WorkSuggestion(WorkSuggestionParticulars):
    """工作建议 as it stands."""

    closed_on: date | None


@fact
class WorkSuggestionIssued(WorkSuggestionParticulars):
    """发出工作建议."""

    OCCURRED: ClassVar = "issued_on"


@fact
class WorkSuggestionClosed:
    """工作建议办结."""

    OCCURRED: ClassVar = "closed_on"

    number: str
    round: str
    closed_on: date


@fact
class WorkSuggestionCorrected:
    """工作建议更正."""

    correction: str
    field: str
    basis: str | None
    before: WorkSuggestion
    after: WorkSuggestion


def evolve(
    suggestion: WorkSuggestion | None,
    event: WorkSuggestionIssued | WorkSuggestionClosed | WorkSuggestionCorrected,
) -> WorkSuggestion:
    """The work suggestion after one more event."""
    match event:
        case WorkSuggestionIssued():
            return restate(event, WorkSuggestion, closed_on=None)
        case WorkSuggestionCorrected():
            return event.after
    assert suggestion is not None, "it begins with its issue"  # noqa: S101 -- fold order
    return replace(suggestion, closed_on=event.closed_on)
