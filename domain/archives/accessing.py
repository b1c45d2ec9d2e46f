"""档案查阅: asking to look into an archive, deciding on it, and looking."""

from datetime import date
from typing import Annotated

from domain.archives.access import (
    ACCESS,
    AccessParticulars,
    ArchiveAccess,
    ArchiveAccessApproved,
    ArchiveAccessRefused,
    ArchiveAccessRequested,
    ArchiveLookedInto,
)
from domain.fields import PersonalText, Ref, fact, restate
from domain.persons.person import PersonFile, is_recused
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind


@fact
class RequestArchiveAccess(AccessParticulars):
    """申请查阅廉政档案."""


@fact
class ApproveArchiveAccess:
    """批准查阅廉政档案."""

    number: str
    approved_on: date
    approved_by: str
    valid_until: date


@fact
class RefuseArchiveAccess:
    """不同意查阅廉政档案."""

    number: str
    refused_on: date
    refused_by: str
    grounds: PersonalText


@fact
class LookIntoArchive:
    """查阅廉政档案."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    looked_on: date
    looked_by: PersonalText


def _require_part(person: PersonFile | None, who: str, field: str) -> None:
    barred = person is not None and is_recused(person, who)
    refuse_if(barred, "must_recuse", "本人或者已回避的人员不得查阅该档案", field=field)


def request_archive_access(
    access: ArchiveAccess | None, act: RequestArchiveAccess, *, person: PersonFile | None
) -> ArchiveAccessRequested:
    """Ask in writing to look into an archive.

    1. A number is used once (台账规则).
    2. The person is registered and has an archive on file (台账规则).
    3. Who asks, for which department and why is stated (可配置：档案查阅书面申请).
    4. Who asks is not the person and not recused (可配置：廉政档案回避).
    """
    require_new(access, act.number)
    require_known(act, {"person": person})
    opened = person is not None and person.archive_opened_on is not None
    closed = person is not None and person.archive_closed_on is not None
    refuse_if(not opened or closed, "no_archive", "该人员没有在档的廉政档案", field="person")
    for field in ("requested_by", "department", "reason"):
        missing = not getattr(act, field).strip()
        refuse_if(missing, "required", "须写明查阅人、单位和事由", field=field)
    _require_part(person, act.requested_by, "requested_by")
    return restate(act, ArchiveAccessRequested)


def _requested(
    access: ArchiveAccess | None, act: str, number: str, on: date, field: str
) -> ArchiveAccess:
    if access is None:
        raise Refusal("missing_reference", f"档案查阅申请 {number} 不存在", field="number")
    ACCESS.require(act, access)
    require_order(access.requested_on, on, "日期早于申请日期", field=field)
    return access


def approve_archive_access(
    access: ArchiveAccess | None, act: ApproveArchiveAccess
) -> ArchiveAccessApproved:
    """Approve looking into an archive, until a day.

    1. It is asked for and not decided yet (台账规则).
    2. Not before it was asked for (台账规则).
    3. The leader who approves is named, and is not who asks (可配置：档案查阅分管领导审批).
    4. It is valid until a day not before the approval (台账规则).
    """
    found = _requested(access, "approve_archive_access", act.number, act.approved_on, "approved_on")
    refuse_if(not act.approved_by.strip(), "required", "须写明批准人", field="approved_by")
    self_approved = act.approved_by == found.requested_by
    refuse_if(self_approved, "must_recuse", "不得批准本人的查阅申请", field="approved_by")
    require_order(act.approved_on, act.valid_until, "有效期早于批准日期", field="valid_until")
    return restate(act, ArchiveAccessApproved, person=found.person)


def refuse_archive_access(
    access: ArchiveAccess | None, act: RefuseArchiveAccess
) -> ArchiveAccessRefused:
    """Refuse looking into an archive.

    1. It is asked for and not decided yet (台账规则).
    2. Not before it was asked for (台账规则).
    3. The grounds are stated (台账规则).
    """
    found = _requested(access, "refuse_archive_access", act.number, act.refused_on, "refused_on")
    refuse_if(not act.grounds.strip(), "required", "须写明理由", field="grounds")
    return restate(act, ArchiveAccessRefused, person=found.person)


def look_into_archive(
    access: ArchiveAccess | None, act: LookIntoArchive, *, person: PersonFile | None
) -> ArchiveLookedInto:
    """Look into an archive: every look is recorded, with the keeper who was there.

    1. It was approved (可配置：档案查阅书面申请并经批准).
    2. Neither before the approval nor after its validity (台账规则).
    3. It is the archive asked for (台账规则).
    4. The archive is on file and has a keeper, who is there (可配置：廉政档案专人保管).
    5. Who looks is stated, is not the person and not recused (可配置：廉政档案回避).
    """
    found = _requested(access, "look_into_archive", act.number, act.looked_on, "looked_on")
    require_order(found.approved_on, act.looked_on, "查阅早于批准", field="looked_on")
    require_order(act.looked_on, found.valid_until, "批准的查阅期限已过", field="looked_on")
    require_known(act, {"person": person})
    other = act.person != found.person
    refuse_if(other, "other_person", "所查阅的不是申请的档案", field="person")
    keeper = person.keeper if person is not None and person.archive_closed_on is None else None
    if keeper is None:
        raise Refusal("no_archive", "该档案未在档或者没有保管人", field="person")
    refuse_if(not act.looked_by.strip(), "required", "须写明查阅人", field="looked_by")
    _require_part(person, act.looked_by, "looked_by")
    looks = (found.looks or 0) + 1
    return restate(act, ArchiveLookedInto, attended_by=keeper, looks=looks)
