"""监督对象: a supervised person; a district-managed cadre (区管干部) has an integrity archive."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, field_index, restate
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


@fact
class KeeperNamed:
    """指定廉政档案保管人."""

    OCCURRED: ClassVar = "keeper_named_on"

    person: str
    keeper: PersonalText
    keeper_named_on: date
    named_by: str


@fact
class RecusalDeclared:
    """档案回避: ``who`` has no part in this archive."""

    OCCURRED: ClassVar = "recused_on"

    person: str
    who: PersonalText
    recused_on: date
    reason: PersonalText
    keeper: PersonalText | None


@fact
class ArchiveReviewed:
    """廉政档案半年更新, told by the archive item of that number."""

    OCCURRED: ClassVar = "reviewed_on"

    person: str
    item: str
    reviewed_on: date
    reviewed_by: str


@fact
class PostChanged:
    """干部调整: post, unit and rank held since, told by the archive item of that number.

    What the register says of the person, and what was counted by it, stays as it is.
    """

    OCCURRED: ClassVar = "post_changed_on"

    person: str
    item: str
    post_changed_on: date
    present_unit: str
    present_post: str
    present_rank: str | None


@fact
class ArchiveClosed:
    """廉政档案转出撤档, with what the archive was counted under until then."""

    OCCURRED: ClassVar = "archive_closed_on"

    person: str
    archive_closed_on: date
    ground: str
    handed_to: str | None
    unit: str | None
    rank: str | None
    district_managed: bool | None
    archive_opened_on: date | None


@fact
class Recusal:
    """回避: who has no part in an archive, and since when."""

    who: str
    recused_on: date


@fact
class PersonFile(Person):
    """监督对象 with the course of the integrity archive (廉政档案)."""

    keeper: PersonalText | None
    keeper_named_on: date | None
    reviewed_on: date | None
    post_changed_on: date | None
    present_unit: Annotated[str | None, Ref(Kind.UNIT)]
    present_post: str | None
    present_rank: Annotated[str | None, Code("rank")]
    archive_closed_on: date | None
    recusals: tuple[Recusal, ...]


PersonEvent = (
    PersonRegistered
    | PersonCorrected
    | KeeperNamed
    | RecusalDeclared
    | ArchiveReviewed
    | PostChanged
    | ArchiveClosed
)

_LATER = set(field_index(PersonFile).names) - set(field_index(PersonParticulars).names)
_NOTHING_YET: dict[str, Any] = dict.fromkeys(_LATER) | {"recusals": ()}


def evolve(person: PersonFile | None, event: PersonEvent) -> PersonFile:
    """The person's entry after one more event."""
    if isinstance(event, PersonRegistered):
        return restate(event, PersonFile, **_NOTHING_YET)
    assert person is not None, "a person begins with a registration"  # noqa: S101 -- fold order
    if isinstance(event, PersonCorrected):
        return amended(person, event.after)
    state = amended(person, event)
    if isinstance(event, RecusalDeclared):
        return replace(state, recusals=(*state.recusals, restate(event, Recusal)))
    return state


def is_recused(person: PersonFile, who: str | None) -> bool:
    """Whether someone has no part in the person's archive: declared so, or the person."""
    return who is not None and who in {person.name, *(each.who for each in person.recusals)}
