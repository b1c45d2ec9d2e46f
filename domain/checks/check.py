"""日常监督: one daily supervision check of a unit."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.streams import Kind


@fact
class CheckParticulars:
    """What the register says of a check; ``problems_found`` is a number of problems (个)."""

    number: str
    checked_on: date
    organ: Annotated[str, Ref(Kind.ORGAN)]
    unit: Annotated[str | None, Ref(Kind.UNIT)]
    method: Annotated[str | None, Code("check_method")]
    field: str | None
    problems_found: int | None


@fact
class Check(CheckParticulars):
    """日常监督 as it stands."""


@fact
class CheckConducted(CheckParticulars):
    """开展日常监督."""

    OCCURRED: ClassVar = "checked_on"


@fact
class CheckCorrected:
    """日常监督更正."""

    correction: str
    field: str
    basis: str | None
    before: Check
    after: Check


def evolve(check: Check | None, event: CheckConducted | CheckCorrected) -> Check:
    """The check after one more event."""
    match event:
        case CheckConducted():
            return restate(event, Check)
        case CheckCorrected():
            return event.after
