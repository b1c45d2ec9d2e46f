"""廉政档案: one item of a person's integrity archive, with where it came from."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.streams import Kind


@fact
class ItemParticulars:
    """What an archive item says."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    occurred_on: date
    category: Annotated[str | None, Code("archive_category")]
    content: PersonalText | None
    source_department: str | None


@fact
class ArchiveItem(ItemParticulars):
    """廉政档案事项 as it stands."""


@fact
class ArchiveItemEntered(ItemParticulars):
    """廉政档案事项入档."""

    OCCURRED: ClassVar = "occurred_on"


@fact
class ArchiveItemCorrected:
    """廉政档案事项更正."""

    correction: str
    field: str
    basis: str | None
    before: ArchiveItem
    after: ArchiveItem


def evolve(
    item: ArchiveItem | None, event: ArchiveItemEntered | ArchiveItemCorrected
) -> ArchiveItem:
    """The item after one more event."""
    match event:
        case ArchiveItemEntered():
            return restate(event, ArchiveItem)
        case ArchiveItemCorrected():
            return event.after
