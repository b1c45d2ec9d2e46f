"""Deadlines: everything due, overdue or provisional as known on a day, by rule and provision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row

from domain.calendar.calendar import CalendarParticulars
from domain.calendar.working_days import Due, WorkingDays
from domain.limits.limits import Limit, limit, limits
from domain.term import Term
from domain.terms import TERMS
from projections.cuts import Cut
from projections.figures import Clause, scope_of

_DAY = date.fromisoformat

#: The tables that deadlines are read from.
TABLES = ("terms", "postings", "calendars", "local_limits")


class Standing(StrEnum):
    """How a term stands on the day asked about."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"


#: How a standing is said to an officer.
SAID: Mapping[Standing, str] = {
    Standing.DUE: "未到期",
    Standing.OVERDUE: "超期",
    Standing.DONE: "按期办结",
    Standing.DONE_LATE: "超期办结",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One term of one matter.

    ``due_on`` is its last day, provisional (暂定) where it counts days of a year whose calendar is
    not yet published; None where neither a limit nor an agreed day is known. ``limit`` is in words,
    as in 15个工作日; ``days_left`` is negative once overdue, in calendar days.
    """

    rule: str
    title: str
    stream: str
    item: str
    organ: str | None
    unit: str | None
    person: str | None
    handler: str | None
    opened_on: date
    limit: str | None
    provision: str | None
    due_on: date | None
    provisional: bool
    closed_on: date | None
    standing: Standing
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which deadlines: as known and as they stand on a day; ``done`` those ended too.

    ``rules``, ``stream`` and ``streams`` restrict them (None: all); those of a page of streams
    are found by key where ``rules`` are named with them.
    """

    on: date
    organ: str | None = None
    done: bool = False
    stream: str | None = None
    streams: Sequence[str] | None = None
    rules: Sequence[str] | None = None


#: For each term what opened it last, until when it was extended and whether it has ended since.
_LATEST = """
WITH held AS (
    SELECT rule, stream, item, does, marked_on, due_on, organ, unit, person, handler,
        MAX(position) AS position
    FROM terms WHERE {known}
    GROUP BY rule, stream, item, does, marked_on, due_on, organ, unit, person, handler
    HAVING SUM(quantity) > 0),
opened AS (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY rule, stream, item ORDER BY marked_on DESC, position DESC) AS latest
    FROM held WHERE does = 'opens'),
ended AS (
    SELECT rule, stream, item, MAX(marked_on) AS closed_on
    FROM held WHERE does = 'closes' GROUP BY rule, stream, item),
extended AS (
    SELECT rule, stream, item, marked_on, MAX(due_on) AS until
    FROM held WHERE does = 'extends' GROUP BY rule, stream, item, marked_on),
voided AS (
    SELECT rule, stream, item, marked_on FROM held WHERE does = 'voids')
SELECT o.rule, o.stream, o.item, o.organ, o.unit, o.person, o.handler, o.marked_on AS opened_on,
    o.due_on, (
        SELECT MAX(until) FROM extended x WHERE x.rule = o.rule AND x.stream = o.stream
        AND x.item = o.item AND x.marked_on >= o.marked_on) AS until,
    CASE WHEN e.closed_on >= o.marked_on THEN e.closed_on END AS closed_on
FROM opened o LEFT JOIN ended e USING (rule, stream, item)
WHERE o.latest = 1 AND NOT EXISTS (
    SELECT 1 FROM voided v WHERE v.rule = o.rule AND v.stream = o.stream
    AND v.item IN ('', o.item) AND v.marked_on >= o.marked_on
    AND (e.closed_on IS NULL OR e.closed_on < o.marked_on OR e.closed_on > v.marked_on)) {open}
ORDER BY o.rule, o.stream, o.item
"""


def working_days(connection: Connection, on: date) -> WorkingDays:
    """The calendars published by a day, whenever the ledger was told: a notice is public."""
    rows = connection.exec_driver_sql(
        "SELECT number, year, days_off, days_worked, published_on FROM calendars "
        "WHERE published_on <= ? ORDER BY number",
        (on.isoformat(),),
    ).all()
    return WorkingDays(
        CalendarParticulars(
            number=row.number,
            year=row.year,
            days_off=_days(row.days_off),
            days_worked=_days(row.days_worked),
            published_on=_DAY(row.published_on),
        )
        for row in rows
    )


def _days(text: str) -> tuple[date, ...]:
    return tuple(map(_DAY, filter(None, text.split(";"))))


class _LocalLimits:
    """The limits that organs have set, as known on a day."""

    def __init__(self, connection: Connection, on: date) -> None:
        self._rows: dict[tuple[str, str], list[Row[Any]]] = {}
        rows = connection.exec_driver_sql(
            "SELECT organ, rule, value, unit, since, repealed_on, provision FROM local_limits "
            "WHERE registered_on <= ? ORDER BY since",
            (on.isoformat(),),
        ).all()
        for row in rows:
            self._rows.setdefault((row.organ, row.rule), []).append(row)

    def of(self, organ: str | None, national: Limit, opened_on: date) -> list[Limit]:
        """The local limits of an organ in force on the day a term was opened."""
        day = opened_on.isoformat()
        return [
            Limit(national.rule, national.title, row.value, row.unit, row.provision, "本地")
            for row in self._rows.get((organ or "", national.rule), ())
            if row.since <= day and (row.repealed_on is None or day < row.repealed_on)
        ]


def deadlines(
    connection: Connection, asked: Asked, terms: Iterable[Term] = TERMS
) -> Iterator[Deadline]:
    """Every deadline asked for, in the order of rule, stream and item.

    LookupError for an organ that is not on the ledger.
    """
    clause = Clause()
    day = asked.on.isoformat()
    clause.add("registered_on <= ? AND marked_on <= ?", day, day)
    if asked.organ is not None:
        scope = scope_of(connection, asked.organ, Cut(as_of=asked.on))
        if not scope.organs:
            raise LookupError(asked.organ)
        clause.one_of("COALESCE(organ, '')", ("", *scope.organs))
    if asked.stream is not None:
        clause.add("stream = ?", asked.stream)
    if asked.rules is not None:
        clause.one_of("rule", asked.rules)
    if asked.streams is not None:
        clause.one_of("stream", asked.streams)
    only_open = "" if asked.done else "AND (e.closed_on IS NULL OR e.closed_on < o.marked_on)"
    statement = _LATEST.format(known=clause, open=only_open)
    by_rule = {term.rule: term for term in terms}
    calendar, local = working_days(connection, asked.on), _LocalLimits(connection, asked.on)
    for row in connection.exec_driver_sql(statement, tuple(clause.values)):
        if row.rule in by_rule:
            yield _deadline(row, by_rule[row.rule], (calendar, local), asked.on)


def _deadline(
    row: Row[Any], term: Term, by: tuple[WorkingDays, _LocalLimits], on: date
) -> Deadline:
    calendar, local = by
    opened_on = _DAY(row.opened_on)
    national = limit(term.rule, opened_on) if term.rule in limits() else None
    choices: list[tuple[Due, Limit]] = []
    if national is not None:
        every = [national, *local.of(row.organ, national, opened_on)]
        choices = [(calendar.due(each, opened_on), each) for each in every]
    due, chosen = min(choices, key=lambda each: each[0].on, default=(None, None))
    agreed = row.until or row.due_on
    if agreed is not None:
        due = Due(_DAY(agreed), provisional=False)
    closed_on = _DAY(row.closed_on) if row.closed_on else None
    last = due.on if due is not None else None
    return Deadline(
        rule=term.rule,
        title=term.title or (national.title if national else term.rule),
        stream=row.stream,
        item=row.item,
        organ=row.organ,
        unit=row.unit,
        person=row.person,
        handler=row.handler,
        opened_on=opened_on,
        limit=chosen.text if chosen is not None and agreed is None else None,
        provision=term.provision or (chosen.provision if chosen is not None else None),
        due_on=last,
        provisional=due is not None and due.provisional,
        closed_on=closed_on,
        standing=_standing(last, closed_on, on),
        days_left=(last - on).days if last is not None and closed_on is None else None,
    )


def _standing(due_on: date | None, closed_on: date | None, on: date) -> Standing:
    if closed_on is not None:
        return Standing.DONE_LATE if due_on and closed_on > due_on else Standing.DONE
    return Standing.OVERDUE if due_on and on > due_on else Standing.DUE


def by_standing(found: Iterable[Deadline]) -> Mapping[Standing, int]:
    """How many deadlines stand how."""
    counts = dict.fromkeys(Standing, 0)
    for each in found:
        counts[each.standing] += 1
    return counts
