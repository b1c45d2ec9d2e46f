"""Figures: sums and distinct counts over the journal up to a cut-off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from projections.cuts import Cut, Period
from projections.indicators import Indicator, Step

#: The column that a distinct count counts.
COUNTED = {"persons": "person", "units": "unit"}
COMMISSION = "纪委监委"


@dataclass(frozen=True, slots=True)
class Scope:
    """The organs asked for: a set of codes and the regions of the commissions among them."""

    organs: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A period, a cut-off, and the organs asked for (None: all)."""

    period: Period
    cut: Cut = field(default_factory=Cut)
    scope: Scope | None = None


class Clause:
    """A WHERE clause under construction, with its parameters in order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, part: str, *values: Any) -> None:
        """One more condition."""
        self.parts.append(part)
        self.values += values

    def one_of(self, column: str, values: Sequence[str]) -> None:
        """The column has one of these values; of no values none is one."""
        if not values:
            self.add("1 = 0")
            return
        self.add(f"{column} IN ({','.join('?' * len(values))})", *values)

    def __str__(self) -> str:
        return " AND ".join(self.parts)


def _cut(clause: Clause, cut: Cut) -> None:
    if cut.as_of is not None:
        clause.add("registered_on <= ?", cut.as_of.isoformat())
    if cut.at_position is not None:
        clause.add("position <= ?", cut.at_position)


def _steps(clause: Clause, steps: Sequence[Step], cut: Cut, organs: Sequence[str] | None) -> None:
    """The related stream is among those of the first step, which hang on the next."""
    if not steps:
        return
    first, *rest = steps
    inner = Clause()
    inner.add("account = ?", first.account)
    for column, value in first.where:
        inner.add(f"{column} = ?", value)
    if organs is not None:
        inner.one_of("organ", organs)
    _cut(inner, cut)
    _steps(inner, rest, cut, None)
    streams = f"SELECT stream FROM postings WHERE {inner} GROUP BY stream HAVING SUM(quantity) > 0"  # noqa: S608
    clause.add(f"related IN ({streams})", *inner.values)


def _scope(clause: Clause, indicator: Indicator, question: Question) -> tuple[Step, ...]:
    """Restrict to the organs asked for; returns steps still to be taken without them."""
    scope = question.scope
    steps = indicator.via
    if scope is None:
        return steps
    if indicator.organ == "own":
        clause.one_of("organ", scope.organs)
    elif indicator.organ == "related":
        rounds = steps or (Step("rounds.opened", ()),)
        _steps(clause, rounds, question.cut, scope.organs)
        return ()
    elif scope.regions:
        units = Clause()
        units.add("account = 'units'")
        units.one_of("detail", scope.regions)
        _cut(units, question.cut)
        streams = (
            f"SELECT stream FROM postings WHERE {units} GROUP BY stream HAVING SUM(quantity) > 0"  # noqa: S608
        )
        clause.add(f"related IN ({streams})", *units.values)
    else:
        clause.add("1 = 0")
    return steps


def postings_of(indicator: Indicator, question: Question) -> Clause:
    """The postings that an indicator counts."""
    clause = Clause()
    clause.add("account = ?", indicator.account)
    if indicator.period == "within":
        clause.add("occurred_on >= ?", question.period.first.isoformat())
    clause.add("occurred_on <= ?", question.period.last.isoformat())
    for column, value in indicator.where:
        clause.add(f"{column} = ?", value)
    _cut(clause, question.cut)
    steps = _scope(clause, indicator, question)
    if not indicator.or_via:
        _steps(clause, steps, question.cut, None)
        return clause
    one, other = Clause(), Clause()
    _steps(one, steps, question.cut, None)
    _steps(other, indicator.or_via, question.cut, None)
    clause.add(f"({one} OR {other})", *one.values, *other.values)
    return clause


def figure(connection: Connection, indicator: Indicator, question: Question) -> int:
    """The value of one figure, in its unit."""
    clause = postings_of(indicator, question)
    counted = COUNTED.get(indicator.measure)
    if counted is None:
        statement = f"SELECT COALESCE(SUM(quantity), 0) FROM postings WHERE {clause}"  # noqa: S608
    else:
        statement = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM postings WHERE {clause} "  # noqa: S608
            f"AND {counted} IS NOT NULL GROUP BY {counted} HAVING SUM(quantity) > 0) AS counted"
        )
    return int(connection.exec_driver_sql(statement, tuple(clause.values)).scalar_one())


def bearing_positions(
    connection: Connection, indicator: Indicator, question: Question
) -> tuple[int, ...]:
    """Positions of the events that bear on a figure, ascending, reversed ones included."""
    clause = postings_of(indicator, question)
    counted = COUNTED.get(indicator.measure)
    known = f" AND {counted} IS NOT NULL" if counted else ""
    statement = f"SELECT DISTINCT position FROM postings WHERE {clause}{known} ORDER BY position"  # noqa: S608
    rows = connection.exec_driver_sql(statement, tuple(clause.values))
    return tuple(row[0] for row in rows)


def scope_of(connection: Connection, organ: str, cut: Cut) -> Scope:
    """An organ with every organ below it, as known at the cut; empty for an unknown organ."""
    clause = Clause()
    clause.add("account = 'organs'")
    _cut(clause, cut)
    statement = (
        f"SELECT stream, related, category, detail FROM postings WHERE {clause} "  # noqa: S608
        "GROUP BY stream, related, category, detail HAVING SUM(quantity) > 0"
    )
    rows = connection.exec_driver_sql(statement, tuple(clause.values)).all()
    found = {f"organ:{organ}"} & {row.stream for row in rows}
    while below := {row.stream for row in rows if row.related in found} - found:
        found |= below
    chosen = [row for row in rows if row.stream in found]
    regions = {row.detail for row in chosen if row.category == COMMISSION and row.detail}
    codes = sorted(stream.partition(":")[2] for stream in found)
    return Scope(tuple(codes), tuple(sorted(regions)))
