"""Whose a matter is: the organ, or the region of the commission, that its record leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.streams import Kind, stream_name


class Belongs(StrEnum):
    """What a field names that tells whose a record is."""

    TO_ORGAN = "organ"
    TO_REGION = "region"
    WITH_STREAM = "stream"
    TO_EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Owned:
    """How the owner of one kind of stream is found.

    The field names an organ, or a region whose commission owns the record, or a stream that the
    record belongs with: of ``kind``, or of the kind that the field ``kind_field`` names. What
    belongs to everyone (a calendar, a form of measures) is open to every organ.
    """

    belongs: Belongs
    field: str = ""
    kind: Kind | None = None
    kind_field: str | None = None


#: Facts beside corrections that give a record to another owner.
HANDED_OVER = frozenset({"grant.role_granted.v1", "lead.transferred.v1", "matter.assigned.v1"})

#: The organ code, or the region, that owns a record; TO_EVERYONE has none.
Owner = tuple[Belongs, str | None]

_ORGAN = Owned(Belongs.TO_ORGAN, "organ")
_PERSON = Owned(Belongs.WITH_STREAM, "person", Kind.PERSON)
_ROUND = Owned(Belongs.WITH_STREAM, "round", Kind.ROUND)
_EVERYONE = Owned(Belongs.TO_EVERYONE)

#: Kinds whose record does not name its organ; every other kind's does, in ``organ``.
_OTHERS: Mapping[Kind, Owned] = {
    Kind.ORGAN: Owned(Belongs.TO_ORGAN, "code"),
    Kind.UNIT: Owned(Belongs.TO_REGION, "region"),
    Kind.PERSON: Owned(Belongs.WITH_STREAM, "unit", Kind.UNIT),
    Kind.ARCHIVE_ITEM: _PERSON,
    Kind.ARCHIVE_ACCESS: _PERSON,
    Kind.PROBLEM: _ROUND,
    Kind.WORK_SUGGESTION: _ROUND,
    Kind.MATTER: Owned(Belongs.WITH_STREAM, "unit", Kind.UNIT),
    Kind.CORRECTION: Owned(Belongs.WITH_STREAM, "target", kind_field="kind"),
    Kind.MEASURE_FORM: _EVERYONE,
    Kind.CALENDAR: _EVERYONE,
    Kind.LOG_KEY: _EVERYONE,
}
OWNED: Mapping[Kind, Owned] = {kind: _OTHERS.get(kind, _ORGAN) for kind in Kind}


def owner(kind: Kind, record: Any, look: Callable[[str], Any]) -> Owner | None:
    """The owner of a record or of the one that a command makes; None where none is known.

    ``look`` gives the state of a stream by its name, or None.
    """
    owned = OWNED[kind]
    if owned.belongs is Belongs.TO_EVERYONE:
        return (Belongs.TO_EVERYONE, None)
    value = getattr(record, owned.field, None)
    if value is None:
        return None
    if owned.belongs is not Belongs.WITH_STREAM:
        return (owned.belongs, value)
    named = owned.kind or _kind(getattr(record, owned.kind_field or ""))
    if named is None:
        return None
    stream = look(stream_name(named, value))
    return None if stream is None else owner(named, stream, look)


def _kind(value: str) -> Kind | None:
    return Kind(value) if value in Kind.__members__.values() else None


@dataclass(frozen=True, slots=True)
class Handled:
    """How whoever handles (承办人) one kind of stream is found.

    The field names the officer, or a record of one of the kinds ``of`` in whose hands it is.
    """

    field: str
    of: tuple[Kind, ...] = ()


_WITH_LEAD = Handled("lead", (Kind.LEAD,))
_WITH_CASE = Handled("case", (Kind.CASE,))

#: Kinds that are in somebody's hands; every other kind's record is in nobody's.
HANDLED: Mapping[Kind, Handled] = {
    Kind.LEAD: Handled("handler"),
    Kind.CASE: _WITH_LEAD,
    Kind.CASE_FILING: _WITH_LEAD,
    Kind.DISPOSITION: _WITH_LEAD,
    Kind.OTHER_DISPOSITION: _WITH_LEAD,
    Kind.SANCTION: _WITH_CASE,
    Kind.MEASURE: _WITH_CASE,
    Kind.RECOMMENDATION_DRAFT: Handled("related", (Kind.CASE, Kind.LEAD)),
    Kind.ARCHIVE_ACCESS: Handled("requested_by"),
}


def is_handled_by(officer: str, kind: Kind, record: Any, look: Callable[[str], Any]) -> bool:
    """Whether a record, or the one that a command makes, is in an officer's hands.

    ``look`` gives the state of a stream by its name, or None.
    """
    way = HANDLED.get(kind)
    value = None if way is None or record is None else getattr(record, way.field, None)
    if way is None or value is None:
        return False
    if not way.of:
        return bool(value == officer)
    return any(is_handled_by(officer, of, look(stream_name(of, value)), look) for of in way.of)
