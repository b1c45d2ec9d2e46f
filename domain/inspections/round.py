"""巡察轮次: one round of inspection by an organ."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.streams import Kind


@fact
class RoundParticulars:
    """What the register says of a round when it begins."""

    number: str
    type: Annotated[str, Code("round_type")]
    name: str | None
    organ: Annotated[str, Ref(Kind.ORGAN)]
    started_on: date


@fact
class Round(RoundParticulars):
    """巡察轮次 as it stands."""

    ended_on: date | None


@fact
class RoundOpened(RoundParticulars):
    """巡察轮次开始."""

    OCCURRED: ClassVar = "started_on"


@fact
class RoundEnded:
    """巡察轮次结束."""

    OCCURRED: ClassVar = "ended_on"

    number: str
    organ: str
    ended_on: date


@fact
class RoundCorrected:
    """巡察轮次更正."""

    correction: str
    field: str
    basis: str | None
    before: Round
    after: Round


def evolve(round_: Round | None, event: RoundOpened | RoundEnded | RoundCorrected) -> Round:
    """The round after one more event."""
    match event:
        case RoundOpened():
            return restate(event, Round, ended_on=None)
        case RoundCorrected():
            return event.after
    assert round_ is not None, "a round begins with its opening"  # noqa: S101 -- fold order
    return replace(round_, ended_on=event.ended_on)
