"""廉政档案: items supplied by other bodies, and the person's own signed statements."""

from datetime import date
from typing import Annotated, Any

from domain.archives.item import (
    ArchiveItem,
    ArchiveItemEntered,
    ArchiveItemSigned,
    ArchiveItemSupplied,
)
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.persons.keeping import require_source
from domain.persons.person import Person
from domain.refusals import refuse_if
from domain.rules import require_codes, require_known, require_new
from domain.streams import Kind, stream_name

Happened = tuple[tuple[str, Any], ...]

#: Categories with an act of their own, which records more than an item.
_OWN_ACT = {
    "半年更新": "review_archive",
    "干部调整": "change_post",
    "述责述廉": "sign_statement",
    "廉政意见回复": "give_integrity_opinion",
}


@fact
class SupplyArchiveItem:
    """供件入档."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    occurred_on: date
    category: Annotated[str, Code("archive_category")]
    content: PersonalText
    origin: Annotated[str, Code("archive_origin")]
    source_department: str
    supplied_on: date
    document: str


@fact
class SignStatement:
    """本人述责述廉材料签字入档."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    signed_on: date
    content: PersonalText
    stamped: bool


def supply_archive_item(
    item: ArchiveItem | None, act: SupplyArchiveItem, *, person: Person | None
) -> Happened:
    """Enter what another body supplied: a reward, a penalty and the like.

    1. A number is used once (台账规则).
    2. The person is registered (台账规则).
    3. Category and origin are terms in force on the day (台账规则).
    4. What has an act of its own (半年更新、干部调整、述责述廉、廉政意见回复) is recorded by it
       (台账规则).
    5. The source is stated with department, day and document, and supplied no earlier than what
       it tells (可配置：供件须注明来源和日期).
    """
    require_new(item, act.number)
    require_known(act, {"person": person})
    require_codes(act, act.occurred_on)
    own = _OWN_ACT.get(act.category)
    refuse_if(own, "own_act", f"“{act.category}”应以 {own} 登记", field="category")
    require_source(act, act.occurred_on)
    stream = stream_name(Kind.ARCHIVE_ITEM, act.number)
    return (
        (stream, restate(act, ArchiveItemEntered)),
        (stream, restate(act, ArchiveItemSupplied)),
    )


def sign_statement(
    item: ArchiveItem | None, act: SignStatement, *, person: Person | None
) -> Happened:
    """Enter a statement that the person has signed.

    1. A number is used once (台账规则).
    2. The person is registered (台账规则).
    3. It is stamped by the unit (可配置：本人材料须签字盖章).
    """
    require_new(item, act.number)
    require_known(act, {"person": person})
    refuse_if(not act.stamped, "required", "本人材料须加盖单位公章", field="stamped")
    entered = ArchiveItemEntered(
        number=act.number,
        person=act.person,
        occurred_on=act.signed_on,
        category="述责述廉",
        content=act.content,
        source_department=None,
    )
    stream = stream_name(Kind.ARCHIVE_ITEM, act.number)
    return ((stream, entered), (stream, restate(act, ArchiveItemSigned)))
