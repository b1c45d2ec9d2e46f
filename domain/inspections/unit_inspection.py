"""被巡察单位: the inspection of one unit in one round, from entry to the end of rectification."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.inspections.problem import COMPLETE
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class Inspected:
    """Which inspection a fact is about; its number is round/unit, so a round has a unit once."""

    number: str
    round: Annotated[str, Ref(Kind.ROUND)]
    unit: Annotated[str, Ref(Kind.UNIT)]
    organ: Annotated[str, Ref(Kind.ORGAN)]


@fact
class Progress:
    """整改进展: problems done (个) of those fed back, as reported on a day."""

    progress_on: date
    done: int
    total: int


@fact
class UnitInspection(Inspected):
    """被巡察单位 as it stands; ``rectification_due_on`` is the day last set for its report."""

    team: str
    begun_on: date
    ended_on: date | None
    reported_on: date | None
    fed_back_on: date | None
    plan_submitted_on: date | None
    rectification_reported_on: date | None
    rectification_due_on: date | None
    assessed_on: date | None
    assessment: Annotated[str | None, Code("rectification")]
    progress: tuple[Progress, ...]


@fact
class UnitInspectionBegun(Inspected):
    """进驻被巡察单位."""

    OCCURRED: ClassVar = "begun_on"

    team: str
    begun_on: date


@fact
class UnitInspectionEnded(Inspected):
    """结束进驻."""

    OCCURRED: ClassVar = "ended_on"

    ended_on: date


@fact
class InspectionReportSubmitted(Inspected):
    """提交巡察报告."""

    OCCURRED: ClassVar = "reported_on"

    reported_on: date
    summary: PersonalText | None


@fact
class InspectionFeedbackGiven(Inspected):
    """反馈巡察意见; ``problems`` is how many were fed back (个)."""

    OCCURRED: ClassVar = "fed_back_on"

    fed_back_on: date
    problems: int | None


@fact
class RectificationPlanSubmitted(Inspected):
    """报送巡察整改方案."""

    OCCURRED: ClassVar = "plan_submitted_on"

    plan_submitted_on: date
    measures: int | None


@fact
class RectificationProgressReported(Inspected):
    """报告巡察整改进展."""

    OCCURRED: ClassVar = "progress_on"

    progress_on: date
    done: int
    total: int


@fact
class RectificationReportSubmitted(Inspected):
    """报送巡察整改情况报告; ``made_public`` whether it was published to the unit or the public."""

    OCCURRED: ClassVar = "rectification_reported_on"

    rectification_reported_on: date
    made_public: bool


@fact
class RectificationReportReturned(Inspected):
    """退回巡察整改情况报告: there is none until the next; ``rectification_due_on`` is its day."""

    OCCURRED: ClassVar = "returned_on"

    returned_on: date
    rectification_reported_on: date | None
    rectification_due_on: date
    reason: PersonalText | None


@fact
class RectificationAssessed(Inspected):
    """评估巡察整改: where it is not complete, another report is due by a day that is set."""

    OCCURRED: ClassVar = "assessed_on"

    assessed_on: date
    assessment: str
    assessor: str | None
    rectification_reported_on: date | None
    rectification_due_on: date | None


InspectionEvent = (
    UnitInspectionBegun
    | UnitInspectionEnded
    | InspectionReportSubmitted
    | InspectionFeedbackGiven
    | RectificationPlanSubmitted
    | RectificationProgressReported
    | RectificationReportSubmitted
    | RectificationReportReturned
    | RectificationAssessed
)
_UNTOLD = dict.fromkeys(
    (
        "ended_on",
        "reported_on",
        "fed_back_on",
        "plan_submitted_on",
        "rectification_reported_on",
        "rectification_due_on",
        "assessed_on",
        "assessment",
    )
)


def number_of(round_: str, unit: str) -> str:
    """The number of the inspection of a unit in a round."""
    return f"{round_}/{unit}"


def evolve(inspection: UnitInspection | None, event: InspectionEvent) -> UnitInspection:
    """The inspection of a unit after one more event."""
    if isinstance(event, UnitInspectionBegun):
        return restate(event, UnitInspection, progress=(), **_UNTOLD)
    assert inspection is not None, "it begins with the entry"  # noqa: S101 -- fold order
    if isinstance(event, RectificationProgressReported):
        return replace(inspection, progress=(*inspection.progress, restate(event, Progress)))
    return amended(inspection, event)


def _stage(inspection: UnitInspection) -> str:
    if inspection.assessment == COMPLETE:
        return "settled"
    if inspection.rectification_reported_on is not None:
        return "rectification_reported"
    told = (
        ("unsettled", inspection.assessment),
        ("planned", inspection.plan_submitted_on),
        ("fed_back", inspection.fed_back_on),
        ("reported", inspection.reported_on),
        ("ended", inspection.ended_on),
    )
    return next((stage for stage, fact_ in told if fact_ is not None), "inspecting")


LIFECYCLE = Lifecycle(
    kind=Kind.INSPECTION,
    title="被巡察单位",
    stages={
        "inspecting": "进驻巡察",
        "ended": "待报告",
        "reported": "待反馈",
        "fed_back": "待报整改方案",
        "planned": "集中整改",
        "rectification_reported": "待评估",
        "unsettled": "继续整改",
        "settled": "整改到位",
    },
    stage=_stage,
    opened_by=("begin_unit_inspection",),
    moves=(
        Move("end_unit_inspection", ("inspecting",), ("ended",)),
        Move("submit_inspection_report", ("ended",), ("reported",)),
        Move("give_inspection_feedback", ("reported",), ("fed_back",)),
        Move("submit_rectification_plan", ("fed_back",), ("planned",)),
        Move("report_rectification_progress", ("planned", "unsettled")),
        Move(
            "submit_rectification_report",
            ("fed_back", "planned", "unsettled"),
            ("rectification_reported",),
        ),
        Move(
            "return_rectification_report",
            ("rectification_reported",),
            ("fed_back", "planned", "unsettled"),
        ),
        Move("assess_rectification", ("rectification_reported",), ("settled", "unsettled")),
    ),
)
