"""四种形态: one completed handling of one person, counted in exactly one form (人次)."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.streams import Kind


@fact
class DispositionParticulars:
    """What the register says of a disposition."""

    number: str
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    case: Annotated[str | None, Ref(Kind.CASE)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    form: Annotated[str, Code("form")]
    measure: str | None
    decided_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class Disposition(DispositionParticulars):
    """四种形态处置 as it stands."""


@fact
class DispositionMade(DispositionParticulars):
    """作出四种形态处置."""

    OCCURRED: ClassVar = "decided_on"


@fact
class DispositionCorrected:
    """四种形态处置更正."""

    correction: str
    field: str
    basis: str | None
    before: Disposition
    after: Disposition


def evolve(
    disposition: Disposition | None, event: DispositionMade | DispositionCorrected
) -> Disposition:
    """The disposition after one more event."""
    match event:
        case DispositionMade():
            return restate(event, Disposition)
        case DispositionCorrected():
            return event.after
