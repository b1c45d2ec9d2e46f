"""廉政档案: concepts, stored names and acts."""

from domain.archives import decisions, item
from domain.concept import Act, Concept
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.ARCHIVE_ITEM,
        plural="archive_items",
        state=item.ArchiveItem,
        evolve=item.evolve,
        begins=(item.ArchiveItemEntered,),
        facts={
            "archive_item.entered.v1": item.ArchiveItemEntered,
            "archive_item.corrected.v1": item.ArchiveItemCorrected,
        },
        check=decisions.check_item,
        corrected=item.ArchiveItemCorrected,
    ),
)

ACTS = (Act(decisions.EnterArchiveItem, decisions.enter_archive_item, Kind.ARCHIVE_ITEM),)
