"""巡察覆盖: which units of a plan were inspected, and how many times, as known on a day.

A unit counts as inspected by a round when that round entered it or fed a problem back to it:
registers of former years tell only of the feedback. The same unit in two rounds counts once for
coverage (个) and twice for unit-times (个次); look-backs (回头看) are counted apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from projections.figures import Clause

LOOKBACK = "回头看"

_INSPECTED = """
WITH rounds AS (
    SELECT stream, category FROM postings
    WHERE account = 'rounds.opened' AND registered_on <= ? AND occurred_on <= ?
    GROUP BY stream, category HAVING SUM(quantity) > 0),
visited AS (
    SELECT related, unit FROM postings WHERE account = 'inspections.begun' AND {known}
    GROUP BY related, unit HAVING SUM(quantity) > 0
    UNION
    SELECT related, unit FROM postings WHERE account = 'problems.fed_back' AND {known}
    GROUP BY related, unit HAVING SUM(quantity) > 0)
SELECT v.unit, r.category, COUNT(*) AS times FROM visited v JOIN rounds r ON r.stream = v.related
GROUP BY v.unit, r.category ORDER BY v.unit, r.category
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a scope of units is covered.

    ``scope`` is every unit in it, ``inspected`` those inspected by a round that is no look-back,
    ``looked_back`` those of a look-back; ``unit_times`` counts a unit once for each such round.
    """

    scope: tuple[str, ...]
    inspected: tuple[str, ...]
    looked_back: tuple[str, ...]
    unit_times: int
    lookback_times: int

    @property
    def left(self) -> tuple[str, ...]:
        """The units of the scope not inspected yet."""
        done = set(self.inspected)
        return tuple(unit for unit in self.scope if unit not in done)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of inspections as it stands."""

    number: str
    organ: str
    name: str
    first_on: date
    last_on: date
    units: tuple[str, ...]


def plans(connection: Connection, clause: Clause, limit: int) -> Iterator[Plan]:
    """The plans that a clause asks for, by number."""
    rows = connection.exec_driver_sql(
        "SELECT number, organ, name, first_on, last_on, units FROM inspection_plans "  # noqa: S608
        f"WHERE {clause} ORDER BY number LIMIT ?",
        (*clause.values, limit),
    ).all()
    for row in rows:
        first_on, last_on = map(date.fromisoformat, (row.first_on, row.last_on))
        units = tuple(row.units.split(";"))
        yield Plan(row.number, row.organ, row.name, first_on, last_on, units)


def coverage_of_plan(connection: Connection, number: str, on: date) -> Coverage:
    """How far the units of a plan are covered within its term; LookupError for no such plan."""
    clause = Clause()
    clause.add("number = ?", number)
    plan = next(plans(connection, clause, 1), None)
    if plan is None:
        raise LookupError(number)
    return coverage(connection, plan.units, on, first=plan.first_on, last=plan.last_on)


def coverage(
    connection: Connection,
    scope: tuple[str, ...] | None,
    on: date,
    *,
    first: date = date.min,
    last: date = date.max,
) -> Coverage:
    """How far units are covered (None: every unit on the ledger) within a term, as of a day."""
    day, until = on.isoformat(), min(on, last).isoformat()
    known = "registered_on <= ? AND occurred_on >= ? AND occurred_on <= ?"
    span = (day, first.isoformat(), until)
    statement = _INSPECTED.format(known=known)
    rows = connection.exec_driver_sql(statement, (day, until, *span, *span)).all()
    every = _all_units(connection, day) if scope is None else scope
    within = [row for row in rows if row.unit in set(every)]
    own = [row for row in within if row.category != LOOKBACK]
    back = [row for row in within if row.category == LOOKBACK]
    return Coverage(
        scope=every,
        inspected=tuple(dict.fromkeys(row.unit for row in own)),
        looked_back=tuple(dict.fromkeys(row.unit for row in back)),
        unit_times=sum(row.times for row in own),
        lookback_times=sum(row.times for row in back),
    )


def _all_units(connection: Connection, day: str) -> tuple[str, ...]:
    rows = connection.exec_driver_sql(
        "SELECT stream FROM postings WHERE account = 'units' AND registered_on <= ? "
        "GROUP BY stream HAVING SUM(quantity) > 0 ORDER BY stream",
        (day,),
    )
    return tuple(row.stream.partition(":")[2] for row in rows)
