"""Changes: for each event, the row that it adds or the columns of the row that it changes."""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.leads.lead import HandlingConcluded, LeadCorrected, LeadHandled
from domain.streams import Kind
from ledger.catalogue import STORED_NAMES
from projections.tables import CURRENT, NAMES, TRACE

Event = dict[str, Any]
Key = tuple[Any, ...]

#: The facts that change handlings.
HANDLINGS = {LeadHandled, HandlingConcluded, LeadCorrected}


class Change:
    """How one stored type of event changes the rows of one table.

    ``places`` are the columns that the values of a change belong to; a first fact makes the whole
    row, its unknown columns null, those of several numbers empty.
    """

    def __init__(self, kind: Kind, cls: type, table: str | None = None) -> None:
        self._concept = concept = CONCEPTS[kind]
        fields = field_index(concept.recorded if cls is concept.corrected else cls).names
        self.table = table or NAMES[kind]
        self.corrects = cls is concept.corrected
        self._may_begin = self._is_beginning(cls)
        shape = CURRENT[self.table]
        own = [name for name in shape.names if name not in TRACE]
        picked = [name for name in own if name in self._said(fields)]
        self._pick = itemgetter(*picked) if len(picked) > 1 else _one_of(picked)
        types = dict(shape.columns)
        self._lists = [at for at, name in enumerate(picked) if types[name] is tuple]
        self._key = concept.key if concept.key in fields else kind.value
        self.places = tuple(shape.names.index(name) for name in (*picked, *TRACE[:2]))
        unknown = {name: len(picked) + (types[name] is tuple) for name in own}
        whole = [picked.index(n) if n in picked else unknown[n] for n in own]
        self._arranged = itemgetter(*whole, -1)

    def _said(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        return fields

    def _is_beginning(self, cls: type) -> bool:
        return cls in self._concept.begins

    def begins_with(self, event: Event) -> bool:
        """Whether the event adds a row: a first fact that is the first of its stream."""
        return self._may_begin and event["version"] == 1

    def rows(
        self, position: int, event: Event, *, begins: bool
    ) -> Iterable[tuple[Key, tuple[Any, ...]]]:
        """Key and values of each row that the event adds or changes."""
        data = event["data"]["after"] if self.corrects else event["data"]
        return (((data[self._key],), self._values(data, position, event, begins=begins)),)

    def _values(self, data: Event, position: int, event: Event, *, begins: bool) -> tuple[Any, ...]:
        values = self._pick(data)
        if self._lists:
            values = list(values)
            for at in self._lists:
                values[at] = ";".join(values[at])
        if begins:
            known = (*values, None, "", event["version"])
            registered_on = event["registered_on"]
            return (*self._arranged(known), position, registered_on, registered_on)
        return (*values, event["version"], position)


class HandlingChange(Change):
    """Handlings of a lead have a table of their own."""

    def __init__(self, cls: type) -> None:
        super().__init__(Kind.LEAD, cls, "handlings")

    def _said(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        return CURRENT[self.table].names if self.corrects else fields

    def _is_beginning(self, cls: type) -> bool:
        return cls is LeadHandled

    def begins_with(self, event: Event) -> bool:  # noqa: ARG002 -- a handling is always new
        """Every decision on how to handle a lead adds a row."""
        return self._may_begin

    def rows(
        self, position: int, event: Event, *, begins: bool
    ) -> Iterable[tuple[Key, tuple[Any, ...]]]:
        """The one handling of the event, or all handlings of a corrected lead."""
        if not self.corrects:
            each = [event["data"]]
        else:
            lead = event["data"]["after"]
            owner = {"lead": lead["number"], "organ": lead["organ"]}
            each = [owner | handling for handling in lead["handlings"]]
        return [
            (
                (data["lead"], data["decided_on"]),
                self._values(data, position, event, begins=begins),
            )
            for data in each
        ]


def _one_of(names: list[str]) -> Callable[[Event], tuple[Any, ...]]:
    return lambda data: tuple(data[name] for name in names)


def _changes() -> list[tuple[str, Change]]:
    changes: list[tuple[str, Change]] = []
    for name, cls in STORED_NAMES.items():
        kind = Kind(name.partition(".")[0])
        changes.append((name, Change(kind, cls)))
        if cls in HANDLINGS:
            changes.append((name, HandlingChange(cls)))
    return changes


CHANGES = _changes()
