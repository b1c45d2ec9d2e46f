"""巡察计划: the units that a term or a year of inspections is to cover (全覆盖)."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Ref, amended, fact, restate
from domain.streams import Kind


@fact
class InspectionPlanParticulars:
    """What a plan says: the term that it covers and the units in its scope."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    name: str
    first_on: date
    last_on: date
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    approved_on: date


@fact
class InspectionPlan(InspectionPlanParticulars):
    """巡察计划 as it stands."""

    amended_on: date | None


@fact
class InspectionPlanApproved(InspectionPlanParticulars):
    """批准巡察计划."""

    OCCURRED: ClassVar = "approved_on"


@fact
class InspectionPlanAmended:
    """调整巡察计划: ``units`` is the scope from now on."""

    OCCURRED: ClassVar = "amended_on"

    number: str
    organ: str
    amended_on: date
    added: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    removed: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    reason: str


def evolve(
    plan: InspectionPlan | None, event: InspectionPlanApproved | InspectionPlanAmended
) -> InspectionPlan:
    """The plan after one more event."""
    if isinstance(event, InspectionPlanApproved):
        return restate(event, InspectionPlan, amended_on=None)
    assert plan is not None, "a plan begins with its approval"  # noqa: S101 -- fold order
    return amended(plan, event)
