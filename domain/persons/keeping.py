"""廉政档案: who keeps a person's archive, who has no part in it, its reviews and its closing."""

from datetime import date
from typing import Annotated, Any

from domain.archives.item import ArchiveItem, ArchiveItemEntered, ArchiveItemSupplied
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.persons.lifecycle import ARCHIVE
from domain.persons.person import (
    ArchiveClosed,
    ArchiveReviewed,
    KeeperNamed,
    PersonFile,
    PostChanged,
    RecusalDeclared,
    is_recused,
)
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.streams import Kind, stream_name
from domain.units.unit import Unit

Happened = tuple[tuple[str, Any], ...]


@fact
class NameArchiveKeeper:
    """指定廉政档案保管人."""

    person: str
    keeper: PersonalText
    keeper_named_on: date
    named_by: str


@fact
class DeclareRecusal:
    """廉政档案回避."""

    person: str
    who: PersonalText
    recused_on: date
    reason: PersonalText


@fact
class ReviewArchive:
    """廉政档案半年更新."""

    person: str
    item: Annotated[str, Ref(Kind.ARCHIVE_ITEM)]
    reviewed_on: date
    reviewed_by: str
    changes: PersonalText


@fact
class ChangePost:
    """登记干部调整."""

    person: str
    item: Annotated[str, Ref(Kind.ARCHIVE_ITEM)]
    post_changed_on: date
    present_unit: Annotated[str, Ref(Kind.UNIT)]
    present_post: str
    present_rank: Annotated[str | None, Code("rank")]
    origin: Annotated[str, Code("archive_origin")]
    source_department: str
    supplied_on: date
    document: str


@fact
class CloseArchive:
    """廉政档案转出撤档."""

    person: str
    archive_closed_on: date
    ground: Annotated[str, Code("archive_closing")]
    handed_to: str | None


def archive_at(
    person: PersonFile | None, act: str, number: str, on: date, field: str
) -> PersonFile:
    """The person, where the act is one of the archive's stage and not before it was opened."""
    if person is None:
        raise Refusal("missing_reference", f"监督对象 {number} 不存在", field="person")
    ARCHIVE.require(act, person, field="person")
    reason = f"日期早于建档日期 {person.archive_opened_on}"
    require_order(person.archive_opened_on, on, reason, field=field)
    return person


def require_part(person: PersonFile, who: str, field: str) -> None:
    """Who is recused, or is the person, has no part in the archive."""
    reason = "本人或者已回避的人员不得经办该档案"
    refuse_if(is_recused(person, who), "must_recuse", reason, field=field)


def name_archive_keeper(person: PersonFile | None, act: NameArchiveKeeper) -> KeeperNamed:
    """Name who keeps an archive.

    1. The archive is opened and not closed (可配置：廉政档案专人保管).
    2. Not before it was opened (台账规则).
    3. The keeper is named, and so is who named them (可配置：廉政档案专人保管).
    4. The keeper is not the person and not recused (可配置：廉政档案回避).
    """
    on = act.keeper_named_on
    found = archive_at(person, "name_archive_keeper", act.person, on, "keeper_named_on")
    refuse_if(not act.keeper.strip(), "required", "须写明保管人", field="keeper")
    refuse_if(not act.named_by.strip(), "required", "须写明指定人", field="named_by")
    require_part(found, act.keeper, "keeper")
    return restate(act, KeeperNamed)


def declare_recusal(person: PersonFile | None, act: DeclareRecusal) -> RecusalDeclared:
    """Declare that someone has no part in an archive; a keeper so recused keeps it no longer.

    1. The archive is opened and not closed (可配置：廉政档案回避).
    2. Not before it was opened (台账规则).
    3. The reason is stated (可配置：廉政档案回避).
    4. It is declared once (台账规则).
    """
    found = archive_at(person, "declare_recusal", act.person, act.recused_on, "recused_on")
    refuse_if(not act.reason.strip(), "required", "须写明回避理由", field="reason")
    refuse_if(is_recused(found, act.who), "already_registered", "该人员已回避", field="who")
    keeper = None if found.keeper == act.who else found.keeper
    return restate(act, RecusalDeclared, keeper=keeper)


def review_archive(
    person: PersonFile | None, act: ReviewArchive, *, item: ArchiveItem | None
) -> Happened:
    """Review an archive, as is due every half year; the next review is due from this one.

    1. The archive is opened, kept by someone and not closed
       (可配置：区管干部廉政档案每半年滚动更新).
    2. Not before it was opened, nor before the last review (台账规则).
    3. Who reviewed is stated, and is not recused (可配置：廉政档案回避).
    4. The number of the item that tells it is used once (台账规则).
    """
    found = archive_at(person, "review_archive", act.person, act.reviewed_on, "reviewed_on")
    require_order(found.reviewed_on, act.reviewed_on, "早于上次更新", field="reviewed_on")
    refuse_if(not act.reviewed_by.strip(), "required", "须写明更新人", field="reviewed_by")
    require_part(found, act.reviewed_by, "reviewed_by")
    require_new(item, act.item, field="item")
    entered = ArchiveItemEntered(
        number=act.item,
        person=act.person,
        occurred_on=act.reviewed_on,
        category="半年更新",
        content=act.changes,
        source_department=None,
    )
    return (
        (stream_name(Kind.ARCHIVE_ITEM, act.item), entered),
        (stream_name(Kind.PERSON, act.person), restate(act, ArchiveReviewed)),
    )


def change_post(
    person: PersonFile | None,
    act: ChangePost,
    *,
    item: ArchiveItem | None,
    present_unit: Unit | None,
) -> Happened:
    """Note a change of post, as told by the organization department or human resources.

    1. The person is registered and the archive not closed (台账规则).
    2. Not before the archive was opened, nor before the last change (台账规则).
    3. The unit is registered; rank and origin are terms in force on the day (台账规则).
    4. The source is stated with department, day and document, and was supplied no earlier than
       the change (可配置：供件须注明来源和日期).
    5. The number of the item that tells it is used once (台账规则).
    """
    on = act.post_changed_on
    found = archive_at(person, "change_post", act.person, on, "post_changed_on")
    require_order(found.post_changed_on, on, "早于上次调整", field="post_changed_on")
    require_known(act, {"present_unit": present_unit})
    require_codes(act, on)
    require_source(act, on)
    require_new(item, act.item, field="item")
    told = ArchiveItemEntered(
        number=act.item,
        person=act.person,
        occurred_on=on,
        category="干部调整",
        content=f"{present_unit.name if present_unit else act.present_unit} {act.present_post}",
        source_department=act.source_department,
    )
    stream = stream_name(Kind.ARCHIVE_ITEM, act.item)
    return (
        (stream, told),
        (stream, restate(act, ArchiveItemSupplied, number=act.item)),
        (stream_name(Kind.PERSON, act.person), restate(act, PostChanged)),
    )


def require_source(act: Any, on: date) -> None:
    """What is supplied states its source: department, document, a day not before the fact."""
    for field, title in (("source_department", "来源部门"), ("document", "供件文号")):
        missing = not getattr(act, field).strip()
        refuse_if(missing, "required", f"供件须写明{title}", field=field)
    require_order(on, act.supplied_on, "供件日期早于事项日期", field="supplied_on")


def close_archive(person: PersonFile | None, act: CloseArchive) -> ArchiveClosed:
    """Close an archive: handed over or withdrawn; it is no longer on file from that day.

    1. The archive is opened and not closed (台账规则).
    2. Not before it was opened, nor before its last review (台账规则).
    3. The ground is a term in force on the day (台账规则).
    4. An archive of one who left the district is handed over to a stated body
       (可配置：廉政档案随人转递).
    """
    on = act.archive_closed_on
    found = archive_at(person, "close_archive", act.person, on, "archive_closed_on")
    require_order(found.reviewed_on, on, "早于上次更新", field="archive_closed_on")
    require_codes(act, on)
    moved = act.ground == "调离本区" and not (act.handed_to or "").strip()
    refuse_if(moved, "required", "须写明档案转往何处", field="handed_to")
    return restate(
        act,
        ArchiveClosed,
        unit=found.unit,
        rank=found.rank,
        district_managed=found.district_managed,
        archive_opened_on=found.archive_opened_on,
    )
