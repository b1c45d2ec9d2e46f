"""Identities between figures, checked at every report; a violation is printed, never hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from projections.figures import COUNTED, Clause, Question, postings_of
from projections.indicators import Definitions, Identity, Indicator


@dataclass(frozen=True, slots=True)
class Check:
    """Whether an identity holds, and with what numbers."""

    rule: str
    title: str
    holds: bool
    detail: str


def check_identities(
    connection: Connection,
    definitions: Definitions,
    question: Question,
    values: Mapping[str, int],
) -> list[Check]:
    """Check every identity of the definitions for one question."""
    checks = []
    for identity in definitions.identities:
        match identity.kind:
            case "sum" | "bounds" | "at_most":
                holds, detail = _between(identity, values)
            case "stock":
                holds, detail = _stock(connection, definitions, identity, question, values)
            case "facts":
                holds, detail = _counts(connection, definitions, question, values)
            case unknown:
                raise ValueError(f"no such kind of identity: {unknown}")
        checks.append(Check(identity.rule, identity.title, holds, detail))
    return checks


def _between(identity: Identity, values: Mapping[str, int]) -> tuple[bool, str]:
    total = values[identity.total]
    parts = [values[code] for code in identity.parts]
    added = " + ".join(map(str, parts))
    if identity.kind == "sum":
        return sum(parts) == total, f"{added} = {sum(parts)}，合计 {total}"
    if identity.kind == "bounds":
        low, high = max(parts), sum(parts)
        return low <= total <= high, f"{low} ≤ {total} ≤ {high}"
    return max(parts) <= total, f"{added} ≤ {total}"


def _stock(
    connection: Connection,
    definitions: Definitions,
    identity: Identity,
    question: Question,
    values: Mapping[str, int],
) -> tuple[bool, str]:
    """Opening and closing stock counted thing by thing, in and out taken from the figures."""
    first, last = question.period.first.isoformat(), question.period.last.isoformat()
    opened, closed = (definitions.indicator(c) for c in (identity.opened, identity.closed))
    opening = _open_at(connection, (opened, closed), question, "<", first)
    closing = _open_at(connection, (opened, closed), question, "<=", last)
    into, out = values[identity.opened], values[identity.closed]
    detail = f"期初 {opening} + {into} − {out} = {opening + into - out}，期末 {closing}"
    return opening + into - out == closing, detail


def _open_at(
    connection: Connection,
    pair: tuple[Indicator, Indicator],
    question: Question,
    before: str,
    day: str,
) -> int:
    """How many things were opened and not yet closed before (or at the end of) a day."""
    clause = Clause()
    clause.one_of("account", [indicator.account for indicator in pair])
    clause.add(f"occurred_on {before} ?", day)
    if question.scope is not None:
        clause.one_of("organ", question.scope.organs)
    if question.cut.as_of is not None:
        clause.add("registered_on <= ?", question.cut.as_of.isoformat())
    if question.cut.at_position is not None:
        clause.add("position <= ?", question.cut.at_position)
    opened = pair[0].account
    statement = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM postings WHERE {clause} GROUP BY stream "  # noqa: S608
        "HAVING SUM(CASE WHEN account = ? THEN quantity ELSE -quantity END) > 0) AS open"
    )
    return int(connection.exec_driver_sql(statement, (*clause.values, opened)).scalar_one())


def _counts(
    connection: Connection,
    definitions: Definitions,
    question: Question,
    values: Mapping[str, int],
) -> tuple[bool, str]:
    """Each figure against the number of facts that its drill-down lists."""
    wrong = []
    for indicator in definitions.indicators:
        listed = count_facts(connection, indicator, question)
        if listed != values[indicator.code]:
            wrong.append(f"{indicator.code} 为 {values[indicator.code]} 而事实 {listed} 条")
    return not wrong, "；".join(wrong) or f"{len(definitions.indicators)} 项全部相符"


def count_facts(connection: Connection, indicator: Indicator, question: Question) -> int:
    """How many facts the drill-down of a figure lists (see projections/facts.py)."""
    clause = postings_of(indicator, question)
    counted = COUNTED.get(indicator.measure)
    if counted is not None:
        grouped = (
            f"SELECT {counted} AS thing FROM postings WHERE {clause} "  # noqa: S608
            f"AND {counted} IS NOT NULL GROUP BY {counted}, stream, item HAVING SUM(quantity) > 0"
        )
        statement = f"SELECT COUNT(DISTINCT thing) FROM ({grouped}) AS grouped"  # noqa: S608
    else:
        grouped = (
            f"SELECT SUM(quantity) AS net FROM postings WHERE {clause} "  # noqa: S608
            "GROUP BY stream, item HAVING SUM(quantity) > 0"
        )
        statement = f"SELECT COALESCE(SUM(net), 0) FROM ({grouped}) AS grouped"  # noqa: S608
    return int(connection.exec_driver_sql(statement, tuple(clause.values)).scalar_one())
