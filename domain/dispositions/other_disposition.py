"""其他机关处置: what a party committee or another body gave a person; never counted."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, Ref, fact, restate
from domain.streams import Kind


@fact
class OtherDispositionParticulars:
    """Who gave which measures to whom; ``organ`` keeps it on record."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    person: Annotated[str, Ref(Kind.PERSON)]
    lead: Annotated[str | None, Ref(Kind.LEAD)]
    applied_by: Annotated[str, Code("applying_body")]
    body: str
    measures: tuple[str, ...]
    decided_on: date


@fact
class OtherDisposition(OtherDispositionParticulars):
    """其他机关处置 as it stands."""

    struck_on: date | None


@fact
class OtherDispositionRecorded(OtherDispositionParticulars):
    """登记其他机关处置."""

    OCCURRED: ClassVar = "decided_on"


@fact
class OtherDispositionStruck:
    """注销其他机关处置: it was entered in error, or that body has withdrawn it."""

    OCCURRED: ClassVar = "struck_on"

    number: str
    organ: str
    struck_on: date
    basis: str


def evolve(
    other: OtherDisposition | None, event: OtherDispositionRecorded | OtherDispositionStruck
) -> OtherDisposition:
    """The other body's disposition after one more event."""
    if isinstance(event, OtherDispositionRecorded):
        return restate(event, OtherDisposition, struck_on=None)
    assert other is not None, "it begins with its entry"  # noqa: S101 -- fold order
    return replace(other, struck_on=event.struck_on)
