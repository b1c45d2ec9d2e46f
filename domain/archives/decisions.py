"""廉政档案: entering an item."""

from domain.archives.item import ArchiveItem, ArchiveItemEntered, ItemParticulars
from domain.fields import fact, restate
from domain.persons.person import Person
from domain.rules import require_codes, require_known, require_new


@fact
class EnterArchiveItem(ItemParticulars):
    """档案事项入档."""


def check_item(item: ItemParticulars, *, person: Person | None) -> None:
    """What holds of every archive item, when entered and when corrected.

    1. The person is registered (台账规则).
    2. The category is one in force on the day (台账规则).
    """
    require_known(item, {"person": person})
    require_codes(item, item.occurred_on)


def enter_archive_item(
    item: ArchiveItem | None, act: EnterArchiveItem, *, person: Person | None
) -> ArchiveItemEntered:
    """Enter an item into an archive, as the register tells it.

    1. A number is entered once (台账规则).
    2. What holds of every item holds of it, see ``check_item`` (台账规则).
    """
    require_new(item, act.number)
    check_item(act, person=person)
    return restate(act, ArchiveItemEntered)
