"""The facts behind a figure: as many as the figure says, each leading to its event."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from projections.figures import COUNTED, Question, postings_of
from projections.indicators import Indicator


@dataclass(frozen=True, slots=True)
class CountedFact:
    """One unit of a figure.

    ``stream`` and ``position`` lead to the event on the ledger that it rests on; ``positions``
    are all that bear on it, corrections included. For a figure of persons or units ``counted``
    is the person or unit; for one counted by the piece (条) ``ordinal`` is which, from 1.
    """

    counted: str | None
    stream: str
    item: str
    ordinal: int
    occurred_on: str
    registered_on: str
    position: int
    positions: tuple[int, ...]
    organ: str | None
    person: str | None
    unit: str | None
    category: str | None
    rank: str | None
    detail: str | None

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes it the same fact at another cut-off."""
        if self.counted is not None:
            return (self.counted, "", 1)
        return (self.stream, self.item, self.ordinal)


_COLUMNS = (
    "stream, item, occurred_on, registered_on, position, organ, person, unit, category, "
    "rank, detail, quantity"
)


def facts(connection: Connection, indicator: Indicator, question: Question) -> list[CountedFact]:
    """The facts behind a figure, ordered by when they occurred and where they are recorded."""
    counted = COUNTED.get(indicator.measure)
    groups = _groups(connection, indicator, question)
    found = [fact for rows in groups.values() for fact in _facts(rows, counted)]
    return sorted(found, key=lambda fact: (fact.occurred_on, fact.position, fact.ordinal))


def bearing(
    connection: Connection, indicator: Indicator, question: Question
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Positions that bear on each fact, also on one that no longer stands and why it does not.

    Keyed by the first two parts of a fact's key.
    """
    counted = COUNTED.get(indicator.measure)
    groups = _groups(connection, indicator, question)
    return {((key, "") if counted else key): _positions(rows) for key, rows in groups.items()}


def _positions(rows: list[Row[Any]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row.position for row in rows))


def _groups(
    connection: Connection, indicator: Indicator, question: Question
) -> dict[Any, list[Row[Any]]]:
    clause = postings_of(indicator, question)
    counted = COUNTED.get(indicator.measure)
    known = f" AND {counted} IS NOT NULL" if counted else ""
    statement = f"SELECT {_COLUMNS} FROM postings WHERE {clause}{known} ORDER BY position, line"  # noqa: S608
    groups: dict[Any, list[Row[Any]]] = defaultdict(list)
    for row in connection.exec_driver_sql(statement, tuple(clause.values)):
        groups[getattr(row, counted) if counted else (row.stream, row.item)].append(row)
    return groups


def _facts(rows: list[Row[Any]], counted: str | None) -> Iterator[CountedFact]:
    net = sum(row.quantity for row in rows)
    if net <= 0:
        return
    standing = _standing(rows)
    positions = _positions(rows)
    for ordinal in range(1, 2 if counted else net + 1):
        yield CountedFact(
            counted=getattr(standing, counted) if counted else None,
            stream=standing.stream,
            item=standing.item,
            ordinal=ordinal,
            occurred_on=standing.occurred_on,
            registered_on=standing.registered_on,
            position=standing.position,
            positions=positions,
            organ=standing.organ,
            person=standing.person,
            unit=standing.unit,
            category=standing.category,
            rank=standing.rank,
            detail=standing.detail,
        )


def _standing(rows: list[Row[Any]]) -> Row[Any]:
    """The first posting that no later one has reversed."""
    standing: list[Row[Any]] = []
    for row in rows:
        if row.quantity > 0:
            standing.append(row)
            continue
        place = (row.stream, row.item, row.occurred_on, row.category, row.rank)
        match = next(
            (s for s in standing if (s.stream, s.item, s.occurred_on, s.category, s.rank) == place),
            None,
        )
        if match is not None:
            standing.remove(match)
    return (standing or rows)[0]
