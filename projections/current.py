"""Current state: for each event, the row it adds or the columns of the row it changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.leads.lead import HandlingConcluded, LeadCorrected, LeadHandled
from domain.streams import Kind
from ledger.application import Followed
from ledger.catalogue import STORED_NAMES
from projections.tables import CURRENT, NAMES, TRACE, Shape

Event = dict[str, Any]
Key = tuple[Any, ...]

#: The facts that change handlings.
HANDLINGS = {LeadHandled, HandlingConcluded, LeadCorrected}


class CurrentState:
    """One read model: a table of the things of one kind as they stand."""

    #: Raise when the meaning of a row changes: live tables are then rebuilt.
    LOGIC = "1"

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.name = shape.name
        self.events = {name: each for name, each in CHANGES if each.table == self.name}

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that change this read model."""
        return self.events

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Apply entries that it wants, in order; returns the rows written."""
        added: dict[Key, Sequence[Any]] = {}
        changed: dict[Key, dict[int, Any]] = {}
        for position, event in entries:
            change = self.events[event["type"]]
            begins = change.begins_with(event)
            for key, values in change.rows(position, event, begins=begins):
                if begins:
                    added[key] = values
                elif key in added:
                    added[key] = _overlaid(added[key], change.places, values)
                else:
                    changed.setdefault(key, {}).update(zip(change.places, values, strict=True))
        self._insert(connection, added, suffix)
        self._update(connection, changed, suffix)
        return len(added) + len(changed)

    def _insert(self, connection: Connection, rows: dict[Key, Sequence[Any]], suffix: str) -> None:
        """Add rows; columns that are null in all of them are left out, as most are at first."""
        if not rows:
            return
        columns = list(zip(*rows.values(), strict=True))
        told = [at for at, column in enumerate(columns) if column.count(None) < len(rows)]
        names = ",".join(f'"{self.shape.names[at]}"' for at in told)
        marks = ",".join("?" * len(told))
        statement = f"INSERT INTO {self.name}{suffix} ({names}) VALUES ({marks})"  # noqa: S608 -- own
        values = list(zip(*[columns[at] for at in told], strict=True))
        connection.exec_driver_sql(statement, values)

    def _update(self, connection: Connection, rows: dict[Key, dict[int, Any]], suffix: str) -> None:
        alike: dict[tuple[int, ...], list[Key]] = defaultdict(list)
        for key, row in rows.items():
            alike[tuple(row)].append((*row.values(), *key))
        names = self.shape.names
        where = " AND ".join(f'"{name}" = ?' for name in self.shape.key)
        for places, values in alike.items():
            sets = ", ".join(f'"{names[at]}" = ?' for at in places)
            statement = f"UPDATE {self.name}{suffix} SET {sets} WHERE {where}"  # noqa: S608 -- own
            connection.exec_driver_sql(statement, values)


def _overlaid(row: Sequence[Any], places: Sequence[int], values: Sequence[Any]) -> list[Any]:
    changed = list(row)
    for at, value in zip(places, values, strict=True):
        changed[at] = value
    return changed


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
            return (*self._arranged(known), position, event["registered_on"])
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
