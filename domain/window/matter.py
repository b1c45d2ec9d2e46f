"""“办不成事”反映窗口: a matter accepted from a citizen or enterprise, and its settlement."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class MatterParticulars:
    """What the register says of a matter when it is accepted."""

    number: str
    accepted_on: date
    applicant: Annotated[str | None, Code("applicant")]
    unit: Annotated[str | None, Ref(Kind.UNIT)]
    summary: PersonalText | None


@fact
class Matter(MatterParticulars):
    """窗口事项 as it stands."""

    settled_on: date | None
    outcome: str | None


@fact
class MatterAccepted(MatterParticulars):
    """受理窗口事项."""

    OCCURRED: ClassVar = "accepted_on"


@fact
class MatterSettled:
    """窗口事项办结; the day may be unknown."""

    OCCURRED: ClassVar = "settled_on"
    TELLS: ClassVar = ("settled_on", "outcome")

    number: str
    unit: str | None
    settled_on: date | None
    outcome: str | None


@fact
class MatterCorrected:
    """窗口事项更正."""

    correction: str
    field: str
    basis: str | None
    before: Matter
    after: Matter


def evolve(
    matter: Matter | None, event: MatterAccepted | MatterSettled | MatterCorrected
) -> Matter:
    """The matter after one more event."""
    match event:
        case MatterAccepted():
            return restate(event, Matter, settled_on=None, outcome=None)
        case MatterCorrected():
            return event.after
    assert matter is not None, "a matter begins with its acceptance"  # noqa: S101 -- fold order
    return replace(matter, settled_on=event.settled_on, outcome=event.outcome)
