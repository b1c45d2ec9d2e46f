"""处分: a party sanction (党纪处分) or an administrative one (政务处分) of one person."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.streams import Kind

#: The code table of 处分种类 for each 处分类别.
KINDS = {"党纪处分": "party_sanction", "政务处分": "administrative_sanction"}


@fact
class SanctionParticulars:
    """What the register says of a sanction."""

    number: str
    case: Annotated[str | None, Ref(Kind.CASE)]
    person: Annotated[str, Ref(Kind.PERSON)]
    organ: Annotated[str, Ref(Kind.ORGAN)]
    category: Annotated[str, Code("sanction_category")]
    kind: str | None
    decided_on: date
    rank: Annotated[str | None, Code("rank")]


@fact
class Sanction(SanctionParticulars):
    """处分 as it stands."""


@fact
class SanctionImposed(SanctionParticulars):
    """给予处分."""

    OCCURRED: ClassVar = "decided_on"


@fact
class SanctionCorrected:
    """处分更正."""

    correction: str
    field: str
    basis: str | None
    before: Sanction
    after: Sanction


def evolve(sanction: Sanction | None, event: SanctionImposed | SanctionCorrected) -> Sanction:
    """The sanction after one more event."""
    match event:
        case SanctionImposed():
            return restate(event, Sanction)
        case SanctionCorrected():
            return event.after
