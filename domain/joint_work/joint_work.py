"""联合办案: several organs work on one case, lead or check; one of them leads and decides."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class JointWorkParticulars:
    """What is agreed: on which one matter, who leads (``organ``), who helps."""

    number: str
    case: Annotated[str | None, Ref(Kind.CASE)]
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    check: Annotated[str | None, Ref(Kind.CHECK)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    helpers: Annotated[tuple[str, ...], Ref(Kind.ORGAN)]
    agreed_on: date
    document: str | None


@fact
class Helping:
    """协办: an organ that helps, from a day."""

    helper: str
    since: date


@fact
class JointWork(JointWorkParticulars):
    """联合办案 as it stands."""

    ended_on: date | None
    helping: tuple[Helping, ...]


@fact
class JointWorkAgreed(JointWorkParticulars):
    """议定联合办案."""

    OCCURRED: ClassVar = "agreed_on"


@fact
class JointHelperAdded:
    """增加协办单位; ``helpers`` are all who help from then."""

    OCCURRED: ClassVar = "added_on"

    number: str
    organ: str
    helper: str
    added_on: date
    helpers: tuple[str, ...]


@fact
class JointWorkEnded:
    """联合办案结束."""

    OCCURRED: ClassVar = "ended_on"

    number: str
    organ: str
    ended_on: date


def evolve(
    joint: JointWork | None, event: JointWorkAgreed | JointHelperAdded | JointWorkEnded
) -> JointWork:
    """The joint work after one more event."""
    if isinstance(event, JointWorkAgreed):
        helping = tuple(Helping(helper=each, since=event.agreed_on) for each in event.helpers)
        return restate(event, JointWork, ended_on=None, helping=helping)
    assert joint is not None, "joint work begins with its agreement"  # noqa: S101 -- fold order
    after = amended(joint, event)
    if isinstance(event, JointHelperAdded):
        added = Helping(helper=event.helper, since=event.added_on)
        return replace(after, helping=(*joint.helping, added))
    return after


def stage_of(joint: JointWork) -> str:
    """Whether the organs still work together."""
    return "running" if joint.ended_on is None else "ended"


LIFECYCLE = Lifecycle(
    kind=Kind.JOINT_WORK,
    title="联合办案",
    stages={"running": "联合办理中", "ended": "已结束"},
    stage=stage_of,
    opened_by=("agree_joint_work",),
    moves=(
        Move("add_joint_helper", ("running",)),
        Move("end_joint_work", ("running",), ("ended",)),
    ),
)
