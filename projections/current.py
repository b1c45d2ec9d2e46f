"""Current state: for each event, the row it adds or the columns of the row it changes."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import Kind
from ledger.application import Followed
from ledger.catalogue import STORED_NAMES
from projections.tables import CURRENT, NAMES, TRACE, Shape

Row = dict[str, Any]


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
        added: dict[tuple[Any, ...], Row] = {}
        changed: dict[tuple[Any, ...], Row] = {}
        for position, event in entries:
            change = self.events[event["type"]]
            for key, values in change.rows(position, event):
                if change.begins:
                    added[key] = values
                elif key in added:
                    added[key].update(values)
                else:
                    changed.setdefault(key, {}).update(values)
        self._insert(connection, added, suffix)
        self._update(connection, changed, suffix)
        return len(added) + len(changed)

    def _insert(self, connection: Connection, rows: dict[Any, Row], suffix: str) -> None:
        if not rows:
            return
        marks = ",".join("?" * len(self.shape.names))
        pick = itemgetter(*self.shape.names)
        connection.exec_driver_sql(
            f"INSERT INTO {self.name}{suffix} VALUES ({marks})",  # noqa: S608 -- own names
            [pick(row) for row in rows.values()],
        )

    def _update(self, connection: Connection, rows: dict[Any, Row], suffix: str) -> None:
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for key, row in rows.items():
            alike[tuple(row)].append((*row.values(), *key))
        where = " AND ".join(f"{name} = ?" for name in self.shape.key)
        for columns, values in alike.items():
            sets = ", ".join(f"{name} = ?" for name in columns)
            statement = f"UPDATE {self.name}{suffix} SET {sets} WHERE {where}"  # noqa: S608
            connection.exec_driver_sql(statement, values)


class Change:
    """How one stored type of event changes the rows of one table."""

    def __init__(self, kind: Kind, cls: type) -> None:
        concept = CONCEPTS[kind]
        fields = field_index(cls).names
        self.corrects = cls is concept.corrected
        self.begins = not self.corrects and concept.key in fields and _is_first(kind, cls)
        self.table = NAMES[kind]
        self._key = concept.key if concept.key in fields or self.corrects else kind.value
        columns = [name for name in CURRENT[self.table].names if name not in TRACE]
        types = dict(CURRENT[self.table].columns)
        self._columns = tuple(n for n in columns if self.corrects or n in fields)
        self._lists = tuple(name for name in self._columns if types[name] is tuple)
        self._unknown = dict.fromkeys(columns) if self.begins else {}

    def rows(self, position: int, event: Row) -> list[tuple[tuple[Any, ...], Row]]:
        """Key and columns of each row that the event adds or changes."""
        data = event["data"]["after"] if self.corrects else event["data"]
        if self.begins:
            row = {**self._unknown, **data, "registered_on": event["registered_on"]}
        else:
            row = {name: data[name] for name in self._columns}
        for name in self._lists:
            row[name] = ";".join(data[name])
        row["version"], row["position"] = event["version"], position
        return [((data[self._key],), row)]


class HandlingChange(Change):
    """Handlings of a lead have a table of their own."""

    def __init__(self, cls: type) -> None:
        super().__init__(Kind.LEAD, cls)
        self.table = "handlings"
        self.begins = "approver" in field_index(cls).names

    def rows(self, position: int, event: Row) -> list[tuple[tuple[Any, ...], Row]]:
        """The one handling of the event, or all handlings of a corrected lead."""
        data = event["data"]
        if not self.corrects:
            row = {name: data[name] for name in data}
            if self.begins:
                row |= {"concluded_on": None, "outcome": None}
            each = [(data["lead"], row)]
        else:
            after = data["after"]
            lead = {"lead": after["number"], "organ": after["organ"]}
            each = [(after["number"], lead | handling) for handling in after["handlings"]]
        rows = []
        for lead_number, row in each:
            row |= {"version": event["version"], "position": position}
            if self.begins:
                row["registered_on"] = event["registered_on"]
            rows.append(((lead_number, row["decided_on"]), row))
        return rows


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
