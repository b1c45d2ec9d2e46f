"""廉政档案: one item of a person's integrity archive, with where it came from."""

from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
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


@fact
class ArchiveItemSupplied:
    """供件登记: which body supplied the item, when, by what document."""

    OCCURRED: ClassVar = "supplied_on"

    number: str
    person: str
    origin: str
    supplied_on: date
    document: str


@fact
class ArchiveItemSigned:
    """本人材料签字盖章."""

    OCCURRED: ClassVar = "signed_on"

    number: str
    person: str
    signed_on: date
    stamped: bool


@fact
class ArchiveItemFile(ArchiveItem):
    """廉政档案事项 with where it came from."""

    origin: Annotated[str | None, Code("archive_origin")]
    supplied_on: date | None
    document: str | None
    signed_on: date | None
    stamped: bool | None


def evolve(
    item: ArchiveItemFile | None,
    event: ArchiveItemEntered | ArchiveItemCorrected | ArchiveItemSupplied | ArchiveItemSigned,
) -> ArchiveItemFile:
    """The item after one more event."""
    if isinstance(event, ArchiveItemEntered):
        return restate(
            event,
            ArchiveItemFile,
            origin=None,
            supplied_on=None,
            document=None,
            signed_on=None,
            stamped=None,
        )
    assert item is not None, "an item begins with its entry"  # noqa: S101 -- fold order
    return amended(item, event.after if isinstance(event, ArchiveItemCorrected) else event)
