"""Whose each record is, worked out from the ledger's events alone, as docs/api.md tells it."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from domain.streams import Kind, split_stream_name
from tests.support.offices import Desk

#: What later facts, corrections apart, say of whose a record is.
_LATER = {
    "lead.transferred.v1": ("organ",),
    "matter.assigned.v1": ("unit",),
    "lead.assigned.v1": ("handler",),
}
_EVERYONES = (Kind.CALENDAR, Kind.MEASURE_FORM, Kind.LOG_KEY)
#: Kinds whose record belongs with another, and the field that names it.
_WITH = {
    Kind.PERSON: (Kind.UNIT, "unit"),
    Kind.MATTER: (Kind.UNIT, "unit"),
    Kind.ARCHIVE_ITEM: (Kind.PERSON, "person"),
    Kind.ARCHIVE_ACCESS: (Kind.PERSON, "person"),
    Kind.PROBLEM: (Kind.ROUND, "round"),
    Kind.WORK_SUGGESTION: (Kind.ROUND, "round"),
}
#: The field that names the officer, and the fields that lead to who handles.
_OFFICER = {Kind.LEAD: "handler", Kind.ARCHIVE_ACCESS: "requested_by"}
_ON = {
    Kind.CASE: ((Kind.LEAD, "lead"),),
    Kind.CASE_FILING: ((Kind.LEAD, "lead"),),
    Kind.DISPOSITION: ((Kind.LEAD, "lead"),),
    Kind.OTHER_DISPOSITION: ((Kind.LEAD, "lead"),),
    Kind.SANCTION: ((Kind.CASE, "case"),),
    Kind.MEASURE: ((Kind.CASE, "case"),),
    Kind.RECOMMENDATION_DRAFT: ((Kind.CASE, "related"), (Kind.LEAD, "related")),
}

Record = Mapping[str, Any]


class Owners:
    """The records of a ledger as its events tell them."""

    def __init__(self, desk: Desk) -> None:
        self.records: dict[str, dict[str, Any]] = defaultdict(dict)
        for page in desk.ledger.follow():
            for _, event in page:
                self._take(event)

    def _take(self, event: Mapping[str, Any]) -> None:
        record, data = self.records[event["stream"]], event["data"]
        if event["version"] == 1:
            record.update(data)
        elif isinstance(data.get("after"), dict):
            record.update(data["after"])
        else:
            record.update({name: data[name] for name in _LATER.get(event["type"], ())})

    @cached_property
    def _organs(self) -> list[Record]:
        kinds = ((split_stream_name(stream)[0], record) for stream, record in self.records.items())
        return [record for kind, record in kinds if kind is Kind.ORGAN]

    def below(self, organ: str) -> set[str]:
        """An organ and every one below it."""
        found = {organ}
        while more := {each["code"] for each in self._organs if each["parent"] in found} - found:
            found |= more
        return found

    def organs_of(self, stream: str) -> set[str] | None:
        """The organs that a record belongs to; None where it belongs to everyone."""
        kind, number = split_stream_name(stream)
        record = self.records.get(stream, {})
        if kind in _EVERYONES:
            return None
        if kind is Kind.ORGAN:
            return {number}
        if kind is Kind.UNIT:
            return self._commissions_of(record["region"])
        if kind in _WITH:
            other, field = _WITH[kind]
            return self.organs_of(f"{other}:{record[field]}")
        if kind is Kind.CORRECTION:
            return self.organs_of(f"{record['kind']}:{record['target']}")
        return {record["organ"]} - {None}

    def _commissions_of(self, region: str) -> set[str]:
        return {
            each["code"]
            for each in self._organs
            if each["region"] == region and each["type"] == "纪委监委"
        }

    def seen_by(self, organ: str) -> set[str]:
        """The streams that whoever acts for an organ may see."""
        own = self.below(organ)
        owners = {stream: self.organs_of(stream) for stream in self.records}
        return {stream for stream, found in owners.items() if found is None or found & own}

    def in_the_hands_of(self, officer: str) -> set[str]:
        """The streams that an officer handles."""
        return {stream for stream in self.records if self._hands(stream) == officer}

    def _hands(self, stream: str) -> str | None:
        kind, _ = split_stream_name(stream)
        record = self.records.get(stream, {})
        if kind in _OFFICER:
            return record.get(_OFFICER[kind])
        found = (self._hands(f"{other}:{record.get(field)}") for other, field in _ON.get(kind, ()))
        return next((officer for officer in found if officer is not None), None)
