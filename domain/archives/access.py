"""档案查阅: a written request to look into an archive, its approval, and every look."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from domain.fields import PersonalText, Ref, amended, fact, field_index, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class AccessParticulars:
    """What a written request to look into an archive says."""

    number: str
    person: Annotated[str, Ref(Kind.PERSON)]
    requested_by: PersonalText
    department: str
    reason: PersonalText
    requested_on: date


@fact
class Look:
    """一次查阅: who looked, and on what day."""

    looked_on: date
    looked_by: str


@fact
class ArchiveAccess(AccessParticulars):
    """档案查阅申请 as it stands, with every look (``looks`` times)."""

    approved_on: date | None
    approved_by: str | None
    valid_until: date | None
    refused_on: date | None
    looks: int | None
    seen: tuple[Look, ...]


@fact
class ArchiveAccessRequested(AccessParticulars):
    """申请查阅廉政档案."""

    OCCURRED: ClassVar = "requested_on"


@fact
class ArchiveAccessApproved:
    """批准查阅廉政档案."""

    OCCURRED: ClassVar = "approved_on"

    number: str
    person: str
    approved_on: date
    approved_by: str
    valid_until: date


@fact
class ArchiveAccessRefused:
    """不同意查阅廉政档案."""

    OCCURRED: ClassVar = "refused_on"

    number: str
    person: str
    refused_on: date
    refused_by: str
    grounds: PersonalText


@fact
class ArchiveLookedInto:
    """查阅廉政档案."""

    OCCURRED: ClassVar = "looked_on"

    number: str
    person: str
    looked_on: date
    looked_by: PersonalText
    attended_by: PersonalText
    looks: int


AccessEvent = (
    ArchiveAccessRequested | ArchiveAccessApproved | ArchiveAccessRefused | ArchiveLookedInto
)
_LATER = set(field_index(ArchiveAccess).names) - set(field_index(AccessParticulars).names)
_NOTHING_YET: dict[str, Any] = dict.fromkeys(_LATER) | {"seen": ()}


def evolve(access: ArchiveAccess | None, event: AccessEvent) -> ArchiveAccess:
    """The request after one more event."""
    if isinstance(event, ArchiveAccessRequested):
        return restate(event, ArchiveAccess, **_NOTHING_YET)
    assert access is not None, "access begins with its request"  # noqa: S101 -- fold order
    state = amended(access, event)
    if isinstance(event, ArchiveLookedInto):
        return replace(state, seen=(*state.seen, restate(event, Look)))
    return state


def stage(access: ArchiveAccess) -> str:
    """Where the request stands."""
    if access.refused_on is not None:
        return "refused"
    return "requested" if access.approved_on is None else "approved"


ACCESS = Lifecycle(
    kind=Kind.ARCHIVE_ACCESS,
    title="档案查阅申请",
    stages={"requested": "待审批", "approved": "已批准", "refused": "不同意"},
    stage=stage,
    opened_by=("request_archive_access",),
    moves=(
        Move("approve_archive_access", ("requested",), ("approved",)),
        Move("refuse_archive_access", ("requested",), ("refused",)),
        Move("look_into_archive", ("approved",)),
    ),
)
