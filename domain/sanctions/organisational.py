"""组织处理: an organisational measure beside or instead of a sanction, and what follows from it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.limits.limits import months_later
from domain.sanctions.rules import rule_of
from domain.streams import Kind

SUSPENSION, SUSPENDED_FOR = "停职检查", "停职期限"


@fact
class OrganisationalMeasureParticulars:
    """Which measure a person was given, by whom, beside which sanction.

    ``ends_on`` is the last day of a suspension (停职检查) as decided.
    """

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    case: Annotated[str | None, Ref(Kind.CASE)]
    sanction: Annotated[str | None, Ref(Kind.SANCTION)]
    measure: Annotated[str, Code("organisational_measure")]
    decided_by: str
    decided_on: date
    ends_on: date | None


@fact
class OrganisationalMeasure(OrganisationalMeasureParticulars):
    """组织处理 as it stands."""

    ended_on: date | None


@fact
class OrganisationalMeasureImposed(OrganisationalMeasureParticulars):
    """给予组织处理."""

    OCCURRED: ClassVar = "decided_on"


@fact
class OrganisationalMeasureEnded:
    """解除组织处理; ``reason`` as in 停职期满 or 处理有误."""

    OCCURRED: ClassVar = "ended_on"

    number: str
    organ: str
    ended_on: date
    reason: str


def evolve(
    measure: OrganisationalMeasure | None,
    event: OrganisationalMeasureImposed | OrganisationalMeasureEnded,
) -> OrganisationalMeasure:
    """The measure after one more event."""
    if isinstance(event, OrganisationalMeasureImposed):
        return restate(event, OrganisationalMeasure, ended_on=None)
    assert measure is not None, "a measure begins with its imposition"  # noqa: S101 -- fold order
    return replace(measure, ended_on=event.ended_on)


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a person may not be given before a day (``until``: the first day on which it may be)."""

    title: str
    until: date


def restrictions(measure: OrganisationalMeasureParticulars) -> tuple[Restriction, ...]:
    """What follows from a measure, by the rule in force on the day of its decision."""
    rule = rule_of("organisational", measure.decided_on, measure=measure.measure)
    months: dict[str, int] = rule["restrictions"]
    return tuple(
        Restriction(title, months_later(measure.decided_on, value))
        for title, value in months.items()
    )


def restricted(measure: OrganisationalMeasure, on: date) -> tuple[Restriction, ...]:
    """What still follows from a measure on a day: nothing once it was ended."""
    if measure.decided_on > on or (measure.ended_on is not None and measure.ended_on <= on):
        return ()
    return tuple(each for each in restrictions(measure) if on < each.until)


def stage(measure: OrganisationalMeasure) -> str:
    """Whether it stands."""
    return "ended" if measure.ended_on is not None else "imposed"


LIFECYCLE = Lifecycle(
    kind=Kind.ORGANISATIONAL_MEASURE,
    title="组织处理",
    stages={"imposed": "执行中", "ended": "已解除"},
    stage=stage,
    opened_by=("impose_organisational_measure",),
    moves=(Move("end_organisational_measure", ("imposed",), ("ended",)),),
)
