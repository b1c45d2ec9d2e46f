"""巡察问题: a problem fed back to an inspected unit, and its rectification."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class ProblemParticulars:
    """What the register says of a problem when it is fed back."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    unit: Annotated[str, Ref(Kind.UNIT)]
    category: str | None
    summary: PersonalText | None
    fed_back_on: date
    rectify_due_on: date | None


@fact
class Problem(ProblemParticulars):
    """巡察问题 as it stands."""

    rectified_on: date | None


@fact
class ProblemFedBack(ProblemParticulars):
    """反馈巡察问题."""

    OCCURRED: ClassVar = "fed_back_on"


@fact
class ProblemRectified:
    """巡察问题整改完成."""

    OCCURRED: ClassVar = "rectified_on"

    number: str
    round: str
    unit: str
    rectified_on: date


@fact
class ProblemCorrected:
    """巡察问题更正."""

    correction: str
    field: str
    basis: str | None
    before: Problem
    after: Problem


def evolve(
    problem: Problem | None, event: ProblemFedBack | ProblemRectified | ProblemCorrected
) -> Problem:
    """The problem after one more event."""
    match event:
        case ProblemFedBack():
            return restate(event, Problem, rectified_on=None)
        case ProblemCorrected():
            return event.after
    assert problem is not None, "a problem begins with its feedback"  # noqa: S101 -- fold order
    return replace(problem, rectified_on=event.rectified_on)
