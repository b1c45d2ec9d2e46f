"""监督对象: a supervised person; a district-managed cadre (区管干部) has an integrity archive."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class PersonParticulars:
    """What the register says of a person."""

    number: str
    name: PersonalText | None
    political_status: str | None
    unit: Annotated[str | None, Ref(Kind.UNIT)]
    post: str | None
    rank: Annotated[str | None, Code("rank")]
    district_managed: bool | None
    archive_opened_on: date | None


@fact
class Person(PersonParticulars):
    """监督对象 as it stands."""


@fact
class PersonRegistered(PersonParticulars):
    """监督对象登记, with the day the archive was opened (建档)."""

    OCCURRED: ClassVar = "archive_opened_on"


@fact
class PersonCorrected:
    """监督对象更正."""

    correction: str
    field: str
    basis: str | None
    before: Person
    after: Person


def evolve(person: Person | None, event: PersonRegistered | PersonCorrected) -> Person:
    """The person's entry after one more event."""
    match event:
        case PersonRegistered():
            return restate(event, Person)
        case PersonCorrected():
            return event.after
