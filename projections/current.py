"""Current state: for each event, the row it adds or the columns of the row it changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import Kind
from ledger.application import Followed
from ledger.catalogue import STORED_NAMES
from projections.tables import CURRENT, NAMES, TRACE, Shape

Event = dict[str, Any]
Key = tuple[Any, ...]


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
            for key, values in change.rows(position, event):
                if change.begins:
                    added[key] = values
                elif key in added:
                    added[key] = _overlaid(added[key], change.places, values)
                else:
                    changed.setdefault(key, {}).update(zip(change.places, values, strict=True))
        self._insert(connection, added, suffix)
        self._update(connection, changed, suffix)
        return len(added) + len(changed)

    def _insert(self, connection: Connection, rows: dict[Key, Sequence[Any]], suffix: str) -> None:
        if rows:
            marks = ",".join("?" * len(self.shape.names))
            statement = f"INSERT INTO {self.name}{suffix} VALUES ({marks})"  # noqa: S608 -- own
            connection.exec_driver_sql(statement, [tuple(row) for row in rows.values()])

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

    ``places`` are the columns that the values of ``rows`` belong to.
    """

    def __init__(self, kind: Kind, cls: type, table: str | None = None) -> None:
        concept = CONCEPTS[kind]
        fields = field_index(cls).names
        self.table = table or NAMES[kind]
        self.corrects = cls is concept.corrected
        self.begins = self._is_beginning(kind, cls)
        shape = CURRENT[self.table]
        own = [name for name in shape.names if name not in TRACE]
        picked = [name for name in own if self.corrects or name in fields]
        self._pick = itemgetter(*picked) if len(picked) > 1 else _one_of(picked)
        self._unknown = (None,) * (len(own) - len(picked)) if self.begins else ()
        self._lists = any(dict(shape.columns)[name] is tuple for name in picked)
        self._key = concept.key if concept.key in fields or self.corrects else kind.value
        named = [*(own if self.begins else picked), "version", "position"]
        named += ["registered_on"] if self.begins else []
        self.places = tuple(shape.names.index(name) for name in named)

    def _is_beginning(self, kind: Kind, cls: type) -> bool:
        return not self.corrects and _is_first(kind, cls)

    def rows(self, position: int, event: Event) -> Iterable[tuple[Key, tuple[Any, ...]]]:
        """Key and values of each row that the event adds or changes."""
        data = event["data"]["after"] if self.corrects else event["data"]
        return (((data[self._key],), self._values(data, position, event)),)

    def _values(self, data: Event, position: int, event: Event) -> tuple[Any, ...]:
        values = self._pick(data)
        if self._lists:
            values = tuple(";".join(v) if isinstance(v, list) else v for v in values)
        if self.begins:
            trace = (event["version"], position, event["registered_on"])
            return (*values, *self._unknown, *trace)
        return (*values, event["version"], position)


class HandlingChange(Change):
    """Handlings of a lead have a table of their own."""

    def __init__(self, cls: type) -> None:
        super().__init__(Kind.LEAD, cls, "handlings")

    def _is_beginning(self, kind: Kind, cls: type) -> bool:  # noqa: ARG002 -- one kind here
        return not self.corrects and "approver" in field_index(cls).names

    def rows(self, position: int, event: Event) -> Iterable[tuple[Key, tuple[Any, ...]]]:
        """The one handling of the event, or all handlings of a corrected lead."""
        if not self.corrects:
            each = [event["data"]]
        else:
            lead = event["data"]["after"]
            owner = {"lead": lead["number"], "organ": lead["organ"]}
            each = [owner | handling for handling in lead["handlings"]]
        return [
            ((data["lead"], data["decided_on"]), self._values(data, position, event))
            for data in each
        ]


def _one_of(names: list[str]) -> Callable[[Event], tuple[Any, ...]]:
    return lambda data: tuple(data[name] for name in names)


def _is_first(kind: Kind, cls: type) -> bool:
    """A first fact says everything of the record but its later facts."""
    particulars = CONCEPTS[kind].state.__mro__[1]
    return issubclass(cls, particulars) and cls is not CONCEPTS[kind].state


def _changes() -> list[tuple[str, Change]]:
    changes: list[tuple[str, Change]] = []
    for name, cls in STORED_NAMES.items():
        kind = Kind(name.partition(".")[0])
        changes.append((name, Change(kind, cls)))
        if kind is Kind.LEAD and not _is_first(kind, cls):
            changes.append((name, HandlingChange(cls)))
    return changes


CHANGES = _changes()
