"""单位: a unit whose people are supervised, or that is inspected, advised or serves the public."""

from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.streams import Kind


@fact
class UnitParticulars:
    """What the register says of a unit."""

    code: str
    name: str
    type: str | None
    parent: Annotated[str | None, Ref(Kind.UNIT)]
    region: str | None


@fact
class Unit(UnitParticulars):
    """单位 as it stands."""


@fact
class UnitRegistered(UnitParticulars):
    """单位登记."""


@fact
class UnitCorrected:
    """单位更正."""

    correction: str
    field: str
    basis: str | None
    before: Unit
    after: Unit


def evolve(unit: Unit | None, event: UnitRegistered | UnitCorrected) -> Unit:
    """The unit after one more event."""
    match event:
        case UnitRegistered():
            return restate(event, Unit)
        case UnitCorrected():
            return event.after
