"""政治生态分析研判: one unit in one year, its indicators, grade, feedback and the unit's reply."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class OfUnitAndYear:
    """Which assessment a fact is about; its number is unit/year."""

    number: str
    unit: Annotated[str, Ref(Kind.UNIT)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    year: int


@fact
class Indicator:
    """研判指标: what was found under one indicator; ``value`` is a number where it has one."""

    indicator: Annotated[str, Code("ecology_indicator")]
    recorded_on: date
    value: int | None
    finding: PersonalText


@fact
class EcologyAssessment(OfUnitAndYear):
    """政治生态分析研判 as it stands.

    ``data_until`` is the last day of what it takes into account; ``compared`` whether the unit rose
    (上升), fell (下降) or stayed (持平) against the year before, None where that has no grade.
    """

    opened_on: date
    data_until: date
    graded_on: date | None
    grade: Annotated[str | None, Code("ecology_grade")]
    previous_grade: Annotated[str | None, Code("ecology_grade")]
    compared: str | None
    fed_back_on: date | None
    reply_due_on: date | None
    replied_on: date | None
    closed_on: date | None
    indicators: tuple[Indicator, ...]


@fact
class EcologyAssessmentOpened(OfUnitAndYear):
    """启动政治生态分析研判."""

    OCCURRED: ClassVar = "opened_on"

    opened_on: date
    data_until: date


@fact
class EcologyIndicatorRecorded(OfUnitAndYear):
    """登记研判指标; a later one of the same indicator goes before the earlier."""

    OCCURRED: ClassVar = "recorded_on"

    indicator: str
    recorded_on: date
    value: int | None
    finding: PersonalText


@fact
class EcologyGraded(OfUnitAndYear):
    """作出政治生态评价."""

    OCCURRED: ClassVar = "graded_on"

    graded_on: date
    grade: str
    previous_grade: str | None
    compared: str | None
    conclusion: PersonalText
    approver: str


@fact
class EcologyFedBack(OfUnitAndYear):
    """反馈政治生态研判意见."""

    OCCURRED: ClassVar = "fed_back_on"

    fed_back_on: date
    demands: PersonalText | None
    reply_due_on: date | None


@fact
class EcologyReplied(OfUnitAndYear):
    """回复政治生态研判意见."""

    OCCURRED: ClassVar = "replied_on"

    replied_on: date
    reply: PersonalText


@fact
class EcologyAssessmentClosed(OfUnitAndYear):
    """办结政治生态分析研判."""

    OCCURRED: ClassVar = "closed_on"

    closed_on: date


AssessmentEvent = (
    EcologyAssessmentOpened
    | EcologyIndicatorRecorded
    | EcologyGraded
    | EcologyFedBack
    | EcologyReplied
    | EcologyAssessmentClosed
)
_UNTOLD = dict.fromkeys(
    (
        "graded_on",
        "grade",
        "previous_grade",
        "compared",
        "fed_back_on",
        "reply_due_on",
        "replied_on",
        "closed_on",
    )
)


def number_of(unit: str, year: int) -> str:
    """The number of the assessment of a unit in a year."""
    return f"{unit}/{year}"


def evolve(assessment: EcologyAssessment | None, event: AssessmentEvent) -> EcologyAssessment:
    """The assessment after one more event."""
    if isinstance(event, EcologyAssessmentOpened):
        return restate(event, EcologyAssessment, indicators=(), **_UNTOLD)
    assert assessment is not None, "it begins with its opening"  # noqa: S101 -- fold order
    if isinstance(event, EcologyIndicatorRecorded):
        kept = (each for each in assessment.indicators if each.indicator != event.indicator)
        return replace(assessment, indicators=(*kept, restate(event, Indicator)))
    return amended(assessment, event)


def _stage(assessment: EcologyAssessment) -> str:
    told = (
        ("closed", assessment.closed_on),
        ("replied", assessment.replied_on),
        ("fed_back", assessment.fed_back_on),
        ("graded", assessment.graded_on),
    )
    return next((stage for stage, day in told if day is not None), "open")


LIFECYCLE = Lifecycle(
    kind=Kind.ECOLOGY_ASSESSMENT,
    title="政治生态分析研判",
    stages={
        "open": "研判中",
        "graded": "已评价",
        "fed_back": "已反馈",
        "replied": "已回复",
        "closed": "已办结",
    },
    stage=_stage,
    opened_by=("open_ecology_assessment",),
    moves=(
        Move("record_ecology_indicator", ("open",)),
        Move("grade_ecology", ("open",), ("graded",)),
        Move("feed_back_ecology", ("graded",), ("fed_back",)),
        Move("reply_to_ecology", ("fed_back",), ("replied",)),
        Move("close_ecology_assessment", ("fed_back", "replied"), ("closed",)),
    ),
)
