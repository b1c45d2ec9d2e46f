"""Current state and what it was: tables of the things of one kind, as they stand and stood."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from domain.concepts import CONCEPTS
from domain.streams import Kind
from ledger.application import Followed
from projections.changes import CHANGES, Change, Key
from projections.store import inserted
from projections.tables import CURRENT, LEADS_KNOWN, PAST, Shape

Row = Sequence[Any]

#: How many values one SELECT names.
MOST_VALUES = 900


NONE: frozenset[int] = frozenset()

#: What one event does to one row: its key, how it changes it (None: the row is new), the values,
#: and the day it was registered.
Step = tuple[Key, Change | None, tuple[Any, ...], str]


class CurrentState:
    """One read model: a table of the things of one kind as they stand, and one as they stood."""

    #: Raise when the meaning of a row changes: live tables are then rebuilt.
    LOGIC = "2"

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.name = shape.name
        self.past = PAST[self.name]
        self.shapes: tuple[Shape, ...] = (shape, self.past)
        self.events = {name: each for name, each in CHANGES if each.table == self.name}
        self._registered = shape.names.index("registered_on")
        self._known = shape.names.index("known_on")
        self._where = " AND ".join(f'"{name}" = ?' for name in shape.key)

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events that change this read model."""
        return self.events

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Apply entries that it wants, in order; returns the rows written."""
        steps = list(self._steps(entries))
        floors = self._floors(connection, steps, suffix)
        added = dict.fromkeys(key for key, change, _, _ in steps if change is None)
        touched = dict.fromkeys(key for key, _, _, _ in steps if key not in added)
        rows = self._standing(connection, list(touched), suffix)
        changed: dict[Key, frozenset[int]] = {}
        past: list[Row] = []
        at_registered, at_known = self._registered, self._known
        for key, change, values, registered_on in steps:
            row = rows.get(key)
            if change is None:
                since = max(registered_on, floors.get(key, registered_on))
                rows[key] = values if since == registered_on else (*values[:-1], since)
            elif row is not None:
                since = max(registered_on, floors.get(key) or row[at_registered])
                known = max(since, row[at_known])
                past.append((*row, values[-1], known))
                rows[key] = after = _overlaid(row, change.places, values)
                if since < known:
                    self._insert(connection, self.past, past, suffix)
                    past = []
                    self._overlay(connection, (key, change, values, since), after, suffix)
                after[at_known] = known
                if key not in added:
                    changed[key] = changed.get(key, NONE).union(change.places)
        self._insert(connection, self.shape, [rows[key] for key in added], suffix)
        self._update(connection, rows, changed, suffix)
        self._insert(connection, self.past, past, suffix)
        return len(added) + len(changed) + len(past)

    def _steps(self, entries: list[Followed]) -> Iterator[Step]:
        for position, event in entries:
            change = self.events[event["type"]]
            begins = change.begins_with(event)
            for key, values in change.rows(position, event, begins=begins):
                yield key, None if begins else change, values, event["registered_on"]

    def _floors(self, _: Connection, __: list[Step], ___: str) -> dict[Key, str]:
        """The day before which a row is not known, where it is not that of its first fact."""
        return {}

    def _standing(self, connection: Connection, keys: list[Key], suffix: str) -> dict[Key, Row]:
        """The rows of these keys as they stand."""
        key = self.shape.key
        at = [self.shape.names.index(name) for name in key]
        listed, row = ", ".join(f'"{name}"' for name in key), f"({','.join('?' * len(key))})"
        found: dict[Key, Row] = {}
        for start in range(0, len(keys), MOST_VALUES // len(key)):
            chunk = keys[start : start + MOST_VALUES // len(key)]
            statement = (
                f"SELECT * FROM {self.name}{suffix} "  # noqa: S608 -- own names
                f"WHERE ({listed}) IN (VALUES {','.join([row] * len(chunk))})"
            )
            values = tuple(value for each in chunk for value in each)
            for each in connection.exec_driver_sql(statement, values):
                found[tuple(each[place] for place in at)] = tuple(each)
        return found

    def _overlay(self, connection: Connection, step: Step, after: Row, suffix: str) -> None:
        """Let a fact registered before others show in what was known from its day on.

        It overlays every row that was known on a later day. A correction of a handling that was
        not known by then tells all of it.
        """
        key, change, values, since = step
        assert change is not None  # noqa: S101 -- a first fact is overlaid by none
        table, names = f"{self.past.name}{suffix}", self.past.names
        until_known, position = names.index("until_known_on"), values[-1]
        statement = (
            f"SELECT * FROM {table} WHERE {self._where} "  # noqa: S608 -- own names
            "AND known_on < until_known_on ORDER BY known_on"
        )
        known = [tuple(row) for row in connection.exec_driver_sql(statement, key)]
        first = min((row[self._known] for row in known), default=after[self._known])
        told: list[Row] = []
        if change.corrects and since < first:
            told.append((*after[: self._known], since, position, first))
        for row in known:
            if row[until_known] > since:
                begins, ends = max(row[self._known], since), row[until_known]
                self._end(connection, row, begins, suffix)
                overlaid = _overlaid(row[: self._known], change.places, values)
                told.append((*overlaid, begins, position, ends))
        self._insert(connection, self.past, told, suffix)

    def _end(self, connection: Connection, row: Row, known_on: str, suffix: str) -> None:
        """Let a row be known no longer than to before a day; of no time at all it is dropped."""
        names, table = self.past.names, f"{self.past.name}{suffix}"
        where = " AND ".join(f'"{name}" = ?' for name in self.past.key)
        told = dict(zip(names, row, strict=True))
        key = [told[name] for name in self.past.key]
        if told["position"] == told["until_position"] and told["known_on"] == known_on:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", tuple(key))  # noqa: S608
            return
        statement = f"UPDATE {table} SET until_known_on = ? WHERE {where}"  # noqa: S608 -- own
        connection.exec_driver_sql(statement, (known_on, *key))

    def _insert(
        self, connection: Connection, shape: Shape, rows: Sequence[Row], suffix: str
    ) -> None:
        """Add rows; columns that are null in all of them are left out, as most are at first."""
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        told = [at for at, column in enumerate(columns) if column.count(None) < len(rows)]
        names = [shape.names[at] for at in told]
        values = list(zip(*[columns[at] for at in told], strict=True))
        inserted(connection, f"{shape.name}{suffix}", names, values)

    def _update(
        self,
        connection: Connection,
        rows: dict[Key, Row],
        places: dict[Key, frozenset[int]],
        suffix: str,
    ) -> None:
        """Write the columns at the places that changed, and since when the row is known."""
        alike: dict[frozenset[int], list[Key]] = defaultdict(list)
        for key, changed in places.items():
            alike[changed].append(key)
        names = self.shape.names
        for changed, keys in alike.items():
            told = sorted({*changed, self._known})
            sets = ", ".join(f'"{names[at]}" = ?' for at in told)
            statement = f"UPDATE {self.name}{suffix} SET {sets} WHERE {self._where}"  # noqa: S608
            pick = itemgetter(*told)
            connection.exec_driver_sql(statement, [(*pick(rows[key]), *key) for key in keys])


class Handlings(CurrentState):
    """The read model of handlings: rows of a lead, and not known before it."""

    def __init__(self) -> None:
        super().__init__(CURRENT["handlings"])
        self.shapes = (*self.shapes, LEADS_KNOWN)
        lead = CONCEPTS[Kind.LEAD]
        self._begins = {name for name, cls in lead.facts.items() if cls in lead.begins}

    @property
    def wants(self) -> Iterable[str]:
        """Stored names of the events on handlings, and of the first ones of leads."""
        return (*self.events, *self._begins)

    def write(self, connection: Connection, entries: list[Followed], suffix: str = "") -> int:
        """Note since when leads are known, and apply what is told of their handlings."""
        begun = [
            (event["data"]["number"], event["registered_on"])
            for _, event in entries
            if event["type"] in self._begins and event["version"] == 1
        ]
        self._insert(connection, LEADS_KNOWN, begun, suffix)
        told = [entry for entry in entries if entry[1]["type"] in self.events]
        return len(begun) + super().write(connection, told, suffix)

    def _floors(self, connection: Connection, steps: list[Step], suffix: str) -> dict[Key, str]:
        leads = list({key[0] for key, _, _, _ in steps})
        since: dict[str, str] = {}
        for start in range(0, len(leads), MOST_VALUES):
            chunk = tuple(leads[start : start + MOST_VALUES])
            statement = (
                f"SELECT lead, known_on FROM {LEADS_KNOWN.name}{suffix} "  # noqa: S608 -- own
                f"WHERE lead IN ({','.join('?' * len(chunk))})"
            )
            found = connection.exec_driver_sql(statement, chunk)
            since.update((lead, known_on) for lead, known_on in found)
        return {key: since[key[0]] for key, _, _, _ in steps}


def current_states() -> Iterator[CurrentState]:
    """The read model of every current state."""
    for name, shape in CURRENT.items():
        yield Handlings() if name == "handlings" else CurrentState(shape)


def _overlaid(row: Row, places: Sequence[int], values: Row) -> list[Any]:
    changed = list(row)
    for at, value in zip(places, values, strict=True):
        changed[at] = value
    return changed
