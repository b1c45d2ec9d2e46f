"""工作建议: a suggestion that an inspection round sends to a department or street."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.inspections.problem import COMPLETE
from domain.lifecycle import Lifecycle, Move
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
    """工作建议 as registers tell of it."""

    closed_on: date | None


@fact
class WorkSuggestionFile(WorkSuggestion):
    """工作建议 as it stands: its record and its course since."""

    replied_on: date | None
    evaluated_on: date | None
    evaluation: Annotated[str | None, Code("rectification")]


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
class WorkSuggestionReplied:
    """回复工作建议; a new reply is not evaluated yet."""

    OCCURRED: ClassVar = "replied_on"

    number: str
    round: str
    replied_on: date
    reply: PersonalText | None
    evaluated_on: date | None
    evaluation: str | None


@fact
class WorkSuggestionEvaluated:
    """评估工作建议落实情况."""

    OCCURRED: ClassVar = "evaluated_on"

    number: str
    round: str
    evaluated_on: date
    evaluation: str


@fact
class WorkSuggestionCorrected:
    """工作建议更正."""

    correction: str
    field: str
    basis: str | None
    before: WorkSuggestion
    after: WorkSuggestion


SuggestionEvent = (
    WorkSuggestionIssued
    | WorkSuggestionReplied
    | WorkSuggestionEvaluated
    | WorkSuggestionClosed
    | WorkSuggestionCorrected
)
_UNTOLD = dict.fromkeys(("closed_on", "replied_on", "evaluated_on", "evaluation"))


def evolve(suggestion: WorkSuggestionFile | None, event: SuggestionEvent) -> WorkSuggestionFile:
    """The work suggestion after one more event."""
    if isinstance(event, WorkSuggestionIssued):
        return restate(event, WorkSuggestionFile, **_UNTOLD)
    assert suggestion is not None, "it begins with its issue"  # noqa: S101 -- fold order
    return amended(suggestion, event.after if isinstance(event, WorkSuggestionCorrected) else event)


def _stage(suggestion: WorkSuggestionFile) -> str:
    if suggestion.closed_on is not None:
        return "closed"
    if suggestion.evaluation is not None:
        return "evaluated" if suggestion.evaluation == COMPLETE else "wanting"
    return "issued" if suggestion.replied_on is None else "replied"


LIFECYCLE = Lifecycle(
    kind=Kind.WORK_SUGGESTION,
    title="工作建议",
    stages={
        "issued": "待回复",
        "replied": "已回复",
        "wanting": "落实未到位",
        "evaluated": "落实到位",
        "closed": "已办结",
    },
    stage=_stage,
    opened_by=("issue_work_suggestion",),
    moves=(
        Move("reply_to_work_suggestion", ("issued", "wanting"), ("replied",)),
        Move("evaluate_work_suggestion", ("replied",), ("wanting", "evaluated")),
        Move("close_work_suggestion", ("issued", "replied", "wanting", "evaluated"), ("closed",)),
    ),
)
